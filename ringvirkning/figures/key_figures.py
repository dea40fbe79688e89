"""Which key figures the overview has: those an association names, or what most is known of."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from queries import answers
from ringvirkning.figures.cards import USUAL, Card
from ringvirkning.figures.jobs import KINDS
from ringvirkning.figures.latest_cards import latest_card
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import own_row
from ringvirkning.texts.certainty import number

MOST_CARDS = 5


def key_figures(shown: View) -> list[Card]:
    """Those that are wanted, in that order; what has no number gives its place to the next that
    has, so that there are as many as are wanted or as can be told."""
    row = own_row(shown)
    own = list(row.key_figures or ()) if row else []
    known = (found for measure in wanted(shown, own) if (found := known_card(shown, measure)))
    return [unmixed(one) for one in islice(known, min(len(own), MOST_CARDS) or MOST_CARDS)]


def wanted(shown: View, own: Sequence[str]) -> Iterator[str]:
    """Each measure once, first its own; what else there is, is asked for only when it is come
    to."""
    first = dict.fromkeys([*own, *USUAL])
    yield from first
    yield from (measure for measure in other_measures(shown) if measure not in first)


def unmixed(card: Card) -> Card:
    """The card with the values of its number's kind alone: examples or published ones."""
    values = [v if v is None or number(v).is_example == card.is_example else None
              for v in card.values]  # fmt: skip
    return replace(card, values=values)


def other_measures(shown: View) -> list[str]:
    """What results are of beside jobs, those first that most programmes and years have."""
    results = shown.rows(answers.ResultsByProgramme)
    count = Counter(row.measure for row in results if row.measure not in KINDS)
    return [measure for measure, _ in count.most_common()]


def known_card(shown: View, measure: str) -> Card | None:
    """A measure's card for the year shown, or for the latest that is known of it; None without."""
    own = USUAL.get(measure)
    made = own(shown) if own else None
    return made if made and made.is_known else latest_card(shown, measure)
