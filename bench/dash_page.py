"""The overview as an ordinary Dash page: `python -m bench.dash_page DATABASE PORT`.

One callback for one view, plotly.express, DuckDB asked at every change, served by Waitress with
four threads.
"""

import sys
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html  # type: ignore[import-not-found,unused-ignore]
from waitress import serve  # type: ignore[import-untyped,unused-ignore]

import queries
from bench.ordinary import LISTS, SPAN, Content, content, label, vocabulary

NUMBERS = {"className": "metric", "style": {"fontSize": "2.4rem", "fontWeight": 700}}
QUIET = {"style": {"color": "#5a696c", "fontSize": "14px"}}


def filters() -> html.Details:
    lists = [
        html.Div([html.Label(label(name)), dcc.Dropdown(id=name, multi=True)]) for name in LISTS
    ]
    years = dcc.RangeSlider(*SPAN, 1, value=list(SPAN), id="years", marks=None)
    examples = dcc.Checklist([label("illustrative")], [label("illustrative")], id="illustrative")
    grid = {"display": "grid", "gridTemplateColumns": "repeat(4, 1fr)", "gap": "1rem"}
    return html.Details(
        [html.Summary("Utvalg"), html.Div([*lists, years, examples], style=grid)], id="filters"
    )


def card(said: tuple[str, str, str, str, str]) -> html.Div:
    name, number, change, line, note = said
    return html.Div(
        [
            html.Div(name),
            html.Div(number, **NUMBERS),
            html.Div(change, **QUIET),
            html.Img(src=line),
            html.Div(note, **QUIET),
        ]
    )


def chart(name: str) -> html.Div:
    title, foot = html.H2(id=f"{name}-title"), html.Div(id=f"{name}-foot", **QUIET)
    graph = dcc.Graph(id=name, config={"displayModeBar": False})
    return html.Div([title, graph, foot], style={"minWidth": 0})


def page(database: Path) -> Dash:
    connection = queries.opened(database)
    w = vocabulary(connection)
    app = Dash(__name__, title="Ringvirkning", update_title=None)
    five = {"display": "grid", "gridTemplateColumns": "repeat(5, 1fr)", "gap": "1rem"}
    two = {"display": "grid", "gridTemplateColumns": "6fr 5fr", "gap": "2rem"}
    app.layout = html.Div(
        [
            filters(),
            html.H1(id="headline"),
            html.Div(id="under", **QUIET),
            html.Div(id="cards", style=five),
            html.Div([chart("active"), chart("jobs")], style=two),
            html.Div(id="attention", style=five),
        ],
        style={"fontFamily": "sans-serif", "padding": "1rem 4rem"},
    )

    @app.callback(
        *(Output(name, "options") for name in LISTS),
        Output("headline", "children"),
        Output("under", "children"),
        Output("cards", "children"),
        Output("active-title", "children"),
        Output("active", "figure"),
        Output("active-foot", "children"),
        Output("jobs-title", "children"),
        Output("jobs", "figure"),
        Output("jobs-foot", "children"),
        Output("attention", "children"),
        *(Input(name, "value") for name in LISTS),
        Input("years", "value"),
        Input("illustrative", "value"),
    )
    def changed(*values: Any) -> tuple[Any, ...]:
        *lists, years, illustrative = values
        chosen: dict[str, Any] = {
            name: tuple(v or ()) for name, v in zip(LISTS, lists, strict=True)
        }
        chosen["years"] = None if tuple(years) == SPAN else tuple(years)
        chosen["illustrative"] = bool(illustrative)
        return shown(content(connection, w, chosen))

    return app


def shown(c: Content) -> tuple[Any, ...]:
    choices = [[{"value": code, "label": said} for code, said in c.options[name]] for name in LISTS]
    matters = [html.Div([html.B(title), html.Div(what, **QUIET)]) for title, what in c.attention]
    return (
        *choices,
        c.headline,
        c.under,
        [card(said) for said in c.cards],
        *(c.active_title, c.active, c.active_foot),
        *(c.jobs_title, c.jobs, c.jobs_foot),
        matters,
    )


if __name__ == "__main__":
    serve(page(Path(sys.argv[1])).server, host="127.0.0.1", port=int(sys.argv[2]), threads=4)
