-- One row per activity, of these ids where any are asked for: the thousand latest;
-- matching_count is all there are.
with matching as (
    select a.*
    from activities as a
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where ($illustrative or a.evidence <> 'illustrative')
        and ($from_year is null
            or coalesce(a.year between $from_year and $to_year, false))
        and (len($activity_ids) = 0 or list_contains($activity_ids, a.activity_id))
),
-- The day from which on there are a thousand: only these are put in order.
latest as (
    select if(len(days) = 1000, list_min(days), null) as since, matching_count
    from (
        select max(begins_on, 1000) as days, count(*) as matching_count from matching
    )
)
select activity_id, title, activity_type, programme, association, start_date, end_date,
    date_qualifier, begins_on, registered_count, attended_count, employer_count,
    count_qualifier, cancelled, evidence, source, matching_count
from matching
cross join latest
where since is null or begins_on >= since
order by begins_on desc nulls last, title, activity_id
limit 1000
