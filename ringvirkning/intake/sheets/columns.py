"""What the columns of a sheet are, by their headings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from openpyxl.utils import get_column_letter

from queries.contract import Table
from ringvirkning.intake.sheets import EACH, LEAVE_OUT, Decisions, Row
from ringvirkning.intake.sheets.across import (
    FEWEST_ACROSS,
    HeadingNames,
    across_choice,
    anew_across,
    figure_kind,
    heading_texts,
    told_across,
)
from ringvirkning.intake.sheets.computed import (
    ALL_JOBS,
    COMPUTED,
    computed_columns,
    given_instead,
    sums_apart,
)
from ringvirkning.intake.sheets.dates import date_ways
from ringvirkning.intake.sheets.facts import is_total
from ringvirkning.intake.sheets.firms import AGREEMENTS, CALLED, WITH_WHOM, told_of_firms
from ringvirkning.intake.sheets.new_measures import NEW_MEASURE, named_anew
from ringvirkning.intake.sheets.numbers import number_ways
from ringvirkning.intake.sheets.pairs import YEAR_IN_NAME, both_in
from ringvirkning.intake.sheets.vocabulary import (
    headings,
    headings_alone,
    near,
    plain,
    plain_heading,
    remarks,
    synonyms,
    word_list,
)
from ringvirkning.intake.sheets.wide import (
    AND,
    HELD,
    LATER,
    TABLE,
    TARGET,
    TARGET_ALONE,
    TARGETS,
    choice,
    heading_parts,
    is_across,
    measure_choice,
    measure_options,
    says_more,
    stated,
)

MOST_ASKED = 3  # columns about which each is asked at once
LONGEST_LIST = 160  # characters of their names
SHORTEST_ALIKE = 5  # letters of a heading that may be a misspelt one: "rom" is not "fom"
RESULTS = "results"  # an answer to what figures are, beside targets
SAMPLED = 40  # rows in which the first cells of a column are looked for


def chosen_columns(
    table: Table,
    header: Row,
    other: Row | None,
    below: list[Row],
    sheet: str,
    named: HeadingNames,
    choices: Decisions,
) -> tuple[dict[int, str], dict[str, str]]:
    """The columns by place, and the titles of those that are left to the pages to work out, each
    with the rule that says so; `other` is the second row of headings, if there are two. Two
    headings for one column are both asked about; of more than a few columns of which nothing is
    known it is asked first whether all are left out."""
    used = {place for row in below for place in row.filled}
    width = max([*header.filled, *(other.filled if other else []), *used], default=-1) + 1
    texts = heading_texts(header, other, width)
    titles = {place: " ".join(" ".join(filter(None, texts[place])).split()) for place in texts}
    plainly = {p: plain_heading(title) for p, title in titles.items() if title or p in used}
    meant = meanings(table, {place: texts[place] for place in plainly}, below, named)
    apart = sums_apart(meant, below)
    meant |= (computed := computed_columns(meant, below))
    meant |= {
        p: LEAVE_OUT for p, word in plainly.items() if not meant[p] and no_place(word, below, p)
    }
    asked = [
        place
        for place, heading in plainly.items()
        if place in used and heading not in remarks() and meant[place] is None
    ]
    known = wide_measures(table, meant, named)
    of_words = told_by_words(table, header, {p: texts[p] for p in asked}, sheet, known, choices)
    meant |= {place: name for place, name in of_words.items() if name}
    asked = [place for place in asked if place not in of_words]
    claims = Counter(meant.values())
    rest = of_the_rest(table, header, {p: titles[p] for p in asked}, sheet, meant, choices)
    own = [column.name for column in table.columns]
    chosen, taken = {}, {name for name in meant.values() if name}
    for place, heading in sorted(plainly.items()):
        if place in of_words and of_words[place] is None:
            continue  # not until it is said what its figures are
        if heading in remarks() or (place not in used and meant[place] in (None, LEAVE_OUT)):
            continue  # nothing of theirs stands below: nothing is lost
        found = meant[place]
        alike = [found] if found else likely_columns(heading, table, known)
        # Without a column for whom, a name may be theirs.
        is_nobodys = (
            (table.name, found) == (AGREEMENTS, CALLED)
            and headings("partners").get(heading) == "name"
            and WITH_WHOM not in meant.values()
        )
        alike = [*[WITH_WHOM] * is_nobodys, *alike]
        likely = [name for name in alike if name == found or name not in taken]
        taken |= {*likely[:1]}
        is_sure = claims[found] == 1 and not is_nobodys
        value = found if found == LEAVE_OUT or is_sure else None
        if place in asked and rest == "programme":
            value = f"programme:{titles[place]}"
        elif place in asked and rest != EACH:
            value = rest
        letter = get_column_letter(place + 1)
        if place in asked and rest is None and f"{sheet}/column/{letter}" not in choices.asked:
            continue  # not until it is said that each is asked about
        value = choices.decide(
            "column",
            value,
            dict.fromkeys(
                [
                    *([value] if value else likely),
                    *(kinds_offered(texts[place], table, known) if place in asked else []),
                    LEAVE_OUT,
                    *[NEW_MEASURE] * (place in asked and is_new_name(texts[place], table, known)),
                    *(own if table.name == HELD else []),
                    *measure_options(heading, known.measures),
                    *own,
                ]
            ),
            says_more(value or ""),
            sheet=sheet,
            about=letter,
            row=header.number,
            column=titles[place] or letter,
            found=None if no_place(heading) == "persons" else sample(below, place),
            is_guessed=bool(value or likely),
        )
        if value == NEW_MEASURE:
            chosen[place] = anew_across(
                texts[place],
                table,
                known,
                lambda text: named_anew(
                    text, header.number, None, sheet, named.measures.values(), choices
                ),
            )
        elif value and value != LEAVE_OUT:
            chosen[place] = value
    left = [p for p, name in computed.items() if name and p in used and p not in chosen]
    return chosen, {titles[p]: "other_jobs_left_out" if p in apart else COMPUTED for p in left}


def told_by_words(
    table: Table,
    header: Row,
    texts: Mapping[int, Sequence[str]],
    sheet: str,
    known: HeadingNames,
    choices: Decisions,
) -> dict[int, str | None]:
    """What columns are whose headings have the same words for several times: asked once for all of
    them. None while it is open."""
    told = {place: told_across(some, table, known) for place, some in texts.items()}
    times = Counter(plain_heading(words) for said, words in told.values() if said)
    codes = [*stated(known.measures.values())]
    found = dict[int, str | None]()
    for place, (said, words) in told.items():
        is_name = is_new_name(texts[place], table, known)
        # Where the measures have a column, words beside a time say what kind of figures they are.
        is_kind = table.name == TABLE and not known.measures and bool(words)
        is_several = times[plain_heading(words)] >= FEWEST_ACROSS
        if not said or not is_several or not (is_kind or is_name):
            continue
        bare, point = heading_parts(plain_heading(words))
        # What is called as a measure, and was not taken for it, is something else's heading, too.
        is_others = known.measures.get(bare, ALL_JOBS) != ALL_JOBS
        alike = [] if is_others else measures_like(bare, known)
        options = [*alike, NEW_MEASURE, *(code for code in codes if point or code != LATER)]
        options = [RESULTS, TARGETS] if is_kind else options
        value = choices.decide(
            "heading",
            None,
            dict.fromkeys([*options, LEAVE_OUT]),
            sheet=sheet,
            about=f"measure:{plain_heading(words)[:80]}",
            row=header.number,
            found=words[:80],
            is_guessed=bool(alike),
        )
        if value == NEW_MEASURE:
            code_of = partial(
                named_anew,
                row=header.number,
                column=None,
                sheet=sheet,
                taken=known.measures.values(),
                choices=choices,
            )
            found[place] = anew_across(texts[place], table, known, code_of)
        else:
            kinds = {RESULTS: said, TARGETS: [*said, TARGET_ALONE]} if is_kind else {}
            told_of = kinds.get(value or "") or [choice(value, point), *said]
            found[place] = value if value in (None, LEAVE_OUT) else AND.join(told_of)
    return found


def kinds_offered(texts: Sequence[str], table: Table, known: HeadingNames) -> list[str]:
    """What figures beside a time may be where the measures have a column: results, or targets."""
    said, _ = told_across(texts, table, known)
    if not said or known.measures or table.name != TABLE:
        return []
    return [AND.join(said), AND.join(dict.fromkeys([*said, TARGET_ALONE]))]


def likely_columns(heading: str, table: Table, known: HeadingNames) -> list[str]:
    """What a heading may mean that is misspelt or says little; one of few letters nothing."""
    said = synonyms().get("likely", {}).get(table.name, {})
    if named := [name for name, words in said.items() if heading in map(plain, words)]:
        return named
    if len(heading) < SHORTEST_ALIKE:
        return []
    bare, point = heading_parts(figure_kind(heading)[1] if table.name == TABLE else heading)
    measures = (choice(code, point) for code in measures_like(bare, known))
    return [*near(heading, headings(table.name)), *measures]


def measures_like(bare: str, known: HeadingNames) -> list[str]:
    """The measures that a heading may mean, as they may be given."""
    return [*stated(map(given_instead, near(bare, known.measures)))]


def is_new_name(texts: Sequence[str], table: Table, known: HeadingNames) -> bool:
    """Whether headings may name a measure that is not there yet; one with a year in it is none."""
    _, name = told_across(texts, table, known)
    may_be = known.measures and name and not no_place(plain_heading(name))
    return bool(may_be) and not YEAR_IN_NAME.search(name)


def wide_measures(
    table: Table, meant: Mapping[int, str | None], named: HeadingNames
) -> HeadingNames:
    """What headings may name; measures only where figures have no column of them."""
    is_wide = table.name in (TABLE, HELD) and "measure" not in meant.values()
    return named if is_wide else named._replace(measures={})


def meanings(
    table: Table, texts: Mapping[int, Sequence[str]], below: list[Row], named: HeadingNames
) -> dict[int, str | None]:
    """What the headings of a sheet stand for, by place."""
    words = headings(table.name)
    meant = {p: words.get(plain_heading(" ".join(some))) for p, some in texts.items()}
    meant |= dict.fromkeys(told_better(table, texts, meant))
    if table.name == TABLE:
        meant |= told_by_kind(texts, meant, below)
    of_names = named._replace(measures={})
    crossed = [p for p in texts if meant[p] is None and across_choice(texts[p], table, of_names)]
    if len(crossed) >= FEWEST_ACROSS:
        sums = word_list("row", "total")
        meant |= {p: LEAVE_OUT for p, some in texts.items() if plain(" ".join(some)) in sums}
    ends = {p: some[-1] for p, some in texts.items() if len(some) > 1}
    meant |= {p: LEAVE_OUT for p, text in ends.items() if plain(text) in word_list("row", "total")}
    if len(crossed) >= FEWEST_ACROSS and any(column.name == "measure" for column in table.columns):
        others = [p for p in texts if meant[p] in (None, "value") and p not in crossed]
        measured = [p for p in others if are_measures(below, p, named.measures)]
        if len(measured) == 1 and "measure" not in meant.values():
            meant[measured[0]] = "measure"
    known = wide_measures(table, meant, named)
    for place, some in texts.items():
        heading = " ".join(some)
        if meant[place] is None and heading:
            meant[place] = (
                measure_choice(plain_heading(heading), known.measures)
                if "value" in meant.values()
                else across_choice(some, table, known)
            ) or both_in(heading, table)
    if table.name == AGREEMENTS:
        meant |= told_of_firms(
            {p: plain_heading(" ".join(some)) for p, some in texts.items()}, meant
        )
    return meant


def told_better(
    table: Table, texts: Mapping[int, Sequence[str]], meant: Mapping[int, str | None]
) -> Iterator[int]:
    """The places whose heading may be anything's, "Type", beside one for the same column that is
    this table's alone, "Avtaletype"."""
    alone = headings_alone(table.name)
    own = {p for p, some in texts.items() if plain_heading(" ".join(some)) in alone}
    for place, name in meant.items():
        better = [p for p in own if name and meant[p] == name]
        if len(better) == 1 and place not in own:
            yield place


def told_by_kind(
    texts: Mapping[int, Sequence[str]], meant: Mapping[int, str | None], rows: list[Row]
) -> dict[int, str]:
    """The columns of numbers that are headed as targets, "Mål", and of results beside them."""
    kinds = {place: figure_kind(" ".join(some)) for place, some in texts.items()}
    alone = {p: kind for p, (kind, rest) in kinds.items() if not rest and are_numbers(rows, p)}
    targets = [place for place, kind in alone.items() if kind == TARGET]
    results = [place for place, kind in alone.items() if kind == "result"]
    is_first = "value" not in [name for p, name in meant.items() if p not in alone]
    values = {place: "value" for place in results[:1] if targets and is_first}
    return values | {place: TARGET_ALONE for place in targets[:1]}


def are_numbers(rows: list[Row], place: int) -> bool:
    cells = [row.cell(place).text for row in rows[:SAMPLED] if row.cell(place).text]
    return bool(cells) and all(any(map(number_ways, (cell, cell.rstrip(" %")))) for cell in cells)


def are_measures(rows: list[Row], place: int, measures: Mapping[str, str]) -> bool:
    """Whether most cells of a column are names of measures."""
    cells = {plain(row.cell(place).text) for row in rows[:SAMPLED]} - {""}
    return bool(cells) and 2 * len(cells & measures.keys()) >= len(cells)


def of_the_rest(
    table: Table,
    header: Row,
    titles: Mapping[int, str],
    sheet: str,
    meant: Mapping[int, str | None],
    choices: Decisions,
) -> str | None:
    """What is done with the columns of which nothing is known: asked once where they are many, or
    may all be programmes with their figures."""
    names = {column.name for column in table.columns}
    may_be_programmes = (
        len(titles) >= FEWEST_ACROSS
        and {"programme", "value"} <= names
        and {"programme", "value"}.isdisjoint(name or "" for name in meant.values())
        and not any(is_across(name or "") for name in meant.values())
    )
    if len(titles) <= MOST_ASKED and not may_be_programmes:
        return EACH
    options = [*["programme"] * may_be_programmes, LEAVE_OUT, EACH]
    shown = ", ".join(titles.values())
    if len(shown) > LONGEST_LIST:
        shown = f"{shown[:LONGEST_LIST].rpartition(', ')[0]} …"
    return choices.decide(
        "rest",
        None,
        options,
        sheet=sheet,
        row=header.number,
        found=shown,
        is_guessed=not may_be_programmes,
    )


def no_place(heading: str, rows: Sequence[Row] = (), place: int = 0) -> str:
    """Why a column is left out unless asked for: it names `persons`, is `computed` by the pages, or
    of no use here. Of some `rows` one that holds but days names none: "Kontakt siden"."""
    bare = heading.rstrip("0123456789 ")
    if not word_list("leave_out", "persons").isdisjoint([bare, *bare.split()]):
        return "" if days_in(rows, place) else "persons"
    return next((why for why in ("computed", "other") if bare in word_list("leave_out", why)), "")


def days_in(rows: Sequence[Row], place: int) -> bool:
    """Whether a column holds days or years alone."""
    cells = [row.cell(place) for row in rows if row.cell(place).text]
    return bool(cells) and all(cell.kind == "date" or is_day(cell.text) for cell in cells)


def is_day(text: str) -> bool:
    """Whether a text is a day or a year; a number of five digits is none."""
    return bool(YEAR_IN_NAME.fullmatch(text) or (not text.isdecimal() and date_ways(text)[0]))


def sample(rows: list[Row], place: int) -> str | None:
    """The first cells of a column, by which one knows what it is."""
    facts = (row for row in rows[:SAMPLED] if not is_total(row))
    texts = (" ".join(row.cell(place).text.split()) for row in facts)
    shown = islice(dict.fromkeys(filter(None, texts)), 3)
    return ", ".join(text[:25] for text in shown) or None
