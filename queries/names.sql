-- One row per partner, partnership or activity of these ids: its name, of a
-- partner its type, and of an activity the day.
select partner_id as id, name, partner_type, null as day
from partners
where $dimension = 'partner' and list_contains($ids, partner_id)
union all
select partnership_id, title, null, null
from partnerships
where $dimension = 'partnership' and list_contains($ids, partnership_id)
union all
select activity_id, title, null, start_date
from activities
where $dimension = 'round' and list_contains($ids, activity_id)
order by id
