-- One row per association and organisation in the story of this partner there: those
-- that are told as what it is told as on the day, in the order in which they were,
-- and the offices that it works with. Of associations that have nothing with it there
-- are none.
with asked as (
    select distinct s.association, coalesce(t.told_id, $partner_id) as own_id
    from story_links($partner_id, $as_of)
    join links as s using (link_id)
    left join told_on($as_of) as t
        on t.association = s.association and t.partner_id = $partner_id
    where is_of(s.association, $association)
),
under as (
    select a.association, a.own_id, h.partner_id as told_id,
        h.partner_id <> a.own_id as is_office
    from asked as a
    join heads as h on h.head_id = a.own_id
),
member as (
    select u.association, t.partner_id, u.own_id, u.is_office
    from under as u
    join told_on($as_of) as t using (association, told_id)
    union
    select association, told_id, own_id, is_office
    from under
    where (association, told_id) not in (
        select (association, partner_id) from told_on($as_of)
    )
    union
    select null, $partner_id, $partner_id, false
    where not exists (from asked)
)
select m.association, m.partner_id, m.own_id as told_id, p.name,
    p.partner_type, p.organisation_number,
    m.is_office, p.head_id,
    h.name as head_name
from member as m
join partners as p using (partner_id)
left join partners as h on h.partner_id = p.head_id
left join continuations as c
    on c.association = m.association and c.partner_id = m.partner_id
    and c.told_id = m.partner_id
where not m.is_office
    or (m.association, m.partner_id) in (
        select (association, partner_id) from link_partners
    )
order by m.association, m.is_office, c.to_day nulls last, p.name, p.partner_id
