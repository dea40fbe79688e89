-- One row per thing that needs attention, with how many and the first three.
with chosen as (
    select * from selected($association, $partner_type, $partnership_type, $programme)
),
ending as (
    select title, ends_on from partnerships join chosen using (facet_id)
    where begins_on <= $as_of
        and ends_on between $as_of and $as_of + interval 6 month
),
unconfirmed as (
    select title, confirmed_until from partnerships join chosen using (facet_id)
    where begins_on <= $as_of and ends_on is null
        and coalesce(confirmed_until < $as_of, true)
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
select 'ending' as matter, count(*) as record_count,
    list(title order by ends_on, title)[1:3] as titles from ending
union all
select 'unconfirmed', count(*),
    list(title order by confirmed_until nulls first, title)[1:3]
from unconfirmed
union all
select 'not_followed_up', coalesce(missing_count, 0), null from followed
union all
select 'without_results', coalesce(without_result_count, 0), null from held
union all
select 'not_counted', coalesce(missing_count, 0), null from held
