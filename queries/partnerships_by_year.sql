-- One row per year, part of the stack and whether it is confirmed, with how many
-- of them may have begun in an earlier year.
select year, part_of(partner_types, $partner_type) as part, is_confirmed,
    sum(partnership_count)::bigint as partnership_count,
    coalesce(sum(partnership_count)
        filter (year(begins_on) = year and not start_is_known), 0)::bigint
        as uncertain_start_count
from partnerships_in_force($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where within(year, year, $from_year, $to_year)
group by all
order by all
