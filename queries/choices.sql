-- One row per filter and choice, and whether the other filters leave it data.
with present as (
    select distinct facet_id from source_cells
    where ($illustrative or not is_illustrative)
        and matches(record, from_year, to_year, $from_year, $to_year)
),
tried as (
    select association, programme, partner_types, partnership_types,
        facet_id in (from present) as is_present,
        len($association) = 0 or list_contains($association, association)
            as in_association,
        len($programme) = 0 or coalesce(list_contains($programme, programme),
            false) as in_programme,
        len($partner_type) = 0 or list_has_any(partner_types, $partner_type)
            as in_partner_type,
        len($partnership_type) = 0
            or list_has_any(partnership_types, $partnership_type)
            as in_partnership_type
    from facets
),
choice as (
    select 'association' as filter, association as code, is_present
        and in_programme and in_partner_type and in_partnership_type as is_left
    from tried
    union all
    select 'programme', programme, is_present and in_association
        and in_partner_type and in_partnership_type
    from tried
    union all
    select 'partner_type', unnest(partner_types), is_present
        and in_association and in_programme and in_partnership_type
    from tried
    union all
    select 'partnership_type', unnest(partnership_types), is_present
        and in_association and in_programme and in_partner_type
    from tried
)
select filter, code, bool_or(is_left) as is_left
from choice
where code is not null
group by all
order by all
