-- One row per partnership type: those in force in the year.
select partnership_types[1] as partnership_type,
    active_partnerships(partnership_count, is_confirmed) as confirmed_count,
    unconfirmed_partnerships(partnership_count, is_confirmed)
        as unconfirmed_count
from partnerships_in_force($as_of)
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where year = $year
group by all
order by confirmed_count + unconfirmed_count desc, partnership_type
