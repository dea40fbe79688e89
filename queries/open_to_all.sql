-- Activities that everybody may come to and that nobody's results hang on: how
-- many came is no secret. One of these kinds may still be a round: with results
-- about persons of its own, or in a programme that has such or other rounds.
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
    where aims_at_persons(activity_type)
)
select activity_id
from given.activities as a
where activity_type in ('conference', 'network_meeting')
    and not exists (
        select 1 from closed as c
        where c.activity_id = a.activity_id or c.programme = a.programme
    );
