-- One row per activity of this partnership that is not cancelled, the thousand latest,
-- with whom it is shared; matching_count is all there are.
select a.activity_id, a.title, a.activity_type, a.programme, a.start_date,
    a.end_date, a.date_qualifier, a.registered_count, a.attended_count,
    a.count_qualifier, a.evidence, a.source, a.begins_on,
    (
        select list(p.title order by p.title) from partnerships as p
        where list_contains(a.partnership_ids, p.partnership_id)
            and p.partnership_id <> $partnership_id
    ) as shared_with, count(*) over () as matching_count
from activities as a
where list_contains(a.partnership_ids, $partnership_id) and not a.cancelled
    and ($illustrative or a.evidence <> 'illustrative')
order by a.begins_on desc nulls last, a.title, a.activity_id
limit 1000
