-- One row per filter and choice, and whether the other filters leave it data.
with present as (
    select distinct facet_id from source_cells
    where ($illustrative or coalesce(evidence <> 'illustrative', true))
        and matches(record, from_year, to_year, $from_year, $to_year)
),
tried as (
    select association, programme, partner_types, partnership_types,
        p.facet_id is not null as is_present,
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
    left join present as p using (facet_id)
),
choice as (
    select unnest([
        {filter: 'association', codes: [association], is_left: is_present
            and in_programme and in_partner_type and in_partnership_type},
        {filter: 'programme', codes: [programme], is_left: is_present
            and in_association and in_partner_type and in_partnership_type},
        {filter: 'partner_type', codes: partner_types, is_left: is_present
            and in_association and in_programme and in_partnership_type},
        {filter: 'partnership_type', codes: partnership_types,
            is_left: is_present
            and in_association and in_programme and in_partner_type}
    ], recursive := true)
    from tried
),
found as (
    select filter, code, bool_or(is_left) as is_left
    from (select filter, unnest(codes) as code, is_left from choice)
    where code is not null
    group by all
)
select * from found
order by filter, type_place(filter, code), code
