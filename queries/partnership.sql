-- One row: the partnership with this id, or none; none where it is another
-- association's than those chosen. What it is part of, and its parts.
select p.* exclude (link_id, start_year, end_year), f.partner_types,
    status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status,
    w.title as part_of_title, (
        select list(n.partnership_id order by n.title, n.partnership_id)
        from partnerships as n where n.part_of = p.partnership_id
    ) as part_ids, (
        select list(n.title order by n.title, n.partnership_id)
        from partnerships as n where n.part_of = p.partnership_id
    ) as part_titles
from partnerships as p
join facets as f using (facet_id)
left join partnerships as w on w.partnership_id = p.part_of
where p.partnership_id = $partnership_id and is_of(p.association, $association)
