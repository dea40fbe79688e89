-- One row per activity, the thousand latest; matching_count is all there are.
select a.activity_id, a.title, a.activity_type, a.programme, a.association,
    a.start_date, a.end_date, a.date_qualifier, a.begins_on,
    a.registered_count, a.attended_count, a.employer_count, a.count_qualifier,
    a.cancelled, a.evidence, a.source, count(*) over () as matching_count
from activities as a
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where ($illustrative or a.evidence <> 'illustrative')
    and ($from_year is null
        or coalesce(a.year between $from_year and $to_year, false))
order by a.begins_on desc nulls last, a.title, a.activity_id
limit 1000
