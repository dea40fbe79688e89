-- The cells of a question of one's own, and the records behind one.

-- The part of the calendar that years and a month lie in; `2016/2019` lies in no
-- single one, and of `2016?` only the year is known.
create macro period(grain, first_year, last_year, month_) as
    case
        when first_year <> last_year then first_year || '/' || last_year
        when grain = 'year' then first_year::varchar
        when month_ is null then first_year || '?'
        when grain = 'quarter' then first_year || '-Q' || quarter(month_)
        else first_year || '-H' || if(month(month_) < 7, 1, 2)
    end;

-- Keys to be listed, and one more for their total.
create macro with_total(keys, has_total) as
    list_concat(
        list_transform(keys, lambda k: {'key': k, 'is_total': false}),
        if(has_total, [{'key': null::varchar, 'is_total': true}], [])
    );

-- The keys of a thing under a dimension: one, or as many as it belongs to.
create macro keys_of(dimension, at_time, activity_type, kind, evidence, record_id,
    association, programme, partner_types, partnership_types, partner_ids,
    partnership_ids) as
    case dimension
        when 'time' then [at_time]
        when 'activity_type' then [activity_type]
        when 'kind' then [kind]
        when 'evidence' then [evidence::varchar]
        when 'round' then [record_id]
        when 'association' then [association]
        when 'programme' then [programme]
        when 'partner_type' then if(len(partner_types) = 0, [null], partner_types)
        when 'partnership_type'
            then if(len(partnership_types) = 0, [null], partnership_types)
        when 'partner' then if(coalesce(len(partner_ids), 0) = 0, [null], partner_ids)
        when 'partnership'
            then if(coalesce(len(partnership_ids), 0) = 0, [null],
                partnership_ids)
        else []
    end;

-- The names of the partners that something belongs to, by its links.
create macro partners_named() as table
    select link_id, list(name order by partner_id) as partner_names
    from (select link_id, unnest(partner_ids) as partner_id from links)
    join partners using (partner_id)
    group by link_id;

-- The facts in a question of one's own: those that the filters leave.
create macro facts_in(asked, point, rows_, split_, associations, partner_types_,
    partnership_types_, programmes, first_year, last_year, examples, as_of, at_year)
as table
    select f.*, s.association, s.programme, s.partner_types, s.partnership_types
    from facts(asked, point, as_of, examples) as f
    join selected(associations, partner_types_, partnership_types_, programmes)
        as s using (facet_id)
    where (examples or coalesce(f.evidence <> 'illustrative', true))
        and if(is_stock(asked) and 'time' not in (rows_, split_),
            f.from_year = at_year,
            within(f.from_year, f.to_year, first_year, last_year));

-- The things behind a cell of a question of one's own. As a key, '*' is the total
-- and '' what has none.
create macro behind(asked, point, rows_, split_, grain, row_key, split_key,
    associations, partner_types_, partnership_types_, programmes, first_year,
    last_year, examples, as_of, at_year)
as table
    with latest as (
        select s.association, s.programme, max(to_year) as to_year
        from figures
        join selected(associations, partner_types_, partnership_types_, programmes)
            as s using (facet_id)
        where measure = asked and measured_at::varchar = point
            and asked in (select measure from measures where adds = 'latest')
            and (examples or evidence <> 'illustrative') and number is not null
            and within(from_year, to_year, first_year, last_year)
        group by all
    )
    select f.* exclude (partner_types, partnership_types)
    from facts_in(asked, point, rows_, split_, associations, partner_types_,
        partnership_types_, programmes, first_year, last_year, examples, as_of,
        at_year) as f
    left join links as l using (link_id)
    left join latest as t
        on t.association = f.association
        and t.programme is not distinct from f.programme
    where (coalesce(f.to_year >= t.to_year, true)
            or (rows_ = 'time' and row_key <> '*')
            or (split_ = 'time' and split_key <> '*'))
        and (row_key = '*' or list_contains(list_transform(
            keys_of(rows_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, f.association,
                f.programme, f.partner_types, f.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), row_key))
        and (split_key = '*' or list_contains(list_transform(
            keys_of(split_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, f.association,
                f.programme, f.partner_types, f.partnership_types, l.partner_ids,
                l.partnership_ids),
            lambda k: coalesce(k, '')), split_key));
