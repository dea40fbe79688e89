-- What the rules between rows share. Each rule is a statement in the file of its
-- level that gives rule, file, column and told(…).

-- A number with six decimals without needless zeros.
create or replace macro plain(found) as if(
    regexp_full_match(found::varchar, '-?\d+\.\d{6}'),
    rtrim(rtrim(found::varchar, '0'), '.'), found::varchar
);

-- Whether a line is asked for: a bit of each, for a list would be copied into the plan
-- of each rule, which takes longer than the rule. All are, where none is said.
create or replace macro is_asked(line) as case
    when getvariable('lines') is null then true
    when line < bit_length(getvariable('lines')) then
        get_bit(getvariable('lines'), line::integer) = 1
    else false
end;

-- How many are wrong, of how many the rule applies to (the condition is null for
-- the others), and the places of the first of them: of all, or of the lines, by
-- number, that are asked for.
create or replace macro told(wrong, line, found, expected) as struct_pack(
    count := count(*) filter (where wrong), of := count(wrong),
    places := min_by(
        -- Of the others it would be put together for nothing.
        if(wrong, struct_pack(
            line := line, found := plain(found), expected := expected::varchar
        ), null), line, getvariable('shown')
    ) filter (
        where wrong and is_asked(line)
    )
);

-- A name without what it may be spelled with or without: case, blanks, marks, AS.
create or replace macro simplified(name) as regexp_replace(
    regexp_replace(lower(name), '\s(as|asa|ba|sa)\s*$', ''), '[^\pL\pN]', '', 'g'
);

-- A date that is written as precisely as it is known sorts as text, like its
-- first day: no date need be made of it, which takes ten times as long.
create or replace macro has_begun(text, as_of) as text <= as_of::date::varchar;

-- Words of Norwegian and English by which a text tells of few persons. As constants,
-- for a pattern that is put together for each row is compiled for each.
create or replace macro few() as '(?:[1-9]|tre|fire|fem|seks|sju|syv|åtte|ni|ingen|two'
    || '|three|four|five|six|seven|eight|nine|nobody|none|begge|both)';
create or replace macro persons_nb() as 'deltak|deltag|person|ungdom|unge\pL* |kandidat'
    || '|jente|gut|kvinne|mann |menn |søker|søkar|student|elev|lærling|ansatt|tilsett'
    || '|brukar|bruker|barn |flyktning|ledige';
create or replace macro persons() as '(?:' || persons_nb() || '|participant|people'
    || '|candidate|young|youth|girl|boy|woman|women|man |men |applicant|trainee'
    || '|apprentice|pupil|client|refugee)';
create or replace macro came_to() as '(?:er|var|fikk|fekk|får|ble|blei|blir|vart|sluttet'
    || '|slutta|flyttet|flytta|begynte|droppet|droppa|falt|fullførte|møtte|kom|gikk'
    || '|gjekk|is|are|was|were|got|has|left|moved|dropped|started|began|became|went)';
create or replace macro others() as '(?:kommun|bedrift|partner|virksomhet|verksemd|fylke'
    || '|arbeidsgiv|møte|år|måned|månad|uke|veke|dag|kurs|avtale|prosjekt|firma|compan'
    || '|municip|employer|meeting|event|year|month|week|day|course|project|tiltak)';
create or replace macro of_all() as ' +(?:av|of|out +of) +(?:de |dei |the )? ?';
create or replace macro of_them() as '(?:(?:av|of) +'
    || '(?:dem|dei|de|disse|desse|them|these) +)?';

create or replace macro sentences(text) as string_split_regex(
    replace(replace(text, 'Nr.', 'nr'), 'nr.', 'nr'), '[.!?;]+(?:\s|$)'
);

-- A sentence as words, each between blanks of its own; én is no article.
create or replace macro in_words(text) as ' ' || trim(regexp_replace(
    replace(replace(lower(text), 'én', '1'), 'éi', '1'),
    '[^\pL\pN%,.:/-]+|[,.:/-]+( |$)', '  ', 'g'
)) || ' ';

-- Whether words tell of few persons: 3 av 4, to deltakere, én er sykmeldt, ingen fikk
-- jobb; not of few firms or months, and not of a part of something.
create or replace macro words_of_few(words) as
    regexp_matches(words, ' ' || few() || ' (?: ?\pL+ ){0,2} ?' || persons())
    -- In English it leads on: to get young people into work, courses to participants.
    or regexp_matches(
        words, ' to +(?:(?:av|nye|andre|tidligere|gode) +)?(?:' || persons_nb() || ')'
    )
    or regexp_matches(
        words, ' (?:' || few() || '|to|ein|eitt|ei|en|ett|one) +' || of_them()
        || came_to() || ' '
    )
    or (
        regexp_matches(
            words, ' (?:' || few() || '|to|ein|en|one)' || of_all()
            || '(?:' || few() || '|to|ti|ten|1\d) '
        )
        and not regexp_matches(
            words, of_all() || '(?:\pL+|\d+) +' || others()
            || '| (?:del|part|trinn|steg|fase|step|phase|nr) +\d +(?:av|of) '
        )
    );

-- Most texts have no number below ten, which is seen at once.
create or replace macro tells_of_few(text) as if(
    regexp_matches(text, '(?i)(?:^|[^0-9])[1-9](?:[^0-9]|$)|\b(?:tre|fire|fem|seks|sju'
        || '|syv|ni|ingen|two|three|four|five|six|seven|eight|nine|nobody|none'
        || '|begge|both|to|ein|eitt|ei|en|ett|one)\b|åtte|én|éi'),
    -- Once for each sentence, where else each pattern would make the words anew.
    list_bool_or(list_transform(
        list_transform(sentences(text), lambda sentence: in_words(sentence)),
        lambda words: words_of_few(words)
    )),
    text is null and null
);
