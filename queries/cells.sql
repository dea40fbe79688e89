-- The cells of a question of one's own, and the records behind one.

-- The part of the calendar that years and a month lie in; `2016/2019` lies in no
-- single one, nor a school year that spans two (`2023-08/2024-07`), and of `2016?`
-- only the year is known. A `season` is a quarter of any year: what lies in no
-- single one, or in which is not known, has none.
create macro period(grain, first_year, last_year, span_, month_) as
    case
        when grain = 'season' then if(span_ is null and first_year = last_year,
            'Q' || quarter(month_), null)
        when span_ is not null then span_
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
    'partner', 'partner_head', 'story', 'partnership', 'focus_area', 'municipality',
    'county'
);

-- Keys, or one for what has none.
create macro any_of(keys) as if(coalesce(len(keys), 0) = 0, [null], keys);

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
    select link_id, partnership_ids, focus_areas, told_ids, head_ids, story_ids,
        municipalities, counties
    from links
    left join listed using (link_id)
    left join (from places where borders = borders_) as p using (link_id);

-- noqa: disable=ST03
-- The same where a dimension is told by them, and else none of them: what is not asked
-- for by its name, DuckDB does not plan.
create macro links_if_told(is_told, as_of, borders_) as table
    with told_links as (
        from links_told(as_of, borders_)
    ),
    no_links as (
        select null::integer as link_id, null::varchar[] as partnership_ids,
            null::varchar[] as focus_areas, null::varchar[] as told_ids,
            null::varchar[] as head_ids, null::varchar[] as story_ids,
            null::varchar[] as municipalities, null::varchar[] as counties
        where false
    )
    from query(if(is_told, 'from told_links', 'from no_links'));
-- noqa: enable=ST03

-- Whose a partner's story is, in each association: the organisation that the asked one
-- is told as there on the day.
create macro own_stories(partner, as_of) as table
    select a.association, coalesce(t.told_id, partner) as own_id
    from (select distinct association from links) as a
    left join told_on(as_of) as t
        on t.association = a.association and t.partner_id = partner;

-- The links of a partner's story: what belongs to that organisation or to its offices,
-- and who else is in it.
create macro story_links(partner, as_of) as table
    with told as (
        select l.link_id, coalesce(t.told_id, l.partner_id) as told_id, a.own_id
        from link_partners as l
        join own_stories(partner, as_of) as a using (association)
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
    select a.association, p.partner_id
    from own_stories(partner, as_of) as a
    cross join partners as p
    left join told_on(as_of) as t
        on t.association = a.association and t.partner_id = p.partner_id
    join heads as h
        on h.partner_id = coalesce(t.told_id, p.partner_id) and h.head_id = a.own_id;

-- The keys of a thing under a dimension, as SQL: one, or as many as it belongs to. In
-- `query`, for only one of them is asked for, and to plan all takes as long as the rest.
create macro keys_sql(dimension) as
    case dimension
        when 'time' then '[at_time]'
        when 'evidence' then '[evidence::varchar]'
        when 'round' then '[record_id]'
        when 'age_group' then 'if(is_broken_down, [], [ages])'
        when 'background' then 'if(is_broken_down, [], [background])'
        when 'partner_type' then 'any_of(partner_types)'
        when 'partnership_type' then 'any_of(partnership_types)'
        when 'focus_area' then 'any_of(focus_areas)'
        when 'partner' then 'any_of(told_ids)'
        when 'partner_head' then 'any_of(head_ids)'
        when 'story' then 'any_of(story_ids)'
        when 'partnership' then 'any_of(partnership_ids)'
        when 'municipality' then 'any_of(municipalities)'
        when 'county' then 'any_of(counties)'
        when 'activity_type' then '[activity_type]'
        when 'kind' then '[kind]'
        when 'association' then '[association]'
        when 'programme' then '[programme]'
        else '[]::varchar[]'
    end;

-- Whether a key is among them: '' is what has none.
create macro has_key(keys, key) as
    list_contains(list_transform(keys, lambda k: coalesce(k, '')), key);

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

-- What results are broken down by: not at all, by age or background, or by both.
create macro broken_by(rows_, split_) as
    case
        when rows_ in ('age_group', 'background')
            and split_ in ('age_group', 'background') then 'both'
        when rows_ in ('age_group', 'background') then rows_
        when split_ in ('age_group', 'background') then split_
        else ''
    end;

-- noqa: disable=ST03
-- The facts in a question of one's own: those that the filters leave.
create macro facts_in(asked, point, divisor, rows_, split_, focus_areas_,
    associations, partner_types_, partnership_types_, programmes, first_year,
    last_year, examples, as_of, at_year, places_, borders_)
as table
    with found as (
        select f.*, s.association, s.programme,
            coalesce(f.own_types, s.partner_types) as partner_types,
            s.partnership_types,
            list_contains(f.broken_down_by, broken_by(rows_, split_)) as is_broken_down
        from facts(asked, point, divisor, broken_by(rows_, split_), as_of, examples)
            as f
        join selected(associations, partner_types_, partnership_types_, programmes)
            as s using (facet_id)
        where (f.own_types is null or len(partner_types_) = 0
                or list_has_any(f.own_types, partner_types_))
            and (examples or coalesce(f.evidence <> 'illustrative', true))
            and if(is_stock(asked) and 'time' not in (rows_, split_),
                f.from_year = at_year,
                within(f.from_year, f.to_year, first_year, last_year))
    ),
    link_in as (
        select link_id from links
        where (len(focus_areas_) = 0 or list_has_any(focus_areas, focus_areas_))
            and (len(places_) = 0 or link_id in (
                select link_id from places
                where borders = borders_ and (list_has_any(municipalities, places_)
                    or list_has_any(counties, places_))
            ))
    )
    from query('from found' || if(len(focus_areas_) = 0 and len(places_) = 0, '',
        ' semi join link_in using (link_id)'));

-- The things behind a cell of a question of one's own. As a key, '*' is the total
-- and '' what has none.
create macro behind(asked, point, divisor, rows_, split_, grain, row_key, split_key,
    focus_areas_, associations, partner_types_, partnership_types_, programmes,
    first_year, last_year, examples, as_of, at_year, places_, borders_)
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
    ),
    dated as (
        select f.* exclude (partner_types, partnership_types),
            period(grain, f.from_year, f.to_year, f.span, f.month) as at_time,
            chosen(f.partner_types, partner_types_) as partner_types,
            chosen(f.partnership_types, partnership_types_) as partnership_types,
            l.* exclude (link_id), row_key as asked_row, split_key as asked_split
        from facts_in(asked, point, divisor, rows_, split_, focus_areas_,
            associations, partner_types_, partnership_types_, programmes, first_year,
            last_year, examples, as_of, at_year, places_, borders_) as f
        left join links_if_told(is_linked(rows_) or is_linked(split_), as_of,
            borders_) as l using (link_id)
        left join latest as t
            on t.association = f.association
            and t.programme is not distinct from f.programme
        where (coalesce(f.to_year >= t.to_year, true)
                or (rows_ = 'time' and row_key <> '*')
                or (split_ = 'time' and split_key <> '*'))
            and (row_key <> '*' or rows_ not in ('age_group', 'background')
                or coalesce(ages, background) is null)
            and (split_key <> '*' or split_ not in ('age_group', 'background')
                or coalesce(ages, background) is null)
    )
    from query('from dated where true'
        || if(row_key = '*', '', ' and has_key(' || keys_sql(rows_) || ', asked_row)')
        || if(split_key = '*', '',
            ' and has_key(' || keys_sql(split_) || ', asked_split)'));
-- noqa: enable=ST03
