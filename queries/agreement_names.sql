-- One row per partnership that the filters leave, by its title: what it is called, with
-- whom it is, since when, and whose it is.
select p.partnership_id, p.association, p.title, p.start_date,
    p.start_qualifier::varchar as start_qualifier, p.end_date,
    p.end_qualifier::varchar as end_qualifier, n.partner_names
from partnerships as p
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
left join (
    select l.partnership_id, list(t.name order by t.name) as partner_names
    from partnership_partners as l
    join partners as t using (partner_id)
    group by l.partnership_id
) as n using (partnership_id)
order by p.title, p.partnership_id
