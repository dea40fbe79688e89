-- One row: the first and last year of anything that has begun.
select least(
        (select min(year(begins_on)) from partnership_cells),
        (select min(year) from activity_cells),
        (select min(from_year) from figure_cells)
    )::integer as first_year,
    greatest(least(greatest(
        (select max(year(begins_on)) from partnership_cells),
        (select max(year) from activity_cells),
        (select max(to_year) from figure_cells)
    ), year($as_of)), year($as_of))::integer as last_year
