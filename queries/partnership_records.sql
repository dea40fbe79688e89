-- One row per partnership, those of some partners or of these ids where any are asked
-- for, the thousand with the latest known start first; one without a start has the
-- first and the last year in which its activities show it in force.
select p.partnership_id, p.partner_ids, p.association, p.title,
    p.partnership_type, p.programme,
    p.start_date, p.start_qualifier, p.end_date, p.end_qualifier, p.begins_on,
    p.ends_on, p.confirmed_until, p.first_seen, p.last_seen, p.source,
    p.source_date, f.partner_types,
    status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status,
    (
        select list(t.name order by t.name)
        from partnership_partners as l join partners as t using (partner_id)
        where l.partnership_id = p.partnership_id
    ) as partner_names
from partnerships_within($as_of, $from_year, $to_year) as p
join selected($association, $partner_type, $partnership_type, $programme) as f
    using (facet_id)
where (len($partner_ids) = 0 or list_has_any(p.partner_ids, $partner_ids))
    and (len($partnership_ids) = 0
        or list_contains($partnership_ids, p.partnership_id))
order by p.begins_on desc nulls last, p.title, p.partnership_id
limit 1000
