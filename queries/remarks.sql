-- One row per remark on a measure of the associations that are chosen, by its period.
select remark_id, association, measure, period, from_year, to_year, text_nb,
    text_en, is_internal, source, source_date
from remarks
where association is null or is_of(association, $association)
order by from_year, period, remark_id
