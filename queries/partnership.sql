-- One row: the partnership with this id, or none; none where it is another
-- association's than those chosen. What it is part of, and its parts, of these too.
with own as (
    select * from partnerships where is_of(association, $association)
)
select p.* exclude (link_id, start_year, end_year)
        replace (w.partnership_id as part_of), f.partner_types,
    status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status,
    w.title as part_of_title, (
        select list(n.partnership_id order by n.title, n.partnership_id)
        from own as n where n.part_of = p.partnership_id
    ) as part_ids, (
        select list(n.title order by n.title, n.partnership_id)
        from own as n where n.part_of = p.partnership_id
    ) as part_titles
from own as p
join facets as f using (facet_id)
left join own as w on w.partnership_id = p.part_of
where p.partnership_id = $partnership_id
