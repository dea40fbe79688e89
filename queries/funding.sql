-- One row per contribution to agreements, with what a budget in IATI 2.03 tells of
-- it, or the first reason why it can't be one: a budget is of a year at most.
with judged as (
    select c.contribution_id, c.partnership_id, p.title, p.purpose,
        p.partnership_type, p.association,
        a.organisation_number as association_number, p.start_date,
        p.start_qualifier, p.begins_on, p.end_date, p.end_qualifier, p.ends_on,
        status_of(p.begins_on, p.ends_on, p.confirmed_until, $as_of) as status,
        t.name as funder, t.organisation_number as funder_number,
        c.amount::varchar as amount, c.currency, c.begins_on as from_day,
        c.ends_on as to_day, c.contribution_state, c.partner_ids,
        case
            when c.contribution_kind <> 'cash' or t.partner_id is null then 'funder'
            when c.contribution_state = 'estimated' then 'estimated'
            when c.amount is null or c.amount_qualifier <> 'exact' then 'amount'
            when c.begins_on is null then 'period'
            when c.ends_on >= c.begins_on + interval 1 year then 'long_period'
            when a.organisation_number is null then 'number'
            when status in ('unknown', 'unconfirmed') then 'status'
        end as reason
    from contributions as c
    join partnerships as p using (partnership_id)
    left join associations as a using (association)
    left join partners as t on [t.partner_id] = c.partner_ids
    where is_of(p.association, $association)
)
select j.* exclude (contribution_state, partner_ids) replace (
        if(j.reason is null and j.contribution_state = 'paid' and exists (
            from judged as g
            where g.reason is null and g.contribution_state = 'granted'
                and g.partnership_id = j.partnership_id
                and g.partner_ids = j.partner_ids and g.currency = j.currency
                and g.from_day <= j.to_day and j.from_day <= g.to_day
        ), 'granted', j.reason) as reason)
from judged as j
order by j.partnership_id, j.contribution_id
