-- What a version holds, made once from the checked rows in given.*:
-- the record tables, and the small tables that every figure is asked from.

create type version.evidence as enum (
    select unnest(enum_range(null::evidence)::varchar[])
);

-- One row per partnership and partner.
create table version.partnership_partners as
select partnership_id, unnest(partner_ids) as partner_id
from given.partnerships;

create table version.partners as select * from given.partners;
create table version.successions as select * from given.successions;

-- One row per association, organisation and the one that takes its place there, if
-- it can be told which: what is said for the association goes before what is said
-- for a place that it works in, and that before what holds for all.
create or replace temp table followed as
with candidate as (
    select a.association, s.predecessor_id, s.successor_id, s.date,
        case
            when s.association is not null then 1
            when s.place is not null then 2
            else 3
        end as rank
    from given.successions as s
    cross join (
        select association from given.partnerships
        union select association from given.activities
        union select association from given.outcomes where association is not null
        union select association from given.targets
    ) as a
    left join given.associations as o on o.association = a.association
    where coalesce(s.association = a.association, true)
        and (s.place is null
            or coalesce(is_place_of(s.place, o.municipalities), false))
    qualify rank = min(rank) over (partition by a.association, s.predecessor_id)
)
select association, predecessor_id, any_value(successor_id) as successor_id,
    max(coalesce(earliest_day(date), date '0001-01-01')) as day
from candidate
group by association, predecessor_id
having count(distinct successor_id) = 1;

-- One row per association, organisation and span of days (the last not among them):
-- what it is told as on a day, where others have taken its place, or it that of one.
create table version.continuations as
with recursive later as (
    select association, partner_id, partner_id as told_id, 0 as place
    from (
        select association, predecessor_id as partner_id from followed
        union select association, successor_id from followed
    )
    union all
    select l.association, l.partner_id, f.successor_id, l.place + 1
    from later as l
    join followed as f
        on f.association = l.association and f.predecessor_id = l.told_id
    where l.place < 20
),
-- What was there before: not one of several that became one, and since it is known
-- to have been.
single as (
    select association, successor_id, any_value(predecessor_id) as predecessor_id
    from followed
    group by association, successor_id
    having count(*) = 1
),
earlier as (
    select association, partner_id, told_id, place, null::date as begins_on
    from later where place = 0
    union all
    select e.association, e.partner_id, s.predecessor_id, e.place - 1,
        earliest_day(p.valid_from)
    from earlier as e
    join single as s
        on s.association = e.association and s.successor_id = e.told_id
    join version.partners as p on p.partner_id = s.predecessor_id
    where e.place > -20 and p.valid_from is not null
),
linked as (
    select *, lag(told_id) over chain as before_id
    from (select *, null::date as begins_on from later union from earlier)
    window chain as (partition by association, partner_id order by place)
),
begun as (
    select l.*, greatest(max(coalesce(f.day, date '0001-01-01')) over (
            partition by l.association, l.partner_id order by l.place
        ), l.begins_on) as from_day
    from linked as l
    left join followed as f
        on f.association = l.association and f.predecessor_id = l.before_id
),
ended as (
    select *, lead(from_day, 1, date '9999-12-31') over (
            partition by association, partner_id order by place
        ) as to_day
    from begun
)
select association, partner_id, told_id, from_day, to_day
from ended
where from_day < to_day
order by all;

-- One row per organisation and what it is an office of, itself among them.
create table version.heads as
with recursive above as (
    select partner_id, partner_id as head_id, 0 as steps from version.partners
    union all
    select a.partner_id, p.head_id, a.steps + 1
    from above as a
    join version.partners as p on p.partner_id = a.head_id
    where p.head_id is not null and a.steps < 20
)
select partner_id, head_id,
    steps = max(steps) over (partition by partner_id) as is_top
from above
order by all;

-- The days on which borders changed, and a year that people know them by.
create or replace temp macro border_days() as [date '2020-01-01', date '2024-01-01'];

create or replace temp table eras as
select era, ['2019', '2023', '2024'][era] as borders,
    coalesce(border_days()[era - 1], date '0001-01-01') as begins_on
from (select unnest([1, 2, 3]) as era);

-- Not asked of the table: every activity would be joined with it.
create or replace temp macro era_on(day) as
    1 + (day >= border_days()[1])::integer + (day >= border_days()[2])::integer;

-- One row per municipality in an era, and what it is or was part of in another.
create or replace temp table moves as
with recursive known as (
    select m.number, e.era
    from klass.municipalities as m
    join eras as e
        on coalesce(m.valid_from::date <= e.begins_on, true)
        and coalesce(m.valid_to::date >= e.begins_on, true)
    where m.number in (
        select municipality from given.activities
        union select municipality from given.partners
    )
),
stays as (
    select e.era, m.number, m.number as became
    from klass.municipalities as m
    join eras as e
        on coalesce(m.valid_from::date < e.begins_on, true)
        and coalesce(m.valid_to::date >= e.begins_on, true)
    where e.era > 1
),
steps as (
    from stays
    union
    select e.era, r.number, r.became
    from klass.reforms as r
    join eras as e on e.begins_on = r.date::date
),
forward as (
    select number, era, number as part, era as at_era from known
    union
    select f.number, f.era, s.became, f.at_era + 1
    from forward as f
    join steps as s on s.era = f.at_era + 1 and s.number = f.part
),
backward as (
    select number, era, number as part, era as at_era from known
    union
    select b.number, b.era, s.number, b.at_era - 1
    from backward as b
    join steps as s on s.era = b.at_era and s.became = b.part
)
select number, era, part, at_era from forward
union
select number, era, part, at_era from backward;
create table version.measures as select * from given.measures;
create table version.programmes as select * from given.programmes;

-- Work streams and context stand as whoever wrote them has put them; all else by what
-- it is, whatever the order of the rows.
create table version.work_streams as
select *, rowid as place, latest_day(due_date) as due_on from given.work_streams
order by rowid;

create table version.contributions as
select *, number_of(amount, 0, amount_qualifier, null) as number,
    period_start(year) as begins_on, period_end(year) as ends_on,
    year(period_start(year))::integer as from_year,
    year(period_end(year))::integer as to_year,
    if(length(year) not in (4, 9), year, null) as period
from given.contributions
order by contribution_id;
create table version.associations as select * from given.associations;
create table version.partner_types as select * from given.partner_types;
create table version.partnership_types as select * from given.partnership_types;
create table version.activity_types as select * from given.activity_types;

-- One row per type of a partner, partnership or activity, in the order in which
-- they stand: what is of no other type stands last.
create table version.types as
select kind, code, row_number() over (
        partition by kind order by code = 'other', position, code
    )::integer as place, name_nb, name_en
from (
    select 'partner_type' as kind, partner_type as code, position, name_nb, name_en
    from given.partner_types
    union all
    select 'partnership_type', partnership_type, position, name_nb, name_en
    from given.partnership_types
    union all
    select 'activity_type', activity_type, position, name_nb, name_en
    from given.activity_types
)
order by kind, place;

-- One row per combination of links that activities have; a place means what it did
-- on the day.
create or replace temp table activity_links as
select row_number() over (order by association, programme, partnership_ids,
    partner_ids, municipality, era) as link_id, *
from (
    select distinct association, programme, partnership_ids, partner_ids,
        municipality, if(municipality is null, null,
            era_on(earliest_day(start_date))) as era
    from given.activities
);

create or replace temp table activity_tags as
with linked as (
    select link_id, unnest(partnership_ids) as partnership_id
    from activity_links
),
tagged as (
    select link_id, p.partnership_type, t.partner_type
    from linked
    join given.partnerships as p using (partnership_id)
    join version.partnership_partners using (partnership_id)
    join version.partners as t using (partner_id)
    union all
    select link_id, null, t.partner_type
    from (
        select link_id, unnest(partner_ids) as partner_id from activity_links
    )
    join version.partners as t using (partner_id)
)
select l.*,
    coalesce(list_sort(list_distinct(list(g.partner_type)
        filter (g.partner_type is not null))), []) as partner_types,
    coalesce(list_sort(list_distinct(list(g.partnership_type)
        filter (g.partnership_type is not null))), []) as partnership_types
from activity_links as l
left join tagged as g using (link_id)
group by all;

create or replace temp table partnership_tags as
select p.partnership_id, p.association, p.programme,
    list_sort(list_distinct(list(t.partner_type))) as partner_types,
    [p.partnership_type] as partnership_types,
    (select count(*) from activity_links) + p.number as link_id
from (
    select *, row_number() over (order by partnership_id) as number
    from given.partnerships
) as p
join version.partnership_partners using (partnership_id)
join version.partners as t using (partner_id)
group by all;

-- A result or target of no activity belongs to the agreement or partner it names,
-- or else to the partnerships of its programme; of these a partner has its own.
create or replace temp table programme_tags as
with origin as (
    select *, row_number() over (order by association, programme, partnership_id,
        partner_id) as place
    from (
        select coalesce(p.association, o.association) as association,
            coalesce(o.programme, p.programme) as programme, o.partnership_id,
            o.partner_id
        from given.outcomes as o
        left join given.partnerships as p using (partnership_id)
        where activity_id is null
        union
        select t.association, coalesce(t.programme, p.programme), t.partnership_id,
            null
        from given.targets as t
        left join given.partnerships as p using (partnership_id)
    )
),
agreed as (
    select o.place, p.partnership_id, p.partner_types, p.partnership_types
    from origin as o
    join partnership_tags as p using (partnership_id)
    union all
    select o.place, p.partnership_id, p.partner_types, p.partnership_types
    from origin as o
    join partnership_tags as p
        on p.association = o.association and p.programme = o.programme
    where o.partnership_id is null and (o.partner_id is null or exists (
        from version.partnership_partners as m
        where m.partnership_id = p.partnership_id and m.partner_id = o.partner_id
    ))
)
select o.association, o.programme, o.partnership_id, o.partner_id,
    if(o.partner_id is null,
        coalesce(list_sort(list_distinct(flatten(list(p.partner_types)))), []),
        [any_value(t.partner_type)::varchar]) as partner_types,
    coalesce(list_sort(list_distinct(flatten(list(p.partnership_types)))), [])
        as partnership_types,
    coalesce(list_sort(list(p.partnership_id)
        filter (p.partnership_id is not null)), []) as partnership_ids,
    (select count(*) from activity_links)
        + (select count(*) from given.partnerships) + o.place as link_id
from origin as o
left join agreed as p using (place)
left join version.partners as t on t.partner_id = o.partner_id
group by o.association, o.programme, o.partnership_id, o.partner_id, o.place;

-- One row per combination that the filters choose by. All that is counted
-- carries a facet, so that one small table answers "is it in the selection?".
create table version.facets as
select (row_number() over (order by association, programme, partner_types,
    partnership_types))::integer as facet_id, *
from (
    select association, programme, partner_types, partnership_types
    from partnership_tags
    union
    select association, programme, partner_types, partnership_types
    from activity_tags
    union
    select association, programme, partner_types, partnership_types
    from programme_tags
);

create or replace temp table activity_facets as
select t.*, f.facet_id
from activity_tags as t
join version.facets as f
    on f.association = t.association
    and f.programme is not distinct from t.programme
    and f.partner_types = t.partner_types
    and f.partnership_types = t.partnership_types;

-- One row per combination of partnerships and partners that something belongs
-- to: an agreement to itself, an activity to those it names and their partners,
-- a result of no activity to the agreement or the partner that it names, or else
-- to the partnerships of its programme.
create table version.links as
with tied as (
    select link_id, association, coalesce(partnership_ids, []) as partnership_ids,
        coalesce(partner_ids, []) as own_ids, null as partner_id
    from activity_links
    union all
    select link_id, association, [partnership_id], [], null from partnership_tags
    union all
    select link_id, association, partnership_ids, [], partner_id from programme_tags
),
partnered as (
    select link_id, list(distinct partner_id order by partner_id) as partner_ids
    from (
        select link_id, unnest(own_ids) as partner_id from tied
        union all
        select link_id, partner_id
        from (
            select link_id, unnest(partnership_ids) as partnership_id from tied
        )
        join version.partnership_partners using (partnership_id)
    )
    group by link_id
),
themed as (
    select link_id, list(distinct area order by area) as focus_areas
    from (
        select link_id, unnest(partnership_ids) as partnership_id from tied
    )
    join (
        select partnership_id, trim(unnest(string_split(focus_areas, '|'))) as area
        from given.partnerships
    ) using (partnership_id)
    where area <> ''
    group by link_id
)
select link_id::integer as link_id, association, partnership_ids,
    coalesce(focus_areas, []) as focus_areas,
    if(partner_id is null, coalesce(partner_ids, []), [partner_id]) as partner_ids
from tied
left join partnered using (link_id)
left join themed using (link_id)
order by link_id;

create table version.link_partners as
select link_id, association, unnest(partner_ids) as partner_id
from version.links
order by all;

-- One row per link and span of days (the last not among them): what its partners
-- were called.
create table version.link_names as
with begun as (
    select link_id, date '0001-01-01' as from_day from version.link_partners
    union
    select link_id, from_day
    from version.link_partners
    join version.continuations using (association, partner_id)
),
span as (
    select link_id, from_day, lead(from_day, 1, date '9999-12-31')
            over (partition by link_id order by from_day) as to_day
    from begun
),
called as (
    select s.link_id, s.from_day, s.to_day,
        coalesce(c.told_id, l.partner_id) as told_id, min(l.partner_id) as first_id
    from span as s
    join version.link_partners as l using (link_id)
    left join version.continuations as c
        on c.association = l.association and c.partner_id = l.partner_id
        and s.from_day >= c.from_day and s.from_day < c.to_day
    group by all
)
select link_id, from_day, to_day,
    list(p.name order by first_id, told_id) as partner_names
from called
join version.partners as p on p.partner_id = told_id
group by link_id, from_day, to_day
order by all;

-- One row per link that has a place and borders: the municipalities and counties
-- that it was in, by number; an agreement is where its partners are. Where a place
-- lies in several, which one can't be told.
create table version.places as
with stood as (
    select link_id, municipality as number, era
    from activity_links
    where municipality is not null
    union all
    select link_id, p.municipality, null
    from partnership_tags
    join version.partnership_partners using (partnership_id)
    join version.partners as p using (partner_id)
    where p.municipality is not null
),
drawn as (
    select s.link_id, e.borders, s.number, list(distinct m.part) as parts,
        list(distinct left(m.part, 2)) as county_parts
    from stood as s
    cross join eras as e
    join moves as m
        on m.number = s.number and coalesce(m.era = s.era, true)
        and m.at_era = e.era
    group by all
)
select link_id::integer as link_id, borders,
    list_sort(list(distinct if(len(parts) = 1, parts[1], 'several')))
        as municipalities,
    list_sort(list(distinct if(
        len(county_parts) = 1, county_parts[1], 'several'
    ))) as counties
from drawn
group by all
order by all;

-- One row per municipality and county: its name, by number.
create table version.place_names as
select number, name from klass.municipalities
union all
select number, name from klass.counties
order by all;

-- The agreement as given, and the years it is in force: from its first known
-- day to its end, or, without a published end, confirmed for 24 months more.
create table version.partnerships as
select p.*, f.facet_id, t.link_id::integer as link_id,
    earliest_day(p.start_date) as begins_on,
    latest_day(p.end_date) as ends_on,
    case
        when p.end_date is not null then latest_day(p.end_date)
        else still_confirmed(coalesce(p.confirmed_date, p.source_date))
    end as confirmed_until,
    p.start_date is not null
        and coalesce(p.start_qualifier, 'exact') = 'exact' as start_is_known,
    p.end_date is not null
        and coalesce(p.end_qualifier, 'exact') = 'exact' as end_is_known,
    if(start_is_known, year(begins_on), null)::integer as start_year,
    if(end_is_known, year(ends_on), null)::integer as end_year
from given.partnerships as p
join partnership_tags as t using (partnership_id)
join version.facets as f
    on f.association = t.association
    and f.programme is not distinct from t.programme
    and f.partner_types = t.partner_types
    and f.partnership_types = t.partnership_types
order by begins_on, p.partnership_id;

-- One row per activity with a result: whether it has one in figures, and one of those
-- who were placed.
create or replace temp table activity_results as
select activity_id, count(value) > 0 as is_known,
    coalesce(bool_or(is_placement(measure) and coalesce(measured_at, 'exit') = 'exit')
        filter (value is not null and not is_breakdown(age_group, background)), false)
        as is_placed
from given.outcomes
where activity_id is not null
group by activity_id;

-- What is known of its numbers is said of rows that are in order: it has more columns
-- than all else, and each would be put in order.
create table version.activities as
select * exclude (is_open_to_all), number_of(1, 0, null, evidence) as held,
    number_of(registered_count, if(is_open_to_all, 0, rounded_within()),
        count_qualifier, evidence) as registered,
    number_of(attended_count, if(is_open_to_all, 0, rounded_within()),
        count_qualifier, evidence) as attended,
    number_of(employer_count, 0, count_qualifier, evidence) as employers
from (
    select a.* exclude (cancelled),
        coalesce(a.cancelled = 'yes', false) as cancelled, a.cancelled as cancelled_said,
        t.facet_id, t.link_id::integer as link_id,
        earliest_day(a.start_date) as begins_on,
        case
            when coalesce(a.date_qualifier, 'exact') = 'exact'
                and length(a.start_date) >= 7
            then date_trunc('month', earliest_day(a.start_date))
        end::date as month,
        a.start_date is not null
            and coalesce(a.date_qualifier, 'exact') = 'exact' as date_is_known,
        if(date_is_known, year(begins_on), null)::integer as year,
        coalesce(k.aims_at_persons = 'yes', false) as is_for_persons,
        r.activity_id is not null as has_result,
        a.programme is not null and coalesce(a.cancelled <> 'yes', true)
            and coalesce(r.is_known, false) as is_round,
        coalesce(r.is_placed, false) as is_placed,
        e.activity_id is not null as is_open_to_all
    from given.activities as a
    join given.activity_types as k using (activity_type)
    left join open_to_all as e on e.activity_id = a.activity_id
    left join activity_results as r on r.activity_id = a.activity_id
    join activity_facets as t
        on t.association = a.association
        and t.programme is not distinct from a.programme
        and t.partnership_ids is not distinct from a.partnership_ids
        and t.partner_ids is not distinct from a.partner_ids
        and t.municipality is not distinct from a.municipality
        and (a.municipality is null
            or t.era is not distinct from era_on(earliest_day(a.start_date)))
    order by begins_on, a.activity_id
);

-- One row per partnership and span of years it is known to be in force: from its
-- first known day to its end; without a known start each year in which an activity
-- that names it was held, and no example (counts_on is the day from which it counts).
create table version.partnership_years as
select rowid as place, partnership_id, facet_id, link_id, true as has_start,
    begins_on, start_is_known, confirmed_until,
    year(begins_on)::integer as from_year, year(ends_on)::integer as to_year,
    begins_on as counts_on, title, start_date, source
from version.partnerships
where begins_on is not null
union all
select p.rowid, p.partnership_id, p.facet_id, p.link_id, false, null, false,
    p.confirmed_until, year(a.begins_on)::integer, year(a.begins_on)::integer,
    min(a.begins_on), p.title, p.start_date, p.source
from version.partnerships as p
join (
    select unnest(partnership_ids) as partnership_id, begins_on
    from version.activities
    where not cancelled and date_is_known and evidence <> 'illustrative'
) as a using (partnership_id)
where p.begins_on is null and coalesce(a.begins_on <= p.ends_on, true)
group by all
order by all;

-- One row per facet, year, type and whether it is an example: what was held.
create table version.activity_cells as
select facet_id, year, activity_type, evidence = 'illustrative' as is_illustrative,
    count(*)::integer as activity_count,
    count_if(is_for_persons)::integer as for_persons_count,
    count_if(is_for_persons and not has_result)::integer
        as without_result_count,
    count(attended_count)::integer as attended_known,
    summed(held) as held,
    summed(registered) as registered, summed(attended) as attended,
    summed(employers) as employers
from version.activities
where not cancelled
group by all
order by all;

-- One row per facet, year, whether it is an example and what is counted: the sum, null
-- where nobody knows it. Numbers below each other are told by one plan.
create table version.activity_numbers as
select facet_id, year, is_illustrative, counted, summed(number) as number
from (
    select facet_id, year, is_illustrative, unnest([
            {'counted': 'held', 'number': held},
            {'counted': 'registered', 'number': registered},
            {'counted': 'attended', 'number': attended},
            {'counted': 'employers', 'number': employers}
        ], max_depth := 2)
    from version.activity_cells
)
group by all
order by all;

-- The result as given, with the facet and the years it belongs to, and the day
-- from which it can be known: six or twelve whole months after the round.
create table version.outcomes as
with stated as (
    select o.* replace (
            coalesce(a.association, p.association, o.association) as association,
            coalesce(a.programme, o.programme, p.programme) as programme,
            -- Of the type: a bare 'exit' makes it text, of which 12_months comes first.
            coalesce(o.measured_at, 'exit'::measuring_point) as measured_at
        ),
        is_breakdown(o.age_group, o.background) as is_part,
        coalesce(a.facet_id, f.facet_id) as facet_id,
        coalesce(a.link_id, t.link_id)::integer as link_id, a.title, a.start_date,
        if(activity_id is null, if(length(o.year) = 7,
            date_trunc('month', period_start(o.year)), null), a.month)::date as month,
        a.activity_type, a.begins_on, a.held_to, a.year as activity_year,
        coalesce(a.ended_on, a.held_to) as ends_on,
        coalesce(a.is_round, false) as is_round,
        o.outcome_id in (select outcome_id from told_above) as is_told_above,
        is_placement(o.measure) and coalesce(o.measured_at, 'exit') = 'exit' as is_job,
        if(coalesce(o.measured_at, 'exit') = 'exit', a.attended_count,
            o.followed_up_count) is not null as is_rated
    from given.outcomes as o
    left join (
        select *, latest_day(start_date) as held_to, latest_day(end_date) as ended_on
        from version.activities
        where has_result
    ) as a using (activity_id)
    left join given.partnerships as p
        on o.activity_id is null and p.partnership_id = o.partnership_id
    left join programme_tags as t
        on o.activity_id is null
        and t.association = coalesce(p.association, o.association)
        and t.programme is not distinct from coalesce(o.programme, p.programme)
        and t.partnership_id is not distinct from o.partnership_id
        and t.partner_id is not distinct from o.partner_id
    left join version.facets as f
        on f.association = t.association
        and f.programme is not distinct from t.programme
        and f.partner_types = t.partner_types
        and f.partnership_types = t.partnership_types
)
select s.* exclude (begins_on, held_to, activity_year, ends_on),
    number_of(value, within_of(m.counts_people), value_qualifier, evidence)
        as number,
    within_of(m.counts_people) as within,
    if(activity_id is null, period_start(year), if(activity_year is null, null,
        begins_on)) as first_day,
    if(activity_id is null, period_end(year), if(activity_year is null, null,
        held_to)) as last_day,
    year(first_day)::integer as from_year,
    if(activity_id is null, year(last_day), activity_year)::integer as to_year,
    if(activity_id is null and length(year) not in (4, 9), year, null) as period,
    if(from_year < to_year, period, null) as span,
    replace(s.age_group, '_', '-') as ages, breakdown_by(s.age_group, s.background)
        as breaks_down_by,
    case
        when value_status = 'not_yet' then date '9999-12-31'
        when activity_id is null then first_day
        else due_on(measured_at, begins_on, ends_on)
    end as counts_on
from stated as s
join version.measures as m using (measure);

-- One row per facet, programme, measure, measuring point, years, period and evidence:
-- all results for all ages, also where a source says why it has no number.
create table version.result_cells as
select facet_id, programme, measure, measured_at, from_year, to_year, period, evidence,
    summed(number) as number, min(source) as source, max(source_date) as source_date,
    (count(*) filter (value_status = 'missing'))::integer as missing_count,
    (count(*) filter (value_status = 'suppressed'))::integer as suppressed_count,
    (count(*) filter (value_status = 'not_yet'))::integer as not_yet_count
from version.outcomes
where (value is not null or value_status is not null) and not is_part
group by all
order by all;

-- One row per partnership: the day from which an activity of it is known, one
-- without a date always, and whether a result is; both also without examples.
create table version.partnership_signs as
with activity as (
    select partnership_id, min(day) as active_on,
        min(day) filter (is_stated) as stated_active_on
    from (
        select unnest(partnership_ids) as partnership_id,
            coalesce(begins_on, date '0001-01-01') as day,
            evidence <> 'illustrative' as is_stated
        from version.activities
        where not cancelled
    )
    group by partnership_id
),
result as (
    select partnership_id, true as has_result, bool_or(is_stated) as has_stated_result
    from (
        select unnest(partnership_ids) as partnership_id,
            evidence <> 'illustrative' as is_stated
        from version.outcomes
        join version.links using (link_id)
        where not is_part and coalesce(value_status = 'known', true)
    )
    group by partnership_id
)
select partnership_id, active_on, stated_active_on,
    coalesce(has_result, false) as has_result,
    coalesce(has_stated_result, false) as has_stated_result
from version.partnerships
left join activity using (partnership_id)
left join result using (partnership_id)
order by all;

-- One row per round: an activity of a programme with a result in figures.
create or replace temp table rounds as
select a.activity_id, a.facet_id, a.link_id, a.association, a.programme, a.title,
    a.start_date, a.month, a.begins_on, a.year, a.activity_type,
    if(a.year is null, null, a.begins_on) as first_day,
    if(a.year is null, null, latest_day(a.start_date)) as last_day,
    coalesce(latest_day(a.end_date), latest_day(a.start_date)) as ends_on,
    a.registered, a.attended, r.evidence
from version.activities as a
join (
    select activity_id, weakest_of(evidence) as evidence
    from version.outcomes
    where activity_id is not null and value is not null
    group by activity_id
) as r using (activity_id)
where a.is_round;

-- What a result has in common with those that break it down: one 64-bit hash.
create or replace temp macro key_of_whole(
    activity_id, link_id, facet_id, year, measure, measured_at
) as hash(activity_id, link_id, facet_id, if(activity_id is null, year, null), measure,
    measured_at);

-- One row per figure that is added up: results for all ages, and per round how
-- many registered and attended, its placements of all kinds (null where none is
-- known) and its follow-up (null where missing or not yet due). Where a source says
-- that a number is missing, suppressed or to come, it is null, too. Placements of which
-- a kind is so are of the others, and say so: they are no share of those who came.
create table version.figures as
with chain as (
    select activity_id, facet_id, link_id, association, programme, month,
        from_year, to_year, span, first_day, last_day, activity_type, partnership_id,
        counts_on, measure, measured_at, evidence, value_status, number,
        followed_up_count, title, start_date, source, key_of_whole(activity_id, link_id,
            facet_id, year, measure, measured_at) as whole_key
    from version.outcomes
    where (value is not null or value_status is not null) and not is_part
        and not is_told_above
        and (measure <> 'in_work_or_education' or measured_at = 'exit'
            or activity_id is null
            or activity_id not in (select activity_id from rounds))
    union all
    select r.activity_id, r.facet_id, r.link_id, r.association, r.programme,
        r.month, r.year, r.year, null, r.first_day, r.last_day, r.activity_type, null,
        r.begins_on, 'placements', 'exit',
        coalesce(weakest_of(if(o.value is null, null, o.evidence)),
            any_value(r.evidence)), min(nullif(o.value_status, 'known')),
        added(o.number), null, r.title, r.start_date,
        min(if(o.value is null, null, o.source)), null
    from rounds as r
    left join version.outcomes as o
        on o.activity_id = r.activity_id and not o.is_part
        and is_placement(o.measure) and o.measured_at = 'exit'
    group by all
    union all
    select activity_id, facet_id, link_id, association, programme, month,
        from_year, to_year, span, first_day, last_day, null, partnership_id, counts_on,
        'placements', 'exit', weakest_of(evidence), null, added(number), null, null,
        null, min(source), null
    from version.outcomes
    where activity_id is null and value is not null and not is_part
        and not is_told_above and is_placement(measure) and measured_at = 'exit'
    group by all
    union all
    select r.activity_id, r.facet_id, r.link_id, r.association, r.programme,
        r.month, r.year, r.year, null, r.first_day, r.last_day, r.activity_type, null,
        r.begins_on, m.measure, 'exit', r.evidence, null,
        if(m.measure = 'attended', r.attended, r.registered), null, r.title,
        r.start_date, null, null
    from rounds as r, (values ('registered'), ('attended')) as m (measure)
    union all
    select r.activity_id, r.facet_id, r.link_id, r.association, r.programme,
        r.month, r.year, r.year, null, r.first_day, r.last_day, r.activity_type, null,
        due_on(m.measured_at, r.begins_on, r.ends_on),
        'in_work_or_education', m.measured_at,
        coalesce(o.evidence, r.evidence), o.value_status, o.number,
        o.followed_up_count, r.title, r.start_date, o.source,
        if(o.outcome_id is null, null, key_of_whole(o.activity_id, o.link_id,
            o.facet_id, o.year, o.measure, o.measured_at))
    from rounds as r
    cross join (
        select unnest(['6_months', '12_months'])::measuring_point
    ) as m (measured_at)
    left join version.outcomes as o
        on o.activity_id = r.activity_id and o.measured_at = m.measured_at
        and o.measure = 'in_work_or_education' and not o.is_part
        and (o.value is not null or o.value_status is not null)
)
-- What a figure is a share of is an example where the figure is. `broken_down_by` is
-- what else tells it part by part.
select c.* exclude (followed_up_count, whole_key)
        replace (one_figure(c.number, c.evidence) as number),
    one_figure(case
        when c.measured_at <> 'exit' then number_of(
            c.followed_up_count, within_of(m.counts_people), null, c.evidence)
        when c.measure = 'attended' then r.registered
        when c.number is not null and not is_whole(c.number, c.value_status) then null
        when c.measure <> 'registered' and m.unit = 'persons' then r.attended
    end, c.evidence) as base,
    r.activity_id is not null as is_round,
    coalesce(b.broken_down_by, []) as broken_down_by
from chain as c
left join (
    select key_of_whole(activity_id, link_id, facet_id, year, measure, measured_at)
            as whole_key, list_filter([
            if(bool_or(breaks_down_by = 'age_group'), 'age_group', null),
            if(bool_or(breaks_down_by = 'background'), 'background', null),
            if(bool_or(breaks_down_by = 'both'), 'both', null)
        ], lambda breakdown: breakdown is not null) as broken_down_by
    from version.outcomes
    where is_part and value is not null and not is_told_above
    group by all
) as b using (whole_key)
left join rounds as r using (activity_id)
left join version.measures as m using (measure)
order by counts_on, c.activity_id, measure, measured_at, c.association, c.programme,
    c.link_id, c.first_day, c.last_day;

-- One row per facet, years, measure, measuring point and evidence: all figures,
-- as if everything were due already.
create table version.figure_cells as
select facet_id, from_year, to_year, span, measure, measured_at, evidence, is_round,
    count(*)::integer as figure_count,
    count_of(is_whole(number, value_status))::integer as known_count,
    count_of(value_status = 'suppressed')::integer as suppressed_count,
    summed(number) as number,
    summed(if(base is null, null, number)) as rated,
    summed(if(number is null, null, base)) as base
from version.figures
group by all
order by all;

-- One row per target; a programme's target has the programme's facet, that of an
-- agreement its own.
create table version.targets as
select row_number() over (order by t.association, t.programme, t.partnership_id,
        t.measure, t.year, t.evidence, t.value, t.quote, t.baseline, t.source,
        t.note) as target_id,
    t.* replace (coalesce(t.programme, p.programme) as programme), f.facet_id,
    period_start(t.year) as first_day, period_end(t.year) as last_day,
    year(first_day)::integer as from_year, year(last_day)::integer as to_year,
    if(length(t.year) not in (4, 9), t.year, null) as period
from given.targets as t
left join given.partnerships as p using (partnership_id)
left join programme_tags as g
    on g.association = t.association
    and g.programme is not distinct from coalesce(t.programme, p.programme)
    and g.partnership_id is not distinct from t.partnership_id
    and g.partner_id is null
left join version.facets as f
    on f.association = g.association
    and f.programme is not distinct from g.programme
    and f.partner_types = g.partner_types
    and f.partnership_types = g.partnership_types
order by target_id;

-- One row per target, evidence and day from which it counts: the results of the
-- target's programme within its time, or those that name its agreement, by
-- themselves or by their activity; and how many of them have no number, by why.
create table version.target_cells as
with figure as (
    select * from version.figures
    where measured_at = 'exit' and (number is not null or value_status is not null)
),
found as (
    select t.target_id, f.*
    from version.targets as t
    join figure as f
        on f.association = t.association and f.programme = t.programme
        and f.measure = t.measure and f.first_day >= t.first_day
        and f.last_day <= t.last_day
    where t.partnership_id is null
    union all
    select t.target_id, f.* exclude (named_id)
    from version.targets as t
    join (
        select f.*, unnest(l.partnership_ids) as named_id
        from figure as f
        join version.links as l using (link_id)
        where coalesce(f.activity_id, f.partnership_id) is not null
    ) as f
        on f.named_id = t.partnership_id
        and f.measure = t.measure and f.first_day >= t.first_day
        and f.last_day <= t.last_day
)
select target_id, evidence, counts_on,
    min(from_year) filter (number is not null) as from_year,
    max(to_year) filter (number is not null) as to_year, summed(number) as number,
    count_if(value_status = 'missing')::integer as missing_count,
    count_if(value_status = 'suppressed')::integer as suppressed_count,
    count_if(value_status = 'not_yet')::integer as not_yet_count
from found
group by all
order by all;

-- One row per figure of context, as it was published: with the years it is of,
-- how many decimals it has, and Norwegian words where there are no English ones.
create table version.context as
select rowid as place, * exclude (note) replace (
        coalesce(indicator_en, indicator_nb) as indicator_en,
        coalesce(population_en, population_nb) as population_en,
        coalesce(unit_en, unit_nb) as unit_en,
        coalesce(caveat_en, caveat_nb) as caveat_en,
        coalesce(value_status, 'known') as value_status
    ),
    left(coalesce(period, event_date), 4)::integer as from_year,
    if(is_period(period), year(period_end(period)),
        left(coalesce(period, event_date), 4)::integer)::integer as to_year,
    length(rtrim(split_part(value::varchar, '.', 2), '0'))::integer as decimals
from given.context;

-- One row per event: with its year, the turn of a year that it is nearest to (that
-- before its first day of January to June, and of a day in no month), and Norwegian
-- words where there are no English ones.
create table version.events as
select * exclude (note) replace (
        coalesce(title_en, title_nb) as title_en,
        coalesce(is_internal, 'no') as is_internal
    ),
    left(date, 4)::integer as year,
    left(date, 4)::integer + if(substr(date, 6, 2) > '06', 1, 0) as turn
from given.events;

-- One row per remark on a measure: with the years of its period.
create table version.remarks as
select * replace (
        coalesce(text_en, text_nb) as text_en,
        coalesce(is_internal, 'no') as is_internal
    ),
    year(period_start(period))::integer as from_year,
    year(period_end(period))::integer as to_year
from given.remarks;

-- One row per total of rounded counts, null where it runs over all: of how many
-- counts it is, and by how much it may be off. Only where counts are rounded.
create table version.margins (
    total varchar, field varchar, measured_at varchar, year varchar,
    association varchar, programme varchar, measure varchar, evidence varchar,
    cell_count integer, most integer
);
