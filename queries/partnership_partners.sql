-- One row per partner of this partnership, with how many it has in all, what it is
-- told as on the day where that is another, and what it is an office of.
select t.partner_id, t.name, t.partner_type, t.organisation_number,
    s.name as continued_as_name, h.name as head_name,
    (
        select count(*)
        from partnership_partners as o
        join partnerships as p using (partnership_id)
        where o.partner_id = t.partner_id and is_of(p.association, $association)
    ) as partnership_count
from partnership_partners as l
join partnerships as a using (partnership_id)
join partners as t using (partner_id)
left join told_on($as_of) as c
    on c.association = a.association and c.partner_id = t.partner_id
    and c.told_id <> t.partner_id
left join partners as s on s.partner_id = c.told_id
left join partners as h on h.partner_id = t.head_id
where l.partnership_id = $partnership_id
order by t.name, t.partner_id
