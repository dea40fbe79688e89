-- One row per association of the selection: what it has, what of its activities and
-- rounds is known, and the shares that may be compared, with what they are shares of.
with chosen as (
    select facet_id, association, programme
    from selected($association, $partner_type, $partnership_type, $programme)
),
agreed as (
    select association, count(*) filter (is_confirmed) as confirmed_count,
        count(*) filter (not is_confirmed) as unconfirmed_count
    from partnerships_in_force($as_of)
    join chosen using (facet_id)
    where year = $year
    group by association
),
held_by_kind as (
    select association, is_illustrative, summed(held) as held,
        sum(activity_count) as activity_count,
        sum(attended_known) as attended_known, summed(attended) as attended,
        common(programme) as programme, common(year) as year
    from activities_held($as_of)
    join chosen using (facet_id)
    where ($illustrative or not is_illustrative)
        and within(year, year, $from_year, $to_year)
    group by all
    having sum(activity_count) > 0
),
held as (
    select association, arg_min(held, is_illustrative) as held,
        coalesce(
            arg_min(activity_count, is_illustrative) filter (attended is not null),
            arg_min(activity_count, is_illustrative)
        )::bigint as counted_activities,
        coalesce(arg_min(attended_known, is_illustrative)
            filter (attended is not null), 0)::bigint as attended_known,
        arg_min(attended, is_illustrative) as attended,
        common(programme) as programme, common(year) as year
    from held_by_kind
    group by association
),
figure as (
    select association, programme, measure, measured_at::varchar as measured_at,
        is_round, evidence, figure_count, known_count, suppressed_count, number, rated,
        base,
        years_of(from_year, to_year) as years
    from figures_by($as_of, $association, $partner_type, $partnership_type, $programme)
    where ($illustrative or evidence <> 'illustrative')
        and within(from_year, to_year, $from_year, $to_year)
),
placed as (
    select association, added(number) as number,
        weakest_of(evidence) as evidence,
        common(programme) as programme, common(years) as years,
        common(evidence)::varchar as common_evidence
    from figure
    where is_placement(measure) and measured_at = 'exit' and known_count > 0
    group by association
),
-- Of how many jobs there is no number, and of these how many the source hides.
unplaced as (
    select association, is_example, sum(suppressed_count)::bigint as suppressed_count,
        sum(figure_count - known_count - suppressed_count)::bigint as missing_count
    from (from figure select *, evidence = 'illustrative' as is_example)
    where is_placement(measure) and measured_at = 'exit' and figure_count > known_count
    group by all
),
-- Rounds: of those who came how many were placed, and of those followed up how
-- many are in work or education. Examples only where nothing is published.
rated_by_kind as (
    select association, measure, measured_at, evidence = 'illustrative' as is_example,
        sum(figure_count) as figure_count, summed(rated) as rated,
        summed(base) as base, common(programme) as programme,
        common(years) as years, common(evidence)::varchar as common_evidence
    from figure
    where is_round and (measure = 'placements' and measured_at = 'exit'
        or measure = 'in_work_or_education' and measured_at <> 'exit')
    group by all
    having sum(figure_count) > 0
),
rated as (
    select association, measure, measured_at,
        coalesce(
            arg_min(figure_count, is_example) filter (rated is not null),
            arg_min(figure_count, is_example)
        )::bigint as round_count,
        arg_min(rated, is_example) as rated, arg_min(base, is_example) as base,
        common(programme) as programme, common(years) as years,
        common(common_evidence) as common_evidence
    from rated_by_kind
    group by all
),
told_rates as (
    select association, measure, measured_at, round_count,
        coalesce(rated.figures, 0)::bigint as known_count,
        told(narrowed(rated, total_of(measure), measured_at, years, association,
            programme, measure, common_evidence)) as part,
        told(narrowed(base, if(measured_at = 'exit', 'attended_count',
            'followed_up_count'), if(measured_at = 'exit', null, measured_at),
            years, association, programme, null, common_evidence)) as whole
    from rated
)
select a.association,
    coalesce(g.confirmed_count, 0)::bigint as confirmed_count,
    coalesce(g.unconfirmed_count, 0)::bigint as unconfirmed_count,
    told(h.held) as activity_count,
    coalesce(h.attended_known, 0)::bigint as attended_known_count,
    coalesce(h.counted_activities, 0)::bigint as counted_activities,
    told(narrowed(h.attended, 'attended_count', null, h.year::varchar,
        a.association, h.programme, null, null)) as attended_count,
    told(narrowed(p.number, 'placements', 'exit', p.years, a.association,
        p.programme, null, p.common_evidence)) as placement_count,
    coalesce(u.suppressed_count, 0)::bigint as suppressed_count,
    coalesce(u.missing_count, 0)::bigint as missing_count, p.evidence,
    coalesce(r.round_count, 0)::bigint as round_count,
    coalesce(r.known_count, 0)::bigint as placed_round_count, r.part as placed_part,
    r.whole as placed_whole,
    coalesce(s.round_count, 0)::bigint as due_round_count,
    coalesce(s.known_count, 0)::bigint as followed_round_count,
    s.part as retained_part, s.whole as retained_whole
from (select distinct association from chosen) as a
left join agreed as g using (association)
left join held as h using (association)
left join placed as p using (association)
left join unplaced as u
    on u.association = a.association
    and u.is_example = coalesce(p.number.is_example, false)
left join told_rates as r
    on r.association = a.association and r.measure = 'placements'
left join told_rates as s
    on s.association = a.association and s.measured_at = '6_months'
where coalesce(g.confirmed_count, g.unconfirmed_count, h.counted_activities) is not null
    or p.number is not null or r.round_count > 0 or s.round_count > 0
order by lower(a.association), a.association
