-- One row per partner, partnership, activity or place of these ids: its name, of a
-- partner its type, of an activity the day and how that is known, and whose
-- partnership or activity it is.
select partner_id as id, name, partner_type, null as day, null as date_qualifier,
    null as association
from partners
where $dimension in ('partner', 'partner_head') and list_contains($ids, partner_id)
union all
select partnership_id, title, null, null, null, association
from partnerships
where $dimension = 'partnership' and list_contains($ids, partnership_id)
union all
select activity_id, title, null, start_date,
    nullif(date_qualifier, 'exact')::varchar, association
from activities
where $dimension = 'round' and list_contains($ids, activity_id)
union all
select number, name, null, null, null, null
from place_names
where $dimension in ('municipality', 'county') and list_contains($ids, number)
order by id
