-- Every measure once. The words that belong to it are in data/measures.csv.

-- The selection: facets that the filters leave. An empty list leaves all.
create macro selected(associations, partner_types_, partnership_types_, programmes)
as table
    select facet_id, association, programme, partner_types, partnership_types
    from facets
    where (len(associations) = 0 or list_contains(associations, association))
        and (len(programmes) = 0 or list_contains(programmes, programme))
        and (len(partner_types_) = 0
            or list_has_any(partner_types, partner_types_))
        and (len(partnership_types_) = 0
            or list_has_any(partnership_types, partnership_types_));

-- Years: a span lies within the filter whole; without a filter all count.
create macro within(first_year, last_year, from_year, to_year) as
    from_year is null or (first_year >= from_year and last_year <= to_year);

-- A record of years: a partnership lasts through them, all else lies within.
create macro matches(record, first_year, last_year, from_year, to_year) as
    case
        when record <> 'partnership'
            then within(first_year, last_year, from_year, to_year)
        else from_year is null or (first_year <= to_year
            and coalesce(last_year >= from_year, true))
    end;

-- Of the types that something has, those chosen; all where none is.
create macro chosen(types, asked) as
    if(len(asked) = 0, types, list_intersect(types, asked));

-- In a stack, several chosen types make a part of their own.
create macro part_of(types, asked) as
    case len(chosen(types, asked))
        when 1 then chosen(types, asked)[1]
        else 'several'
    end;

-- Active partnerships: in force at some time in the year, known to have begun
-- and not ended; confirmed, or unconfirmed for more than 24 months. Of unknown
-- start, in the years of their activities; examples confirm none of them.
create macro partnerships_in_force(as_of, examples) as table
    select * exclude (from_year, to_year, counts_on, stated_on),
        year::integer as year, coalesce(stated_on > as_of, true) as is_example,
        not is_example
            and coalesce(confirmed_until >= make_date(year::integer, 1, 1), false)
            as is_confirmed
    from (
        select *, unnest(range(
            from_year, least(year(as_of), coalesce(to_year, year(as_of))) + 1
        )) as year
        from partnership_years
        where if(examples, counts_on, stated_on) <= as_of
    );

create macro active_partnerships(is_confirmed) as
    count(*) filter (is_confirmed);

create macro unconfirmed_partnerships(is_confirmed, has_start) as
    count(*) filter (not is_confirmed and has_start);

create macro start_unknown_partnerships(is_confirmed, has_start) as
    count(*) filter (not is_confirmed and not has_start);

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

create macro is_for_persons(activity_type) as
    activity_type in ('job_matching', 'course', 'mentoring', 'guidance');

-- Activities held: begun by as_of, not cancelled. The small table has all, so
-- what is planned after as_of is taken away again, one by one: those are few.
create macro activities_held(as_of) as table
    select * from activity_cells
    where coalesce(year <= year(as_of), true)
    union all
    select facet_id, case when date_is_known then year(begins_on) end::integer,
        activity_type, evidence = 'illustrative', -1,
        -(not has_result and is_for_persons(activity_type))::integer,
        -(attended_count is not null)::integer,
        less(number_of(1, 0, null, evidence)), less(registered), less(attended),
        less(employers)
    from activities
    where begins_on > as_of and not cancelled
        and coalesce(not date_is_known or year(begins_on) <= year(as_of), true);

-- Figures that can be known by as_of; those that can't yet (a round still to
-- come, a follow-up not due) are taken away and counted as not due.
create macro figures_by(as_of) as table
    select facet_id, from_year, to_year, measure, measured_at, evidence, is_round,
        sum(figure_count)::integer as figure_count,
        sum(known_count)::integer as known_count, summed(number) as number,
        summed(rated) as rated, summed(base) as base,
        sum(not_due_count)::integer as not_due_count
    from (
        select *, 0 as not_due_count from figure_cells
        union all
        select facet_id, from_year, to_year, measure, measured_at, evidence,
            is_round, -1, -(number is not null)::integer, less(number),
            if(base is null, null, less(number)),
            if(number is null, null, less(base)), 1
        from figures
        where counts_on > as_of
    )
    group by all;

-- A stock is counted at a time, and its years are never added.
create macro is_stock(asked) as asked = 'active_partnerships';

-- What a measure counts: one row per partnership (and year in force), activity,
-- result or target, with its years, its month where that is known, its number
-- (null where it is not known), what a share is measured against, and whether it
-- can be known by as_of. `point` is the measuring point of a result, and the
-- measure of a target; `place` is where the record stands in its table.
create macro facts(asked, point, as_of, examples) as table
    select 'partnership' as record, partnership_id as record_id, facet_id, link_id,
        year as from_year, year as to_year, null::date as month,
        null as activity_type, null as kind, null as evidence,
        number_of(is_confirmed::integer, 0, null, null) as number, null as base,
        true as is_due, not is_confirmed as is_uncertain,
        not is_confirmed and not has_start as is_start_unknown, place, title,
        start_date, source
    from partnerships_in_force(as_of, examples)
    where asked = 'active_partnerships'
    union all
    select 'partnership', partnership_id, facet_id, link_id,
        if(start_is_known, year(begins_on), null)::integer,
        if(start_is_known, year(begins_on), null)::integer,
        if(start_is_known and length(start_date) >= 7,
            date_trunc('month', begins_on), null)::date,
        null, null, null, number_of(1, 0, null, null), null, true, false, false,
        rowid, title, start_date, source
    from partnerships
    where asked = 'partnerships_started' and coalesce(begins_on <= as_of, true)
    union all
    select 'partnership', partnership_id, facet_id, link_id,
        if(end_is_known, year(ends_on), null)::integer,
        if(end_is_known, year(ends_on), null)::integer,
        if(end_is_known and length(end_date) >= 7,
            date_trunc('month', ends_on), null)::date,
        null, null, null, number_of(1, 0, null, null), null, true, false, false,
        rowid, title, start_date, source
    from partnerships
    where asked = 'partnerships_ended' and ends_on <= as_of
    union all
    select 'activity', activity_id, facet_id, link_id,
        if(date_is_known, year(begins_on), null)::integer,
        if(date_is_known, year(begins_on), null)::integer, month,
        activity_type::varchar, null, evidence,
        case asked
            when 'activities_held' then number_of(1, 0, null, evidence)
            when 'registered' then registered
            when 'attended' then attended
            else employers
        end, null, true, false, false, rowid, title, start_date, source
    from activities
    where asked in ('activities_held', 'registered', 'attended', 'employers')
        and not cancelled and coalesce(begins_on <= as_of, true)
    union all
    select 'outcome', activity_id, facet_id, link_id, from_year, to_year, month,
        null, measure, evidence, number, base,
        coalesce(counts_on <= as_of, true), false, false, rowid, null, null, null
    from figures
    where case asked
            when 'placements' then measured_at = 'exit' and is_placement(measure)
            when 'placement_rate'
                then measure = 'placements' and measured_at = 'exit' and is_round
            when 'retention_rate' then measure = 'in_work_or_education'
                and measured_at::varchar = point and is_round
            when 'registered' then false
            when 'attended' then false
            else measure = asked and measured_at::varchar = point
        end
    union all
    select 'target', target_id::varchar, facet_id, null, from_year, to_year,
        null, null, measure, weaker, one_figure(number, weaker),
        number_of(value, 0, null, weaker), true, false, false, place, null, null,
        null
    from (
        select t.*, t.rowid as place, r.number, if(t.evidence = 'illustrative',
            'illustrative', r.evidence)::evidence as weaker
        from targets as t
        left join (
            select target_id, added(number) as number,
                weakest_of(evidence) as evidence
            from target_cells
            where coalesce(counts_on <= as_of, true)
                and (examples or evidence <> 'illustrative')
            group by target_id
        ) as r using (target_id)
    )
    where asked = 'target_attainment' and measure = point and value is not null;

-- The part of the calendar that years and a month lie in; `2016/2019` lies in no
-- single one, and of `2016?` only the year is known.
create macro period(grain, first_year, last_year, month_) as
    case
        when first_year <> last_year then first_year || '/' || last_year
        when grain = 'year' then first_year::varchar
        when month_ is null then first_year || '?'
        when grain = 'quarter' then first_year || '-Q' || quarter(month_)
        else first_year || '-H' || if(month(month_) < 7, 1, 2)
    end;

-- Keys to be listed, and one more for their total.
create macro with_total(keys, has_total) as
    list_concat(
        list_transform(keys, lambda k: {'key': k, 'is_total': false}),
        if(has_total, [{'key': null::varchar, 'is_total': true}], [])
    );

-- The keys of a thing under a dimension: one, or as many as it belongs to.
create macro keys_of(dimension, at_time, activity_type, kind, evidence, record_id,
    association, programme, partner_types, partnership_types, partner_ids,
    partnership_ids) as
    case dimension
        when 'time' then [at_time]
        when 'activity_type' then [activity_type]
        when 'kind' then [kind]
        when 'evidence' then [evidence::varchar]
        when 'round' then [record_id]
        when 'association' then [association]
        when 'programme' then [programme]
        when 'partner_type' then if(len(partner_types) = 0, [null], partner_types)
        when 'partnership_type'
            then if(len(partnership_types) = 0, [null], partnership_types)
        when 'partner' then if(coalesce(len(partner_ids), 0) = 0, [null], partner_ids)
        when 'partnership'
            then if(coalesce(len(partnership_ids), 0) = 0, [null],
                partnership_ids)
        else []
    end;

-- The names of the partners that something belongs to, by its links.
create macro partners_named() as table
    select link_id, list(name order by partner_id) as partner_names
    from (select link_id, unnest(partner_ids) as partner_id from links)
    join partners using (partner_id)
    group by link_id;

-- The things behind a cell of a question of one's own. As a key, '*' is the total and '' what has none.
create macro behind(asked, point, rows_, split_, grain, row_key, split_key,
    associations, partner_types_, partnership_types_, programmes, first_year,
    last_year, examples, as_of, at_year)
as table
    with latest as (
        select s.association, s.programme, max(to_year) as to_year
        from figures
        join selected(associations, partner_types_, partnership_types_, programmes)
            as s using (facet_id)
        where measure = asked and measured_at::varchar = point
            and asked in (select measure from measures where adds = 'latest')
            and (examples or evidence <> 'illustrative') and number is not null
            and within(from_year, to_year, first_year, last_year)
        group by all
    )
    select f.*, s.association, s.programme
    from facts(asked, point, as_of, examples) as f
    join selected(associations, partner_types_, partnership_types_, programmes)
        as s using (facet_id)
    left join links as l using (link_id)
    left join latest as t
        on t.association = s.association
        and t.programme is not distinct from s.programme
    where (examples or coalesce(f.evidence <> 'illustrative', true))
        and if(is_stock(asked) and 'time' not in (rows_, split_),
            f.from_year = at_year,
            within(f.from_year, f.to_year, first_year, last_year))
        and (coalesce(f.to_year >= t.to_year, true)
            or (rows_ = 'time' and row_key <> '*')
            or (split_ = 'time' and split_key <> '*'))
        and (row_key = '*' or list_contains(list_transform(
            keys_of(rows_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, s.association,
                s.programme, s.partner_types, s.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), row_key))
        and (split_key = '*' or list_contains(list_transform(
            keys_of(split_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, s.association,
                s.programme, s.partner_types, s.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), split_key));

-- What is cited for a number: one row per record, and one more per start and end
-- of a partnership and per result that a target is held against. `counted_in` are
-- the measures whose numbers it is in, with `:` and the measuring point where that
-- is not the end; 'rounds' is the chain of a programme's rounds. Partnerships in
-- force are looked up as they are counted (sources.sql).
create macro citations() as table
    select 'partnership' as record, facet_id, null as measure,
        year(begins_on)::integer as from_year, year(ends_on)::integer as to_year,
        null::evidence as evidence, source, source_date, begins_on as counts_on,
        []::varchar[] as counted_in
    from partnerships
    union all
    select 'start', facet_id, null, if(start_is_known, year(begins_on), null),
        if(start_is_known, year(begins_on), null), null, source, source_date,
        begins_on, ['partnerships_started']
    from partnerships
    union all
    select 'end', facet_id, null, if(end_is_known, year(ends_on), null),
        if(end_is_known, year(ends_on), null), null, source, source_date,
        ends_on, ['partnerships_ended']
    from partnerships
    where ends_on is not null
    union all
    select 'activity', facet_id, null, if(date_is_known, year(begins_on), null),
        if(date_is_known, year(begins_on), null), evidence, source, source_date,
        begins_on, if(cancelled, [], list_filter([
            'activities_held',
            if(registered_count is not null, 'registered', null),
            if(attended_count is not null, 'attended', null),
            if(employer_count is not null, 'employers', null),
            if(is_round and coalesce(registered_count, attended_count) is not null,
                'rounds', null),
            if(is_round and is_placed and attended_count is not null,
                'placement_rate', null)
        ], lambda m: m is not null))
    from activities
    union all
    select if(value is null, 'quote', 'outcome'), facet_id, measure, from_year,
        to_year, evidence, source, source_date, counts_on,
        if(value is null or age_group is not null, [], list_filter([
            measure || if(measured_at = 'exit', '', ':' || measured_at),
            if(is_job, 'placements', null),
            if(is_job and is_round and is_rated, 'placement_rate', null),
            if(measure = 'in_work_or_education' and measured_at <> 'exit'
                and is_round and is_rated, 'retention_rate:' || measured_at, null),
            if(is_round and if(measured_at = 'exit',
                is_job or measure in ('interviews', 'job_offers'),
                measure = 'in_work_or_education'), 'rounds', null)
        ], lambda m: m is not null))
    from outcomes
    union all
    select 'target', facet_id, measure, from_year, to_year,
        if(evidence = 'illustrative', 'illustrative', null)::evidence, source, null,
        null, if(value is null, [], ['target_attainment:' || measure])
    from targets
    union all
    select 'reached', t.facet_id, o.measure, t.from_year, t.to_year,
        if(t.evidence = 'illustrative', 'illustrative', o.evidence)::evidence,
        o.source, o.source_date, o.counts_on,
        if(t.value is null, [], ['target_attainment:' || t.measure])
    from targets as t
    join outcomes as o
        on o.association = t.association and o.programme = t.programme
        and o.from_year >= t.from_year and o.to_year <= t.to_year
        and if(t.measure = 'placements', o.is_job, o.measure = t.measure)
    where o.measured_at = 'exit' and o.value is not null and o.age_group is null;

-- Where every row has an address of its own, only its site and year are told.
create table source_form as
select count(distinct source) <= 500 as is_whole from citations();

create macro source_told(source) as
    if((select is_whole from source_form), source, coalesce(nullif(
        regexp_extract(source, '^https?://(www\.)?([^/]+)', 2), ''), source));

create macro source_date_told(source_date) as
    if((select is_whole from source_form), source_date, left(source_date, 4));

create macro cited_by_cell() as table
    select * replace (source_told(source) as source,
        source_date_told(source_date) as source_date)
    from citations();

-- One row per combination of measures that something is counted in.
create table counted_sets as
select (row_number() over (order by counted_in))::integer as counted_id, counted_in
from (select distinct counted_in from citations());

-- One row per kind of record, facet, measure, years, evidence, source, its date
-- and what it is counted in.
create table source_cells as
select * exclude (counts_on, counted_in), count(*)::integer as record_count
from cited_by_cell()
join counted_sets using (counted_in)
group by all
order by all;
