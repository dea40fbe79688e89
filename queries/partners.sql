-- One row per partner, as it is told on the day, that the filters leave an agreement
-- or an activity with: what it was called before, how its agreements stand, the first
-- start that is known, and what was held last.
with chosen as (
    select facet_id
    from selected($association, $partner_type, $partnership_type, $programme)
),
agreed as (
    select partner_id,
        list(status order by status) as statuses,
        min({'begins_on': begins_on, 'day': start_date, 'qualifier': start_qualifier})
            filter (begins_on <= $as_of) as start
    from (
        select *, status_of(begins_on, ends_on, confirmed_until, $as_of) as status
        from partnerships_within($as_of, $from_year, $to_year)
        semi join chosen using (facet_id)
    )
    join linked_partners($as_of) using (link_id)
    group by partner_id
),
held as (
    select partner_id, count(*) as activity_count,
        min({
            'days_ago': $as_of - begins_on, 'title': title, 'activity_id': activity_id,
            'day': start_date, 'qualifier': date_qualifier, 'begins_on': begins_on,
            'evidence': evidence
        }) as last
    from activities
    semi join chosen using (facet_id)
    join linked_partners($as_of) using (link_id)
    where not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
        and within(year, year, $from_year, $to_year)
    group by partner_id
),
former as (
    select told_id as partner_id, list(distinct p.name order by p.name) as former_names
    from told_on($as_of) as t
    join partners as p using (partner_id)
    where t.told_id <> t.partner_id and is_of(t.association, $association)
    group by told_id
)
select partner_id, p.name, p.partner_type, l.name as place, f.former_names,
    coalesce(a.statuses, []) as statuses, a.start['day'] as start_date,
    a.start['qualifier'] as start_qualifier,
    coalesce(h.activity_count, 0) as activity_count,
    h.last['title'] as last_title, h.last['day'] as last_date,
    h.last['qualifier'] as last_qualifier,
    h.last['begins_on'] as last_begins_on,
    h.last['evidence'] as last_evidence
from agreed as a
full join held as h using (partner_id)
join partners as p using (partner_id)
left join place_names as l on l.number = p.municipality
left join former as f using (partner_id)
where len($partner_type) = 0 or list_contains($partner_type, p.partner_type)
order by p.name, partner_id
