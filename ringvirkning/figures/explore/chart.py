"""Charts of a question of one's own: the form follows the shape of the answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ringvirkning.charts import (
    Bars,
    Chart,
    Columns,
    Dots,
    Lines,
    Meaning,
    Panels,
    Pattern,
    RowsOnly,
    Series,
    forms,
)
from ringvirkning.charts.palette import COLOURS, SEQUENCE
from ringvirkning.charts.shorter import MOST
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import (
    OVERLAPPING,
    TOTAL,
    Answer,
    Key,
    Total,
    is_made_up,
    mark,
)
from ringvirkning.figures.explore.pairs import ranked_pairs
from ringvirkning.figures.explore.table import has_total, table_rows
from ringvirkning.figures.targets import target_marks
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import interval, or_none

MOST_ROWS = 15  # in a chart; of more as many as a slide has room for, and the table has them all
MOST_SPLITS = 7  # beside what the others are together


def forms_for(answer: Answer) -> tuple[str, ...]:
    """The forms that suit the answer, the best first; the table always does, and where there is
    nothing to draw it alone."""
    if not has_what_to_draw(answer):
        return ("table",)
    if answer.is_network:
        return ("bars", "table")
    if answer.is_single and answer.measure["unit"] == "share":
        return ("table",)
    if answer.is_share:
        return ("lines" if answer.rows == "time" else "dots", "table")
    if answer.rows != "time":
        return ("bars", "table")
    if not answer.split:
        return ("columns", "lines", "table")
    if answer.only or answer.split not in OVERLAPPING:
        return ("columns", "panels", "lines", "table")
    return ("panels", "lines", "table")


def has_what_to_draw(answer: Answer) -> bool:
    """Whether a chart of it would show anything: a number, a target or what isn't confirmed."""
    if answer.is_network:
        return bool(answer.pairs)
    is_known = any(answer.value(cell) is not None for cell in answer.cells.values())
    return is_known or answer.is_stock or bool(answer.targets)


def chart_in_form(w: Words, answer: Answer, form: str, title: str, subtitle: str) -> Chart:
    """The answer as `form`; a table is drawn by the one that stands under it."""
    if answer.is_network:
        return ranked_pairs(w, answer, form, title, subtitle)
    rows = answer.periods if answer.rows == "time" else rows_with_numbers(answer) or [TOTAL]
    if answer.rows != "time":
        rows = rows[: most_drawn(len(rows))]
    is_whole = not (answer.only or answer.is_never_added or answer.split in OVERLAPPING)
    grouped = form in ("columns", "bars") and not is_whole  # stacked only where parts make a whole
    splits, rest = shown_splits(answer)
    is_upright = form in ("columns", "panels")
    series = [
        one(w, answer, rows, split, place if form == "panels" else None, is_upright)
        for place, split in enumerate(splits)
    ]
    if rest and form in ("columns", "bars") and not grouped:
        series.append(others(w, answer, rows, rest))
    if answer.is_stock and form != "lines" and (form == "panels" or not answer.split):
        panels = range(len(splits)) if form == "panels" else [0]
        series += [
            one for panel in panels for one in uncertain(w, answer, rows, splits[panel], panel)
        ]
    table = table_rows(w, answer)
    tops = [value or 0 for s in series for value in (*s.values, *s.high)]
    marks = target_marks(w, aims(answer, rows))
    if form in ("columns", "bars") and not grouped:
        whole = [or_none(answer.value(answer.cells.get((row, TOTAL)))) for row in rows]
        series = [forms.without_examples(s, whole) for s in series]
        if not answer.is_stock:  # of which the total is of the confirmed alone
            lacking = [wording.lacking_count(answer.cells.get((row, TOTAL))) for row in rows]
            series = forms.with_whole(w, series, whole, lacking)
    if form == "columns" and grouped:
        series = list(forms.spaced_side_by_side(series))
    elif is_upright:
        series = [replace(one, labels=forms.spaced(one.labels)) for one in series]
    stacked = [sum(float(s.values[i] or 0) for s in series) for i in range(len(rows))]
    highest = max([*(tops if grouped or form == "lines" else stacked), *(m.value for m in marks)],
                  default=0)  # fmt: skip
    names = tuple(wording.label(w, answer, answer.rows, row) for row in rows)
    has_years = answer.rows == "time" and answer.grain != "season"
    categories = ticks_below(rows, w, answer) if has_years else names
    words = forms.base(w, title, subtitle, table)
    within = forms.widest(n for c in answer.cells.values() for n in (c.value, c.part, c.whole))
    known: dict[str, Any] = {"has_total": has_total(answer), "within": within}
    dated = known | {"years": tuple(int(str(row)[:4]) for row in rows) if has_years else ()}
    ticks = shares(w, highest) if answer.is_share else forms.steps(w, highest)
    written = row_totals(w, answer, rows, form, grouped)
    match form:
        case "columns":
            return Columns(*words, categories, tuple(series), written, marks, ticks, grouped,
                           **dated)  # fmt: skip
        case "bars":
            return Bars(*words, categories, tuple(series), written, grouped, **known)
        case "panels":
            labels = tuple(s.label for s in series[: len(splits)])
            return Panels(*words, categories, tuple(series), labels, **dated)
        case "lines":
            return Lines(*words, categories, tuple(series), ticks, **dated)
        case "dots":
            return Dots(*words, categories, tuple(series), written, ticks, **known)
    return RowsOnly(*words, **known)


def one(
    w: Words,
    answer: Answer,
    rows: Sequence[Key],
    split: Key,
    panel: int | None,
    is_narrow: bool = False,
) -> Series:
    """The series of a split, or of all; each mark knows its row and split. In columns, which are
    narrow, hatching alone says that a number is an example."""
    cells = [answer.cells.get((row, split)) for row in rows]
    name = (
        answer.measure["name"]
        if isinstance(split, Total)
        else wording.label(w, answer, answer.split, split)
    )
    values = tuple(
        0 if cell is None and answer.counts_records else answer.value(cell) for cell in cells
    )
    words = [wording.marked_words(w, answer, cell) for cell in cells]
    beside = [wording.short_words(w, answer, cell) for cell in cells] if is_narrow else words
    labels = [wording.label(w, answer, answer.rows, row) for row in rows]
    pattern: tuple[Meaning, ...] = tuple(
        "example" if is_made_up(cell) else "solid" for cell in cells
    )
    is_whole = isinstance(split, Total)
    shares = [answer.share(cell) for cell in cells] if answer.has_interval else []
    bounds = [interval(found) if found else (None, None) for found in shares]
    return Series(
        name,
        "accent" if is_whole or panel is not None else split_colours(w, answer)[split],
        values,
        labels=() if is_whole else tuple("" if said == "0" else said for said in beside),
        hovers=tuple(
            " · ".join([label, *([] if is_whole else [name])]) + f": {said}" if said else ""
            for label, said in zip(labels, words, strict=True)
        ),
        pattern=pattern,
        keys=tuple(mark(row, split) for row in rows),
        panel=panel or 0,
        low=tuple(low for low, _ in bounds),
        high=tuple(high for _, high in bounds),
    )


def shown_splits(answer: Answer) -> tuple[Sequence[Key], Sequence[Key]]:
    """The splits that are drawn, and the rest: of time the latest, else the largest of those that
    have a number."""
    if not answer.split:
        return [TOTAL], []
    keys = answer.split_keys
    if answer.split != "time":
        cells = answer.cells.items()
        numbered = {split for (_, split), cell in cells if answer.value(cell) is not None}
        keys = [key for key in keys if key in numbered] or keys
    if len(keys) <= MOST_SPLITS + 1:
        return keys, []
    if answer.split == "time":
        return keys[-MOST_SPLITS:], keys[:-MOST_SPLITS]
    return keys[:MOST_SPLITS], keys[MOST_SPLITS:]


def most_drawn(known: int) -> int:
    """How many of so many rows are drawn: a few more than a slide has room for, or as many."""
    return known if known <= MOST_ROWS else MOST


def rows_with_numbers(answer: Answer) -> list[Key]:
    """The rows that have a number; the table has the others, too."""
    return [
        row
        for row in answer.row_keys
        if any(answer.value(cell) is not None for (r, _), cell in answer.cells.items() if r == row)
    ]


def others(w: Words, answer: Answer, rows: Sequence[Key], rest: Sequence[Key]) -> Series:
    """The small parts of a stack together, so that its parts make the whole."""
    cells = [[answer.cells.get((row, split)) for split in rest] for row in rows]
    values = [sum(or_none(answer.value(cell)) for cell in part) for part in cells]
    label = w("explore.n_others", n=len(rest))
    return Series(
        label,
        "several",
        tuple(values),
        hovers=tuple(
            f"{wording.label(w, answer, answer.rows, row)} · {label}: {w.plain(value)}"
            for row, value in zip(rows, values, strict=True)
        ),
        pattern=tuple("example" if any(map(is_made_up, part)) else "solid" for part in cells),
    )


def uncertain(
    w: Words, answer: Answer, rows: Sequence[Key], split: Key, panel: int
) -> Iterator[Series]:
    """Partnerships in force that nobody has confirmed for two years, and those of unknown start,
    beside those confirmed."""
    cells = [answer.cells.get((row, split)) for row in rows]
    start_unknown = [cell.start_unknown_count if cell else 0 for cell in cells]
    unconfirmed = [
        cell.uncertain_count - n if cell else 0
        for cell, n in zip(cells, start_unknown, strict=True)
    ]
    kinds: list[tuple[str, list[int], Pattern]] = [("unconfirmed", unconfirmed, "hatched")]
    if any(cell.start_unknown_count for cell in answer.cells.values()):
        kinds.append(("start_unknown", start_unknown, "outline"))
    for state, counts, pattern in kinds:
        label = w(f"chart.{state}")
        yield Series(
            label,
            "unconfirmed",
            tuple(counts),
            hovers=tuple(
                f"{wording.label(w, answer, answer.rows, row)} · {label}: {w.number(n)}"
                for row, n in zip(rows, counts, strict=True)
            ),
            pattern=pattern,
            keys=tuple(mark(row, split) for row in rows),
            panel=panel,
        )


def split_colours(w: Words, answer: Answer) -> Mapping[Key, str]:
    """A code's own colour, else the next in order; of two periods the earlier is grey."""
    keys = answer.split_keys
    if answer.split == "time" and len(keys) == 2:
        return dict(zip(keys, ("before", "accent"), strict=True))
    if answer.split in answer.order:
        return {key: forms.type_colour(w, answer.split, str(key)) for key in keys}
    return {
        key: str(key) if key in COLOURS else SEQUENCE[place % len(SEQUENCE)]
        for place, key in enumerate(keys)
    }


def row_totals(
    w: Words, answer: Answer, rows: Sequence[Key], form: str, grouped: bool
) -> tuple[str, ...]:
    """What is written above or after each row: the number of all, each counted once."""
    if answer.split and (grouped or answer.is_rate):
        return ()
    cells = [answer.cells.get((row, TOTAL)) for row in rows]
    said = [wording.short_words(w, answer, cell) for cell in cells]
    if form == "columns":
        return forms.spaced(said)
    return tuple(wording.marked(w, answer, *each) for each in zip(cells, said, strict=True))


def ticks_below(rows: Sequence[Key], w: Words, answer: Answer) -> tuple[str, ...]:
    """The years of the periods, each where it begins; that which runs says so."""
    years = [int(str(row)[:4]) for row in rows]
    named = dict(zip(sorted(set(years)), forms.year_labels(sorted(set(years))), strict=True))
    said = [
        named[year] if not place or years[place - 1] != year else ""
        for place, year in enumerate(years)
    ]
    return tuple(
        f"{label}\n{w('chart.so_far')}" if label and row == answer.running else label
        for label, row in zip(said, rows, strict=True)
    )


def shares(w: Words, top: float) -> tuple[tuple[float, str], ...]:
    """0 %, 10 %, 20 % … as far as the values go."""
    step = next(
        step for step in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10) if top <= step * 5 or step == 10
    )
    return tuple((step * n, w.percent(step * n)) for n in range(int(top / step) + 1))


def aims(answer: Answer, rows: Sequence[Key]) -> Iterator[tuple[int, float | None, float]]:
    """The targets of these rows: place, result, target."""
    for place, row in enumerate(rows):
        if (aim := answer.own_target(row)) and aim.whole:
            yield place, aim.part, aim.whole
