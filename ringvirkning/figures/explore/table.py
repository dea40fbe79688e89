"""The answer to a question of one's own as a table, with the totals that its measure allows."""

from collections.abc import Sequence

from queries import answers
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import TOTAL, Answer, Key
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import number, or_none, share

NamedColumns = list[tuple[str, list[str]]]  # heading and cells


def table_rows(w: Words, answer: Answer) -> tuple[tuple[str, ...], ...]:
    """Heading first; rows in the chart's order, then what has no place in it, then the total."""
    others = [row for row in answer.row_keys if row not in answer.periods]
    rows: list[Key] = [*answer.periods, *others] if answer.rows == "time" else list(answer.row_keys)
    if not rows:
        rows = [TOTAL]
    columns = split_columns(w, answer, rows) if answer.split else value_columns(w, answer, rows)
    names = [wording.label(w, answer, answer.rows, row) for row in rows]
    heading = w(f"explore.dimension.{answer.rows}") if answer.rows else w("explore.label.rows")
    body = [
        (name, *cells)
        for name, cells in zip(
            names, zip(*(cells for _, cells in columns), strict=True), strict=True
        )
    ]
    if has_total(answer):
        total = split_columns(w, answer, [TOTAL]) if answer.split else value_columns(
            w, answer, [TOTAL])  # fmt: skip
        body.append((w("chart.total"), *(cells[0] for _, cells in total)))
    return ((heading, *(name for name, _ in columns)), *body)


def has_total(answer: Answer) -> bool:
    """Whether the rows are followed by what they are together."""
    return (
        bool(answer.rows)
        and not answer.is_network
        and answer.total is not None
        and not answer.is_rate
        and not answer.is_single
    )


def split_columns(w: Words, answer: Answer, rows: Sequence[Key]) -> NamedColumns:
    """A column for each split, and for all of them where that may be added."""
    splits: list[Key] = [*answer.split_keys]
    if answer.total is not None and not answer.only and not answer.is_rate:
        splits.append(TOTAL)
    found = [
        (
            wording.label(w, answer, answer.split, split),
            [
                wording.split_number(w, answer, cell)
                for cell in (answer.cells.get((row, split)) for row in rows)
            ],
        )
        for split in splits
    ]
    if answer.only and not answer.is_rate:
        pairs = [[answer.cells.get((row, s)) for s in answer.split_keys] for row in rows]
        found.append((w("explore.change"), [change_cell(w, answer, *pair) for pair in pairs]))
    return found


def value_columns(w: Words, answer: Answer, rows: Sequence[Key]) -> NamedColumns:
    """The number, and what it rests on: numerator, denominator and interval, or n of N."""
    cells = [answer.cells.get((row, TOTAL)) for row in rows]
    name = answer.measure["name"]

    def or_unknown(said: Sequence[str]) -> list[str]:
        pairs = zip(said, cells, strict=True)
        return [words or wording.unknown_cell(w, cell) for words, cell in pairs]

    if answer.divisor:
        quotients = [quotient_cell(w, answer, c) for c in cells]
        return [
            (wording.asked_words(w, answer), or_unknown(quotients)),
            (name, [known(w, c, "part") for c in cells]),
            (answer.divisor, [known(w, c, "whole") for c in cells]),
        ]
    if answer.is_rate:
        rates = [wording.marked(w, answer, c, per_cent(w, answer, c)) for c in cells]
        return [
            (name, or_unknown(rates)),
            (w("explore.numerator"), [known(w, c, "part") for c in cells]),
            (w("explore.denominator"), [known(w, c, "whole") for c in cells]),
            *(
                [(w("chart.interval"), [wording.share_interval(w, answer, c) for c in cells])]
                if answer.has_interval
                else []
            ),
        ]
    found = [(name, or_unknown([wording.marked_words(w, answer, c) for c in cells]))]
    if answer.is_stock:
        found += uncertain_columns(w, cells)
    if answer.rows == "time" and answer.grain != "season" and not answer.is_single:
        found.append((w("explore.change_before"), changes(w, answer, rows)))
    if answer.targets:
        aims = [answer.own_target(row) for row in rows]
        found.append((w("chart.target"), [known(w, aim, "whole") for aim in aims]))
        found.append((w("chart.attainment"), [attained(w, aim) for aim in aims]))
    if not answer.counts_records:
        found.append((w("explore.rests_on"), [basis_cell(w, cell) for cell in cells]))
    return found


def basis_cell(w: Words, cell: answers.Explore | None) -> str:
    """How many of what counts have a number; examples beside published figures don't count."""
    if cell is None:
        return ""
    return w("chart.x_of_y", x=cell.known_count, y=cell.record_count - wording.example_count(cell))


def uncertain_columns(w: Words, cells: Sequence[answers.Explore | None]) -> NamedColumns:
    """Partnerships in force that are not confirmed, and of how many the start is unknown."""
    start_unknown = [cell.start_unknown_count if cell else None for cell in cells]
    unconfirmed = [
        cell.uncertain_count - cell.start_unknown_count if cell else None for cell in cells
    ]
    found = [(w("chart.unconfirmed"), [numbered(w, n) for n in unconfirmed])]
    if any(start_unknown):
        found.append((w("chart.start_unknown"), [numbered(w, n) for n in start_unknown]))
    return found


def numbered(w: Words, value: int | None) -> str:
    return "" if value is None else w.number(value)


def known(w: Words, cell: object, column: str) -> str:
    value = getattr(cell, column, None)
    return "" if value is None else w.shown(value)


def per_cent(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    found = answer.share(cell)
    return w.percent(found) if found else ""


def quotient_cell(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    per = answer.value(cell)
    return "" if per is None else wording.quotient_words(w, per)


def attained(w: Words, aim: answers.Explore | None) -> str:
    found = aim and share(aim.part, aim.whole, is_part=False)
    return w.percent(found) if found else ""


def change_cell(
    w: Words, answer: Answer, before: answers.Explore | None, now: answers.Explore | None
) -> str:
    """From one cell to another; nothing of what can't be set against each other."""
    a, b = answer.value(before), answer.value(now)
    if answer.counts_records:
        a, b = or_none(a), or_none(b)
    if a is None or b is None or number(a).is_example != number(b).is_example:
        return ""
    return wording.count_change(w, a, b) if wording.is_all(answer, before, now) else ""


def changes(w: Words, answer: Answer, rows: Sequence[Key]) -> list[str]:
    """From the period before; the running one is not over, and is compared with none."""
    cells = [answer.cells.get((row, TOTAL)) for row in rows]
    periods = answer.periods
    return [
        change_cell(w, answer, cells[place - 1], cells[place])
        if place and row in periods and row != answer.running
        else ""
        for place, row in enumerate(rows)
    ]
