-- Which rows of a table differ between before and after. Two are the same by what
-- they are `called`; `digest` is a hash of all that is written in a row.
-- given.before_seen and given.after_seen have both of every row.

-- Equal rows meet first: looked at is only what one side has more often.
create or replace table given.differing as
select called, digest
from (select called, digest, count(*) as n from given.before_seen group by all)
    as before
full join (
    select called, digest, count(*) as n from given.after_seen group by all
) as after using (called, digest)
where before.n is distinct from after.n;

-- given.before_rows and given.after_rows have the whole of those. Several called
-- the same (targets have no ids) meet in order.
create or replace table given.pairs as
with before as (
    select rowid as line, called, meanings,
        row_number() over (partition by called order by rowid) as place
    from given.before_rows
),
after as (
    select rowid as line, called, meanings,
        row_number() over (partition by called order by rowid) as place
    from given.after_rows
)
select before.line as before_line, after.line as after_line,
    case
        when after.line is null then 'removed'
        when before.line is null then 'added'
        else 'changed'
    end as kind
from before
full join after using (called, place)
where before.meanings is distinct from after.meanings;

-- The first of each kind, in the order of the files, and how many there are.
select kind, count, before.fields, before.meanings, after.fields, after.meanings
from (
    select *, count(*) over (partition by kind) as count
    from given.pairs
    qualify row_number() over (
        partition by kind order by after_line, before_line
    ) <= $shown
) as pair
left join given.before_rows as before on before.rowid = before_line
left join given.after_rows as after on after.rowid = after_line
order by after_line nulls first, before_line
