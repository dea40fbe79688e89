-- One row per event of the associations that are chosen, from the first on.
select event_id, association, event_kind, date, year, turn, title_nb, title_en,
    is_internal, source, source_date
from events
where association is null or is_of(association, $association)
order by date, event_id
