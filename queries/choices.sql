-- One row per filter and choice, and how many records the other filters leave it:
-- partnerships, activities, results and targets.
with shown as (
    select facet_id, record_count from record_cells
    where ($illustrative or not is_example)
        and within(from_year, to_year, $from_year, $to_year)
    union all
    -- An end that is known is there, too, where the start isn't.
    select facet_id, 1 from partnerships
    where matches('partnership', year(begins_on), year(ends_on), $from_year, $to_year)
        or within(end_year, end_year, $from_year, $to_year)
),
present as (
    select facet_id, sum(record_count)::integer as record_count
    from shown
    group by facet_id
),
tried as (
    select association, programme, partner_types, partnership_types,
        coalesce(p.record_count, 0) as record_count,
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
    select record_count, unnest([
        {filter: 'association', codes: [association], is_left:
            in_programme and in_partner_type and in_partnership_type},
        {filter: 'programme', codes: [programme], is_left:
            in_association and in_partner_type and in_partnership_type},
        {filter: 'partner_type', codes: partner_types, is_left:
            in_association and in_programme and in_partnership_type},
        {filter: 'partnership_type', codes: partnership_types, is_left:
            in_association and in_programme and in_partner_type}
    ], recursive := true)
    from tried
),
found as (
    select filter, code,
        sum(if(is_left, record_count, 0))::integer as record_count
    from (select filter, unnest(codes) as code, is_left, record_count from choice)
    where code is not null
    group by all
)
select * from found
order by filter, type_place(filter, code), code
