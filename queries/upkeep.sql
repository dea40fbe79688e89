-- One row per thing that has to be kept up, of how many how many are: agreements in
-- force without a known end that were confirmed within a year (which holds for two),
-- and those that were not, the longest ago first; targets, but for examples, that have
-- a source.
with chosen as (
    select facet_id
    from selected($association, $partner_type, $partnership_type, $programme)
),
running as (
    select title, partnership_id, confirmed_until,
        confirmed_date is not null
            and confirmed_until >= $as_of + interval 12 month as is_confirmed
    from partnerships_known($as_of, $illustrative)
    semi join chosen using (facet_id)
    where not is_future and ends_on is null
)
select 'confirmed' as matter, count(*) filter (is_confirmed) as done_count,
    count(*) as of_count,
    list(partnership_id order by confirmed_until nulls first, title, partnership_id)
        filter (not is_confirmed) as partnership_ids
from running
union all
select 'with_source', count(source), count(*), null
from targets
semi join chosen using (facet_id)
where evidence <> 'illustrative'
