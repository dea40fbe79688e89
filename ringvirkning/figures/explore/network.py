"""Who works with whom: a matrix, which still reads with 200 partners; lines would be a tangle."""

from collections import Counter
from itertools import groupby

from ringvirkning.charts import Network, Pair, RowsOnly, forms
from ringvirkning.figures.explore.answer import Answer, mark
from ringvirkning.texts import Words

MOST = 200  # in the picture; the table has more
MOST_WITH_NAMES = 40
MOST_PAIR_ROWS = 1000


def network(w: Words, answer: Answer, form: str, title: str, subtitle: str) -> Network | RowsOnly:
    """Those with most in common, by type and then by how much; each pair stands on both sides."""
    ties: Counter[str] = Counter()
    for a, b, value in answer.pairs:
        ties.update({a: value, b: value})
    shown = [key for key, _ in ties.most_common(MOST)]
    types = forms.type_order(w, "partner_type", {answer.types.get(key, "") for key in shown})
    order = sorted(shown, key=lambda key: (types.index(answer.types.get(key, "")), -ties[key], key))
    place = {key: at for at, key in enumerate(order)}
    name = {key: answer.names.get(key, key) for key in ties}
    table = [(w("explore.pair_a"), w("explore.pair_b"), answer.measure["name"])] + [
        (name[a], name[b], w.shown(value)) for a, b, value in answer.pairs[:MOST_PAIR_ROWS]
    ]
    pairs = tuple(
        Pair(
            (place[one], place[other]),
            value,
            f"{name[one]} · {name[other]}: {w.shown(value)}",
            mark(one, other),
        )
        for a, b, value in answer.pairs
        if a in place and b in place
        for one, other in ((a, b), (b, a))
    )
    said = subtitle.rstrip(".") + ". " + w("explore.matrix")
    if len(ties) > MOST:
        said += " " + w("explore.first_of", n=MOST, all=len(ties)) + "."
    words = (title, said, tuple(table), forms.alternative(w, title, subtitle, table))
    within = forms.widest(value for _, _, value in answer.pairs)
    if form == "table":
        return RowsOnly(*words, within=within)
    groups = [
        (w.code("partner_type", kind), len(list(same)))
        for kind, same in groupby(order, lambda key: answer.types.get(key, ""))
    ]
    names = [name[key] for key in order] if len(order) <= MOST_WITH_NAMES else [""] * len(order)
    return Network(*words, tuple(names), pairs, tuple(groups), within=within)
