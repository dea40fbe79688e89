-- One row per partner of this partnership, with how many it has in all.
select t.partner_id, t.name, t.partner_type, t.organisation_number,
    s.name as succeeded_by_name,
    (
        select count(*)
        from partnership_partners as o
        join partnerships as p using (partnership_id)
        where o.partner_id = t.partner_id and is_of(p.association, $association)
    ) as partnership_count
from partnership_partners as l
join partners as t using (partner_id)
left join partners as s on s.partner_id = t.succeeded_by
where l.partnership_id = $partnership_id
order by t.name, t.partner_id
