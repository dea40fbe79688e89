-- What the rules between rows share. Each rule is a statement in the file of its
-- level that gives rule, file, column and told(…).

-- A number with six decimals without needless zeros.
create or replace macro plain(found) as if(
    regexp_full_match(found::varchar, '-?\d+\.\d{6}'),
    rtrim(rtrim(found::varchar, '0'), '.'), found::varchar
);

-- How many are wrong, of how many the rule applies to (the condition is null for
-- the others), and the places of the first of them.
create or replace macro told(wrong, line, found, expected) as struct_pack(
    count := count(*) filter (where wrong), of := count(wrong),
    places := min_by(
        struct_pack(
            line := line, found := plain(found), expected := expected::varchar
        ), line, getvariable('shown')
    ) filter (where wrong)
);

-- A name without what it may be spelled with or without: case, blanks, marks, AS.
create or replace macro simplified(name) as regexp_replace(
    regexp_replace(lower(name), '\s(as|asa|ba|sa)\s*$', ''), '[^\pL\pN]', '', 'g'
);

-- A date that is written as precisely as it is known sorts as text, like its
-- first day: no date need be made of it, which takes ten times as long.
create or replace macro has_begun(text, as_of) as text <= as_of::date::varchar;
