"""The overview as an ordinary Streamlit page, which ours is compared with: the same content, asked
uncached of the same version at every change and drawn by plotly.express.

`streamlit run bench/plain_page.py -- DATABASE`; what is chosen may stand in its address, too.
"""

import sys
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).parents[1]))

import queries
from bench.common import AS_OF, EIGHT, LISTS, SPAN, UNFILTERED, parameters, spark
from ringvirkning.texts import Words, words
from tests import frames

KINDS = ("placement_permanent", "placement_temporary", "apprenticeship", "placement_unspecified")


def vocabulary(connection: duckdb.DuckDBPyConnection) -> Words:
    rows = frames.ask(connection, "measure_words", {}).fillna("").to_dict("records")
    measures = {row["measure"]: row | {"name": row["name_nb"]} for row in rows}
    types: dict[str, dict[str, str]] = {}
    for row in frames.ask(connection, "type_words", {}).to_dict("records"):
        types.setdefault(row["kind"], {})[row["code"]] = row["name_nb"]
    return Words("nb", measures, types)


@st.cache_resource
def opened(database: str) -> tuple[duckdb.DuckDBPyConnection, Words, dict[str, dict[str, str]]]:
    """The version, its words, and the choices of each filter."""
    connection = queries.opened(Path(database))
    w = vocabulary(connection)
    rows = frames.ask(connection, "choices", parameters(UNFILTERED))
    return connection, w, options(w, rows)


def chosen(known: dict[str, dict[str, str]]) -> dict[str, Any]:
    asked = st.query_params
    found: dict[str, Any] = {}
    for column, name in zip(st.columns(4), LISTS, strict=True):
        names = known[name]
        found[name] = column.multiselect(
            label(name), names, default=asked.get_all(name), format_func=names.__getitem__
        )
    first, last = map(int, asked.get("years", "{}-{}".format(*SPAN)).split("-"))
    years = st.slider(label("years"), *SPAN, value=(first, last))
    found["years"] = None if years == SPAN else years
    found["illustrative"] = st.toggle(label("illustrative"), value="examples" not in asked)
    return found


def page(database: str) -> None:
    st.set_page_config(page_title="Ringvirkning", layout="wide")
    connection, w, known = opened(database)
    with st.expander("Utvalg"):
        values = parameters(chosen(known)) | {"illustrative": False}
    answers = {name: frames.ask(connection, name, values) for name in EIGHT}
    active, jobs = answers["partnerships_by_year"], answers["placements_by_year"]
    coverage, targets = answers["partnership_coverage"].iloc[0], answers["targets_met"]
    single = jobs[(jobs.from_year == jobs.to_year) & jobs.measure.isin(KINDS)]
    year, cited = values["year"], answers["sources"]
    sure = int(active[(active.year == year) & active.is_confirmed].partnership_count.sum())
    all_ = int(active[active.year == year].partnership_count.sum())
    persons = w.number(int(single[single.from_year == year].value.sum()))
    counted = int(coverage.partnership_count - coverage.undated_count - coverage.future_count)
    st.title(f"{sure} bekreftede partnerskap i {year}. {persons} i jobb i {year}.")
    st.caption(f"{values['from_year']}–{values['to_year']} · {w.day(AS_OF)}")
    shown = cards(w, active, answers["activities_by_year"], single, targets, year)
    for column, (name, number, change, line) in zip(st.columns(5), shown, strict=True):
        column.metric(name, number, change)
        column.caption(f"![]({line})  \n{year}")
    left, right = st.columns([6, 5])
    left.header(f"{sure} av {all_} partnerskap i kraft i {year} er bekreftet")
    left.plotly_chart(active_figure(w, active))
    left.caption(f"{counted} av {coverage.partnership_count} · {source(cited, 'partnership')}")
    right.header(f"{persons} fikk jobb i {year}")
    right.plotly_chart(jobs_figure(w, single, targets))
    right.caption(source(cited, "outcome"))
    for column, row in zip(st.columns(5), answers["attention"].itertuples(), strict=False):
        titles = [] if pd.api.types.is_scalar(row.titles) else list(row.titles)
        column.markdown(f"**{row.matter}**  \n{'; '.join([w.number(row.record_count), *titles])}")


def source(cited: pd.DataFrame, record: str) -> str:
    used = cited[cited.record == record].groupby("source").record_count.sum()
    return "kilde: " + ", ".join(used.sort_values(ascending=False).index[:2])


def options(w: Words, rows: pd.DataFrame) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {name: {} for name in LISTS}
    for row in rows.itertuples():
        found[row.filter][row.code] = w.code(row.filter, row.code)
    return found


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
    # As floats: where orjson is installed, as for the lean page, Plotly takes no kind of number.
    table = single.assign(value=single.value.astype(float))
    table = table.groupby(["measure", "from_year"], as_index=False).value.sum()
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
        & targets.programme.isin(single.programmes.explode().unique())
    ]
    for year, aim in aims.groupby("from_year").target.sum().items():
        figure.add_shape(type="line", x0=year - 0.46, x1=year + 0.46, y0=float(aim), y1=float(aim))
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
) -> list[tuple[str, str, str, str]]:
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
        found.append((name, number, change, line))
    return found


def label(name: str) -> str:
    return words("nb")(f"filter.{name}")


if __name__ == "__main__":
    page(sys.argv[1])
