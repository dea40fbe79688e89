"""What may be said of an answer: labels, numbers, headline, basis, and why there is no total."""

from collections.abc import Iterable

from queries import answers
from ringvirkning.figures.explore.answer import (
    BROKEN_DOWN,
    ONCE,
    OVERLAPPING,
    TOTAL,
    Answer,
    Key,
    Total,
    is_single,
)
from ringvirkning.figures.question import PLACE_DIMENSIONS
from ringvirkning.texts import Words, certainty
from ringvirkning.texts.certainty import LEAST, difference, largest, number, or_none
from ringvirkning.texts.sentences import (
    bounds_words,
    measured_number,
    period,
    small,
    time_in_words,
    x_of_y,
)


def label(w: Words, answer: Answer, dimension: str, key: Key) -> str:
    """A key as people say it."""
    if isinstance(key, Total):
        return w("chart.total")
    if key is None:
        return w(f"explore.without.{'time' if dimension == 'time' else 'name'}")
    if dimension == "time":
        said = period_words(w, key)
        return w("chart.year_so_far", year=said) if key == answer.running else said
    if key == "several" and dimension in PLACE_DIMENSIONS:
        return w("explore.several_places")
    if dimension == "kind":
        return w.code("measure", key)
    if dimension == "age_group":
        return w("explore.ages", ages=key.replace("-", "–"))
    return answer.names.get(key) or w.code(dimension, key)


def period_words(w: Words, key: str) -> str:
    if len(key) > 9:
        return time_in_words(w, None, None, key)
    if "/" in key:
        first, last = key.split("/")
        return period(int(first), int(last))
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
        of = w("explore.divided", part=cell.part, whole=cell.whole)
        return of if per is None else f"{quotient_words(w, per)} ({of})"
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
    said = w.plain(round(n, 2 if abs(n) < 100 else 0))
    return said if n.is_exact else w("count.about", number=said)


def split_number(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """The same where there is no column for what is beside it: 2 (+17)."""
    said = cell_words(w, answer, cell)
    if answer.is_stock and cell is not None and cell.uncertain_count:
        return w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
    return said


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
        return f"{said}, {when}"
    return f"{said}: {small(w.code('measure', point))}"


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


def headline(w: Words, answer: Answer) -> str:
    """The answer in a sentence; no ranking where there are fewer than ten."""
    name = asked_words(w, answer)
    return example_start(w, answer) + (
        network_said(w, name, answer)
        if answer.is_network
        else rate_said(w, name, answer)
        if answer.is_rate
        else latest_said(w, name, answer)
        if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split)
        else total_said(w, name, answer)
    )


def example_start(w: Words, answer: Answer) -> str:
    """How a sentence begins when what it says is an example: all that there is."""
    total = answer.total
    return example_of(w, [total] if total else answer.cells.values())


def example_of(w: Words, cells: Iterable[answers.Explore | None]) -> str:
    """The same of the cells that a sentence speaks of."""
    numbers = [n for c in cells if c is not None for n in (c.value, c.part) if n is not None]
    return w("explore.example") if numbers and all(n.is_example for n in numbers) else ""


def examples_beside(w: Words, answer: Answer) -> str:
    """How many examples stand beside published figures, and are never added to them."""
    count = example_count(answer.total)
    return w("foot.examples_beside", n=count) if count else ""


def example_count(cell: answers.Explore | None) -> int:
    """How many of the records of a cell are examples that don't count in it."""
    if cell is None:
        return 0
    numbers = [n for n in (cell.value, cell.part) if n is not None]
    return 0 if any(n.is_example for n in numbers) or not numbers else cell.example_count


def network_said(w: Words, name: str, answer: Answer) -> str:
    if not answer.pairs:
        return w("explore.nothing_shared", measure=name)
    top, most = largest(((a, b), value) for a, b, value in answer.pairs)
    if most is None or len(top) > 1:
        return w("explore.n_pairs", measure=name, n=len(answer.pairs))
    a, b = (answer.names.get(one, one) for one in top[0])
    return w("explore.closest", measure=name, a=a, b=b, shared=most)


def rate_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.rated_count:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=cell_words(w, answer, cell))
    if answer.has_interval and (low_high := share_interval(w, answer, cell)):
        said += w("explore.within", interval=low_high)
    return said


def latest_said(w: Words, name: str, answer: Answer) -> str:
    """A stock: the last whole period beside the one before it, never a sum."""
    whole = [key for key in answer.periods if key != answer.running]
    if not whole:
        return w("explore.nothing_said", measure=name)
    cells = [
        answer.cells.get((key, TOTAL) if answer.rows == "time" else (TOTAL, key))
        for key in (whole * 2)[-2:]
    ]
    before, now = map(answer.value, cells)
    said = w(
        "explore.latest_said",
        measure=name,
        period=label(w, answer, "time", whole[-1]),
        total=or_none(now),
    )
    if len(whole) > 1:
        since = label(w, answer, "time", whole[-2])
        said += w(
            "explore.since", change=count_change(w, or_none(before), or_none(now)), period=since
        )
    return said


def count_change(w: Words, before: float, now: float) -> str:
    """From one count to another: +3, unchanged, or that rounding leaves it open."""
    kind, by = difference(now, before)
    if kind in ("same", "about", "unclear"):
        return w(f"explore.{kind}")
    signed = ("+" if kind == "more" else "−") + w.plain(by)
    return signed if by.is_exact else w("count.about", number=signed)


def total_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not (cell.value is not None or cell_words(w, answer, cell)):
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=cell_words(w, answer, cell))
    if cell.value is None or answer.is_single or answer.rows in BROKEN_DOWN:
        return said
    rows = [
        (key, or_none(answer.value(answer.cells.get((key, TOTAL))))) for key in known_rows(answer)
    ]
    alike = [(k, n) for k, n in rows if certainty.number(n).is_example == cell.value.is_example]
    top, most = largest(alike)
    is_said = len(alike) > 1 and len(top) == 1 and most is not None and cell.value.low >= LEAST
    if is_said and not answer.is_rest(answer.rows, top[0]) and leads_for_sure(answer):
        said += w("explore.most", row=label(w, answer, answer.rows, top[0]), n=most)
    return said


def leads_for_sure(answer: Answer) -> bool:
    """Whether the largest place stays so wherever that is of which no place, or no single one, is
    told."""
    if answer.rows not in PLACE_DIMENSIONS:
        return True
    sizes = {key: answer.size(key, TOTAL) for key in answer.row_keys}
    elsewhere = sizes.pop(None, 0) + sizes.pop("several", 0)
    ranked = sorted(sizes.values(), reverse=True)
    return len(ranked) > 1 and ranked[0] > ranked[1] + elsewhere


def known_rows(answer: Answer) -> list[Key]:
    """The rows that can be ranked: single periods, or whatever has a name."""
    if answer.rows == "time":
        return [key for key in answer.row_keys if is_single(key) and key != answer.running]
    return [key for key in answer.row_keys if key is not None]


def no_total(w: Words, answer: Answer) -> str:
    """Why there is no total, where there is none."""
    if answer.divisor:
        return w("explore.no_total.divided")
    if answer.is_single:
        return w("explore.no_total.single")
    if answer.measure["measure"] in ONCE:
        return w("explore.no_total.once")
    if {answer.rows, answer.split} & {*BROKEN_DOWN}:
        return w("explore.no_total.broken_down")
    if answer.is_rate:
        return w("explore.no_total.never")
    if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split):
        return w("explore.no_total.distinct")
    if answer.measure["adds"] == "latest":
        return w("explore.no_total.latest")
    return ""


def overlap(w: Words, answer: Answer) -> str:
    """What stands in several rows: the sum of the rows less the total."""
    if answer.rows not in OVERLAPPING or answer.is_never_added or answer.is_rate:
        return ""
    if answer.total is None:
        return ""
    parts = sum(or_none(answer.value(answer.cells.get((key, TOTAL)))) for key in answer.row_keys)
    total = or_none(answer.total.value)
    kind, more = difference(parts, total)
    if kind != "more":
        return ""
    return w("explore.overlap", parts=parts, total=total, more=more)


def basis(w: Words, answer: Answer, record: str) -> list[str]:
    """n of N and why the others are left out, of all that matches."""
    cells = [cell for (row, split), cell in answer.cells.items() if split is TOTAL]
    whole = [answer.total] if answer.total else [c for c in cells if c.record_count]
    if answer.total is None:  # a stock over time: what the last period rests on
        return [w("explore.each_period")] if whole else []
    total = answer.total
    known = total.rated_count if answer.is_rate else total.known_count
    matching = total.record_count - example_count(total)
    lacking = matching - known - total.suppressed_count
    undated = answer.cells.get((None, TOTAL)) if answer.rows == "time" else None
    spans = sum(
        answer.cells[key, TOTAL].record_count
        for key in (answer.row_keys if answer.rows == "time" else ())
        if isinstance(key, str) and "/" in key and (key, TOTAL) in answer.cells
    )
    return [
        w(f"explore.based_on.{'both' if answer.divisor else record}", n=known, of=matching),
        w("explore.missing", n=lacking) if lacking > 0 and not answer.divisor else "",
        w("explore.suppressed", n=total.suppressed_count) if total.suppressed_count else "",
        w("explore.not_due", n=total.not_due_count) if total.not_due_count else "",
        w("explore.undated", n=undated.record_count) if undated else "",
        w("foot.spans", n=spans) if spans else "",
    ]
