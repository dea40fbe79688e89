-- What the public sees of given.*: counts of people rounded; ages, backgrounds,
-- notes and what other results tell already left out. `rounded` has a cell and its
-- rounded count.

create or replace temp table shown as
select c.record_id, c.field, c.activity_id, c.measure, r.rounded
from cells as c
join rounded as r using (cell);

update given.activities as a set registered_count = s.rounded
from shown as s
where s.field = 'registered_count' and s.record_id = a.activity_id;

update given.activities as a set attended_count = s.rounded
from shown as s
where s.field = 'attended_count' and s.record_id = a.activity_id;

delete from given.outcomes
where is_breakdown(age_group, background) or outcome_id in (from told_in_parts);

update given.outcomes as o set value = s.rounded
from shown as s
where s.field = 'value' and s.record_id = o.outcome_id;

update given.outcomes as o set followed_up_count = s.rounded
from shown as s
where s.field = 'followed_up_count' and s.record_id = o.outcome_id;

update given.targets set baseline = null
where measure in (
    select measure from given.measures where counts_people = 'yes'
);

-- Who sees to what by when is between the parties, and so is what goes in, unless
-- somebody has published it.
update given.work_streams set next_step = null, due_date = null, own_role = null,
    partner_role = null, note = null;

-- What was said in a conversation is between the parties, too.
update given.partnerships set confirmed_role = null, asked_date = null;

update given.partnerships set confirmed_source = null
where not coalesce(regexp_matches(confirmed_source, '^(https?://|www\.)'), false);

delete from given.contributions
where not coalesce(regexp_matches(source, '^(https?://|www\.)'), false);

update given.contributions set note = null;
update given.programmes set note = null;
update given.associations set note = null;
update given.partners set note = null;
update given.successions set note = null;
update given.partnerships set note = null;
update given.activities set note = null;
update given.outcomes set note = null;
update given.targets set note = null;
update given.context set note = null;
update given.events set note = null;

-- What is internal is for staff alone.
delete from given.events where is_internal = 'yes';
delete from given.remarks where is_internal = 'yes';
