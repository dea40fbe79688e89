"""A drawing on a narrow place, such as a phone, with what there is room to write."""

from dataclasses import replace

from ringvirkning.charts import Bars, Chart, Columns, Dots, Panels, Series, layout
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.texts import sentences

LETTER = 0.45  # of the height of a letter
BEHIND_A_BAR = 0.51  # of the width, what is left behind a bar and what stands before it


def with_room(chart: Chart, size: Size) -> Chart:
    """Without what there is no room to write, in columns, above them and behind bars: white on
    white, on each other or cut, it could not be read. It stands in the table."""
    if isinstance(chart, Bars | Dots):
        most = int(BEHIND_A_BAR * size.width / (LETTER * size.text))
        return replace(chart, totals=tuple(first_parts(one, most) for one in chart.totals))
    if not isinstance(chart, Columns | Panels) or (isinstance(chart, Columns) and chart.grouped):
        return chart
    # In columns, or as wide as their places.
    own = layout.column_bar(chart) if isinstance(chart, Columns) else 1
    letters = own * size.width / max(len(chart.categories), 1) / (LETTER * size.text)
    kept = [max(map(len, one.labels), default=0) <= letters for one in chart.series]
    series = [
        one if fits else replace(one, labels=labels_of_nothing(one))
        for one, fits in zip(chart.series, kept, strict=True)
    ]
    return replace(chart, series=tuple(series))


def labels_of_nothing(series: Series) -> tuple[str, ...]:
    """What is written where there is no column to see: that nothing is known is no nought."""
    said = zip(series.labels, series.values, strict=True)
    found = tuple("" if value else label for label, value in said)
    return found if any(found) else ()


def first_parts(said: str, most: int) -> str:
    """As many of the parts of a quiet line as fit in so many letters, and at least the first."""
    parts = said.split(sentences.SEPARATOR)
    while len(parts) > 1 and len(sentences.SEPARATOR.join(parts)) > most:
        parts.pop()
    return sentences.SEPARATOR.join(parts)
