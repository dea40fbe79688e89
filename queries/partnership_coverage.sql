-- One row: how many partnerships match, how many have begun, when; of those without
-- a start, how many are in force in some year.
with chosen as (
    select facet_id
    from selected($association, $partner_type, $partnership_type, $programme)
),
seen as (
    select count(distinct partnership_id) as start_unknown_count
    from partnerships_in_force($as_of)
    semi join chosen using (facet_id)
    where not has_start and within(year, year, $from_year, $to_year)
),
agreed as (
    select count(*) as partnership_count,
        count_of(begins_on is null) as undated_count,
        count_of(begins_on > $as_of) as future_count,
        count_of(begins_on <= $as_of and not start_is_known)
            as uncertain_count
    from partnerships
    semi join chosen using (facet_id)
    where coalesce(matches('partnership', year(begins_on), year(ends_on),
        $from_year, $to_year), true)
)
select partnership_count,
    undated_count - start_unknown_count as undated_count,
    future_count, uncertain_count, start_unknown_count
from agreed, seen
