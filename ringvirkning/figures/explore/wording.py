"""How rows, cells and units of an answer are written."""

from collections.abc import Iterable

from queries import answers
from ringvirkning.figures.explore.answer import (
    Answer,
    Key,
    Total,
    has_number,
    is_made_up,
    is_single,
)
from ringvirkning.figures.question import PLACE_DIMENSIONS
from ringvirkning.texts import Words, certainty
from ringvirkning.texts.certainty import (
    difference,
    number,
)
from ringvirkning.texts.sentences import (
    bounds_words,
    measured_number,
    partly_known,
    period,
    small,
    time_in_words,
    x_of_y,
)

COUNTED = ("persons", "organisations", "count")  # units of what is many or few


def label(w: Words, answer: Answer, dimension: str, key: Key) -> str:
    """A key as people say it."""
    if isinstance(key, Total):
        return w("chart.total")
    if key is None:
        time = "season" if answer.grain == "season" else "time"
        return w(f"explore.without.{time if dimension == 'time' else 'name'}")
    if dimension == "time":
        said = period_words(w, key)
        return w("chart.year_so_far", year=said) if is_running(answer, key) else said
    if key == "several" and dimension in PLACE_DIMENSIONS:
        return w("explore.several_places")
    if dimension == "kind":
        return w.code("measure", key)
    if dimension == "age_group":
        return w("explore.ages", ages=key.replace("-", "–"))
    return answer.names.get(key) or w.code(dimension, key)


def is_running(answer: Answer, key: str) -> bool:
    """Whether a period isn't over: the one of the day, and of targets also years around it."""
    if key == answer.running or not answer.is_of_targets or not answer.running or is_single(key):
        return key == answer.running
    end, now = key.rstrip("?").rpartition("/")[2], answer.running[:4]
    return end[:4] > now or end == now


def period_words(w: Words, key: str) -> str:
    if len(key) > 9:
        return time_in_words(w, None, None, key)
    if "/" in key:
        first, last = key.split("/")
        return period(int(first), int(last))
    if key.startswith("Q"):
        return w("explore.part.season", n=int(key[1]))
    if key.endswith("?"):
        return w("explore.part_unknown", year=key[:-1])
    if "-" in key:
        return w(f"explore.part.{key[5]}", n=int(key[6]), year=key[:4])
    return key


def cell_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """What a cell says: 1 234, or 37 % (37 av 100); nothing where it is not known."""
    if cell is None:
        return w.number(0) if answer.counts_records else ""
    if answer.divisor:
        if cell.part is None or cell.whole is None:
            return ""
        per = answer.value(cell)
        of = w("explore.divided", part=in_sentence(w, answer, cell.part), whole=cell.whole)
        if per is None:
            return of
        said = quotient_words(w, per)
        said = w("count.nok", number=said) if answer.measure["unit"] == "nok" else said
        return f"{said} ({of})"
    if answer.is_rate:
        if cell.part is None or cell.whole is None:
            return w("chart.not_yet") if cell.not_due_count else ""
        of = x_of_y(w, cell.part, cell.whole)
        found = answer.share(cell)
        return w("explore.rate", rate=w.percent(found), of=of) if found else of
    if cell.value is None:
        if answer.is_single and cell.known_count > 1:
            return w("explore.several_numbers", n=cell.known_count)
        return w("chart.not_yet") if cell.not_due_count and not cell.record_count else ""
    if answer.is_single:
        return measured_number(w, answer.measure["measure"], cell.value)
    return w.shown(cell.value)


def marked_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    return marked(w, answer, cell, cell_words(w, answer, cell))


def marked(w: Words, answer: Answer, cell: answers.Explore | None, said: str) -> str:
    """What a cell says, with the word that it is an example where others are published."""
    is_apart = said and is_made_up(cell) and not answer.is_made_up
    return w("explore.is_example", said=said) if is_apart else said


def short_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """The same beside a mark: of what is divided only the quotient, of a score not its scale."""
    if answer.is_single and cell is not None and cell.value is not None:
        return w.shown(cell.value)
    if not answer.divisor:
        return cell_words(w, answer, cell)
    per = answer.value(cell)
    return "" if per is None else quotient_words(w, per)


def quotient_words(w: Words, per: float) -> str:
    """A number per another one, with two decimals below a hundred."""
    n = number(per)
    said = w.plain(certainty.half_up(n, 2 if abs(n) < 100 else 0))
    return said if n.is_exact else w("count.about", number=said)


def split_number(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """The same where there is no column for what is beside it: 2 (+17), 23 (1 unknown)."""
    if answer.is_stock and cell is not None and cell.uncertain_count:
        said = cell_words(w, answer, cell)
        said = w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
        return marked(w, answer, cell, said)
    said = marked_words(w, answer, cell)
    if answer.counts_records or answer.is_rate or answer.is_single:
        return said or unknown_cell(w, cell)
    return partly_known(w, said, lacking_count(cell)).replace(") (", ", ")


def unknown_cell(w: Words, cell: answers.Explore | None) -> str:
    """That there is something, of which no number is known."""
    return w("chart.unknown") if cell is not None and cell.record_count else ""


def in_sentence(w: Words, answer: Answer, value: float) -> str:
    """A number as exactly as it is known, kroner as kroner."""
    said = w.known(value)
    return w("count.nok", number=said) if answer.measure["unit"] == "nok" else said


def share_interval(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """Wilson's 95 % interval of a share."""
    found = answer.share(cell)
    return bounds_words(w, *certainty.interval(found)) if found else ""


def measure_words(w: Words, measure: str, point: str) -> str:
    """A measure and when, or of what, it is measured."""
    said = w.code("measure", measure)
    if point == "exit":
        return said
    when = w.code("measuring_point", point)
    if when != point:
        return f"{said} {when}"
    return f"{said}, {small(w.code('measure', point))}"


def asked_words(w: Words, answer: Answer) -> str:
    """What is asked: a measure, or one divided by another."""
    said = measure_words(w, answer.measure["measure"], answer.point)
    if not answer.divisor:
        return said
    return w("explore.per", measure=said, divisor=small(answer.divisor))


def unit_words(w: Words, answer: Answer) -> str:
    scale = answer.measure.get("scale", "").replace("-", "–")
    said = w(f"explore.unit.{answer.measure['unit']}")
    if answer.divisor:
        return w("explore.unit_per", unit=said, divisor=small(answer.divisor))
    if answer.is_single and answer.measure["unit"] == "share":
        return w("explore.unit_share_told")
    return f"{said} ({scale})" if scale else said


def example_start(w: Words, answer: Answer) -> str:
    """How a sentence begins when what it says is an example: all that there is."""
    total = answer.total
    return example_of(w, [total] if total else answer.cells.values())


def example_of(w: Words, cells: Iterable[answers.Explore | None]) -> str:
    """The same of the cells that a sentence speaks of."""
    numbers = [n for c in cells if c is not None for n in (c.value, c.part) if n is not None]
    return w("explore.example") if numbers and all(n.is_example for n in numbers) else ""


def with_total(w: Words, answer: Answer, measure: str, total: str) -> str:
    """A measure and its number; after "Example: " no colon more."""
    key = "total_example" if example_start(w, answer) else "total_said"
    return w(f"explore.{key}", measure=measure, total=total)


def where_known(
    w: Words, answer: Answer, cell: answers.Explore | None, is_dated: bool = True
) -> str:
    """That a number is of what has one, and a time, where something has none."""
    if answer.is_rate:
        lacking = (cell.record_count - example_count(cell) - cell.rated_count) if cell else 0
        return " " + w("share.where_known") if lacking > 0 else ""
    lacks = lacking_count(cell) > 0 and not answer.is_single
    if is_dated:
        return w("explore.where_known") if lacks else ""
    return w("explore.where_both_known" if lacks else "explore.where_dated")


def example_count(cell: answers.Explore | None) -> int:
    """How many of the records of a cell are examples that don't count in it."""
    if cell is None or not has_number(cell) or is_made_up(cell):
        return 0
    return cell.example_count


def is_all(answer: Answer, *cells: answers.Explore | None) -> bool:
    """Whether these count all that there is, so that they may be set against each other: beside a
    stock of partnerships stand no unconfirmed ones, which may be in force or not, and nothing that
    is added up lacks its number."""
    if answer.is_stock:
        return not any(cell and cell.uncertain_count for cell in cells)
    return answer.is_rate or not any(lacking_count(cell) > 0 for cell in cells)


def count_change(w: Words, before: float, now: float) -> str:
    """From one count to another: +3, unchanged, or that rounding leaves it open."""
    kind, by = difference(now, before)
    if kind in ("same", "about", "unclear"):
        return w(f"explore.{kind}")
    return w.changed(kind, by)


def lacking_count(cell: answers.Explore | None) -> int:
    """How many of the records of a cell that count have no number, whatever the reason."""
    if cell is None:
        return 0
    return cell.record_count - example_count(cell) - cell.known_count
