-- What the filters leave: facets, years, and the types chosen among several.

-- Of the associations that are chosen; of any where none is.
create macro is_of(association, associations) as
    len(associations) = 0 or list_contains(associations, association);

-- The selection: facets that the filters leave. An empty list leaves all.
create macro selected(associations, partner_types_, partnership_types_, programmes)
as table
    select facet_id, association, programme, partner_types, partnership_types
    from facets
    where is_of(association, associations)
        and (len(programmes) = 0 or list_contains(programmes, programme))
        and (len(partner_types_) = 0
            or list_has_any(partner_types, partner_types_))
        and (len(partnership_types_) = 0
            or list_has_any(partnership_types, partnership_types_));

-- Whether examples are told, or both ways at once where that is null: one question
-- then costs little more than each would.
create macro told_ways(examples) as table
    select unnest(if(examples is null, [false, true], [examples::boolean]))
        as with_examples;

-- Years: a span lies within the filter whole; without a filter all count.
create macro within(first_year, last_year, from_year, to_year) as
    from_year is null or (first_year >= from_year and last_year <= to_year);

-- A record of years: a partnership lasts through them, all else lies within.
create macro matches(record, first_year, last_year, from_year, to_year) as
    case
        when record <> 'partnership'
            then within(first_year, last_year, from_year, to_year)
        else from_year is null or (first_year <= to_year
            and coalesce(last_year >= from_year, true))
    end;

-- Of the types that something has, those chosen; all where none is.
create macro chosen(types, asked) as
    if(len(asked) = 0, types, list_intersect(types, asked));

-- In a stack, several chosen types make a part of their own.
create macro part_of(types, asked) as
    case len(chosen(types, asked))
        when 1 then chosen(types, asked)[1]
        else 'several'
    end;

-- Where a type of a partner, partnership or activity stands among its like.
create macro type_place(kind_, code_) as (
    select place from types where kind = kind_ and code = code_
);
