-- One row per partnership type: those in force in the year, the most first, what is
-- of no other type last.
with counted as (
    select partnership_types[1] as partnership_type,
        active_partnerships(is_confirmed) as confirmed_count,
        unconfirmed_partnerships(is_confirmed, has_start) as unconfirmed_count,
        start_unknown_partnerships(is_confirmed, has_start) as start_unknown_count
    from partnerships_in_force($as_of)
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where year = $year
    group by all
)
select * from counted
order by partnership_type = 'other',
    confirmed_count + unconfirmed_count + start_unknown_count desc,
    type_place('partnership_type', partnership_type)
