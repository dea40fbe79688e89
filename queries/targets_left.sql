-- One row per programme and years for which it has targets that the filters leave.
-- What is known of a target does not depend on them: targets_met.sql tells it.
select distinct t.association, t.programme, t.from_year, t.to_year
from targets as t
join selected($association, $partner_type, $partnership_type, $programme)
    using (facet_id)
where t.partnership_id is null
    and within(t.from_year, t.to_year, $from_year, $to_year)
order by t.association, t.programme, t.from_year, t.to_year
