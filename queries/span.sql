-- One row: the first year of anything of the associations that has begun by as_of,
-- and that of as_of.
with own as (
    select facet_id from selected($association, [], [], [])
)
select least(
        (select min(year(begins_on)) from partnerships semi join own using (facet_id)),
        (select min(year) from activity_cells semi join own using (facet_id)),
        (select min(from_year) from figure_cells semi join own using (facet_id)
            where known_count > 0),
        year($as_of)
    )::integer as first_year,
    year($as_of)::integer as last_year
