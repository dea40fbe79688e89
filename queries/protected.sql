-- What differs where counts of people are rounded: what is published of a total
-- says more of it than its cells do.
create or replace macro narrowed(n, total_, point, year_, association_, programme_,
    measure_, evidence_) as
    if(n['cells'] = 0 or n['vague'] > 0, n, coalesce((
        select bounded(n, greatest(n['low'], n['value'] - m.most)::decimal(38, 6),
            least(n['high'], n['value'] + m.most)::decimal(38, 6))
        from margins as m
        where m.total = total_ and m.cell_count = n['cells']
            and m.measured_at is not distinct from point
            and (m.year is null or m.year = year_)
            and (m.association is null or m.association = association_)
            and (m.programme is null or m.programme = programme_)
            and (m.measure is null or m.measure = measure_)
            and (m.evidence is null or m.evidence = evidence_)
        order by m.most
        limit 1
    ), n));

-- What all rows have in common; null where they differ or one has none.
create or replace macro common(x) as
    if(count(x) = count(*) and min(x) = max(x), min(x), null);
