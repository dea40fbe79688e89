"""What the columns of a sheet are, by their headings and by who is asked."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import islice

from openpyxl.utils import get_column_letter

from queries.contract import Table
from ringvirkning.intake.sheets import EACH, LEAVE_OUT, Decisions, Row
from ringvirkning.intake.sheets.across import (
    FEWEST_ACROSS,
    HeadingNames,
    anew_across,
    told_across,
)
from ringvirkning.intake.sheets.computed import (
    ALL_JOBS,
)
from ringvirkning.intake.sheets.facts import is_total
from ringvirkning.intake.sheets.meanings import (
    SAMPLED,
    Headings,
    measures_like,
    no_place,
    wide_measures,
)
from ringvirkning.intake.sheets.new_measures import NEW_MEASURE, named_anew
from ringvirkning.intake.sheets.pairs import YEAR_IN_NAME
from ringvirkning.intake.sheets.vocabulary import (
    plain_heading,
)
from ringvirkning.intake.sheets.wide import (
    AND,
    HELD,
    LATER,
    TABLE,
    TARGET_ALONE,
    TARGETS,
    choice,
    heading_parts,
    is_across,
    measure_options,
    says_more,
    stated,
)

MOST_ASKED = 3  # columns about which each is asked at once
LONGEST_LIST = 160  # characters of their names
RESULTS = "results"  # an answer to what figures are, beside targets


def chosen_columns(
    of: Headings, named: HeadingNames, choices: Decisions
) -> tuple[dict[int, str], dict[str, str]]:
    """The columns by place, and the titles of those that are left to the pages to work out, each
    with the rule that says so. Two headings for one column are both asked about; of more than a few
    columns of which nothing is known it is asked first whether all are left out."""
    known = wide_measures(of.table, of.meant, named)
    of_words = told_by_words(of, known, choices)
    of.meant.update({place: name for place, name in of_words.items() if name})
    unknown = [place for place in of.unknown() if place not in of_words]
    rest = of_the_rest(of, unknown, choices)
    claims = Counter(of.meant.values())
    chosen, taken = dict[int, str](), {name for name in of.meant.values() if name}
    for place in sorted(of.plainly):
        if of.is_nothing(place) or of_words.get(place, "") is None:
            continue  # the latter not until it is said what its figures are
        found, letter = of.meant[place], get_column_letter(place + 1)
        likely = [name for name in of.alike(place, known) if name == found or name not in taken]
        taken |= {*likely[:1]}
        is_sure = claims[found] == 1 and not of.is_nobodys(place)
        value = found if found == LEAVE_OUT or is_sure else None
        if place in unknown:
            if rest is None and f"{of.sheet}/column/{letter}" not in choices.asked:
                continue  # not until it is said that each is asked about
            if rest != EACH:
                value = f"programme:{of.titles[place]}" if rest == "programme" else rest
        value = decided_column(of, place, value, likely, known, place in unknown, choices)
        if value == NEW_MEASURE:
            chosen[place] = new_measure(of, place, known, choices)
        elif value and value != LEAVE_OUT:
            chosen[place] = value
    left = {of.titles[p]: rule for p, rule in of.computed.items() if p not in chosen}
    return chosen, left


def decided_column(
    of: Headings,
    place: int,
    value: str | None,
    likely: Sequence[str],
    known: HeadingNames,
    is_unknown: bool,
    choices: Decisions,
) -> str | None:
    """What a column is, by who was asked or, if it is sure, by its heading: `value`."""
    texts, table, letter = of.texts[place], of.table, get_column_letter(place + 1)
    own = [column.name for column in table.columns]
    options = [
        *([value] if value else likely),
        *(kinds_offered(texts, table, known) if is_unknown else []),
        LEAVE_OUT,
        *[NEW_MEASURE] * (is_unknown and is_new_name(texts, table, known)),
        *(own if table.name == HELD else []),
        *measure_options(of.plainly[place], known.measures),
        *own,
    ]
    return choices.decide(
        "column",
        value,
        dict.fromkeys(options),
        says_more(value or ""),
        sheet=of.sheet,
        about=letter,
        row=of.header.number,
        column=of.titles[place] or letter,
        found=None if no_place(of.plainly[place]) == "persons" else sample(of.below, place),
        is_guessed=bool(value or likely),
    )


def new_measure(of: Headings, place: int, known: HeadingNames, choices: Decisions) -> str:
    """What a column is whose heading names a measure that is not there yet."""
    code_of = partial(
        named_anew,
        row=of.header.number,
        column=None,
        sheet=of.sheet,
        taken=known.measures.values(),
        choices=choices,
    )
    return anew_across(of.texts[place], of.table, known, code_of)


def told_by_words(of: Headings, known: HeadingNames, choices: Decisions) -> dict[int, str | None]:
    """What columns are whose headings have the same words for several times: asked once for all of
    them. None while it is open."""
    table, texts = of.table, of.unknown()
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
            sheet=of.sheet,
            about=f"measure:{plain_heading(words)[:80]}",
            row=of.header.number,
            found=words[:80],
            is_guessed=bool(alike),
        )
        if value == NEW_MEASURE:
            found[place] = new_measure(of, place, known, choices)
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


def is_new_name(texts: Sequence[str], table: Table, known: HeadingNames) -> bool:
    """Whether headings may name a measure that is not there yet; one with a year in it is none."""
    _, name = told_across(texts, table, known)
    may_be = known.measures and name and not no_place(plain_heading(name))
    return bool(may_be) and not YEAR_IN_NAME.search(name)


def of_the_rest(of: Headings, unknown: Sequence[int], choices: Decisions) -> str | None:
    """What is done with the columns of which nothing is known: asked once where they are many, or
    may all be programmes with their figures."""
    needed, meant = {"programme", "value"}, {name or "" for name in of.meant.values()}
    may_be_programmes = (
        len(unknown) >= FEWEST_ACROSS
        and needed <= {column.name for column in of.table.columns}
        and needed.isdisjoint(meant)
        and not any(map(is_across, meant))
    )
    if len(unknown) <= MOST_ASKED and not may_be_programmes:
        return EACH
    options = [*["programme"] * may_be_programmes, LEAVE_OUT, EACH]
    shown = ", ".join(of.titles[place] for place in unknown)
    if len(shown) > LONGEST_LIST:
        shown = f"{shown[:LONGEST_LIST].rpartition(', ')[0]} …"
    return choices.decide(
        "rest",
        None,
        options,
        sheet=of.sheet,
        row=of.header.number,
        found=shown,
        is_guessed=not may_be_programmes,
    )


def sample(rows: list[Row], place: int) -> str | None:
    """The first cells of a column, by which one knows what it is."""
    facts = (row for row in rows[:SAMPLED] if not is_total(row))
    texts = (" ".join(row.cell(place).text.split()) for row in facts)
    shown = islice(dict.fromkeys(filter(None, texts)), 3)
    return ", ".join(text[:25] for text in shown) or None
