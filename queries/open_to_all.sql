-- Activities that everybody may come to and that nobody's results hang on: how
-- many came is no secret. One of a type that is open to all may still be a round:
-- with results about persons of its own, or in a programme that has such or other
-- rounds.
create or replace temp table open_to_all as
with closed as (
    select o.activity_id, coalesce(a.programme, o.programme) as programme
    from given.outcomes as o
    left join given.activities as a using (activity_id)
    join given.measures as m using (measure)
    where m.counts_people = 'yes'
    union all
    select activity_id, programme
    from given.activities
    join given.activity_types as t using (activity_type)
    where t.aims_at_persons = 'yes'
)
select activity_id
from given.activities as a
join given.activity_types as t using (activity_type)
where t.open_to_all = 'yes'
    -- One by one: with "or" between them each activity would be held against each.
    and not exists (select 1 from closed as c where c.activity_id = a.activity_id)
    and not exists (select 1 from closed as c where c.programme = a.programme);
