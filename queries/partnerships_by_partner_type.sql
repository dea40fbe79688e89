-- One row per partner type: those in force in the year, each under every type
-- it has, so the parts overlap; the most first, what is of no other type last.
with counted as (
    select partner_type,
        active_partnerships(is_confirmed) as confirmed_count,
        unconfirmed_partnerships(is_confirmed, has_start) as unconfirmed_count,
        start_unknown_partnerships(is_confirmed, has_start) as start_unknown_count
    from partnerships_in_force($as_of)
    join (
        select facet_id, unnest(if(len($partner_type) = 0, partner_types,
            list_intersect(partner_types, $partner_type))) as partner_type
        from selected($association, $partner_type, $partnership_type, $programme)
    ) using (facet_id)
    where year = $year
    group by all
)
select * from counted
order by partner_type = 'other',
    confirmed_count + unconfirmed_count + start_unknown_count desc,
    type_place('partner_type', partner_type)
