-- One row: the partnership with this id, or none.
select p.* exclude (link_id), f.partner_types,
    case
        when p.begins_on is null then 'unknown'
        when p.begins_on > $as_of then 'future'
        when p.ends_on < $as_of then 'ended'
        when coalesce(p.confirmed_until >= $as_of, false) then 'confirmed'
        else 'unconfirmed'
    end as status
from partnerships as p
join facets as f using (facet_id)
where p.partnership_id = $partnership_id
