-- What is known of a number: the least and the most it may be, of how many
-- figures and of how many rounded counts it is the sum, how many of the figures
-- say "about", "over" or "nearly", and whether it is an example.

-- Above what any number is: the source says "over" or "about" and no more.
create or replace macro unbounded() as 100000000000.00::decimal(18, 6);

-- What an amount that is "about" so much is at the least.
create or replace macro least_of(amount) as if(amount < 0, -unbounded(), 0);

-- Whether a bound is none; what is added to it may be of the other sign.
create or replace macro is_open(bound) as abs(bound) >= 0.9 * unbounded();

create or replace macro number_of(amount, within, qualifier, evidence) as
    if(amount is null, null, {
        'value': amount::decimal(18, 6),
        'low': if(qualifier in ('about', 'nearly'), least_of(amount),
            greatest(amount - within, least(amount, 0)))::decimal(18, 6),
        'high': if(qualifier in ('about', 'over'), unbounded(),
            amount + within)::decimal(18, 6),
        'figures': 1,
        'cells': (within > 0)::integer,
        'vague': coalesce(qualifier <> 'exact', false)::integer,
        'is_example': coalesce(evidence = 'illustrative', false)
    });

create or replace macro is_placement(measure) as measure in (
    'placement_permanent', 'placement_temporary', 'apprenticeship',
    'placement_unspecified'
);

-- Whether a number is all that it counts: of none of it does its source say that it is
-- missing, suppressed or to come.
create or replace macro is_whole(n, value_status) as
    n is not null and coalesce(value_status = 'known', true);

-- With other bounds. (struct_update is refused in a macro: what it is given has
-- no type yet.)
create or replace macro bounded(n, low_, high_) as
    if(n is null, null, {
        'value': n['value'], 'low': low_, 'high': high_, 'figures': n['figures'],
        'cells': n['cells'], 'vague': n['vague'], 'is_example': n['is_example']
    });

-- A sum as one figure, an example where its evidence says so.
create or replace macro one_figure(n, evidence) as
    if(n is null, null, {
        'value': n['value'], 'low': n['low'], 'high': n['high'], 'figures': 1,
        'cells': n['cells'], 'vague': n['vague'],
        'is_example': coalesce(evidence = 'illustrative', false)
    });

-- How many are so. It costs less than a filter of `count(*)`: see `added`.
create or replace macro count_of(is_so) as count(is_so or null);

-- The weakest evidence of what is added: examples count only among themselves.
create or replace macro weakest_of(evidence) as
    coalesce(max(if(evidence <> 'illustrative', evidence, null)), max(evidence));

-- The same taken away again.
create or replace macro less(n) as
    if(n is null, null, {
        'value': (-n.value)::decimal(18, 6), 'low': (-n.low)::decimal(18, 6),
        'high': (-n.high)::decimal(18, 6), 'figures': -n.figures,
        'cells': -n.cells, 'vague': -n.vague, 'is_example': n.is_example
    });

-- The sum of numbers that all are examples, or none is.
create or replace macro summed(n) as
    if(coalesce(sum(n.figures), 0) = 0, null, {
        'value': sum(n.value), 'low': sum(n.low), 'high': sum(n.high),
        'figures': sum(n.figures)::integer, 'cells': sum(n.cells)::integer,
        'vague': sum(n.vague)::integer, 'is_example': bool_or(n.is_example)
    });

-- The sum of the published ones; of the examples where nothing else is known. Not
-- by filters of sums: each makes DuckDB a table of its own to run.
create or replace macro added(n) as
    if(coalesce(sum(if(n.is_example, null, n.figures)), 0) = 0,
        if(coalesce(sum(if(n.is_example, n.figures, null)), 0) = 0, null, {
            'value': sum(if(n.is_example, n.value, null)),
            'low': sum(if(n.is_example, n.low, null)),
            'high': sum(if(n.is_example, n.high, null)),
            'figures': sum(if(n.is_example, n.figures, null))::integer,
            'cells': sum(if(n.is_example, n.cells, null))::integer,
            'vague': sum(if(n.is_example, n.vague, null))::integer,
            'is_example': true
        }),
        {
            'value': sum(if(n.is_example, null, n.value)),
            'low': sum(if(n.is_example, null, n.low)),
            'high': sum(if(n.is_example, null, n.high)),
            'figures': sum(if(n.is_example, null, n.figures))::integer,
            'cells': sum(if(n.is_example, null, n.cells))::integer,
            'vague': sum(if(n.is_example, null, n.vague))::integer,
            'is_example': false
        });

-- The same; none where one of those that count has no number, or but a part of it.
create or replace macro added_whole(n, value_status, evidence) as
    if(coalesce(bool_or(if(evidence <> 'illustrative', not is_whole(n, value_status),
            null)), bool_or(not is_whole(n, value_status))), null, added(n));

-- As it is answered; without a bound above, `high` is null. In a lambda, so that
-- `n` is worked out once: a macro writes out what it is given wherever it uses it.
-- With a dot, a parameter would be a table of that name where it is asked.
create or replace macro told(n) as list_transform([n], lambda known: if(
    known is null, null, {
        'value': known['value']::double,
        'low': if(is_open(known['low']), '-infinity'::double,
            known['low']::double),
        'high': if(is_open(known['high']), null, known['high'])::double,
        'is_example': known['is_example'],
        'is_rounded': known['cells'] <> 0
    }
))[1];

-- Narrowed by what is published of a total: it is one where its cells all lie in
-- the total and are as many. A null says that they are of several. Only where
-- counts are rounded are there any (protected.sql).
create or replace macro narrowed(n, total_, point, year_, association_, programme_,
    measure_, evidence_) as n;

-- What all rows have in common, for what is published of a total: where nothing is
-- rounded nobody asks, and it isn't looked for (protected.sql).
create or replace macro common(x) as null::varchar;

-- The published total that a measure's figures belong to.
create or replace macro total_of(measure) as
    case
        when measure in ('registered', 'attended') then measure || '_count'
        when is_placement(measure) then 'placements'
        else measure
    end;

-- Years as the files write them: 2024, or 2016/2019.
create or replace macro years_of(first_year, last_year) as
    if(first_year = last_year, first_year::varchar, first_year || '/' || last_year);

-- What was measured when: attendance has no measuring point.
create or replace macro point_of(total, measured_at) as
    if(total in ('registered_count', 'attended_count'), null, measured_at::varchar);
