"""What the columns of a sheet are, by their headings."""

from collections import Counter
from collections.abc import Mapping
from itertools import islice

from openpyxl.utils import get_column_letter

from queries.contract import Table
from ringvirkning.intake.sheets import LEAVE_OUT, Decisions, Row
from ringvirkning.intake.sheets.facts import is_total
from ringvirkning.intake.sheets.pairs import both_in
from ringvirkning.intake.sheets.vocabulary import headings, near, plain_heading, remarks, word_list
from ringvirkning.intake.sheets.wide import HELD, TABLE, measure_choice, measure_options

SAMPLED = 40  # rows in which the first cells of a column are looked for


def chosen_columns(
    table: Table,
    header: Row,
    below: list[Row],
    sheet: str,
    measures: Mapping[str, str],
    choices: Decisions,
) -> dict[int, str]:
    """The columns by place. Two headings for one column are both asked about."""
    words = headings(table.name)
    used = {place for row in below for place in row.filled}
    plainly = {place: plain_heading(header.cell(place).text) for place in {*header.filled, *used}}
    meant = {place: words.get(heading) for place, heading in plainly.items()}
    is_wide = table.name in (TABLE, HELD) and "measure" not in meant.values()
    known = measures if is_wide else {}
    meant |= {p: measure_choice(plainly[p], known) for p, column in meant.items() if column is None}
    pairs = {p: both_in(header.cell(p).text, table) for p, column in meant.items() if not column}
    meant |= {place: pair for place, pair in pairs.items() if pair}
    claims = Counter(meant.values())
    chosen = {}
    for place, heading in sorted(plainly.items()):
        if heading in remarks() or (meant[place] is None and place not in used):
            continue  # nothing of theirs stands below: nothing is lost
        likely = [meant[place]] if meant[place] else near(heading, words)
        unwanted = "" if likely else no_place(heading)
        value = choices.decide(
            "column",
            LEAVE_OUT if unwanted else meant[place] if claims[meant[place]] == 1 else None,
            dict.fromkeys(
                [
                    *likely,
                    LEAVE_OUT,
                    *measure_options(heading, known),
                    *(column.name for column in table.columns),
                ]
            ),
            sheet=sheet,
            about=get_column_letter(place + 1),
            row=header.number,
            column=" ".join(header.cell(place).text.split()) or get_column_letter(place + 1),
            found=None if unwanted == "persons" else sample(below, place),
        )
        if value and value != LEAVE_OUT:
            chosen[place] = value
    return chosen


def no_place(heading: str) -> str:
    """Why a column is left out unless asked for: it names `persons`, or is of no use here."""
    bare = heading.rstrip("0123456789 ")
    if not word_list("leave_out", "persons").isdisjoint([bare, *bare.split()]):
        return "persons"
    return "other" if bare in word_list("leave_out", "other") else ""


def sample(rows: list[Row], place: int) -> str | None:
    """The first cells of a column, by which one knows what it is."""
    facts = (row for row in rows[:SAMPLED] if not is_total(row))
    texts = (" ".join(row.cell(place).text.split()) for row in facts)
    shown = islice(dict.fromkeys(filter(None, texts)), 3)
    return ", ".join(text[:25] for text in shown) or None
