"""What an answer rests on: n of N, what stands twice, and why there is no total."""

from ringvirkning.figures.explore.answer import (
    BROKEN_DOWN,
    ONCE,
    OVERLAPPING,
    TOTAL,
    Answer,
    has_number,
)
from ringvirkning.figures.explore.wording import example_count
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import (
    difference,
    or_none,
)


def examples_beside(w: Words, answer: Answer) -> str:
    """How many examples stand beside published figures, and are never added to them."""
    count = example_count(answer.total)
    return w("foot.examples_beside", n=count) if count else ""


def targets_apart(w: Words, answer: Answer) -> str:
    """How many targets whose time is over don't stand beside a number."""
    apart = sum(
        aim.record_count
        for row, aim in answer.targets.items()
        if row is not TOTAL and not aim.not_due_count and not answer.own_target(row)
    )
    return w("explore.targets_apart", n=apart) if apart else ""


def no_total(w: Words, answer: Answer) -> str:
    """Why there is no total, where there is none of what there are numbers for."""
    if not any(map(has_number, answer.cells.values())):
        return ""
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
    if answer.is_network:  # its rows are pairs
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
    early = "not_over" if answer.is_of_targets else "not_due"
    missing = "without_quarter" if answer.grain == "season" else "undated"
    spans = sum(
        answer.cells[key, TOTAL].record_count
        for key in (answer.row_keys if answer.rows == "time" else ())
        if isinstance(key, str) and "/" in key and (key, TOTAL) in answer.cells
    )
    return [
        w(f"explore.based_on.{'both' if answer.divisor else record}", n=known, of=matching),
        w("explore.missing", n=lacking) if lacking > 0 and not answer.divisor else "",
        w("explore.suppressed", n=total.suppressed_count) if total.suppressed_count else "",
        w(f"explore.{early}", n=total.not_due_count) if total.not_due_count else "",
        w(f"explore.{missing}", n=undated.record_count) if undated else "",
        w("foot.spans", n=spans) if spans else "",
    ]
