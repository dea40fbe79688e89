-- One row: how many partnerships match, and how many have begun, when.
select coalesce(sum(partnership_count), 0)::bigint as partnership_count,
    coalesce(sum(partnership_count)
        filter (begins_on is null), 0)::bigint as undated_count,
    coalesce(sum(partnership_count)
        filter (begins_on > $as_of), 0)::bigint as future_count,
    coalesce(sum(partnership_count)
        filter (begins_on <= $as_of and not start_is_known), 0)::bigint
        as uncertain_count,
    coalesce(sum(partnership_count) filter (confirmed_until is null), 0)::bigint
        as never_confirmed_count
from partnership_cells
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where coalesce(matches('partnership', year(begins_on), year(ends_on), $from_year,
    $to_year), true)
