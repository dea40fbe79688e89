"""A key figure as a figure of its own, and all of them as one."""

from collections.abc import Sequence

from ringvirkning.charts import KeyFigure, Numbers, forms
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.cards import Card
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.figure import question_values
from ringvirkning.figures.latest_cards import first_year, last_year
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences


def card_heading(shown: View, card: Card) -> str:
    return f"{card.label}, {wording.period_words(shown.words, card.behind.row)}"


def card_title(shown: View, card: Card) -> str:
    return f"{card_heading(shown, card)}: {card.number}"


def card_figure(shown: View, card: Card) -> Figure:
    """A key figure as a figure: its values by year, the shown year last, then its number where that
    is of several years or of an earlier one."""
    w = shown.words
    first = shown.year - len(card.values) + 1
    period, heading = card.behind.row, card_heading(shown, card)
    foot = [w("claim.example") if card.is_example else "", card.change, card.note]
    rows = [
        (w("chart.year"), card.label),
        *((str(first + at), card_value(shown, card, v)) for at, v in enumerate(card.values)),
    ]
    if period not in dict(rows):
        rows.append((wording.period_words(w, period), card.number))
    more = question_values(card.behind) if card.asks == "explore" else {}
    return Figure(
        card.measure,
        Numbers(card_title(shown, card), heading, tuple(rows), alt=""),
        sentences.quiet_line(
            [*foot, feet.rounding(shown, [card.measure], cards_within(shown, [card]))]
        ),
        [card.measure],
        [card.asks],
        {"from_year": None, "to_year": None, **more},
        card.behind,
        cited(shown, card),
    )


def cited(shown: View, card: Card) -> feet.Cited:
    """Where its number is from."""
    measure, period = feet.counted_in(card.behind.measure, card.behind.point), card.behind.row
    years = (first_year(period), last_year(period))
    return feet.without_unmet(feet.cited(shown, measure, exact_years=years))


def cards_within(shown: View, cards: Sequence[Card]) -> float:
    """By how much their numbers, and what headlines count, may be off."""
    return max([feet.headline_within(shown), *(card.within for card in cards)])


def card_value(shown: View, card: Card, value: float | None) -> str:
    w = shown.words
    if value is None:
        return ""
    return w.percent(value) if w.unit(card.measure) == "share" else w.plain(value)


def together(shown: View, cards: Sequence[Card], title: str, name: str) -> Figure:
    """The key figures side by side, as they stand on a slide."""
    w = shown.words
    figures = tuple(
        KeyFigure(
            card.label,
            card.number,
            sentences.quiet_line(
                [card.change, card.note, w("claim.example") if card.is_example else ""]
            ),
        )
        for card in cards
    )
    rows = [
        (w("chart.key_figure"), str(shown.year), w("figure.basis")),
        *((one.label, one.number, one.note) for one in figures),
    ]
    measures = [card.measure for card in cards]
    subtitle = w("chart.key_figures", year=str(shown.year))
    foot = [w("foot.as_of", date=w.day(shown.as_of)), w("foot.key_figures")]
    return Figure(
        name,
        Numbers(*forms.base(w, title, subtitle, rows), figures),
        sentences.quiet_line([*foot, feet.rounding(shown, measures, cards_within(shown, cards))]),
        measures,
        list(dict.fromkeys(card.asks for card in cards)),
        cited=[row for card in cards for row in cited(shown, card)],
    )
