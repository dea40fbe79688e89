-- One row: the first year of anything that has begun by as_of, and that of as_of.
select least(
        (select min(year(begins_on)) from partnerships),
        (select min(year) from activity_cells),
        (select min(from_year) from figure_cells where known_count > 0),
        year($as_of)
    )::integer as first_year,
    year($as_of)::integer as last_year
