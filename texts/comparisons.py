"""Two parts of an answer beside each other: how they differ, and how certain that is."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from texts import Words
from texts.answer import TOTAL, Answer
from texts.answers import example, label, number, plain


def compared(w: Words, answer: Answer) -> str:
    """Two splits beside each other: what each has in all, and how certain it is that they differ.

    The interval of a difference between two shares is Newcombe's (1998, method 10), made of
    Wilson's; counts are told as they are, and in per cent from ten on.
    """
    keys = answer.split_keys
    cells = [answer.cells.get((TOTAL, key)) for key in keys]
    names = [label(w, answer, answer.split, key) for key in keys]
    said = example(w, answer) + w(
        "explore.compared",
        a=names[0],
        a_value=number(w, answer, cells[0]) or w("chart.unknown"),
        b=names[1],
        b_value=number(w, answer, cells[1]) or w("chart.unknown"),
    )
    values = [answer.value(cell) for cell in cells]
    if values[0] is None or values[1] is None:
        return said
    if answer.is_rate:
        return said + (difference_said(w, cells) if answer.has_interval else "")
    more = values[1] - values[0]
    if not more:
        return said + w("explore.no_difference")
    said += w("explore.more" if more > 0 else "explore.less", change=plain(w, abs(more)))
    if values[0] >= answer.least:
        said += w("explore.share_of", share=w.percent(abs(more) / values[0]))
    return said


def difference_said(w: Words, cells: Sequence[Any]) -> str:
    a, b = cells
    if a.rate_low is None or b.rate_low is None:
        return w("explore.too_few")
    low = b.rate - a.rate - sqrt((b.rate - b.rate_low) ** 2 + (a.rate_high - a.rate) ** 2)
    high = b.rate - a.rate + sqrt((b.rate_high - b.rate) ** 2 + (a.rate - a.rate_low) ** 2)
    return w(
        "explore.points_sure" if low > 0 or high < 0 else "explore.points_unsure",
        change=signed(w, round(100 * (b.rate - a.rate))),
        low=signed(w, round(100 * low)),
        high=signed(w, round(100 * high)),
    )


def signed(w: Words, value: float) -> str:
    return ("+" if value > 0 else "") + plain(w, value)
