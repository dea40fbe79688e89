-- One row per round of the programme and stage, the twelve latest rounds. Where the
-- date tells only the year, the name may tell the season: spring is before autumn.
-- When one began that is only known to have by a day, no season tells.
with shown as (
    select a.activity_id, a.association, a.title, a.partnership_ids,
        if(a.date_qualifier = 'no_later_than', null, a.begins_on) as begins_on,
        length(a.start_date) = 4 as is_of_year,
        if(is_of_year, season_in(a.title), null) as season,
        coalesce(season_begins(a.begins_on, season), a.begins_on) as placed_on
    from activities as a
    join selected($association, $partner_type, $partnership_type, $programme)
        using (facet_id)
    where a.programme = $round_programme and not a.cancelled
        and ($from_year is null
            or coalesce(a.year between $from_year and $to_year, false))
        and exists (
            from figures as f
            where f.activity_id = a.activity_id and f.is_round
                and ($illustrative or f.evidence <> 'illustrative')
        )
    order by placed_on desc nulls last, a.activity_id
    limit 12
)
select s.activity_id, s.association, s.title, s.begins_on,
    coalesce(s.is_of_year, false) as is_of_year, s.season, f.measure, f.measured_at,
    f.evidence, f.value_status::varchar as value_status, told(f.number) as value,
    told(f.base) as base_count,
    coalesce(f.counts_on <= $as_of, true) as is_due,
    nullif(f.counts_on, date '9999-12-31') as counts_on,
    coalesce(len(s.partnership_ids) > 1, false) as is_shared, o.source,
    o.source_date
from shown as s
join figures as f using (activity_id)
left join outcomes as o
    on o.activity_id = f.activity_id and o.measure = f.measure
    and o.measured_at = f.measured_at and not o.is_part
    and o.value is not null
where $illustrative or f.evidence <> 'illustrative'
order by s.placed_on, s.activity_id, f.measure, f.measured_at
