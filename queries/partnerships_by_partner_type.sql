-- One row per partner type: those in force in the year, each under every type
-- it has, so the parts overlap.
select partner_type,
    active_partnerships(partnership_count, is_confirmed) as confirmed_count,
    unconfirmed_partnerships(partnership_count, is_confirmed)
        as unconfirmed_count
from partnerships_in_force($as_of)
join (
    select facet_id, unnest(if(len($partner_type) = 0, partner_types,
        list_intersect(partner_types, $partner_type))) as partner_type
    from selected($association, $partner_type, $partnership_type, $programme)
) using (facet_id)
where year = $year
group by all
order by confirmed_count + unconfirmed_count desc, partner_type
