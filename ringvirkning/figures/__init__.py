"""The figures of the pages: which questions each asks, the chart of the answers, the line under it.

A figure is the same wherever it is shown: on a page, on a slide, on paper.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from queries import Value
from ringvirkning.charts import Chart, Measured, Timeline, forms
from ringvirkning.figures import events, feet
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences


@dataclass(frozen=True)
class Figure:
    """A chart with the quiet line under it, and what is needed to understand and to check it.

    `name` is its own on its page; `place` is what it is called there by where it stands, if others
    take its place under other filters. `measures` are those it shows, `asks` the questions it is
    made from, `more` what they are asked with beside the selection, `behind` the question whose
    records they are, `cited` where the records in its numbers are from, and those of no others. A
    mark that is clicked `opens` its "partnership", or its "records" on Utforsk: its key is the row
    of `behind`, after a measure and a space where it is of another. `told` is what happened and
    what is remarked, as much as stands below the chart, `every` all of it.
    """

    name: str
    chart: Chart
    foot: str
    measures: Sequence[str]
    asks: Sequence[str]
    more: Mapping[str, Value] = field(default_factory=dict)
    behind: Question | None = None
    cited: feet.Cited = ()
    opens: str = ""
    told: Sequence[str] = ()
    every: Sequence[str] = ()
    place: str = ""

    @property
    def key(self) -> str:
        """What a page knows it by from run to run."""
        return f"figure-{self.place or self.name}"

    @property
    def under(self) -> str:
        """All that stands below the chart, where it is one text."""
        return sentences.quiet_line([*self.told, self.foot])


PageFigure = Callable[[View], Figure | None]  # None where there is nothing to draw
Rows = Sequence[Sequence[PageFigure]]  # the figures of a page, those of a row side by side


def make(
    shown: View,
    name: str,
    chart: Chart,
    *,
    foot: str,
    measures: Sequence[str],
    asks: Sequence[str],
    cited: feet.Cited,
    behind: Question | None = None,
    more: Mapping[str, Value] | None = None,
    opens: str = "",
) -> Figure:
    """A figure, as each is made: its foot says, too, where the records in its numbers are from and,
    where a number in it is rounded, how."""
    w = shown.words
    how = feet.rounding(shown, measures, chart.within) if chart.within else ""
    made_up = ""
    if isinstance(chart, Measured) and chart.is_made_up:  # said once, which hatching says of a part
        chart = forms.unhatched(chart)
        is_said = chart.title.startswith(w("claim.example")) or feet.is_only_examples(cited)
        made_up = "" if is_said else w("foot.only_examples")
    elif isinstance(chart, Measured) and chart.has_made_up:
        made_up = w("foot.hatched")
    told: Sequence[str] = ()
    every: Sequence[str] = ()
    if isinstance(chart, Measured):
        chart, told, every = events.beside(shown, chart, measures)
    elif isinstance(chart, Timeline):
        chart, told, every = events.beside_spans(shown, chart)
    whole = sentences.quiet_line([foot, made_up, feet.sources(w, cited), how])
    return Figure(name, chart, whole, measures, asks, more or {}, behind, cited, opens, told, every)
