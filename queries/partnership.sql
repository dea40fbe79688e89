-- One row: the partnership with this id, or none; none where it is another
-- association's than those chosen.
select p.* exclude (link_id, start_year, end_year), f.partner_types,
    status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status
from partnerships as p
join facets as f using (facet_id)
where p.partnership_id = $partnership_id and is_of(p.association, $association)
