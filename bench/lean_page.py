"""The overview as the leanest Dash page that somebody who knows how would write, which ours is
compared with: the same content by the same figures and the same kept answers, so that only the way
to the screen differs. Figures are our plain dictionaries, packed by orjson and kept; choices are
checkboxes, whose words are sent only where they have changed; Plotly is the basic bundle.

`python -m bench.lean_page VAR PORT`.
"""

import json
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, State, dcc, html, no_update
from waitress import serve

from bench.common import AS_OF, LISTS, ROOT, spark
from queries import answers
from ringvirkning.charts import Chart, screen
from ringvirkning.figures import Figure, catalogue, feet, filters, in_force, overview, stories
from ringvirkning.figures.cards import Card
from ringvirkning.figures.view import Selection, View
from ringvirkning.store import versions
from ringvirkning.texts import words

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}
QUIET = {"color": "#5a696c", "fontSize": "14px"}
FIVE = {"display": "grid", "gridTemplateColumns": "repeat(5, 1fr)", "gap": "1rem"}
TWO = {"display": "grid", "gridTemplateColumns": "6fr 5fr", "gap": "2rem"}
PAGE = {"fontFamily": "sans-serif", "padding": "1rem 4rem"}
CHARTS = ("active", "jobs")
TOLD = ("headline", "under", "cards", "examples", "attention")
ON = "Ta med eksempeltall"


@lru_cache(maxsize=256)
def figure(chart: Chart) -> dict[str, Any]:
    # Our numbers know how certain they are, which orjson doesn't take for numbers.
    drawn: dict[str, Any] = json.loads(screen.figure_json(chart, "light"))
    return {"data": drawn["data"], "layout": drawn["layout"]}


def key_figure(card: Card) -> html.Div:
    number = {"fontSize": "2.4rem", "fontWeight": 700}
    return html.Div(
        [
            html.Div(card.label),
            html.Div(card.number, className="metric", style=number),
            html.Div(card.change, style=QUIET),
            html.Img(src=spark(list(card.values))),
            html.Div(card.note, style=QUIET),
        ]
    )


def choices(shown: View) -> list[list[dict[str, str]]]:
    known = filters.choices(shown.rows(answers.Choices))
    return [
        [
            {"value": code, "label": shown.words.code(name, code) + ("" if n else " – uten data")}
            for code, n in known[name].items()
        ]
        for name in LISTS
    ]


def of_chart(made: Figure | None) -> list[Any]:
    return [made.chart.title, figure(made.chart), made.foot] if made else ["", {}, ""]


def content(shown: View) -> list[Any]:
    """What the outputs are, in their order."""
    w = shown.words
    examples = overview.example_cards(shown) if shown.selection.illustrative else []
    lines = [
        html.Div(
            [html.B(w(f"attention.{row.matter}.title")), ": ", stories.attention_count(w, row)]
        )
        for row in shown.rows(answers.Attention)
    ]
    return [
        *choices(shown),
        overview.headline(shown),
        feet.under_headline(shown),
        list(map(key_figure, overview.published_cards(shown))),
        list(map(key_figure, examples)),
        lines,
        *of_chart(in_force.active(shown)),
        *of_chart(overview.jobs_or_activities(shown)),
    ]


def page(var: Path) -> Dash:
    version = versions.current(var)
    assert version
    base = catalogue.seen(words("nb"), version, version.exact(var), AS_OF, "")
    first = content(base)
    vendor = ROOT / "ringvirkning" / "ui" / "vendor"  # Dash takes the Plotly that is there
    app = Dash("Ringvirkning", update_title=None, assets_folder=str(vendor))
    lists = [
        html.Fieldset(
            [html.Legend(base.words(f"filter.{name}")), dcc.Checklist(first[i], [], id=name)]
        )
        for i, name in enumerate(LISTS)
    ]
    years = dcc.RangeSlider(*base.span, 1, value=list(base.span), id="years", marks=None)
    examples = dcc.Checklist([ON], [ON], id="illustrative")
    charts = [
        html.Div(
            [
                html.H2(id=f"{name}-title"),
                dcc.Graph(id=name, config=CONFIG),
                html.Div(id=f"{name}-foot", style=QUIET),
            ],
            style={"minWidth": 0},
        )
        for name in CHARTS
    ]
    app.layout = html.Div(
        [
            html.Details([html.Summary("Utvalg"), html.Div([*lists, years, examples], style=FIVE)]),
            html.H1(id="headline"),
            html.Div(id="under", style=QUIET),
            html.Div(id="cards", style=FIVE),
            html.Div(charts, style=TWO),
            html.Div(id="examples", style=FIVE),
            html.Div(id="attention"),
        ],
        style=PAGE,
    )

    @app.callback(
        *(Output(name, "options") for name in LISTS),
        *(Output(name, "children") for name in TOLD),
        *(
            Output(*where)
            for name in CHARTS
            for where in (
                (f"{name}-title", "children"),
                (name, "figure"),
                (f"{name}-foot", "children"),
            )
        ),
        *(Input(name, "value") for name in LISTS),
        Input("years", "value"),
        Input("illustrative", "value"),
        *(State(name, "options") for name in LISTS),
    )
    def changed(*given: Any) -> tuple[Any, ...]:
        chosen, years, illustrative, before = given[:4], tuple(given[4]), given[5], given[6:]
        lists: dict[str, Any] = {
            name: tuple(codes or ()) for name, codes in zip(LISTS, chosen, strict=True)
        }
        selection = Selection(
            **lists,
            years=None if years == base.span else years,
            illustrative=bool(illustrative),
        )
        found = content(replace(base, selection=selection))
        for i, options in enumerate(before):
            if found[i] == options:
                found[i] = no_update
        return tuple(found)

    return app


if __name__ == "__main__":
    serve(page(Path(sys.argv[1])).server, host="127.0.0.1", port=int(sys.argv[2]), threads=4)
