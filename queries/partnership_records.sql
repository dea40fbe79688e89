-- One row per partnership, those with the latest known start first; one without a
-- start has the first and the last year in which its activities show it in force.
with seen as (
    select partnership_id, min(year) as first_seen, max(year) as last_seen,
        bool_or(within(year, year, $from_year, $to_year)) as is_within
    from partnerships_in_force($as_of)
    where not has_start
    group by all
)
select p.partnership_id, p.partner_ids, p.association, p.title,
    p.partnership_type, p.programme,
    p.start_date, p.start_qualifier, p.end_date, p.end_qualifier, p.begins_on,
    p.ends_on, p.confirmed_until, s.first_seen, s.last_seen, p.source,
    p.source_date, f.partner_types,
    status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status,
    (
        select list(t.name order by t.name)
        from partnership_partners as l join partners as t using (partner_id)
        where l.partnership_id = p.partnership_id
    ) as partner_names
from partnerships as p
join selected($association, $partner_type, $partnership_type, $programme) as f
    using (facet_id)
left join seen as s using (partnership_id)
where $from_year is null or s.is_within
    or (year(p.begins_on) <= $to_year
        and coalesce(year(p.ends_on) >= $from_year, true))
order by p.begins_on desc nulls last, p.title, p.partnership_id
limit 1000
