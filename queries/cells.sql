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

-- Whether a dimension is told by what a thing belongs to.
create macro is_linked(dimension) as dimension in (
    'partner', 'partner_head', 'story', 'partnership', 'municipality', 'county'
);

-- Keys, or one for what has none.
create macro any_of(keys) as if(coalesce(len(keys), 0) = 0, [null], keys);

-- What organisations are told as on a day, where that is not just themselves.
create macro told_on(as_of) as table
    select association, partner_id, told_id
    from continuations
    where as_of >= from_day and as_of < to_day;

-- What things belong to, by their links, as told on a day: partners, those that they
-- are offices of (the topmost, and all), agreements, and places within borders.
create macro links_told(as_of, borders_) as table
    with told as (
        select l.link_id, coalesce(t.told_id, l.partner_id) as told_id
        from link_partners as l
        left join told_on(as_of) as t using (association, partner_id)
    ),
    listed as (
        select t.link_id, list(distinct t.told_id) as told_ids,
            list(distinct h.head_id) filter (h.is_top) as head_ids,
            list(distinct h.head_id) as story_ids
        from told as t
        join heads as h on h.partner_id = t.told_id
        group by t.link_id
    )
    select link_id, partnership_ids, told_ids, head_ids, story_ids,
        municipalities, counties
    from links
    left join listed using (link_id)
    left join (from places where borders = borders_) as p using (link_id);

-- The links of a partner's story: what belongs, in each association, to the
-- organisation that the asked one is told as there on the day, or to its offices;
-- and who else is in it.
create macro story_links(partner, as_of) as table
    with asked as (
        select a.association, coalesce(t.told_id, partner) as own_id
        from (select distinct association from links) as a
        left join told_on(as_of) as t
            on t.association = a.association and t.partner_id = partner
    ),
    told as (
        select l.link_id, coalesce(t.told_id, l.partner_id) as told_id, a.own_id
        from link_partners as l
        join asked as a using (association)
        left join told_on(as_of) as t using (association, partner_id)
    )
    select t.link_id, coalesce(list(distinct t.told_id)
        filter (h.head_id is null), []) as other_ids
    from told as t
    left join heads as h on h.partner_id = t.told_id and h.head_id = t.own_id
    group by t.link_id
    having bool_or(h.head_id is not null);

-- The organisations of the same stories, by association.
create macro story_partners(partner, as_of) as table
    with asked as (
        select a.association, coalesce(t.told_id, partner) as own_id
        from (select distinct association from links) as a
        left join told_on(as_of) as t
            on t.association = a.association and t.partner_id = partner
    )
    select a.association, p.partner_id
    from asked as a
    cross join partners as p
    left join told_on(as_of) as t
        on t.association = a.association and t.partner_id = p.partner_id
    join heads as h
        on h.partner_id = coalesce(t.told_id, p.partner_id) and h.head_id = a.own_id;

-- The keys of a thing under a dimension: one, or as many as it belongs to.
create macro keys_of(dimension, at_time, activity_type, kind, evidence, record_id,
    association, programme, partner_types, partnership_types, link) as
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
        when 'partner' then any_of(link['told_ids'])
        when 'partner_head' then any_of(link['head_ids'])
        when 'story' then any_of(link['story_ids'])
        when 'partnership' then any_of(link['partnership_ids'])
        when 'municipality' then any_of(link['municipalities'])
        when 'county' then any_of(link['counties'])
        else []
    end;

-- The names of the partners that something belongs to: on its day, where it has one,
-- or else as they stand in the files.
create macro partners_named(link, day) as coalesce(
    (
        select any_value(partner_names) from link_names
        where link_id = link and day >= from_day and day < to_day
    ),
    (
        select list(name order by partner_id)
        from link_partners join partners using (partner_id)
        where link_id = link
    ), []);

-- The day of what was held or came of it; an agreement is named as it was made.
create macro event_day(record, start_date, first_year) as
    if(record = 'partnership', null,
        coalesce(try_cast(left(start_date || '-01-01', 10) as date),
            make_date(first_year, 1, 1)));

-- The facts in a question of one's own: those that the filters leave.
create macro facts_in(asked, point, rows_, split_, associations, partner_types_,
    partnership_types_, programmes, first_year, last_year, examples, as_of, at_year,
    places_, borders_)
as table
    select f.*, s.association, s.programme, s.partner_types, s.partnership_types
    from facts(asked, point, as_of, examples) as f
    join selected(associations, partner_types_, partnership_types_, programmes)
        as s using (facet_id)
    where (examples or coalesce(f.evidence <> 'illustrative', true))
        and if(is_stock(asked) and 'time' not in (rows_, split_),
            f.from_year = at_year,
            within(f.from_year, f.to_year, first_year, last_year))
        and (len(places_) = 0 or f.link_id in (
            select link_id from places
            where borders = borders_ and (list_has_any(municipalities, places_)
                or list_has_any(counties, places_))
        ));

-- The things behind a cell of a question of one's own. As a key, '*' is the total
-- and '' what has none.
create macro behind(asked, point, rows_, split_, grain, row_key, split_key,
    associations, partner_types_, partnership_types_, programmes, first_year,
    last_year, examples, as_of, at_year, places_, borders_)
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
        at_year, places_, borders_) as f
    left join links_told(as_of, borders_) as l using (link_id)
    left join latest as t
        on t.association = f.association
        and t.programme is not distinct from f.programme
    where (coalesce(f.to_year >= t.to_year, true)
            or (rows_ = 'time' and row_key <> '*')
            or (split_ = 'time' and split_key <> '*'))
        and (row_key = '*' or list_contains(list_transform(
            keys_of(rows_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, f.association,
                f.programme, f.partner_types, f.partnership_types, l),
            lambda k: coalesce(k, '')), row_key))
        and (split_key = '*' or list_contains(list_transform(
            keys_of(split_, period(grain, f.from_year, f.to_year, f.month),
                f.activity_type, f.kind, f.evidence, f.record_id, f.association,
                f.programme, f.partner_types, f.partnership_types, l),
            lambda k: coalesce(k, '')), split_key));
