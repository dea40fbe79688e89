-- What is allowed and suspicious. `before` is the version that is current.

-- An organisation under two ids. One that has been succeeded may share its name.
select 'same_name', 'partners.csv', 'name', told(place > 1, line, name, first_id)
from (
    select rowid + 2 as line, name, row_number() over same as place,
        first_value(partner_id) over same as first_id
    from given.partners
    where partner_id not in (select predecessor_id from given.successions)
    window same as (partition by simplified(name) order by rowid)
);

select 'same_organisation_number', 'partners.csv', 'organisation_number',
    told(place > 1, line, organisation_number, first_id)
from (
    select rowid + 2 as line, organisation_number,
        row_number() over same as place,
        first_value(partner_id) over same as first_id
    from given.partners
    where organisation_number is not null
    window same as (partition by organisation_number order by rowid)
);

-- Brønnøysundregistrene give out numbers that begin with 8 or 9.
select 'organisation_number_not_given', 'partners.csv', 'organisation_number',
    told(left(organisation_number, 1) not in ('8', '9'), rowid + 2,
        organisation_number, null)
from given.partners
where organisation_number is not null
union all
select 'organisation_number_not_given', 'associations.csv', 'organisation_number',
    told(left(organisation_number, 1) not in ('8', '9'), rowid + 2,
        organisation_number, null)
from given.associations
where organisation_number is not null;

-- An id that was another organisation, or another kind of one, the time before.
select 'name_changed', 'partners.csv', 'name', told(is_other, line, name, name_before)
from (
    select p.rowid + 2 as line, p.name, b.name as name_before,
        simplified(p.name) <> simplified(b.name) as is_other
    from given.partners as p
    join before.partners as b using (partner_id)
);

select 'partner_type_changed', 'partners.csv', 'partner_type',
    told(p.partner_type <> b.partner_type::varchar, p.rowid + 2,
        p.partner_type, b.partner_type)
from given.partners as p
join before.partners as b using (partner_id);

-- Several took the place of one, and none can be told to have gone on.
select 'succession_undecided', 'successions.csv', 'successor_id',
    told(is_open, rowid + 2, successor_id, null)
from (
    select rowid, *,
        count(*) over (partition by predecessor_id, association, place) > 1
            as is_open
    from given.successions
);

-- Others say who took its place for them; one that has to do with it doesn't.
with used as (
    select association, unnest(partner_ids) as partner_id from given.partnerships
    union
    select association, unnest(partner_ids) from given.activities
),
followed as (
    select u.association, u.partner_id, min(s.rowid) + 2 as line,
        bool_or(coalesce(s.association = u.association, true) and (s.place is null
            or coalesce(is_place_of(s.place, o.municipalities), false))) as is_said
    from used as u
    join given.successions as s on s.predecessor_id = u.partner_id
    left join given.associations as o on o.association = u.association
    group by all
)
select 'succession_unsaid', 'successions.csv', 'association',
    told(not is_said, line, partner_id, association)
from followed;

-- Still there when another has taken its place.
select 'overlapping_validity', 'successions.csv', 'date',
    told(earliest_day(b.valid_to) > latest_day(coalesce(s.date, a.valid_from)),
        s.rowid + 2, b.valid_to, coalesce(s.date, a.valid_from))
from given.successions as s
join given.partners as b on b.partner_id = s.predecessor_id
join given.partners as a on a.partner_id = s.successor_id;

-- A place that there was not, or not on that day; it may have had another number.
create temp table placed as
select 'activities.csv' as file, rowid + 2 as line, municipality,
    earliest_day(start_date) as day
from given.activities
where municipality is not null
union all
select 'partners.csv', rowid + 2, municipality,
    if(valid_to is null, $as_of::date, earliest_day(valid_to))
from given.partners
where municipality is not null;

create temp table known_places as
select number, regexp_replace(name, ' \(.*', '') as name,
    coalesce(valid_from::date, date '0001-01-01') as first_day,
    coalesce(valid_to::date, date '9999-12-31') as last_day
from klass.municipalities;

select 'unknown_municipality', 'associations.csv', 'municipalities',
    told(k.number is null, line, a.number, null)
from (
    select rowid + 2 as line, unnest(municipalities) as number from given.associations
) as a
left join known_places as k using (number)
union all
select 'unknown_municipality', 'successions.csv', 'place',
    told(n.number is null, s.rowid + 2, s.place, null)
from given.successions as s
left join (
    select number from klass.municipalities union select number from klass.counties
) as n on n.number = s.place
where s.place is not null
union all
select 'unknown_municipality', 'activities.csv', 'municipality',
    told(k.number is null, line, municipality, null)
from placed
left join known_places as k on k.number = municipality
where file = 'activities.csv'
union all
select 'unknown_municipality', 'partners.csv', 'municipality',
    told(k.number is null, line, municipality, null)
from placed
left join known_places as k on k.number = municipality
where file = 'partners.csv';

create temp table dated_places as
select p.*, k.first_day, k.last_day, (
        select string_agg(n.number, ', ' order by n.number)
        from known_places as n
        where n.name = k.name and p.day between n.first_day and n.last_day
    ) as numbers_then
from placed as p
join known_places as k on k.number = p.municipality;

select 'municipality_not_valid', 'activities.csv', 'municipality',
    told(day not between first_day and last_day, line, municipality, numbers_then)
from dated_places
where file = 'activities.csv'
union all
select 'municipality_not_valid', 'partners.csv', 'municipality',
    told(day not between first_day and last_day, line, municipality, numbers_then)
from dated_places
where file = 'partners.csv';

-- The same agreement twice; renewed, it has another start.
select 'same_partnership', 'partnerships.csv', 'title',
    told(place > 1, line, title, first_id)
from (
    select rowid + 2 as line, title, row_number() over same as place,
        first_value(partnership_id) over same as first_id
    from given.partnerships
    window same as (
        partition by association, simplified(title), start_date order by rowid
    )
);

-- The same activity twice. Looked for by a hash, and spelled freely only in
-- case and blanks, since there may be a million.
with keyed as (
    select rowid + 2 as line, activity_id, title,
        hash(association, start_date, lower(replace(title, ' ', ''))) as key
    from given.activities
),
repeated as (
    select key, arg_min(activity_id, line) as first_id, min(line) as first_line
    from keyed group by key having count(*) > 1
)
select 'same_activity', 'activities.csv', 'title',
    told(coalesce(line > first_line, false), line, title, first_id)
from keyed
left join repeated using (key);

-- One programme or association spelled in two ways; the usual one is expected.
create temp table named as
select 'partnerships.csv' as file, rowid + 2 as line, association, programme
from given.partnerships
union all
select 'activities.csv', rowid + 2, association, programme from given.activities
union all
select 'outcomes.csv', rowid + 2, association, programme from given.outcomes
where association is not null or programme is not null
union all
select 'targets.csv', rowid + 2, association, programme from given.targets
union all
select 'programmes.csv', rowid + 2, association, programme from given.programmes
union all
select 'work_streams.csv', w.rowid + 2, null, w.programme
from given.work_streams as w
where w.programme is not null;

-- An association of which nothing is known, and a programme that it does not have.
select 'association_without_rows', 'associations.csv', 'association',
    told(n.association is null, a.rowid + 2, a.association, s.association)
from given.associations as a
left join (select distinct association from named) as n using (association)
left join (
    select simplified(association) as simple, min(association) as association
    from named
    group by simple
) as s on s.simple = simplified(a.association);

select 'other_flagship', 'associations.csv', 'flagship_programme',
    told(n.association is null, a.rowid + 2, a.flagship_programme, null)
from given.associations as a
left join (select distinct association, programme from named) as n
    on n.association = a.association and n.programme = a.flagship_programme
where a.flagship_programme is not null;

-- What stands beside a programme must be called as it is, and so must what is said of
-- an association.
insert into named
select 'context.csv', rowid + 2, association, programme from given.context
union all
select 'events.csv', rowid + 2, association, null from given.events
union all
select 'remarks.csv', rowid + 2, association, null from given.remarks;

create temp table spelled as
select field, word, first_value(word) over (
        partition by field, simplified(word) order by word_count desc, word
    ) as usual
from (
    select 'association' as field, association as word, count(*) as word_count
    from named group by all
    union all
    select 'programme', programme, count(*) from named group by all
)
qualify word <> usual;

select 'spelled_two_ways', file, 'association',
    told(usual is not null, line, association, usual)
from named
left join spelled on field = 'association' and word = association
where association is not null
group by file;

select 'spelled_two_ways', file, 'programme',
    told(usual is not null, line, programme, usual)
from named
left join spelled on field = 'programme' and word = programme
where programme is not null
group by file;

-- A day that can't be known yet, or that no source can have said.
select 'date_in_future', 'partnerships.csv', 'confirmed_date',
    told(not has_begun(confirmed_date, $as_of), rowid + 2, confirmed_date, null)
from given.partnerships
union all
select 'date_in_future', 'partnerships.csv', 'source_date',
    told(not has_begun(source_date, $as_of), rowid + 2, source_date, null)
from given.partnerships
union all
select 'date_in_future', 'activities.csv', 'source_date',
    told(not has_begun(source_date, $as_of), rowid + 2, source_date, null)
from given.activities
union all
select 'date_in_future', 'outcomes.csv', 'source_date',
    told(not has_begun(source_date, $as_of), rowid + 2, source_date, null)
from given.outcomes
union all
select 'date_in_future', 'work_streams.csv', 'source_date',
    told(not has_begun(source_date, $as_of), rowid + 2, source_date, null)
from given.work_streams
union all
select 'date_in_future', 'contributions.csv', 'source_date',
    told(not has_begun(source_date, $as_of), rowid + 2, source_date, null)
from given.contributions
union all
select 'date_in_future', 'contributions.csv', 'granted_date',
    told(not has_begun(granted_date, $as_of), rowid + 2, granted_date, null)
from given.contributions;

-- A year that is most likely mistyped.
create temp macro is_far(text, as_of) as
    left(text, 4) not between '1900' and (year(as_of::date) + 10)::varchar;

select 'far_date', 'partnerships.csv', 'start_date',
    told(is_far(start_date, $as_of), rowid + 2, start_date, null)
from given.partnerships
union all
select 'far_date', 'partnerships.csv', 'end_date',
    told(is_far(end_date, $as_of), rowid + 2, end_date, null)
from given.partnerships
union all
select 'far_date', 'activities.csv', 'start_date',
    told(is_far(start_date, $as_of), rowid + 2, start_date, null)
from given.activities
union all
select 'far_date', 'activities.csv', 'end_date',
    told(is_far(end_date, $as_of), rowid + 2, end_date, null)
from given.activities
union all
select 'far_date', 'work_streams.csv', 'due_date',
    told(is_far(due_date, $as_of), rowid + 2, due_date, null)
from given.work_streams
union all
select 'far_date', 'events.csv', 'date',
    told(is_far(date, $as_of), rowid + 2, date, null)
from given.events
union all
select 'far_date', 'remarks.csv', 'period',
    told(is_far(period, $as_of), rowid + 2, period, null)
from given.remarks;

-- Said to be in force after it had ended.
select 'confirmed_after_end', 'partnerships.csv', 'confirmed_date',
    told(earliest_day(confirmed_date) > latest_day(end_date), rowid + 2,
        confirmed_date, '≤ ' || end_date || ' (end_date)')
from given.partnerships;

-- Said to be over, in force or to come, where the dates say otherwise.
select 'status_against_dates', 'partnerships.csv', 'agreement_status',
    told(coalesce(case agreement_status
            when 'ended' then coalesce(latest_day(end_date) > $as_of::date, true)
            when 'planned' then latest_day(start_date) <= $as_of::date
            when 'signed' then latest_day(end_date) < $as_of::date
            else latest_day(end_date) < $as_of::date
                or earliest_day(start_date) > $as_of::date
        end, false), rowid + 2, agreement_status,
        coalesce(start_date, '…') || '/' || coalesce(end_date, '…'))
from given.partnerships
where agreement_status is not null;

select 'level_not_above', 'partnerships.csv', 'part_of',
    told(h.agreement_level >= p.agreement_level, p.rowid + 2, p.part_of,
        h.agreement_level)
from given.partnerships as p
join given.partnerships as h on h.partnership_id = p.part_of;

-- Given to an agreement by who is not party to it.
select 'not_of_agreement', 'contributions.csv', 'partner_ids',
    told(not list_has_all(p.partner_ids, c.partner_ids), c.rowid + 2,
        array_to_string(c.partner_ids, '|'), array_to_string(p.partner_ids, '|'))
from given.contributions as c
join given.partnerships as p using (partnership_id);

-- A number in words is not rounded; a year is none.
select 'number_in_text', 'work_streams.csv', 'achieved',
    told(regexp_matches(regexp_replace(achieved, '\b(19|20)\d\d\b', '', 'g'), '\d'),
        rowid + 2, achieved, null)
from given.work_streams;

-- A count of few persons in a text that the public reads: no text is rounded. All texts
-- by one rule, since its patterns take longer to compile than to look for. What an
-- achievement says in digits is asked of its number.
with texts (place, file, name, line, text) as (
    select 1, 'outcomes.csv', 'quote', rowid + 2, quote from given.outcomes
    union all
    select 2, 'targets.csv', 'quote', rowid + 2, quote from given.targets
    union all
    select 3, 'activities.csv', 'title', rowid + 2, title from given.activities
    union all
    select 4, 'partnerships.csv', 'title', rowid + 2, title from given.partnerships
    union all
    select 5, 'partnerships.csv', 'purpose', rowid + 2, purpose from given.partnerships
    union all
    select 6, 'programmes.csv', 'purpose', rowid + 2, purpose from given.programmes
    union all
    select 7, 'programmes.csv', 'target_group', rowid + 2, target_group
    from given.programmes
    union all
    select 8, 'work_streams.csv', 'title', rowid + 2, title from given.work_streams
    union all
    select 9, 'contributions.csv', 'description', rowid + 2, description
    from given.contributions
    union all
    select 10, 'work_streams.csv', 'achieved', rowid + 2, achieved from given.work_streams
    union all
    select 11, 'events.csv', 'title_nb', rowid + 2, title_nb
    from given.events
    where is_internal is distinct from 'yes'
    union all
    select 12, 'events.csv', 'title_en', rowid + 2, title_en
    from given.events
    where is_internal is distinct from 'yes'
    union all
    select 13, 'remarks.csv', 'text_nb', rowid + 2, text_nb
    from given.remarks
    where is_internal is distinct from 'yes'
    union all
    select 14, 'remarks.csv', 'text_en', rowid + 2, text_en
    from given.remarks
    where is_internal is distinct from 'yes'
),
-- Each text is looked at once: told(…) asks four times whether it is wrong.
looked_at as (
    select *,
        tells_of_few(text) and not (name = 'achieved' and regexp_matches(text, '\d'))
            as is_of_few
    from texts
)
select 'few_persons_in_text', file, name, told(is_of_few, line, text, null)
from looked_at
group by place, file, name
order by place;

-- Nothing is held on New Year's Day: only the year is known.
select 'first_of_january', 'activities.csv', 'start_date',
    told(start_date like '%-01-01', rowid + 2, start_date, left(start_date, 4))
from given.activities;

select 'attended_above_registered', 'activities.csv', 'attended_count',
    told(attended_count > registered_count, rowid + 2, attended_count,
        '≤ ' || registered_count || ' (registered_count)')
from given.activities;

-- Came to something that was not held, or not yet.
select 'attended_cancelled', 'activities.csv', 'attended_count',
    told(coalesce(cancelled = 'yes', false), rowid + 2, attended_count, null)
from given.activities
where attended_count > 0;

select 'attended_not_begun', 'activities.csv', 'attended_count',
    told(not has_begun(start_date, $as_of), rowid + 2, attended_count,
        start_date || ' (start_date)')
from given.activities
where attended_count > 0;

-- Nobody came, or nobody counted.
select 'nobody_attended', 'activities.csv', 'attended_count',
    told(attended_count = 0, rowid + 2, 0, null)
from given.activities
where cancelled is distinct from 'yes';

-- An activity under an agreement of another association, or in a year outside
-- it: counted by link.
select 'other_association', 'activities.csv', 'partnership_ids',
    told(a.association <> p.association, line, partnership_id, a.association)
from (
    select rowid + 2 as line, association,
        unnest(partnership_ids) as partnership_id
    from given.activities
) as a
join given.partnerships as p using (partnership_id);

select 'outside_partnership', 'activities.csv', 'partnership_ids',
    told(year < left(p.start_date, 4)
            and p.start_qualifier is distinct from 'no_later_than'
            or year > left(p.end_date, 4),
        line, partnership_id,
        coalesce(p.start_date, '…') || '/' || coalesce(p.end_date, '…'))
from (
    select rowid + 2 as line, left(start_date, 4) as year,
        unnest(partnership_ids) as partnership_id
    from given.activities
    where start_date is not null
) as a
join given.partnerships as p using (partnership_id);

-- The figures for all ages, with what is known of their activities.
create temp view stated as
select o.rowid + 2 as line, o.activity_id, o.measure, o.value, o.value_status, o.evidence,
    coalesce(o.measured_at, 'exit') as measured_at,
    coalesce(a.association, o.association, p.association) as association,
    coalesce(a.programme, o.programme, p.programme) as programme,
    o.association as said_association, a.evidence as activity_evidence,
    coalesce(a.start_date, period_start(o.year)::varchar) as start_date,
    coalesce(a.end_date, a.start_date, period_end(o.year)::varchar) as end_date,
    if(o.activity_id is null, [o.partnership_id], a.partnership_ids)
        as partnership_ids,
    -- One that spans several years is none of any, nor is a part of one.
    if(o.activity_id is null and length(o.year) <> 4, null,
        left(coalesce(a.start_date, o.year), 4)) as year
from given.outcomes as o
left join given.activities as a using (activity_id)
left join given.partnerships as p on p.partnership_id = o.partnership_id
where not is_breakdown(o.age_group, o.background);

create temp table results as from stated where value is not null;

-- Told on a level above as well, where alone it counts.
select 'told_on_level_above', 'outcomes.csv', 'value',
    told(t.outcome_id is not null, o.rowid + 2, o.value,
        if(o.value > value_above, '≤ ', '') || plain(value_above))
from given.outcomes as o
left join told_above as t using (outcome_id);

-- Nearly as much on two levels of agreements with one partner, and not said to be
-- the same.
with totals as (
    select o.association, o.programme, o.measure, min(o.line) as line,
        sum(o.value) as value
    from results as o
    join given.outcomes as g on g.rowid + 2 = o.line
    where o.measured_at = 'exit' and o.programme is not null
        and g.outcome_id not in (select outcome_id from told_above)
    group by o.association, o.programme, o.measure, o.evidence = 'illustrative'
),
levels as (
    select p.association, p.programme, w.programme as wider
    from given.partnerships as p
    join given.partnerships as w
        on w.association = p.association and w.programme <> p.programme
        and w.agreement_level < p.agreement_level
        and list_has_any(w.partner_ids, p.partner_ids)
    group by all
)
select 'alike_on_levels', 'outcomes.csv', 'value',
    told(abs(t.value - w.value) <= 0.05 * greatest(t.value, w.value), t.line, t.value,
        plain(w.value) || ' (' || w.programme || ')')
from totals as t
join levels as l using (association, programme)
join totals as w
    on w.association = l.association and w.programme = l.wider and w.measure = t.measure
where t.value >= 5;

-- Known before it can be: of what has not begun, or too early for 6 or 12 months.
select 'result_not_due', 'outcomes.csv', 'value',
    told(due > $as_of::date, line, value, due)
from (
    select line, value, due_on(
            measured_at, earliest_day(start_date), latest_day(end_date)
        ) as due
    from results
);

-- An example of something real, or the other way round.
select 'mixed_evidence', 'outcomes.csv', 'evidence',
    told((evidence = 'illustrative') <> (activity_evidence = 'illustrative'),
        line, evidence, activity_evidence)
from results;

select 'other_association', 'outcomes.csv', 'association',
    told(said_association <> association, line, said_association, association)
from results
where activity_id is not null;

select 'no_evidence', 'outcomes.csv', 'evidence',
    told(evidence = 'unstated', line, evidence,
        'register, employer, participant, estimate')
from results;

-- Ten times as much as the year before: a digit too many, or another unit.
with yearly as (
    select association, programme, measure, try_cast(year as integer) as year,
        sum(value) as value, arg_max(line, value) as line
    from results
    where measured_at = 'exit'
    group by all
)
select 'ten_times', 'outcomes.csv', 'value',
    told(y.value >= 10 * b.value, y.line, y.value,
        plain(b.value) || ' (' || b.year || ')')
from yearly as y
join yearly as b
    on b.association = y.association and b.measure = y.measure
    and b.programme is not distinct from y.programme and b.year = y.year - 1
where b.value > 0;

with yearly as (
    select association, programme, activity_type,
        try_cast(left(start_date, 4) as integer) as year,
        max(attended_count) as count, arg_max(rowid + 2, attended_count) as line
    from given.activities
    where programme is not null
    group by all
)
select 'ten_times', 'activities.csv', 'attended_count',
    told(y.count >= 10 * b.count, y.line, y.count, b.count || ' (' || b.year || ')')
from yearly as y
join yearly as b
    on b.association = y.association and b.programme = y.programme
    and b.activity_type = y.activity_type and b.year = y.year - 1
where b.count > 0;

-- Ages or backgrounds that are more than all, or that stand alone and are never
-- counted.
create temp table broken_down as
with keyed as (
    select o.rowid + 2 as line, value, age_group, background, hash(
            activity_id, partnership_id, partner_id,
            if(activity_id is null, coalesce(o.programme, p.programme), null),
            if(activity_id is null, coalesce(p.association, o.association), null),
            if(activity_id is null, year, null), measure,
            coalesce(measured_at, 'exit')
        ) as key
    from given.outcomes as o
    left join given.partnerships as p using (partnership_id)
    where value is not null
),
whole as (
    select key, max(value) as total
    from keyed
    where not is_breakdown(age_group, background)
    group by key
)
select age_group is not null as has_age, background is not null as has_background,
    any_value(total) as total, sum(value) as parts, min(line) as line,
    min(age_group) as age_group, min(background) as background
from keyed
left join whole using (key)
where is_breakdown(age_group, background)
group by key, has_age, has_background;

select 'ages_above_total', 'outcomes.csv', 'value',
    told(parts > total, line, parts, '≤ ' || plain(total))
from broken_down
where has_age and not has_background;

select 'backgrounds_above_total', 'outcomes.csv', 'value',
    told(parts > total, line, parts, '≤ ' || plain(total))
from broken_down
where has_background;

select 'ages_without_total', 'outcomes.csv', 'age_group',
    told(total is null, line, age_group, null)
from broken_down
where has_age;

select 'backgrounds_without_total', 'outcomes.csv', 'background',
    told(total is null, line, background, null)
from broken_down
where has_background and not has_age;

-- A result of a partner that is not in the agreement, and one told of all together
-- beside those of each that comes to as much.
select 'partner_not_in_partnership', 'outcomes.csv', 'partner_id',
    told(not list_contains(p.partner_ids, o.partner_id), o.rowid + 2, o.partner_id,
        array_to_string(p.partner_ids, ', '))
from given.outcomes as o
join given.partnerships as p using (partnership_id)
where o.partner_id is not null;

with own as (
    select o.rowid + 2 as line, o.value, o.partnership_id, o.partner_id, hash(
            coalesce(p.association, o.association),
            coalesce(o.programme, p.programme), o.year, o.measure,
            coalesce(o.measured_at, 'exit')
        ) as key
    from given.outcomes as o
    left join given.partnerships as p using (partnership_id)
    where o.activity_id is null and o.value is not null
        and not is_breakdown(o.age_group, o.background)
),
of_each as (
    select key, sum(value) as parts
    from own
    where coalesce(partnership_id, partner_id) is not null
    group by key
)
select 'whole_beside_parts', 'outcomes.csv', 'value',
    told(value >= parts and parts > 0, line, value, plain(parts))
from own
join of_each using (key)
where coalesce(partnership_id, partner_id) is null;

-- A share is 0.25 and not 25, and two shares are not added.
select 'share_above_one', 'outcomes.csv', 'value',
    told(value > 1, line, value, '0–1')
from results
join given.measures as m using (measure)
where m.unit = 'share';

select 'share_above_one', 'targets.csv', 'value',
    told(value > 1, t.rowid + 2, value, '0–1')
from given.targets as t
join given.measures as m using (measure)
where m.unit = 'share';

select 'share_added', 'measures.csv', 'adds',
    told(adds <> 'never', rowid + 2, adds, 'never')
from given.measures
where unit in ('share', 'score');

-- Small numbers are protected only where the measure is said to count people.
select 'people_not_protected', 'measures.csv', 'counts_people',
    told(counts_people = 'no', rowid + 2, counts_people, 'yes')
from given.measures
where unit = 'persons';

select 'same_target', 'targets.csv', 'value', told(place > 1, line, value, null)
from (
    select rowid + 2 as line, value, row_number() over (
            partition by association, programme, partnership_id, measure, year
            order by rowid
        ) as place
    from given.targets
    where value is not null
);

-- Context that is called the same and measured otherwise: never one line.
create temp table series as
select rowid + 2 as line, subject, indicator_nb,
    coalesce(population_nb, '') as population, coalesce(unit_nb, '') as unit, period,
    hash(association, programme, subject, indicator_nb) as named
from given.context
where event_date is null;

select 'context_unit', 'context.csv', 'unit_nb',
    told(unit <> usual, line, unit, usual)
from (
    select *, first_value(unit) over (
            partition by named, population order by line
        ) as usual
    from series
);

-- Several groups beside each other have figures of the same periods; one that goes
-- on where another ends looks like the same series.
select 'context_population', 'context.csv', 'population_nb',
    told(population <> usual, line, population, usual)
from (
    select *, first_value(population) over (partition by named order by line) as usual
    from series
    where named in (
        select named from (
            select named, period, count(distinct population) as groups
            from series group by all
        )
        group by named having max(groups) = 1
    )
);

select 'context_twice', 'context.csv', 'period',
    told(place > 1, line, concat_ws(', ', subject, indicator_nb, period), null)
from (
    select *, row_number() over (
            partition by named, population, unit, period order by line
        ) as place
    from series
    where period is not null
);

drop table series;
