-- One row per year, part of the stack, whether it is confirmed and whether its start
-- is known at all, with how many of them may have begun in an earlier year.
select year, part_of(partner_types, $partner_type) as part, is_confirmed,
    has_start, count(*) as partnership_count,
    count_of(year(begins_on) = year and not start_is_known)
        as uncertain_start_count
from partnerships_in_force($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where within(year, year, $from_year, $to_year)
group by all
order by all
