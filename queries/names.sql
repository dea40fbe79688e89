-- One row per partner, partnership or activity of these ids: its name, and of
-- an activity the day.
select partner_id as id, name, null as day
from partners
where $dimension = 'partner' and list_contains($ids, partner_id)
union all
select partnership_id, title, null
from partnerships
where $dimension = 'partnership' and list_contains($ids, partnership_id)
union all
select activity_id, title, start_date
from activities
where $dimension = 'round' and list_contains($ids, activity_id)
order by id
