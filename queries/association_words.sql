-- One row per association that says what it is.
select association, short_name, organisation_number, area, site, title_colour,
    band_colour, logo, flagship_programme, key_figures, target_measure
from associations
order by association
