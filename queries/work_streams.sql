-- One row per work stream of these agreements, by agreement and in the order of the
-- file. What is told of it under other agreements is named and counted there: it is
-- in no total a second time.
with told as (
    select w.work_stream_id,
        list(p.partnership_id order by p.title, p.partnership_id) as other_ids,
        list(p.title order by p.title, p.partnership_id) as other_titles
    from work_streams as w
    join partnerships as o using (partnership_id)
    join partnerships as p
        on p.association = o.association and p.programme = w.programme
        and p.partnership_id <> w.partnership_id
    group by all
),
held as (
    select association, programme, count(*)::bigint as activity_count
    from activities
    where not cancelled and coalesce(begins_on <= $as_of, true)
        and ($illustrative or evidence <> 'illustrative')
    group by all
)
select w.work_stream_id, w.partnership_id, a.title as agreement, w.title,
    w.programme, w.work_status::varchar as work_status, w.achieved, w.next_step,
    w.due_date, is_late(w.work_status, w.due_on, $as_of) as is_late, w.own_role,
    w.partner_role, w.evidence::varchar as evidence, w.source, w.source_date,
    t.other_ids, t.other_titles, coalesce(h.activity_count, 0) as activity_count
from work_streams as w
join partnerships as a using (partnership_id)
left join told as t using (work_stream_id)
left join held as h
    on h.association = a.association and h.programme = w.programme
where list_contains($agreement_ids, w.partnership_id)
    and is_of(a.association, $association)
    and ($illustrative or w.evidence <> 'illustrative')
order by a.title, w.partnership_id, w.place
