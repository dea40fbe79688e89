"""What the ordinary pages show: the overview's content, asked uncached, drawn by plotly.express.

The Dash page and the ordinary Streamlit page differ in nothing but the framework.
"""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

import queries
from bench.common import AS_OF, EIGHT, LISTS, SPAN, UNFILTERED, parameters
from ringvirkning.texts import Words, words

KINDS = ("placement_permanent", "placement_temporary", "apprenticeship", "placement_unspecified")


@dataclass(frozen=True)
class Content:
    headline: str
    under: str
    cards: list[tuple[str, str, str, str, str]]  # label, number, change, spark line, note
    active: go.Figure
    active_title: str
    active_foot: str
    jobs: go.Figure
    jobs_title: str
    jobs_foot: str
    attention: list[tuple[str, str]]
    options: dict[str, list[tuple[str, str]]]  # code and words, by filter


def vocabulary(connection: duckdb.DuckDBPyConnection) -> Words:
    rows = queries.ask(connection, "measure_words", {}).fillna("").to_dict("records")
    return Words("nb", {row["measure"]: row | {"name": row["name_nb"]} for row in rows})


def content(connection: duckdb.DuckDBPyConnection, w: Words, chosen: dict[str, Any]) -> Content:
    values = parameters(chosen)
    year = values["year"]
    answers = {name: queries.ask(connection, name, values) for name in EIGHT}
    active, jobs = answers["partnerships_by_year"], answers["placements_by_year"]
    coverage, targets = answers["partnership_coverage"].iloc[0], answers["targets_met"]
    single = jobs[jobs.from_year == jobs.to_year]
    cited = answers["sources"]
    counted = int(coverage.partnership_count - coverage.undated_count - coverage.future_count)
    sure = int(active[(active.year == year) & active.is_confirmed].partnership_count.sum())
    all_ = int(active[active.year == year].partnership_count.sum())
    persons = int(single[single.from_year == year].value.sum())
    first, last = chosen["years"] or SPAN
    return Content(
        headline=f"{sure} bekreftede partnerskap i {year}. {w.number(persons)} i jobb i {year}.",
        under=f"{first}–{last} · {w.day(AS_OF)}",
        cards=cards(w, active, answers["activities_by_year"], single, targets, year),
        active=active_figure(w, active),
        active_title=f"{sure} av {all_} partnerskap i kraft i {year} er bekreftet",
        active_foot=f"{counted} av {coverage.partnership_count} · {source(cited, 'partnership')}",
        jobs=jobs_figure(w, single, targets),
        jobs_title=f"{w.number(persons)} fikk jobb i {year}",
        jobs_foot=source(cited, "outcome"),
        attention=[attention(w, row) for row in answers["attention"].itertuples()],
        options=options(w, answers["choices"]),
    )


def source(cited: pd.DataFrame, record: str) -> str:
    used = cited[cited.record == record].groupby("source").record_count.sum()
    return "kilde: " + ", ".join(used.sort_values(ascending=False).index[:2])


def options(w: Words, rows: pd.DataFrame) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in LISTS}
    for row in rows.itertuples():
        said = w.code(row.filter, row.code)
        if not row.is_left:
            said += " –"  # no data
        found[row.filter].append((row.code, said))
    return found


def attention(w: Words, row: Any) -> tuple[str, str]:
    titles = [] if pd.api.types.is_scalar(row.titles) else list(row.titles)
    return row.matter, "; ".join([w.number(row.record_count), *titles])


def active_figure(w: Words, active: pd.DataFrame) -> go.Figure:
    unconfirmed = "Ikke bekreftet"
    table = active.assign(
        part=[
            w.code("partner_type", part) if sure else unconfirmed
            for part, sure in zip(active.part, active.is_confirmed, strict=True)
        ]
    )
    table = table.groupby(["year", "part"], as_index=False).partnership_count.sum()
    figure = px.bar(table, x="year", y="partnership_count", color="part")
    figure.update_traces(marker_pattern_shape="/", selector={"name": unconfirmed})
    return dressed(figure)


def jobs_figure(w: Words, single: pd.DataFrame, targets: pd.DataFrame) -> go.Figure:
    table = single.groupby(["measure", "from_year"], as_index=False).value.sum()
    names = {kind: w.code("measure", kind) for kind in KINDS}
    figure = px.bar(
        table.assign(kind=table.measure.map(names)),
        x="from_year",
        y="value",
        color="kind",
        category_orders={"kind": list(names.values())},
    )
    aims = targets[
        (targets.measure == "placement_permanent")
        & targets.target.notna()
        & targets.programme.isin(single.programme.unique())
    ]
    for year, aim in aims.groupby("from_year").target.sum().items():
        figure.add_shape(type="line", x0=year - 0.46, x1=year + 0.46, y0=aim, y1=aim)
    return dressed(figure)


def dressed(figure: go.Figure) -> go.Figure:
    return figure.update_layout(
        template="plotly_white",
        height=340,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "title": None},
        xaxis_title=None,
        yaxis_title=None,
    )


def cards(
    w: Words,
    active: pd.DataFrame,
    held: pd.DataFrame,
    single: pd.DataFrame,
    targets: pd.DataFrame,
    year: int,
) -> list[tuple[str, str, str, str, str]]:
    aims = targets[(targets.measure == "placement_permanent") & targets.actual.notna()]
    sums = aims.groupby("from_year")[["actual", "target"]].sum()
    share = sums.actual / sums.target
    confirmed = active.partnership_count * active.is_confirmed
    series = {
        "Aktive partnerskap": confirmed.groupby(active.year).sum(),
        "Aktiviteter": held.groupby("year").activity_count.sum(),
        "Deltakelser": held[held.attended_known > 0].groupby("year").attended_count.sum(),
        "Jobber": single.groupby("from_year").value.sum(),
        "Måloppnåelse": share,
    }
    found = []
    for name, by_year in series.items():
        now, before = by_year.get(year), by_year.get(year - 1)
        shown = w.percent if name == "Måloppnåelse" else w.number
        change = "" if now is None or before is None else w.signed(now - before)
        line = spark([by_year.get(y) for y in range(year - 9, year + 1)])
        number = "–" if now is None else shown(now)
        found.append((name, number, change, line, str(year)))
    return found


def spark(values: list[float | None]) -> str:
    """The same small drawing as the app's, so that both draw two Plotly figures."""
    top = max((v for v in values if v is not None), default=0) or 1
    dots = " ".join(
        f"{4 + 15.8 * i:.1f},{30 - 26 * v / top:.1f}" for i, v in enumerate(values) if v is not None
    )
    size = 'xmlns="http://www.w3.org/2000/svg" width="150" height="34"'
    svg = f'<svg {size}><polyline points="{dots}" fill="none" stroke="#0b5563"/></svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def label(name: str) -> str:
    return words("nb")(f"filter.{name}")


__all__ = ["KINDS", "LISTS", "SPAN", "UNFILTERED", "Content", "content", "label", "vocabulary"]
