-- One row per contribution to these agreements, money first: all, or those of some
-- partners and of the association.
select c.contribution_id, c.partnership_id, p.title as agreement, p.association,
    c.giver::varchar as giver, (
        select list(t.name order by t.name) from partners as t
        where list_contains(c.partner_ids, t.partner_id)
    ) as giver_names, c.contribution_kind::varchar as contribution_kind,
    told(c.number) as amount, c.currency, c.description,
    c.contribution_state::varchar as contribution_state, c.granted_date, c.from_year,
    c.to_year, c.period, c.source, c.source_date
from contributions as c
join partnerships as p using (partnership_id)
where list_contains($agreement_ids, c.partnership_id)
    and is_of(p.association, $association)
    and (len($giver_ids) = 0 or c.giver = 'association'
        or coalesce(list_has_any(c.partner_ids, $giver_ids), false))
order by c.contribution_kind, c.currency, c.contribution_state, c.from_year nulls last,
    c.contribution_id
