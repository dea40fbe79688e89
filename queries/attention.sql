-- One row per thing that needs attention, with how many and the first three.
with chosen as (
    select facet_id
    from selected($association, $partner_type, $partnership_type, $programme)
),
agreed as (
    select count(*) filter (is_ending) as ending_count,
        list(title order by ends_on, title) filter (is_ending) as ending,
        count(*) filter (is_unconfirmed) as unconfirmed_count,
        list(title order by confirmed_until nulls first, title)
            filter (is_unconfirmed) as unconfirmed
    from (
        select title, ends_on, confirmed_until,
            coalesce(ends_on between $as_of and $as_of + interval 6 month, false)
                as is_ending,
            ends_on is null and coalesce(confirmed_until < $as_of, true)
                as is_unconfirmed
        from partnerships join chosen using (facet_id)
        where begins_on <= $as_of
    )
),
followed as (
    select sum(figure_count - known_count)::bigint as missing_count
    from figures_by($as_of) join chosen using (facet_id)
    where measure = 'in_work_or_education' and is_round
        and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
),
held as (
    select sum(activity_count - attended_known)::bigint as missing_count,
        sum(without_result_count)::bigint as without_result_count
    from activities_held($as_of) join chosen using (facet_id)
    where ($illustrative or not is_illustrative)
        and within(year, year, $from_year, $to_year)
)
select unnest(['ending', 'unconfirmed', 'not_followed_up', 'without_results',
        'not_counted']) as matter,
    unnest([ending_count, unconfirmed_count,
        coalesce(followed.missing_count, 0), coalesce(without_result_count, 0),
        coalesce(held.missing_count, 0)])::bigint as record_count,
    unnest([ending[1:3], unconfirmed[1:3], null, null, null]) as titles
from agreed, followed, held
