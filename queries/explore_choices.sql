-- One row per code of what only some associations tell: themes of agreements, ages
-- and backgrounds that results are broken down by.
with own as (
    select facet_id from selected($association, [], [], [])
)
select distinct dimension, code
from (
    select 'focus_area' as dimension, unnest(focus_areas) as code
    from links
    semi join (
        select link_id from partnerships semi join own using (facet_id)
    ) using (link_id)
    union all
    select 'age_group', ages
    from outcomes semi join own using (facet_id)
    where is_part and value is not null
    union all
    select 'background', background
    from outcomes semi join own using (facet_id)
    where is_part and value is not null
)
where code is not null
order by dimension, code
