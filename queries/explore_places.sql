-- One row per county and municipality that something took place in, within the
-- borders of a year.
select distinct p.number, n.name
from (
    select unnest(counties || municipalities) as number
    from places
    join links using (link_id)
    where borders = $borders and is_of(association, $association)
) as p
join place_names as n using (number)
order by length(p.number), n.name, p.number
