"""Two parts of an answer beside each other: how they differ, and how certain that is."""

from collections.abc import Sequence

from queries import answers
from ringvirkning.figures.explore.answer import TOTAL, Answer
from ringvirkning.figures.explore.wording import (
    COUNTED,
    example_of,
    in_sentence,
    is_all,
    label,
    where_known,
)
from ringvirkning.figures.explore.wording import cell_words as number_words
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import difference, newcombe, number, percent, points, share


def comparison(w: Words, answer: Answer) -> str:
    """Two splits beside each other: what each has in all, and how certain it is that they differ.

    Counts are told as they are, and in per cent where a share may stand.
    """
    keys = answer.split_keys
    cells = [answer.cells.get((TOTAL, key)) for key in keys]
    names = [label(w, answer, answer.split, key) for key in keys]
    start = example_of(w, cells)
    said = start + w(
        f"explore.{'compared_examples' if start else 'compared'}",
        a=names[0],
        a_value=cell_in_sentence(w, answer, cells[0]),
        b=names[1],
        b_value=cell_in_sentence(w, answer, cells[1]),
    )
    said += max((where_known(w, answer, cell) for cell in cells), key=len)
    if None in cells:
        return said
    if answer.is_rate:
        return said + (difference_said(w, answer, cells) if answer.has_interval else "")
    values = [answer.value(cell) for cell in cells]
    if values[0] is None or values[1] is None or not is_all(answer, *cells):
        return said
    if number(values[0]).is_example != number(values[1]).is_example:
        return said + w("explore.not_alike")
    kind, by = difference(values[1], values[0])
    if kind not in ("more", "fewer"):
        return said + w(f"explore.no_difference_{kind}")
    key = "more" if kind == "more" else "less"
    counted = "_counted" if answer.measure["unit"] in COUNTED else ""
    said += w(f"explore.{key}{counted}", change=in_sentence(w, answer, by))
    per_cent = share(abs(by), values[0], is_part=False)
    return said + (w("explore.share_of", share=w.percent(per_cent)) if per_cent else "")


def cell_in_sentence(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """A cell in a sentence: its number as exactly as it is known."""
    if cell is not None and not answer.is_rate and cell.value is not None:
        said = in_sentence(w, answer, cell.value)
        is_sure = not (answer.is_stock and cell.uncertain_count)
        return said if is_sure else w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
    return number_words(w, answer, cell) or w("chart.unknown")


def difference_said(w: Words, answer: Answer, cells: Sequence[answers.Explore | None]) -> str:
    """The change in percentage points is the difference of the two per cents shown, about so many
    where they are; its interval says whether it is more than chance and rounding."""
    a, b = map(answer.share, cells)
    if a is None or b is None:
        return w("explore.too_few")
    low, high = newcombe(a, b)
    is_sure = low > 0 or high < 0
    change = points(a, b)
    if is_sure and not change:
        return w("explore.points_small")
    said = w.signed(change)
    return w(
        "explore.points_sure" if is_sure else "explore.points_unsure",
        change=said if a.is_exact and b.is_exact else w("count.about", number=said),
        low=w.signed(percent(low)),
        high=w.signed(percent(high)),
    )
