-- Every measure once. The words that belong to it are in data/measures.csv.

-- The selection: facets that the filters leave. An empty list leaves all.
create macro selected(associations, partner_types_, partnership_types_, programmes)
as table
    select facet_id, association, programme, partner_types, partnership_types
    from facets
    where (len(associations) = 0 or list_contains(associations, association))
        and (len(programmes) = 0 or list_contains(programmes, programme))
        and (len(partner_types_) = 0
            or list_has_any(partner_types, partner_types_))
        and (len(partnership_types_) = 0
            or list_has_any(partnership_types, partnership_types_));

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

-- In a stack, several chosen types make a part of their own.
create macro part_of(types, chosen) as
    case len(if(len(chosen) = 0, types, list_intersect(types, chosen)))
        when 1 then if(len(chosen) = 0, types, list_intersect(types, chosen))[1]
        else 'several'
    end;

-- Active partnerships: in force at some time in the year, known to have begun
-- and not ended; confirmed, or unconfirmed for more than 24 months.
create macro partnerships_in_force(as_of) as table
    select facet_id, partnership_count, begins_on, start_is_known,
        year::integer as year,
        coalesce(confirmed_until >= make_date(year::integer, 1, 1), false)
            as is_confirmed
    from (
        select *, unnest(range(
            year(begins_on),
            least(year(as_of), coalesce(year(ends_on), year(as_of))) + 1
        )) as year
        from partnership_cells
        where begins_on <= as_of
    );

create macro active_partnerships(partnership_count, is_confirmed) as
    coalesce(sum(partnership_count) filter (is_confirmed), 0)::bigint;

create macro unconfirmed_partnerships(partnership_count, is_confirmed) as
    coalesce(sum(partnership_count) filter (not is_confirmed), 0)::bigint;

-- Activities held: begun by as_of, not cancelled. The small table has all, so
-- what is planned after as_of is taken away again, one by one: those are few.
create macro activities_held(as_of) as table
    select * from activity_cells
    where coalesce(year <= year(as_of), true)
    union all
    select facet_id, case when date_is_known then year(begins_on) end::integer,
        activity_type, evidence = 'illustrative', -1,
        -(not has_result and activity_type in (
            'job_matching', 'course', 'mentoring', 'guidance'
        ))::integer,
        -(registered_count is not null)::integer, -registered_count,
        -(attended_count is not null)::integer, -attended_count,
        -(employer_count is not null)::integer, -employer_count
    from activities
    where begins_on > as_of and not cancelled
        and coalesce(not date_is_known or year(begins_on) <= year(as_of), true);

-- Figures that can be known by as_of; those that can't yet (a round still to
-- come, a follow-up not due) are taken away and counted as not due.
create macro figures_by(as_of) as table
    select *, 0 as not_due_count from figure_cells
    union all
    select facet_id, from_year, to_year, measure, measured_at, evidence,
        is_round, -1, -(value is not null)::integer, -value,
        -(value is not null and base_count is not null)::integer,
        if(base_count is not null, -value, null),
        if(value is not null, -base_count, null), 1
    from figures
    where counts_on > as_of;

create macro least_denominator() as 10;

-- A share needs a denominator that large, and a part within it.
create macro share(part, whole) as
    case when whole >= least_denominator() and part <= whole then part::double / whole end;

-- Wilson's 95 % interval (Wilson 1927): the bound on the side -1 or +1.
create macro z() as 1.959964::double;

create macro wilson(part, whole, side) as
    case when whole >= least_denominator() and part <= whole then least(1, greatest(0, (
        part::double / whole + z() * z() / (2 * whole)
        + side * z() * sqrt(
            (part::double / whole) * (1 - part::double / whole) / whole
            + z() * z() / (4 * whole::double * whole)
        )
    ) / (1 + z() * z() / whole))) end;
