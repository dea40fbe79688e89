-- One row per type of a partner, partnership or activity, in the order in which
-- they stand: its words.
select kind, code, name_nb, name_en from types order by kind, place
