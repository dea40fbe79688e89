-- One row per code of what only some associations tell: themes of agreements, ages
-- and backgrounds that results are broken down by.
select distinct dimension, code
from (
    select 'focus_area' as dimension, unnest(focus_areas) as code
    from links
    union all
    select 'age_group', ages from outcomes where is_part and value is not null
    union all
    select 'background', background from outcomes where is_part and value is not null
)
where code is not null
order by dimension, code
