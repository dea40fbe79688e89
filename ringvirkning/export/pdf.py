"""A deck as PDF: its slides in 16:9, or as a handout."""

from collections.abc import Sequence

from ringvirkning.charts import Chart, Numbers, RowsOnly
from ringvirkning.export.deck import Deck, Slide, wordmark
from ringvirkning.export.identity import Identity
from ringvirkning.export.report import longest_column
from ringvirkning.export.show import DRAWN
from ringvirkning.export.typeset import Files, add_picture, legend, logo, number_fields, qr, typeset
from ringvirkning.texts import Words


def pdf(
    w: Words, deck: Deck, slides: Sequence[Slide], who: Identity, is_handout: bool = False
) -> bytes:
    """The slides in 16:9; a handout has them on A4 with their notes."""
    files: Files = {}
    said: dict[str, object] = {
        "name": deck.name,
        "author": who.name,
        "language": w.language,
        "strong": who.colours[0],
        "second": who.colours[1],
        "internal": w("deck.internal") if deck.is_internal else "",
        "logo": logo(files, who),
        "qr": qr(files, who),
        "site": who.site,
        "handout": is_handout,
        "slides": [
            template_slide(w, deck, slide, who, files, f"{number} / {len(slides)}")
            for number, slide in enumerate(slides, 1)
        ],
    }
    return typeset("slides.typ", said, files)


def table_on_slide(chart: Chart) -> Sequence[Sequence[str]]:
    return chart.rows[: chart.slide_rows + 1] if isinstance(chart, RowsOnly) else chart.rows


def template_slide(
    w: Words, deck: Deck, slide: Slide, who: Identity, files: Files, number: str
) -> dict[str, object]:
    """A slide as the template takes it."""
    chart = slide.chart
    drawn = add_picture(files, chart, DRAWN) if chart else ""
    figures = number_fields(chart) if isinstance(chart, Numbers) else []
    return {
        "kind": slide.kind,
        "wordmark": wordmark(slide, who),
        "headline": slide.headline,
        "under": slide.under,
        "picture": drawn,
        "alt": chart.alt if chart else "",
        "legend": legend(chart) if chart and drawn else [],
        "numbers": figures,
        "wordy": isinstance(chart, Numbers) and chart.is_wordy,
        "across": chart.across if isinstance(chart, Numbers) else 0,
        "rows": table_on_slide(chart) if chart and not drawn and not figures else [],
        "numeric": w.number_columns(chart.rows) if chart else [],
        "wide": longest_column(table_on_slide(chart)) if chart else 0,
        "columns": slide.columns,
        "foot": slide.foot if slide.kind != "title" else "",
        "notes": slide.notes,
        "number": [" · ".join(filter(None, [who.name, w.day(deck.as_of)])), number],
    }
