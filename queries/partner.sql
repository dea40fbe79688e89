-- One row per partner that this one follows or is followed by, itself among them,
-- the first of them first: one story under several names.
with recursive later as (
    select partner_id, succeeded_by, 0 as place
    from partners
    where partner_id = $partner_id
    union
    select p.partner_id, p.succeeded_by, l.place + 1
    from later as l
    join partners as p on p.partner_id = l.succeeded_by
    where l.place < 20
),
earlier as (
    select partner_id, 0 as place from partners where partner_id = $partner_id
    union
    select p.partner_id, e.place - 1
    from earlier as e
    join partners as p on p.succeeded_by = e.partner_id
    where e.place > -20
)
select p.partner_id, p.name, p.partner_type,
    p.organisation_number, min(c.place)::integer as place
from (
    select partner_id, place from later
    union
    select partner_id, place from earlier
) as c
join partners as p using (partner_id)
group by all
order by place, p.name, p.partner_id
