-- Rules between rows of the contract.

-- Successors that come round again, for one association or for all.
with recursive reached as (
    select rowid as first_row, predecessor_id as first_id, successor_id as last_id,
        association
    from given.successions
    union
    select r.first_row, r.first_id, s.successor_id,
        coalesce(r.association, s.association)
    from reached as r
    join given.successions as s
        on s.predecessor_id = r.last_id
        and coalesce(s.association = r.association, true)
)
select 'succession_circle', 'successions.csv', 'successor_id',
    told(c.first_row is not null, s.rowid + 2, s.successor_id, null)
from given.successions as s
left join (
    select distinct first_row from reached where first_id = last_id
) as c on c.first_row = s.rowid;

-- An office that is under itself.
with recursive above as (
    select partner_id, head_id from given.partners where head_id is not null
    union
    select a.partner_id, p.head_id
    from above as a
    join given.partners as p on p.partner_id = a.head_id
    where p.head_id is not null
)
select 'head_circle', 'partners.csv', 'head_id',
    told(c.partner_id is not null, p.rowid + 2, p.head_id, null)
from given.partners as p
left join (
    select distinct partner_id from above where partner_id = head_id
) as c using (partner_id)
where p.head_id is not null;
-- One association twice, spelled with other blanks or capitals.
select 'same_association', 'associations.csv', 'association',
    told(place > 1, line, association, first_name)
from (
    select rowid + 2 as line, association, row_number() over same as place,
        first_value(association) over same as first_name
    from given.associations
    window same as (
        partition by lower(regexp_replace(association, '[\s\x{A0}]+', ' ', 'g'))
        order by rowid
    )
);

-- More placed than attended.
select 'placed_above_attended', 'outcomes.csv', 'value',
    told(o.value > a.attended_count, o.line, o.value::bigint,
        '≤ ' || a.attended_count || ' (attended_count)')
from (
    select activity_id, min(rowid) + 2 as line, sum(value) as value
    from given.outcomes
    where is_placement(measure) and not is_breakdown(age_group, background)
        and coalesce(measured_at, 'exit') = 'exit'
    group by all
) as o
join given.activities as a using (activity_id);

-- More in work later than were placed or began an education, where all that did are
-- known.
select 'retained_above_placed', 'outcomes.csv', 'value',
    told(later.value > placed.value, later.rowid + 2, later.value::bigint,
        '≤ ' || placed.value::bigint)
from given.outcomes as later
join (
    select activity_id, if(count(value) = count(*), sum(value), null) as value
    from given.outcomes
    where (is_placement(measure) or measure = 'education_start')
        and not is_breakdown(age_group, background)
        and coalesce(measured_at, 'exit') = 'exit'
    group by all
) as placed using (activity_id)
where later.measure = 'in_work_or_education'
    and not is_breakdown(later.age_group, later.background);

-- More in work than were followed up.
select 'retained_above_followed_up', 'outcomes.csv', 'value',
    told(value > followed_up_count, rowid + 2, value::bigint,
        '≤ ' || followed_up_count)
from given.outcomes;

-- The same result twice, a number or that there is none. One 64-bit hash for ten
-- columns: two million results
-- are told apart in a tenth of the time.
with keyed as (
    select o.rowid + 2 as line, measure, hash(
            activity_id, partnership_id, partner_id,
            if(activity_id is null, coalesce(o.programme, p.programme), null),
            if(activity_id is null, coalesce(p.association, o.association), null),
            if(activity_id is null, year, null), measure,
            coalesce(measured_at, 'exit'), replace(age_group, '_', '-'), background
        ) as key
    from given.outcomes as o
    left join given.partnerships as p using (partnership_id)
    where value is not null or value_status is not null
),
repeated as (
    select key, min(line) as first_line from keyed group by key having count(*) > 1
)
select 'repeated_result', 'outcomes.csv', 'measure',
    told(coalesce(line > first_line, false), line, measure, null)
from keyed
left join repeated using (key);

-- A result of an activity that also names another programme than it.
select 'contradicts_activity', 'outcomes.csv', 'programme',
    told(o.programme <> a.programme, o.rowid + 2, o.programme, a.programme)
from given.outcomes as o
join given.activities as a using (activity_id)
where o.programme is not null;

-- A result of an activity belongs to what the activity does.
select 'activity_and_partnership', 'outcomes.csv', 'partnership_id',
    told(activity_id is not null, rowid + 2, partnership_id, null)
from given.outcomes
where partnership_id is not null
union all
select 'activity_and_partnership', 'outcomes.csv', 'partner_id',
    told(activity_id is not null, rowid + 2, partner_id, null)
from given.outcomes
where partner_id is not null;

-- A result or a target of an agreement of another association.
select 'contradicts_partnership', 'outcomes.csv', 'association',
    told(o.association <> p.association, o.rowid + 2, o.association, p.association)
from given.outcomes as o
join given.partnerships as p using (partnership_id)
where o.association is not null
union all
select 'contradicts_partnership', 'targets.csv', 'association',
    told(t.association <> p.association, t.rowid + 2, t.association, p.association)
from given.targets as t
join given.partnerships as p using (partnership_id);

-- Told of a year and of a part of it, or of a part and a part of that: a sum would
-- have it twice.
with placed as (
    select o.rowid + 2 as line, year, period_start(year) as first_day,
        period_end(year) as last_day, hash(
            partnership_id, partner_id,
            coalesce(o.programme, p.programme),
            coalesce(p.association, o.association), measure,
            coalesce(measured_at, 'exit'), replace(age_group, '_', '-'), background
        ) as key
    from given.outcomes as o
    left join given.partnerships as p using (partnership_id)
    join given.measures using (measure)
    where activity_id is null and value is not null and adds in ('sum', 'distinct')
        and year is not null
),
parts as (
    select * from placed where length(year) not in (4, 9)
),
told_twice as (
    select p.line, any_value(p.year) as year, min(w.year) as whole
    from parts as p
    join placed as w using (key)
    where w.year <> p.year and w.first_day <= p.first_day and w.last_day >= p.last_day
        and year(w.first_day) = year(w.last_day)
    group by p.line
)
select 'period_told_twice', 'outcomes.csv', 'year',
    told(t.line is not null, p.line, p.year, t.whole)
from parts as p
left join told_twice as t using (line);

-- Less than nothing, of what can't be.
select 'is_not_negative', 'outcomes.csv', 'value',
    told(value < 0, o.rowid + 2, value, null)
from given.outcomes as o
join given.measures as m using (measure)
where coalesce(m.can_be_negative, 'no') = 'no'
union all
select 'is_not_negative', 'targets.csv', 'value',
    told(value < 0, t.rowid + 2, value, null)
from given.targets as t
join given.measures as m using (measure)
where coalesce(m.can_be_negative, 'no') = 'no';

select 'negative_persons', 'measures.csv', 'can_be_negative',
    told(counts_people = 'yes' or unit = 'persons', rowid + 2, can_be_negative, 'no')
from given.measures
where can_be_negative = 'yes';

-- A score is one on a scale.
select 'score_without_scale', 'measures.csv', 'scale',
    told((unit = 'score') <> (scale is not null), rowid + 2, scale,
        if(unit = 'score', '1-6', null))
from given.measures;

select 'outside_scale', 'outcomes.csv', 'value',
    told(value not between split_part(scale, '-', 1)::integer
        and split_part(scale, '-', 2)::integer, o.rowid + 2, value, scale)
from given.outcomes as o
join given.measures using (measure)
where scale is not null and value is not null
union all
select 'outside_scale', 'targets.csv', 'value',
    told(value not between split_part(scale, '-', 1)::integer
        and split_part(scale, '-', 2)::integer, t.rowid + 2, value, scale)
from given.targets as t
join given.measures using (measure)
where scale is not null and value is not null;

-- Half a person, firm or event.
select 'not_whole_number', 'outcomes.csv', 'value',
    told(o.value <> trunc(o.value), o.rowid + 2, o.value, null)
from given.outcomes as o
join given.measures as m using (measure)
where m.unit in ('persons', 'organisations', 'count');

-- A result in figures of something that was not held.
select 'result_of_cancelled', 'outcomes.csv', 'activity_id',
    told(c.activity_id is not null, o.rowid + 2, o.activity_id, null)
from given.outcomes as o
left join (
    select activity_id from given.activities where cancelled = 'yes'
) as c using (activity_id)
where o.value is not null;

-- A measure that is worked out, and would be counted twice.
select 'computed_measure', 'outcomes.csv', 'measure',
    told(list_contains(computed_measures(), measure), rowid + 2, measure, null)
from given.outcomes;

-- An agreement that is part of itself, be it through others, or of another
-- association's.
with recursive above as (
    select partnership_id, part_of as higher, 1 as steps
    from given.partnerships
    where part_of is not null
    union all
    select a.partnership_id, p.part_of, a.steps + 1
    from above as a
    join given.partnerships as p on p.partnership_id = a.higher
    where p.part_of is not null and a.higher <> a.partnership_id and a.steps < 20
)
select 'part_of_itself', 'partnerships.csv', 'part_of',
    told(coalesce(a.is_own, false), p.rowid + 2, part_of, null)
from given.partnerships as p
left join (
    select partnership_id, bool_or(higher = partnership_id) as is_own
    from above
    group by all
) as a using (partnership_id)
where part_of is not null;

-- Which, and whose: who uploads a spreadsheet has written a name and no id.
select 'part_of_other_association', 'partnerships.csv', 'part_of',
    told(p.association <> h.association, p.rowid + 2,
        h.title || ' (' || p.part_of || '), ' || h.association, null)
from given.partnerships as p
join given.partnerships as h on h.partnership_id = p.part_of;

select 'unknown_currency', 'contributions.csv', 'currency',
    told(not list_contains(getvariable('currencies'), currency), rowid + 2,
        currency, 'NOK')
from given.contributions;

select 'repeated_programme', 'programmes.csv', 'programme',
    told(place > 1, line, programme, null)
from (
    select rowid + 2 as line, programme, row_number() over (
            partition by association, programme order by rowid
        ) as place
    from given.programmes
);
