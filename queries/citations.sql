-- Where the records in a number are from.

-- What is cited for a number: one row per kind of record, facet, measure, years,
-- evidence, source, its date, day from which it counts and what it is counted in,
-- with how many records; there are also the starts and ends of partnerships, and the
-- results that a target is held against. `counted_in` are the measures whose numbers
-- it is in, with `:` and the measuring point where that is not the end; 'rounds' is
-- the chain of a programme's rounds. Partnerships in force are looked up as they are
-- counted (partnership_sources.sql).
create or replace temp table cited as
select *, count(*)::integer as record_count
from (
    select 'partnership' as record, facet_id, null as measure,
        year(begins_on)::integer as from_year, year(ends_on)::integer as to_year,
        null::evidence as evidence, source, source_date, begins_on as counts_on,
        '' as counted_in
    from partnerships
    union all
    select 'start', facet_id, null, start_year, start_year, null, source,
        source_date, begins_on, 'partnerships_started'
    from partnerships
    union all
    select 'end', facet_id, null, end_year, end_year, null, source, source_date,
        ends_on, 'partnerships_ended'
    from partnerships
    where ends_on is not null
    union all
    select 'activity', facet_id, null, year, year, evidence, source, source_date,
        begins_on, if(cancelled, '', concat_ws(chr(31),
            'activities_held',
            if(registered_count is not null, 'registered', null),
            if(attended_count is not null, 'attended', null),
            if(employer_count is not null, 'employers', null),
            if(is_round and coalesce(registered_count, attended_count) is not null,
                'rounds', null),
            if(is_round and is_placed and attended_count is not null,
                'placement_rate', null)
        ))
    from activities
    union all
    select if(value is null and quote is not null, 'quote', 'outcome'), facet_id,
        measure, from_year, to_year, evidence, source, source_date, counts_on,
        if(value is null or is_part or is_told_above, '', concat_ws(chr(31),
            measure || if(measured_at = 'exit', '', ':' || measured_at),
            if(is_job, 'placements', null),
            if(is_job and is_round and is_rated, 'placement_rate', null),
            if(measure = 'in_work_or_education' and measured_at <> 'exit'
                and is_round and is_rated, 'retention_rate:' || measured_at, null),
            if(is_round and if(measured_at = 'exit',
                is_job or measure in ('interviews', 'job_offers'),
                measure = 'in_work_or_education'), 'rounds', null)
        ))
    from outcomes
    union all
    select 'target', facet_id, measure, from_year, to_year,
        if(evidence = 'illustrative', 'illustrative', null)::evidence, source, null,
        null, if(value is null or partnership_id is not null, '',
            'target_attainment:' || measure)
    from targets
    union all
    select 'reached', t.facet_id, o.measure, t.from_year, t.to_year,
        if(t.evidence = 'illustrative', 'illustrative', o.evidence)::evidence,
        o.source, o.source_date, o.counts_on,
        if(t.value is null, '', 'target_attainment:' || t.measure)
    from targets as t
    join outcomes as o
        on o.association = t.association and o.programme = t.programme
        and o.first_day >= t.first_day and o.last_day <= t.last_day
        and if(t.measure = 'placements', o.is_job, o.measure = t.measure)
    where o.measured_at = 'exit' and o.value is not null and not o.is_part
        and not o.is_told_above and t.partnership_id is null
)
group by all;

-- Where every row has an address of its own, only its site and year are told.
create table source_form as
select count(distinct source) <= 500 as is_whole from cited;

create macro source_told(source) as
    if((select is_whole from source_form), source, coalesce(nullif(
        regexp_extract(source, '^https?://(www\.)?([^/]+)', 2), ''), source));

create macro source_date_told(source_date) as
    if((select is_whole from source_form), source_date, left(source_date, 4));

-- One row per partnership: where it is from, as it is told.
create table partnerships_cited as
select partnership_id, source_told(source) as source,
    source_date_told(source_date) as source_date
from partnerships
order by all;

-- One row per combination of measures that something is counted in.
create table counted_sets as
select (row_number() over (order by counted_in))::integer as counted_id, counted_in
from (
    select distinct if(counted_in = '', [], string_split(counted_in, chr(31)))
        as counted_in
    from cited
);

-- One row per kind of record, facet, measure, years, evidence, source, its date, day
-- from which it counts and what it is counted in, of what is counted from a day.
create table source_days as
select counts_on, counted_id, record, facet_id, measure, from_year, to_year, evidence,
    source_told(source) as source, source_date_told(source_date) as source_date,
    sum(record_count)::integer as record_count
from cited as c
join counted_sets as s on array_to_string(s.counted_in, chr(31)) = c.counted_in
where counts_on is not null and c.counted_in <> ''
group by all
order by all;

-- The same of all that is cited, whatever its day.
create table source_cells as
select counted_id, record, facet_id, measure, from_year, to_year, evidence,
    source_told(source) as source, source_date_told(source_date) as source_date,
    sum(record_count)::integer as record_count
from cited as c
join counted_sets as s on array_to_string(s.counted_in, chr(31)) = c.counted_in
group by all
order by all;

drop table cited;

-- One row per facet, years and whether it is an example: how many activities, results
-- and targets there are.
create table record_cells as
select facet_id, from_year, to_year,
    coalesce(evidence = 'illustrative', false) as is_example,
    sum(record_count)::integer as record_count
from source_cells
where record in ('activity', 'outcome', 'quote', 'target')
group by all
order by all;
