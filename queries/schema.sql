-- The contract of data/: one table per file, one column per heading.
-- Types, keys, references and checks here are what intake holds every
-- file against; a check is a macro, and its name is the key of the message.
-- A column x_ids is a list written with | and refers to the table xs.

-- A date as precisely as it is known: 2016, 2016-05 or 2016-05-12.
create macro is_partial_date(text) as
    text is null
    or regexp_full_match(text, '\d{4}(-\d{2}(-\d{2})?)?')
    and try_cast(left(text || '-01-01', 10) as date) is not null;

-- A year or a span of years (2016, 2016/2019), a quarter or a month (2024-Q1,
-- 2024-05), or months that lie in two years, as a school year does (2023-08/2024-07).
create macro is_period(text) as
    regexp_full_match(text, '\d{4}(/\d{4})?|\d{4}-Q[1-4]'
        || '|\d{4}-(0[1-9]|1[0-2])(/\d{4}-(0[1-9]|1[0-2]))?')
    and regexp_extract(text, '^[^/]+') <= regexp_extract(text, '[^/]+$');

create macro earliest_day(text) as try_cast(left(text || '-01-01', 10) as date);

create macro latest_day(text) as
    case length(text)
        when 4 then earliest_day(text) + interval 1 year - interval 1 day
        when 7 then earliest_day(text) + interval 1 month - interval 1 day
        else earliest_day(text)
    end::date;

-- The first and the last day of a period.
create macro period_start(text) as
    if(text like '%-Q%',
        make_date(left(text, 4)::integer, 3 * right(text, 1)::integer - 2, 1),
        earliest_day(split_part(text, '/', 1)));

create macro period_end(text) as
    if(text like '%-Q%',
        (period_start(text) + interval 3 month - interval 1 day)::date,
        latest_day(split_part(text, '/', -1)));

-- An agreement is held to go on for so long after its last source: one of which the month
-- is known to the end of that month, which in a leap year has another day.
create macro still_confirmed(text) as
    case length(text)
        when 7 then last_day(earliest_day(text) + interval 24 month)
        else latest_day(text) + interval 24 month
    end::date;

create macro is_not_before(last_text, first_text) as
    latest_day(last_text) >= earliest_day(first_text);

create macro is_not_negative(number) as number >= 0;

create macro digit(text, place) as
    coalesce(try_cast(substr(text, place, 1) as integer), 0);

-- Brønnøysundregistrene: weights 3 2 7 6 5 4 3 2, modulus 11, which nine zeros keep to.
create macro is_organisation_number(text) as
    regexp_full_match(text, '\d{9}')
    and text <> '000000000'
    and (
        3 * digit(text, 1) + 2 * digit(text, 2) + 7 * digit(text, 3)
        + 6 * digit(text, 4) + 5 * digit(text, 5) + 4 * digit(text, 6)
        + 3 * digit(text, 7) + 2 * digit(text, 8) + digit(text, 9)
    ) % 11 = 0;

create macro is_municipality_number(text) as regexp_full_match(text, '\d{4}');

create macro are_municipality_numbers(texts) as
    regexp_full_match(array_to_string(texts, '|'), '\d{4}(\|\d{4})*');

-- A county has two digits, a municipality four.
create macro is_place_number(text) as regexp_full_match(text, '\d{2}(\d{2})?');

-- Whether a county or municipality is among, or has some of, these municipalities.
create macro is_place_of(place, municipalities) as
    len(list_filter(municipalities, lambda m: m = place or left(m, 2) = place)) > 0;

create macro is_another(id, other_id) as id <> other_id;
create macro is_web_address(text) as regexp_full_match(text, 'https?://[^\s/]+\.[^\s]+');

create macro is_colour(text) as regexp_full_match(text, '#[0-9a-fA-F]{6}');

-- The light of one of red, green and blue, "00" to "ff" (WCAG 2.2).
create macro light_of(hex) as if(
    try_cast('0x' || hex as integer) <= 10,
    try_cast('0x' || hex as integer) / 255 / 12.92,
    pow((try_cast('0x' || hex as integer) / 255 + 0.055) / 1.055, 2.4)
);

-- White letters on it can be read: a contrast of 4.5 to 1. What is no colour has
-- another finding.
create macro carries_white(text) as
    not is_colour(text)
    or 1.05 / (
        0.2126 * light_of(text[2:3]) + 0.7152 * light_of(text[4:5])
        + 0.0722 * light_of(text[6:7]) + 0.05
    ) >= 4.5;

-- What an SVG does or fetches besides being a picture.
create macro is_plain_svg(svg) as
    contains(svg, '<svg') and not regexp_matches(svg,
        '<script|<foreignobject|<!entity|javascript:|\son[a-z]+\s*=|@import|'
        || '(href|src)\s*=\s*["'']?\s*(https?:|//)|url\(\s*["'']?\s*(https?:|//)');

create macro is_picture(kind, content) as
    if(kind = 'png', starts_with(hex(content), '89504E470D0A1A0A'),
        is_plain_svg(lower(try(decode(content)))));

-- A picture in the field itself, so that it goes wherever the row goes; a cell of
-- a spreadsheet holds 32 767 characters, which is a file of 24 kB.
create macro is_logo(text) as
    text is null
    or length(text) <= 32767
    and regexp_full_match(text, 'data:image/(svg\+xml|png);base64,[A-Za-z0-9+/]+={0,2}')
    and coalesce(
        is_picture(text[12:14], try(from_base64(split_part(text, ',', 2)))), false
    );

create macro has_value_or_quote(value, quote) as
    value is not null or quote is not null;

-- A result is a number or words, or it is said that its number is not there.
create macro has_value_quote_or_status(value, value_status, quote) as
    value is not null or quote is not null or coalesce(value_status <> 'known', false);

create macro status_fits_value(value_status, value) as
    value_status is null or (value_status = 'known') = (value is not null);

-- Of an activity; or, in a year, of an agreement, or of a programme or a partner of
-- an association.
create macro has_origin(
    activity_id, programme, association, year, partnership_id, partner_id
) as
    activity_id is not null
    or (year is not null and coalesce(partnership_id, if(association is null, null,
        coalesce(programme, partner_id))) is not null);

-- Ages: 16-19 (or 16_19), or 30+.
create macro is_age_group(text) as
    regexp_full_match(text, '\d{1,2}([-_]\d{1,3}|\+)')
    and coalesce(
        try_cast(regexp_extract(text, '^\d+') as integer)
            <= try_cast(nullif(regexp_extract(text, '[-_](\d+)$', 1), '') as integer),
        true
    );

-- Whether a result breaks another one down, and is never added to it; and by what.
create macro is_breakdown(age_group, background) as
    age_group is not null or background is not null;

create macro breakdown_by(age_group, background) as
    case
        when age_group is not null and background is not null then 'both'
        when age_group is not null then 'age_group'
        when background is not null then 'background'
        else ''
    end;

-- What a score lies between: 1-6.
create macro is_scale(text) as
    regexp_full_match(text, '\d{1,3}-\d{1,3}')
    and try_cast(split_part(text, '-', 1) as integer)
        < try_cast(split_part(text, '-', 2) as integer);

create macro is_age_span(age_from, age_to) as
    coalesce(age_from between 0 and 120, true)
    and coalesce(age_to between 0 and 120, true)
    and coalesce(age_from <= age_to, true);

create macro has_next_step(due_date, next_step) as
    due_date is null or next_step is not null;

create macro has_giver(giver, partner_ids) as
    (giver = 'partners') = (partner_ids is not null);

create macro has_amount_or_description(amount, description) as
    amount is not null or description is not null;

create macro money_has_currency(currency, contribution_kind, amount) as
    contribution_kind = 'hours' or amount is null or currency is not null;

create macro hours_have_no_currency(currency, contribution_kind) as
    contribution_kind <> 'hours' or currency is null;

-- How far a rounded count of people may be from the true one: nothing is rounded
-- but in what the public sees.
create macro rounded_within() as 0;

create macro within_of(counts_people) as
    if(counts_people = 'yes', rounded_within(), 0);

-- The day a result can be known: when the round begins, or when six or twelve
-- whole months have passed after the month in which it ended.
create macro due_on(measured_at, begins_on, ends_on) as
    case measured_at
        when '6_months' then date_trunc('month', ends_on) + interval 7 month
        when '12_months' then date_trunc('month', ends_on) + interval 13 month
        else begins_on
    end::date;

-- What is said of an agreement; its dates decide in which years it counts.
create type agreement_status as enum (
    'planned', 'signed', 'in_force', 'paused', 'ended'
);
-- From the widest to the narrowest: one may be part of those before it.
create type agreement_level as enum ('framework', 'project', 'contract');
create type work_status as enum (
    'planned', 'under_way', 'done', 'stopped', 'unknown'
);
create type giver as enum ('association', 'partners', 'others');
create type contribution_kind as enum ('cash', 'hours', 'in_kind');
create type contribution_state as enum ('granted', 'paid', 'estimated');
-- In order of strength: where kinds mix, the last one decides the wording.
create type evidence as enum (
    'register', 'employer', 'participant', 'estimate', 'unstated',
    'illustrative'
);
create type target_evidence as enum ('stated', 'illustrative');
create type date_qualifier as enum ('exact', 'about', 'no_later_than');
create type count_qualifier as enum ('exact', 'about', 'over', 'nearly');
create type measuring_point as enum ('exit', '6_months', '12_months');
create type result_status as enum ('known', 'missing', 'suppressed', 'not_yet');
create type unit as enum (
    'persons', 'fte', 'organisations', 'nok', 'count', 'share', 'score'
);
create type level as enum ('output', 'outcome');
create type adding as enum ('sum', 'distinct', 'latest', 'never');
create type yes_no as enum ('yes', 'no');

-- Measures that the pages work out themselves, from other rows.
create macro computed_measures() as [
    'active_partnerships', 'partnerships_started', 'partnerships_ended',
    'partners_with_agreement', 'partners_in_activities', 'agreements_in_activities',
    'activities_held', 'registered', 'attended', 'employers', 'placements',
    'placement_rate', 'retention_rate', 'target_attainment'
];

create table partner_types (
    partner_type varchar primary key,
    name_nb varchar not null,
    name_en varchar not null,
    position integer not null
);

create table partnership_types (
    partnership_type varchar primary key,
    name_nb varchar not null,
    name_en varchar not null,
    position integer not null
);

-- Of persons: held for what they lead to for those who take part. Open to all: how
-- many came is no secret (open_to_all.sql).
create table activity_types (
    activity_type varchar primary key,
    name_nb varchar not null,
    name_en varchar not null,
    position integer not null,
    aims_at_persons yes_no,
    open_to_all yes_no
);

create table measures (
    measure varchar primary key,
    name_nb varchar not null,
    name_en varchar not null,
    definition_nb varchar not null,
    definition_en varchar not null,
    unit unit not null,
    scale varchar check (is_scale(scale)),
    level level not null,
    adds adding not null,
    counts_people yes_no not null,
    higher_is_better yes_no not null,
    can_be_negative yes_no,
    definition_source varchar,
    caveat_nb varchar,
    caveat_en varchar
);

-- What an association is called and shows first. One that isn't here has its name
-- as it stands in the other files.
create table associations (
    association varchar primary key,
    short_name varchar,
    organisation_number varchar
        check (is_organisation_number(organisation_number)),
    area varchar,
    municipalities varchar[] check (are_municipality_numbers(municipalities)),
    site varchar check (is_web_address(site)),
    title_colour varchar check (is_colour(title_colour))
        check (carries_white(title_colour)),
    band_colour varchar check (is_colour(band_colour)),
    logo varchar check (is_logo(logo)),
    flagship_programme varchar,
    key_figures varchar[],
    target_measure varchar references measures (measure),
    source varchar,
    note varchar
);

create table partners (
    partner_id varchar primary key,
    name varchar not null,
    partner_type varchar not null references partner_types (partner_type),
    organisation_number varchar
        check (is_organisation_number(organisation_number)),
    head_id varchar references partners (partner_id),
    valid_from varchar check (is_partial_date(valid_from)),
    valid_to varchar check (is_partial_date(valid_to)),
    municipality varchar check (is_municipality_number(municipality)),
    note varchar,
    check (is_not_before(valid_to, valid_from))
);

create table successions (
    predecessor_id varchar not null references partners (partner_id),
    successor_id varchar not null references partners (partner_id),
    date varchar check (is_partial_date(date)),
    association varchar,
    place varchar check (is_place_number(place)),
    source varchar,
    note varchar,
    check (is_another(successor_id, predecessor_id))
);

create table partnerships (
    partnership_id varchar primary key,
    association varchar not null,
    title varchar not null,
    partnership_type varchar not null references partnership_types (partnership_type),
    partner_ids varchar[] not null,
    programme varchar,
    start_date varchar check (is_partial_date(start_date)),
    start_qualifier date_qualifier,
    end_date varchar check (is_partial_date(end_date)),
    end_qualifier date_qualifier,
    agreement_status agreement_status,
    agreement_level agreement_level,
    part_of varchar references partnerships (partnership_id),
    confirmed_date varchar check (is_partial_date(confirmed_date)),
    confirmed_role varchar,
    confirmed_source varchar,
    asked_date varchar check (is_partial_date(asked_date)),
    purpose varchar,
    focus_areas varchar,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (is_not_before(end_date, start_date))
);

create table programmes (
    association varchar not null,
    programme varchar not null,
    target_group varchar,
    age_from integer,
    age_to integer,
    purpose varchar,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (is_age_span(age_from, age_to))
);

-- What is done under an agreement. A column that ends in _role names no person.
create table work_streams (
    work_stream_id varchar primary key,
    partnership_id varchar not null references partnerships (partnership_id),
    title varchar not null,
    programme varchar,
    work_status work_status not null,
    achieved varchar,
    next_step varchar,
    due_date varchar check (is_partial_date(due_date)),
    own_role varchar,
    partner_role varchar,
    evidence evidence not null,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (has_next_step(due_date, next_step))
);

-- What goes into an agreement. Nothing of different kind, currency or state is
-- ever added.
create table contributions (
    contribution_id varchar primary key,
    partnership_id varchar not null references partnerships (partnership_id),
    giver giver not null,
    partner_ids varchar[],
    contribution_kind contribution_kind not null,
    amount decimal(14, 2) check (is_not_negative(amount)),
    amount_qualifier count_qualifier,
    currency varchar,
    description varchar,
    contribution_state contribution_state not null,
    granted_date varchar check (is_partial_date(granted_date)),
    year varchar check (is_period(year)),
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (has_giver(giver, partner_ids)),
    check (has_amount_or_description(amount, description)),
    check (money_has_currency(currency, contribution_kind, amount)),
    check (hours_have_no_currency(currency, contribution_kind))
);

create table activities (
    activity_id varchar primary key,
    association varchar not null,
    partnership_ids varchar[],
    partner_ids varchar[],
    programme varchar,
    activity_type varchar not null references activity_types (activity_type),
    title varchar not null,
    start_date varchar check (is_partial_date(start_date)),
    end_date varchar check (is_partial_date(end_date)),
    date_qualifier date_qualifier,
    municipality varchar check (is_municipality_number(municipality)),
    cancelled yes_no,
    registered_count integer check (is_not_negative(registered_count)),
    attended_count integer check (is_not_negative(attended_count)),
    employer_count integer check (is_not_negative(employer_count)),
    count_qualifier count_qualifier,
    evidence evidence not null,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (is_not_before(end_date, start_date))
);

create table outcomes (
    outcome_id varchar primary key,
    activity_id varchar references activities (activity_id),
    programme varchar,
    association varchar,
    year varchar check (is_period(year)),
    partnership_id varchar references partnerships (partnership_id),
    partner_id varchar references partners (partner_id),
    measure varchar not null references measures (measure),
    value decimal(18, 6),
    value_status result_status,
    quote varchar,
    measured_at measuring_point,
    followed_up_count integer check (is_not_negative(followed_up_count)),
    age_group varchar check (is_age_group(age_group)),
    background varchar,
    evidence evidence not null,
    value_qualifier count_qualifier,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar,
    check (has_value_quote_or_status(value, value_status, quote)),
    check (status_fits_value(value_status, value)),
    check (has_origin(activity_id, programme, association, year, partnership_id,
        partner_id))
);

create table targets (
    association varchar not null,
    programme varchar,
    partnership_id varchar references partnerships (partnership_id),
    measure varchar not null references measures (measure),
    year varchar not null check (is_period(year)),
    value decimal(18, 6),
    quote varchar,
    baseline decimal(18, 6),
    evidence target_evidence not null,
    source varchar,
    note varchar,
    check (has_value_or_quote(value, quote))
);

-- Context: what others have published of the association, its area or comparable
-- programmes. It stands beside our own figures and is part of none of them.
-- Without an association it is every one's, with a programme it stands beside that.

-- A year, a span of years, a half, quarter, month or week of one, or a day.
create macro is_any_period(text) as
    text is null or is_period(text) or is_partial_date(text)
    or regexp_full_match(text, '\d{4}-(H[12]|Q[1-4])')
    -- Written again it is another week where the year has none such: few have a 53rd.
    or strftime(try_strptime(text || '-1', '%G-W%V-%u'), '%G-W%V')
        is not distinct from text;

-- What is not known has a reason, and no figure; a day may stand for the figure.
create macro has_value_or_reason(value, event_date, value_status) as
    (value is not null or event_date is not null) = (
        coalesce(value_status, 'known') in ('known', 'provisional')
    );

create macro has_source(source, source_title) as
    source is not null or source_title is not null;

create type value_status as enum (
    'known', 'provisional', 'missing', 'suppressed', 'not_applicable'
);

create table context (
    context_id varchar primary key,
    association varchar,
    programme varchar,
    subject varchar not null,
    indicator_nb varchar not null,
    indicator_en varchar,
    population_nb varchar,
    population_en varchar,
    unit_nb varchar,
    unit_en varchar,
    period varchar check (is_any_period(period)),
    value decimal(18, 6),
    value_status value_status,
    value_qualifier count_qualifier,
    event_date varchar check (is_partial_date(event_date)),
    source varchar,
    source_title varchar,
    source_date varchar check (is_partial_date(source_date)),
    caveat_nb varchar,
    caveat_en varchar,
    note varchar,
    check (has_value_or_reason(value, event_date, value_status)),
    check (has_source(source, source_title))
);

-- What happened: what figures over time are seen beside, never a reason that is
-- proved. Without an association it is every one's.
create type event_kind as enum ('reform', 'pandemic', 'agreement', 'method', 'other');

create table events (
    event_id varchar primary key,
    association varchar,
    event_kind event_kind not null,
    date varchar not null check (is_partial_date(date)),
    title_nb varchar not null,
    title_en varchar,
    is_internal yes_no,
    source varchar,
    source_date varchar check (is_partial_date(source_date)),
    note varchar
);

-- What a reader should know of a measure in a period.
create table remarks (
    remark_id varchar primary key,
    association varchar,
    measure varchar not null references measures (measure),
    period varchar not null check (is_period(period)),
    text_nb varchar not null,
    text_en varchar,
    is_internal yes_no,
    source varchar,
    source_date varchar check (is_partial_date(source_date))
);
