-- One row per figure of context, in the order of the file.
select place, context_id, association, programme, subject, indicator_nb, indicator_en,
    population_nb, population_en, unit_nb, unit_en, period, from_year, to_year,
    value::double as value, decimals, value_status, value_qualifier,
    event_date, source, source_title, source_date, caveat_nb, caveat_en
from context
where (
        len($association) = 0 or association is null
        or list_contains($association, association)
    )
    and (
        $from_year is null
        or (from_year <= $to_year and to_year >= $from_year)
    )
order by place
