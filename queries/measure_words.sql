-- One row per measure: its words, unit and how it adds.
select * from measures order by level, measure
