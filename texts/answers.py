"""What may be said of an answer: labels, numbers, headline, basis, and why there is no total."""

from typing import Any

from texts import Words
from texts.answer import FEWEST, OVERLAPPING, TOTAL, Answer, Key, Total, is_single
from texts.sentences import WEAKER, period


def label(w: Words, answer: Answer, dimension: str, key: Key) -> str:
    """A key as people say it."""
    if isinstance(key, Total):
        return w("chart.total")
    if key is None:
        return w(f"explore.without.{'time' if dimension == 'time' else 'name'}")
    if dimension == "time":
        said = period_words(w, key)
        return w("chart.year_so_far", year=said) if key == answer.running else said
    if dimension == "kind":
        return w.code("measure", key)
    return answer.names.get(key) or w.code(dimension, key)


def period_words(w: Words, key: str) -> str:
    if "/" in key:
        first, last = key.split("/")
        return period(int(first), int(last))
    if key.endswith("?"):
        return w("explore.part_unknown", year=key[:-1])
    if "-" in key:
        return w(f"explore.part.{key[5]}", n=int(key[6]), year=key[:4])
    return key


def number(w: Words, answer: Answer, cell: Any) -> str:
    """What a cell says: 1 234, or 37 % (37 av 100); nothing where it is not known."""
    if cell is None:
        return w.number(0) if answer.counts_records else ""
    if answer.is_rate:
        if not cell.rated_count:
            return w("chart.not_yet") if cell.not_due_count else ""
        of = w("chart.x_of_y", x=plain(w, cell.part), y=plain(w, cell.whole))
        return of if cell.rate is None else w("explore.rate", rate=w.percent(cell.rate), of=of)
    if cell.value is None:
        return w("chart.not_yet") if cell.not_due_count and not cell.record_count else ""
    return plain(w, cell.value)


def split_number(w: Words, answer: Answer, cell: Any) -> str:
    """The same where there is no column for what is beside it: 2 (+17)."""
    said = number(w, answer, cell)
    if answer.is_stock and cell is not None and cell.uncertain_count:
        return w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
    return said


def plain(w: Words, value: float) -> str:
    return w.number(value, 0 if float(value).is_integer() else 1)


def interval(w: Words, cell: Any) -> str:
    """Wilson's 95 % interval of a share."""
    if cell is None or cell.rate is None or cell.rate_low is None:
        return ""
    return w("share.interval", low=w.number(100 * cell.rate_low), high=w.percent(cell.rate_high))


def measure_words(w: Words, measure: str, point: str) -> str:
    """A measure and when, or of what, it is measured."""
    said = w.code("measure", measure)
    if point == "exit":
        return said
    when = w.code("measuring_point", point)
    if when != point:
        return f"{said}, {when}"
    return f"{said}: {w.code('measure', point).lower()}"


def headline(w: Words, answer: Answer) -> str:
    """The answer in a sentence; no ranking where there are fewer than ten."""
    name = measure_words(w, answer.measure["measure"], answer.point)
    return example(w, answer) + (
        network_said(w, name, answer)
        if answer.is_network
        else rate_said(w, name, answer)
        if answer.is_rate
        else latest_said(w, name, answer)
        if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split)
        else total_said(w, name, answer)
    )


def example(w: Words, answer: Answer) -> str:
    """How a sentence begins when example figures are behind it; of things counted one by one it
    says how many instead."""
    cells = answer.cells.values()
    only_some = answer.counts_records and any(c.evidence != WEAKER[-1] for c in cells)
    has_any = any(c.evidence == WEAKER[-1] for c in cells)
    return w("explore.example") if has_any and not only_some else ""


def of_which_examples(w: Words, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.example_value or cell.example_value == cell.value:
        return ""
    return w("foot.of_which_examples", n=int(cell.example_value))


def network_said(w: Words, name: str, answer: Answer) -> str:
    if not answer.pairs:
        return w("explore.nothing_shared", measure=name)
    (a, b, most), *others = answer.pairs
    if others and others[0][2] == most:
        return w("explore.n_pairs", measure=name, n=len(answer.pairs))
    two = (answer.names.get(a, a), answer.names.get(b, b))
    return w("explore.closest", measure=name, a=two[0], b=two[1], shared=plain(w, most))


def rate_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.rated_count:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=number(w, answer, cell))
    if answer.has_interval and (low_high := interval(w, cell)):
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
        total=plain(w, now or 0),
    )
    if len(whole) > 1:
        change = w.signed((now or 0) - (before or 0)) if now != before else w("explore.same")
        said += w("explore.since", change=change, period=label(w, answer, "time", whole[-2]))
    return said


def total_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or cell.value is None:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=plain(w, cell.value))
    sizes = sorted(
        ((answer.value(answer.cells.get((key, TOTAL))) or 0, key) for key in known_rows(answer)),
        key=lambda pair: -pair[0],
    )
    if len(sizes) > 1 and sizes[0][0] > sizes[1][0] and cell.value >= FEWEST:
        top = label(w, answer, answer.rows, sizes[0][1])
        said += w("explore.most", row=top, n=plain(w, sizes[0][0]))
    return said


def known_rows(answer: Answer) -> list[Key]:
    """The rows that can be ranked: single periods, or whatever has a name."""
    if answer.rows == "time":
        return [key for key in answer.row_keys if is_single(key) and key != answer.running]
    return [key for key in answer.row_keys if key is not None]


def no_total(w: Words, answer: Answer) -> str:
    """Why there is no total, where there is none."""
    if answer.is_rate:
        return w("explore.no_total.never")
    if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split):
        return w("explore.no_total.distinct")
    if answer.measure["adds"] == "latest":
        return w("explore.no_total.latest")
    return ""


def overlap(w: Words, answer: Answer) -> str:
    """What stands in several rows: the sum of the rows less the total."""
    if answer.rows not in OVERLAPPING or answer.is_rate or answer.total is None:
        return ""
    parts = sum(answer.value(answer.cells.get((key, TOTAL))) or 0 for key in answer.row_keys)
    total = answer.total.value or 0
    if parts <= total:
        return ""
    return w(
        "explore.overlap",
        parts=plain(w, parts),
        total=plain(w, total),
        more=plain(w, parts - total),
    )


def basis(w: Words, answer: Answer, record: str) -> list[str]:
    """n of N and why the others are left out, of all that matches."""
    cells = [cell for (row, split), cell in answer.cells.items() if split is TOTAL]
    whole = [answer.total] if answer.total else [c for c in cells if c.record_count]
    if answer.total is None:  # a stock over time: what the last period rests on
        return [w("explore.each_period")] if whole else []
    total = answer.total
    known = total.rated_count if answer.is_rate else total.known_count
    undated = answer.cells.get((None, TOTAL)) if answer.rows == "time" else None
    spans = sum(
        answer.cells[key, TOTAL].record_count
        for key in (answer.row_keys if answer.rows == "time" else ())
        if isinstance(key, str) and "/" in key and (key, TOTAL) in answer.cells
    )
    return [
        w(f"explore.based_on.{record}", n=known, of=total.record_count),
        w("explore.missing", n=total.record_count - known) if total.record_count > known else "",
        w("explore.not_due", n=total.not_due_count) if total.not_due_count else "",
        w("explore.undated", n=undated.record_count) if undated else "",
        w("foot.spans", n=spans) if spans else "",
    ]
