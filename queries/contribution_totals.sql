-- One row per kind, currency and state of what goes into this partnership: only
-- what is alike in all three is added, and of how many the amount is not known.
select * replace (contribution_kind::varchar as contribution_kind,
    contribution_state::varchar as contribution_state)
from (
    select contribution_kind, currency, contribution_state,
        told(summed(number)) as amount, count(*)::bigint as contribution_count,
        count(number)::bigint as known_count
    from contributions
    join partnerships using (partnership_id)
    where partnership_id = $partnership_id and is_of(association, $association)
    group by all
    order by all
)
