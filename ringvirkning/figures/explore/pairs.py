"""Who works with whom: the pairs that have most in common, ranked; the table has the others."""

from ringvirkning.charts import Bars, Meaning, RowsOnly, Series, forms
from ringvirkning.charts.shorter import MOST
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import Answer, mark
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import number

MOST_PAIR_ROWS = 1000  # in the table; the picture has as many as a slide


def ranked_pairs(w: Words, answer: Answer, form: str, title: str, subtitle: str) -> Bars | RowsOnly:
    """A bar for each pair, as long as what the two have in common."""
    rows = [
        (
            " · ".join(answer.names.get(one, one) for one in (a, b)),
            wording.marked(w, answer, answer.cells[a, b], w.shown(value)),
        )
        for a, b, value in answer.pairs[:MOST_PAIR_ROWS]
    ]
    words = forms.base(w, title, subtitle, [(w("explore.pair"), answer.measure["name"]), *rows])
    within = forms.widest(value for _, _, value in answer.pairs)
    if form == "table":
        return RowsOnly(*words, within=within)
    drawn = answer.pairs[:MOST]
    kinds: list[Meaning] = [
        "example" if number(value).is_example else "solid" for _, _, value in drawn
    ]
    series = Series(
        answer.measure["name"],
        "accent",
        tuple(value for _, _, value in drawn),
        hovers=tuple(f"{names}: {said}" for names, said in rows[:MOST]),
        pattern=tuple(kinds),
        keys=tuple(mark(a, b) for a, b, _ in drawn),
    )
    names, totals = zip(*rows[:MOST], strict=True) if rows else ((), ())
    return Bars(*words, names, (series,), totals, within=within)
