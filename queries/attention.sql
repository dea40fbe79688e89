-- One row per thing that needs attention: of how many how many, the first three by
-- name, and the agreements that it is of.
with chosen as (
    select facet_id
    from selected($association, $partner_type, $partnership_type, $programme)
),
known as (
    select begins_on, ends_on, confirmed_until, is_future, is_unconfirmed,
        has_only_latest_start, has_activity, has_result,
        not is_future and not has_ended as is_running,
        {'title': title, 'id': partnership_id} as named,
        not is_future and begins_on is not null and coalesce(
            ends_on between $as_of and $as_of + interval 6 month, false) as is_ending
    from partnerships_known($as_of, $illustrative)
    semi join chosen using (facet_id)
),
agreed as (
    select unnest(['ending', 'unconfirmed', 'no_start', 'start_at_latest',
            'no_activity', 'no_result']) as matter,
        unnest([
            count_of(is_ending),
            count_of(is_unconfirmed and begins_on <= $as_of),
            count_of(begins_on is null),
            count_of(has_only_latest_start and not is_future),
            count_of(is_running and not has_activity),
            count_of(is_running and not has_result)
        ]) as record_count,
        unnest([
            count_of(begins_on <= $as_of),
            count_of(begins_on <= $as_of),
            count(*),
            count_of(begins_on <= $as_of),
            count_of(is_running),
            count_of(is_running)
        ]) as of_count,
        unnest([
            list(named order by ends_on, named) filter (is_ending),
            list(named order by confirmed_until nulls first, named)
                filter (is_unconfirmed and begins_on <= $as_of),
            list(named order by has_activity desc, has_result desc, named)
                filter (begins_on is null),
            list(named order by named)
                filter (has_only_latest_start and not is_future),
            list(named order by begins_on desc nulls last, named)
                filter (is_running and not has_activity),
            list(named order by begins_on desc nulls last, named)
                filter (is_running and not has_result)
        ]) as found
    from known
),
followed as (
    select sum(figure_count - known_count)::bigint as missing_count,
        sum(figure_count)::bigint as of_count
    from figure_counts($as_of) semi join chosen using (facet_id)
    where measure = 'in_work_or_education' and measured_at <> 'exit' and is_round
        and ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
),
held as (
    select sum(activity_count - attended_known)::bigint as missing_count,
        sum(activity_count)::bigint as of_count,
        sum(without_result_count)::bigint as without_result_count,
        sum(for_persons_count)::bigint as for_persons_count
    from activity_counts($as_of) semi join chosen using (facet_id)
    where ($illustrative or not is_illustrative)
        and within(year, year, $from_year, $to_year)
)
select matter, record_count::bigint as record_count, of_count::bigint as of_count,
    list_transform(found[1:3], lambda one: one['title']) as titles,
    list_transform(found, lambda one: one['id']) as partnership_ids
from agreed
union all
select unnest(['not_followed_up', 'without_results', 'not_counted']),
    unnest([coalesce(followed.missing_count, 0), coalesce(without_result_count, 0),
        coalesce(held.missing_count, 0)]),
    unnest([coalesce(followed.of_count, 0), coalesce(for_persons_count, 0),
        coalesce(held.of_count, 0)]),
    null, null
from followed, held
union all
-- Only where there are such steps: whoever has none never sees it.
select 'step_is_late', count_of(is_late), count(*),
    (list(w.title order by due_on, w.title, partnership_id) filter (is_late))[1:3],
    list(partnership_id order by due_on, w.title, partnership_id) filter (is_late)
from (
    select *, is_late(work_status, due_on, $as_of) as is_late
    from work_streams
    where $illustrative or evidence <> 'illustrative'
) as w
join (
    select partnership_id from partnerships semi join chosen using (facet_id)
) using (partnership_id)
where due_on is not null
having count(*) > 0
union all
-- From October on, when the next year is planned, and only where this year has targets.
select 'no_next_target', count_of(not goes_on), count(*),
    (list(programme order by programme, association) filter (not goes_on))[1:3], null
from (
    select association, programme, bool_or(to_year > year($as_of)) as goes_on
    from targets semi join chosen using (facet_id)
    where partnership_id is null and programme is not null
        and ($illustrative or evidence <> 'illustrative')
    group by all
    having bool_or(year($as_of) between from_year and to_year)
)
where month($as_of) >= 10
having count(*) > 0
