-- What a measure counts. The words that belong to it are in data/measures.csv.

-- Active partnerships: in force at some time in the year, known to have begun
-- and not ended; confirmed, or unconfirmed for more than 24 months. Of unknown
-- start, in the years of their activities, of which no example shows anything.
create macro partnerships_in_force(as_of) as table
    select * exclude (from_year, to_year, counts_on), year::integer as year,
        coalesce(confirmed_until >= make_date(year::integer, 1, 1), false)
            as is_confirmed
    from (
        select *, unnest(range(
            from_year, least(year(as_of), coalesce(to_year, year(as_of))) + 1
        )) as year
        from partnership_years
        where counts_on <= as_of
    );

create macro active_partnerships(is_confirmed) as
    count(*) filter (is_confirmed);

create macro unconfirmed_partnerships(is_confirmed, has_start) as
    count(*) filter (not is_confirmed and has_start);

create macro start_unknown_partnerships(is_confirmed, has_start) as
    count(*) filter (not is_confirmed and not has_start);

-- How an agreement stands on a day.
create macro status_of(begins_on, ends_on, confirmed_until, as_of) as
    case
        when begins_on is null then 'unknown'
        when begins_on > as_of then 'future'
        when ends_on < as_of then 'ended'
        when coalesce(confirmed_until >= as_of, false) then 'confirmed'
        else 'unconfirmed'
    end;

-- A step whose day has passed, of work that goes on.
create macro is_late(work_status, due_on, as_of) as
    coalesce(work_status not in ('done', 'stopped') and due_on < as_of, false);

-- Partnerships, and what is known of each by as_of.
create macro partnerships_known(as_of, examples) as table
    select p.*, coalesce(begins_on > as_of, false) as is_future,
        coalesce(ends_on < as_of, false) as has_ended,
        ends_on is null and confirmed_date is null as is_never_confirmed,
        ends_on is null and coalesce(confirmed_until < as_of, true)
            as is_unconfirmed,
        begins_on is not null and coalesce(start_qualifier = 'no_later_than', false)
            as has_only_latest_start,
        coalesce(if(examples, active_on, stated_active_on) <= as_of, false)
            as has_activity,
        if(examples, has_result, has_stated_result) as has_result
    from partnerships as p
    join partnership_signs using (partnership_id);

-- Activities held: begun by as_of, not cancelled. The small table has all, so
-- what is planned after as_of is taken away again, one by one: those are few.
create macro activities_held(as_of) as table
    select * from activity_cells
    where coalesce(year <= year(as_of), true)
    union all
    select facet_id, year, activity_type, evidence = 'illustrative', -1,
        -is_for_persons::integer, -(is_for_persons and not has_result)::integer,
        -(attended_count is not null)::integer, less(held), less(registered),
        less(attended), less(employers)
    from activities
    where begins_on > as_of and not cancelled
        and coalesce(year <= year(as_of), true);

-- The same by what is counted: what is added, narrowed and told once costs less than
-- four numbers beside each other.
create macro activity_numbers_by(as_of) as table
    select facet_id, year, is_illustrative, counted, number
    from activity_numbers
    where coalesce(year <= year(as_of), true)
    union all
    select facet_id, year, is_illustrative, counted, less(number)
    from (
        select facet_id, year, evidence = 'illustrative' as is_illustrative, unnest([
                {'counted': 'held', 'number': held},
                {'counted': 'registered', 'number': registered},
                {'counted': 'attended', 'number': attended},
                {'counted': 'employers', 'number': employers}
            ], max_depth := 2)
        from activities
        where begins_on > as_of and not cancelled
            and coalesce(year <= year(as_of), true)
    );

-- How many they are, and of how many what is known: without their numbers, which cost
-- more to plan than all the rest.
create macro activity_counts(as_of) as table
    select facet_id, year, is_illustrative, activity_count, for_persons_count,
        without_result_count, attended_known
    from activity_cells
    where coalesce(year <= year(as_of), true)
    union all
    select facet_id, year, evidence = 'illustrative', -1, -is_for_persons::integer,
        -(is_for_persons and not has_result)::integer,
        -(attended_count is not null)::integer
    from activities
    where begins_on > as_of and not cancelled
        and coalesce(year <= year(as_of), true);

-- Figures of the selection that can be known by as_of; those that can't yet (a round
-- still to come, a follow-up not due) are taken away and counted as not due. What is
-- chosen is chosen before it is added up: that is a third of what an answer costs.
create macro figures_by(as_of, associations, partner_types_, partnership_types_,
    programmes) as table
    select association, programme, from_year, to_year, span, measure, measured_at,
        evidence, is_round, sum(figure_count)::integer as figure_count,
        sum(known_count)::integer as known_count,
        sum(suppressed_count)::integer as suppressed_count, summed(number) as number,
        summed(rated) as rated, summed(base) as base,
        sum(not_due_count)::integer as not_due_count
    from (
        select *, 0 as not_due_count from figure_cells
        union all
        select facet_id, from_year, to_year, span, measure, measured_at, evidence,
            is_round, -1, -is_whole(number, value_status)::integer,
            -coalesce(value_status = 'suppressed', false)::integer, less(number),
            if(base is null, null, less(number)),
            if(number is null, null, less(base)), 1
        from figures
        where counts_on > as_of
    )
    join selected(associations, partner_types_, partnership_types_, programmes)
        using (facet_id)
    group by all;

-- The numbers alone, for whoever tells no shares: each number more costs a
-- millisecond to plan.
create macro numbers_by(as_of, associations, partner_types_, partnership_types_,
    programmes) as table
    select association, programme, from_year, to_year, span, measure, measured_at,
        evidence, sum(figure_count)::integer as figure_count,
        sum(known_count)::integer as known_count, summed(number) as number
    from (
        select facet_id, from_year, to_year, span, measure, measured_at, evidence,
            figure_count, known_count, number
        from figure_cells
        union all
        select facet_id, from_year, to_year, span, measure, measured_at, evidence,
            -1, -is_whole(number, value_status)::integer, less(number)
        from figures
        where counts_on > as_of
    )
    join selected(associations, partner_types_, partnership_types_, programmes)
        using (facet_id)
    group by all;

-- How many they are, and how many of them are known or hidden by their source, without
-- their numbers.
create macro figure_counts(as_of) as table
    select facet_id, from_year, to_year, measure, measured_at, evidence, is_round,
        figure_count, known_count + suppressed_count as known_count
    from figure_cells
    union all
    select facet_id, from_year, to_year, measure, measured_at, evidence, is_round, -1,
        -(is_whole(number, value_status)
            or coalesce(value_status = 'suppressed', false))::integer
    from figures
    where counts_on > as_of;

-- Partnerships of the years that a filter leaves; one without a start has the first
-- and the last year in which its activities show it in force.
create macro partnerships_within(as_of, first_year, last_year) as table
    select p.*, s.first_seen, s.last_seen
    from partnerships as p
    left join (
        select partnership_id, min(year) as first_seen, max(year) as last_seen,
            bool_or(within(year, year, first_year, last_year)) as is_within
        from partnerships_in_force(as_of)
        where not has_start
        group by all
    ) as s using (partnership_id)
    where first_year is null or s.is_within
        or (year(p.begins_on) <= last_year
            and coalesce(year(p.ends_on) >= first_year, true));

-- What happens to agreements, where known to the day or to the year.
create macro partnership_events(as_of) as table
    select 'partnerships_started' as event, start_year as year, begins_on as day,
        start_is_known and length(start_date) >= 7 as has_month, rowid as place,
        partnership_id, facet_id, link_id, title, start_date, source
    from partnerships
    where coalesce(begins_on <= as_of, true)
    union all
    select 'partnerships_ended', end_year, ends_on,
        end_is_known and length(end_date) >= 7, rowid, partnership_id, facet_id,
        link_id, title, start_date, source
    from partnerships
    where ends_on <= as_of;

-- A stock is counted at a time, and its years are never added.
create macro is_stock(asked) as
    asked in ('active_partnerships', 'partners_with_agreement');

-- A part of a whole that is told beside it: numerator, denominator and per cent.
create macro is_share(asked) as
    asked in ('placement_rate', 'retention_rate', 'target_attainment');

-- How far a target is reached whose time isn't over is told of that time alone: where
-- rows or splits are of time, and not of all time.
create macro is_so_far(asked, rows_, is_all_rows, split, is_all_splits) as
    asked = 'target_attainment'
    and (rows_ = 'time' and not is_all_rows or split = 'time' and not is_all_splits);

-- The season that a name tells, as it stands in a year, perhaps as the first part of
-- a word: \b takes æ, ø and å for its end. "Vår", "vårt" and "våre" are ours, too, but
-- before a year or at the end.
create macro season_in(name) as case
    when regexp_matches(lower(name), '(^|[^\pL\d])(vinter|winter)') then 'winter'
    when regexp_matches(
            lower(name),
            '(^|[^\pL\d])(spring($|[^\pL\d])|vår(en| *(\d|$)|[a-df-su-zæøå]))'
        )
        then 'spring'
    when regexp_matches(lower(name), '(^|[^\pL\d])(sommer|summer)') then 'summer'
    when regexp_matches(lower(name), '(^|[^\pL\d])(høst|haust|autumn)') then 'autumn'
end;
create macro season_begins(day, season) as make_date(
    year(day)::integer,
    [1, 3, 6, 9][list_position(['winter', 'spring', 'summer', 'autumn'], season)], 1
);

-- What is counted once however often it occurs.
create macro is_counted_once(asked) as asked in (
    'partners_with_agreement', 'partners_in_activities', 'agreements_in_activities'
);

-- What organisations are told as on a day, where that is not just themselves.
create macro told_on(as_of) as table
    select association, partner_id, told_id
    from continuations
    where as_of >= from_day and as_of < to_day;

-- The partners of what a link tells of, each once, as they are told on a day.
create macro linked_partners(as_of) as table
    select distinct l.link_id, coalesce(t.told_id, l.partner_id) as partner_id
    from link_partners as l
    left join told_on(as_of) as t using (association, partner_id);

-- Where a result that breaks down stands: after all else, those of an activity together.
create macro place_of_part(activity_id, outcome_id) as 1000000000 + (
    (hash(coalesce(activity_id, outcome_id)) >> 34) * 4294967296
        + (hash(outcome_id) >> 32)
)::bigint;

-- One row per target that has results, with examples or without (both where that is
-- null): those that count by as_of added, and how many there have no number, by why: by
-- these it may be more.
create macro results_of_targets(as_of, examples) as table
    select target_id, with_examples, number, evidence, from_year, to_year,
        common_evidence,
        coalesce(missing_count, 0) as missing_count,
        coalesce(suppressed_count, 0) as suppressed_count,
        coalesce(not_yet_count, 0) as not_yet_count,
        missing_count + suppressed_count + not_yet_count as unknown_count
    from (
        select target_id, with_examples, added(number) as number,
            weakest_of(evidence) as evidence,
            min(from_year) as from_year, max(to_year) as to_year,
            common(evidence)::varchar as common_evidence
        from target_cells
        join told_ways(examples) on with_examples or evidence <> 'illustrative'
        where number is not null and coalesce(counts_on <= as_of, true)
        group by target_id, with_examples
    )
    full join (
        select target_id, with_examples, sum(missing_count)::integer as missing_count,
            sum(suppressed_count)::integer as suppressed_count,
            sum(not_yet_count)::integer as not_yet_count
        from target_cells
        join told_ways(examples) on with_examples or evidence <> 'illustrative'
        where missing_count + suppressed_count + not_yet_count > 0
        group by target_id, with_examples
    ) using (target_id, with_examples);

-- The columns of what a measure counts, in a table of no row: what lacks one, or has it
-- under no name, has it by its place and type.
create table fact_columns as
    select null::varchar as record, null::varchar as record_id,
        null::integer as facet_id, null::integer as link_id,
        null::bigint as from_year, null::bigint as to_year, null::varchar as span,
        null::date as month, null::varchar as activity_type, null::varchar as kind,
        null::evidence as evidence, number_of(0, 0, null, null) as number,
        number_of(0, 0, null, null) as base, true as is_due, true as is_uncertain,
        true as is_start_unknown, null::bigint as place, null::varchar as title,
        null::varchar as start_date, null::varchar as source,
        null::varchar as value_status, null::varchar as counted_id,
        null::varchar[] as own_types, null::varchar as unit, null::varchar as ages,
        null::varchar as background, null::varchar[] as broken_down_by
    where false;

-- What a measure counts: one row per partnership (and year in force), activity, result
-- or target, or per partner or agreement in such, with its years, its month where that
-- is known, its number (null where it is not known), what a share is measured against,
-- and whether it can be known by as_of, or a target's time is over. `point` is the
-- measuring point of a result, and the measure of a target; `place` is where the record
-- stands in its table. `counted_id` is what is counted once, `own_types` its types of
-- partner; `unit` is what results that belong together share: an activity, or whose it
-- is and when. With `by` there are also the rows that break results down by age_group,
-- background or both.
-- Each is asked for by its name, below: what is not, DuckDB does not plan, and that is
-- two thirds of what an answer costs.
-- noqa: disable=ST03
create macro counted_facts(asked, point, by_what, as_of, examples) as table
    with in_force as (
        select 'partnership', partnership_id, facet_id, link_id, year, year, null, null,
            null, null, null, number_of(is_confirmed::integer, 0, null, null), null,
            true, not is_confirmed, not is_confirmed and not has_start, place, title,
            start_date, source, null, null, null, null, null, null, []
        from partnerships_in_force(as_of)
    ),
    partners_agreed as (
        select 'partner', t.partner_id, f.facet_id, f.link_id, year, year, null,
            null, null, null, null, number_of(1, 0, null, null), null, true,
            false, false, place, t.name, start_date, source, null, t.partner_id,
            [t.partner_type], null, null, null, []
        from partnerships_in_force(as_of) as f
        join linked_partners(as_of) using (link_id)
        join partners as t using (partner_id)
    ),
    begun_or_ended as (
        select 'partnership', partnership_id, facet_id, link_id, year, year, null,
            if(has_month, date_trunc('month', day), null)::date, null, null, null,
            number_of(1, 0, null, null), null, true, false, false, place, title,
            start_date, source, null, null, null, null, null, null, []
        from partnership_events(as_of)
        where event = asked
    ),
    activities_asked as (
        select 'activity', activity_id, facet_id, link_id,
            year, year, null, month, activity_type, null, evidence,
            case asked
                when 'activities_held' then held
                when 'registered' then registered
                when 'attended' then attended
                else employers
            end, null, true, false, false, rowid, title, start_date, source, null, null,
            null, activity_id, null, null, []
        from activities
        where not cancelled and coalesce(begins_on <= as_of, true)
    ),
    partners_in as (
        select 'partner', t.partner_id, a.facet_id, a.link_id, year, year, null, month,
            activity_type, null, evidence, held, null, true, false, false,
            a.rowid, t.name, start_date, source, null, t.partner_id,
            [t.partner_type], null, null, null, []
        from activities as a
        join linked_partners(as_of) using (link_id)
        join partners as t using (partner_id)
        where not cancelled and coalesce(begins_on <= as_of, true)
    ),
    agreements_in as (
        select 'agreement', p.partnership_id, p.facet_id, p.link_id, year, year, null,
            month, activity_type, null, evidence, held, null, true, false, false,
            a.rowid, p.title, a.start_date, a.source, null, p.partnership_id,
            null, null, null, null, []
        from (
            select *, rowid, unnest(partnership_ids) as partnership_id from activities
        ) as a
        join partnerships as p using (partnership_id)
        where not cancelled and coalesce(a.begins_on <= as_of, true)
    ),
    results as (
        select 'outcome', activity_id, facet_id, link_id, from_year, to_year, span, month,
            activity_type, measure, evidence, number, null,
            coalesce(counts_on <= as_of, true), false, false, place_of_part(activity_id,
                outcome_id), title,
            start_date, source, null, null, null, null, ages, background, []
        from outcomes
        where breaks_down_by = by_what and by_what <> '' and value is not null
            and not is_told_above
            and if(asked = 'placements', is_job,
                measure = asked and measured_at::varchar = point)
        union all
        select 'outcome', activity_id, facet_id, link_id, from_year, to_year, span, month,
            activity_type, measure, evidence, number, base,
            coalesce(counts_on <= as_of, true), false, false, rowid, title, start_date,
            source, value_status, null, null,
            coalesce(activity_id, concat_ws(chr(31), facet_id, link_id, first_day,
                last_day)), null, null, broken_down_by
        from figures
        where case asked
                when 'placements' then measured_at = 'exit' and is_placement(measure)
                when 'placement_rate'
                    then measure = 'placements' and measured_at = 'exit' and is_round
                when 'retention_rate' then measure = 'in_work_or_education'
                    and measured_at::varchar = point and is_round
                else measure = asked and measured_at::varchar = point
            end
    ),
    aims as (
        select 'target', target_id::varchar, facet_id, null, from_year, to_year,
            if(from_year < to_year, period, null), null, null, measure, weaker,
            one_figure(number, weaker), number_of(value, 0, null, weaker), is_over,
            false, false, place, null, null, null, hidden, null, null, null, null, null,
            []
        from (
            select t.*, t.rowid as place, t.last_day < as_of as is_over,
                -- How far it is reached is not known where a result has no number.
                if(r.unknown_count > 0, null, r.number) as number,
                if(r.suppressed_count = r.unknown_count and r.unknown_count > 0,
                    'suppressed', null) as hidden,
                if(t.evidence = 'illustrative', 'illustrative', r.evidence)::evidence
                    as weaker
            from targets as t
            left join results_of_targets(as_of, examples) as r using (target_id)
        )
        -- An agreement's own target is part of no programme's: its story tells of it.
        where measure = point and value is not null
            and partnership_id is null
    )
    from query('from fact_columns union all from ' || case
        when asked = 'active_partnerships' then 'in_force'
        when asked = 'partners_with_agreement' then 'partners_agreed'
        when asked in ('partnerships_started', 'partnerships_ended')
            then 'begun_or_ended'
        when asked in ('activities_held', 'registered', 'attended', 'employers')
            then 'activities_asked'
        when asked = 'partners_in_activities' then 'partners_in'
        when asked = 'agreements_in_activities' then 'agreements_in'
        when asked = 'target_attainment' then 'aims'
        else 'results'
    end);

-- The same; or, with a measure as divisor, one row per unit that has the measure,
-- with the divisor's number there as its base: both are added over the same units. A
-- number is unknown where any of what it is the sum of is, such as a kind of job.
create macro facts(asked, point, divisor, by_what, as_of, examples) as table
    with whole as (
        select * exclude (unit)
        from counted_facts(asked, point, by_what, as_of, examples)
    ),
    divided as (
        select any_value(n.record), any_value(n.record_id), any_value(n.facet_id),
            any_value(n.link_id), any_value(n.from_year), any_value(n.to_year),
            any_value(n.span), any_value(n.month), any_value(n.activity_type), null,
            weakest_of(greatest(n.evidence, d.evidence)),
            one_figure(added_whole(n.number, n.value_status, n.evidence),
                if(added(n.number).is_example, 'illustrative', null)),
            if(any_value(d.number.is_example) = added(n.number).is_example,
                any_value(d.number), null),
            true, false, false, min(n.place), any_value(n.title), any_value(n.start_date),
            min(n.source), null, null, null, null, null, []
        from counted_facts(asked, point, '', as_of, examples) as n
        left join (
            select unit, added_whole(number, value_status, evidence) as number,
                weakest_of(evidence) as evidence
            from counted_facts(divisor, 'exit', '', as_of, examples)
            where unit is not null
            group by unit
            having bool_or(is_due)
        ) as d using (unit)
        where n.unit is not null
        group by unit
        having bool_or(n.is_due)
    )
    from query(if(divisor = '', 'from whole',
        'select * exclude (unit) from fact_columns union all from divided'));
-- noqa: enable=ST03
