-- One row per activity that a matter needing attention is of, a follow-up that is
-- missing for each of its days: the latest thousand.
select activity_id
from (
    select activity_id, facet_id, counts_on as day, from_year, to_year, evidence
    from figures
    where $matter = 'not_followed_up' and is_round and number is null
        and value_status is distinct from 'suppressed'
        and measure = 'in_work_or_education' and measured_at <> 'exit'
    union all
    select activity_id, facet_id, begins_on, year, year, evidence
    from activities
    where not cancelled and case $matter
        when 'without_results' then is_for_persons and not has_result
        when 'not_counted' then attended_count is null
        else false
    end
)
semi join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where coalesce(day <= $as_of, true)
    and ($illustrative or evidence <> 'illustrative')
    and within(from_year, to_year, $from_year, $to_year)
order by day desc nulls last, activity_id
limit 1000
