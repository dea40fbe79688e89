"""The menu of a figure or a key figure: meaning, basis, table, query, files.

One for all, so that no number leaves the page without what is needed to understand it.
"""

import base64
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from charts.outcomes import KINDS
from export import Table
from export.tables import csv_file, xlsx_file
from texts import sentences
from ui import feet, question
from ui.filters import summary
from ui.question import Question
from ui.view import View

FILES = {"csv": csv_file, "xlsx": xlsx_file}
WORDS = ("menu", "table", "sql", "download", "copy_link", "copied", "sort", "behind")
LONGEST_NAME = 60
MOST_SOURCES = 12
# What a measure is counted from; a measure of results is counted from results.
RECORDS = dict.fromkeys(
    ("active_partnerships", "partnerships_started", "partnerships_ended"), "partnership"
) | dict.fromkeys(("activities_held", "registered", "attended", "employers"), "activity")
MADE_OF = {
    "placements": KINDS,
    "placement_rate": KINDS,
    "retention_rate": ("in_work_or_education",),
}


@dataclass(frozen=True)
class Told:
    """What is told of a figure: title, what it shows, foot, table, measures, and the questions it
    is made from, with what they are asked with beside the selection."""

    title: str
    shows: str
    foot: str
    rows: Sequence[Sequence[str]]
    measures: Sequence[str]
    asks: Sequence[str]
    more: Mapping[str, Any] = field(default_factory=dict)
    has_total: bool = False
    behind: Question | None = None

    def table(self, shown: View) -> Table:
        return Table(self.title, notes(shown, self), self.rows)


def menu(shown: View, key: str, told: Told) -> dict[str, Any]:
    """The menu as its component takes it; `key` is what its files are asked for by."""
    w = shown.words
    return {
        "key": key,
        "language": w.language,
        "title": told.title,
        "notes": notes(shown, told),
        "rows": told.rows,
        "has_total": told.has_total,
        "sql": [{"name": name, "text": shown.sql(name, **told.more)} for name in told.asks],
        "behind": f"./explore?{question.query(told.behind)}" if told.behind else "",
        "words": {word: w(f"figure.{word}") for word in WORDS},
        "name": file_name(shown, told.title),
        "version": shown.version.name,
        "file": download(shown, key, told),
    }


def notes(shown: View, told: Told) -> list[tuple[str, str]]:
    """A label and a text each: what is shown under which filters, what it means and rests on."""
    w = shown.words
    meant = [shown.measure(code) for code in told.measures]
    return [
        (w("figure.shows"), told.shows),
        (w("filter.title").removesuffix(":"), summary(w, shown.selection, shown.span)),
        *((m["name"], f"{m['definition']} {capital(feet.measure_line(shown, m))}") for m in meant),
        (w("figure.basis"), told.foot),
        *rests_on(shown, told.measures),
        (
            w("publication.name"),
            sentences.quiet_line(
                [
                    f"{shown.version.name}, {w.day(shown.version.published_at)}",
                    w("foot.as_of", date=w.day(shown.as_of)),
                    w("surface.as_public" if shown.is_protected else "surface.exact"),
                ]
            ),
        ),
    ]


def rests_on(shown: View, measures: Sequence[str]) -> list[tuple[str, str]]:
    """The evidence and the sources of all in the selection that these measures are counted from."""
    w = shown.words
    records = {RECORDS.get(code, "outcome") for code in measures}
    of = {part for code in measures for part in MADE_OF.get(code, (code,))}
    cited = [
        row
        for row in shown.rows("sources")
        if row.record in records and (row.record != "outcome" or row.measure in of)
    ]
    kinds: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for row in cited:
        if row.evidence:
            kinds[row.evidence] += row.record_count
        if row.source:
            used[row.source] += row.record_count
    total = sum(kinds.values())
    found = [kind for kind in sentences.WEAKER if kinds[kind]]
    shares = [
        f"{w.code('evidence', kind)} {w('chart.x_of_y', x=kinds[kind], y=total)}" for kind in found
    ]
    named = [source for source, _ in used.most_common(MOST_SOURCES)]
    rest = len(used) - len(named)
    more = [w("foot.and_more", n=rest).strip()] if rest else []
    return [
        (w("figure.evidence"), " · ".join(shares)),
        (w("figure.claim"), w(f"figure.may_say.{found[-1]}") if found else ""),
        (w("figure.sources"), " | ".join(named + more)),
    ]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def file_name(shown: View, said: str) -> str:
    """What the files hold, by its title and the day it was true."""
    title = re.sub(r"\W+", "-", said.lower())[:LONGEST_NAME].strip("-")
    return f"{title}-{shown.as_of.isoformat()}"


def wanting(component: str) -> Callable[[], None]:
    """What a component calls when a file is wanted: it is made in the next run, with the menu."""

    def wanted() -> None:
        key, _, kind = str(st.session_state[component].get("wanted") or "").partition(" ")
        st.session_state["download"] = (key, kind)

    return wanted


def download(shown: View, key: str, told: Told) -> dict[str, Any] | None:
    """The file that was asked of this figure before this run."""
    asked_of, kind = st.session_state.get("download", ("", ""))
    if asked_of != key or kind not in FILES:
        return None
    del st.session_state["download"]
    turn = st.session_state["downloads"] = st.session_state.get("downloads", 0) + 1
    content = FILES[kind](shown.words, told.table(shown))
    return {"kind": kind, "turn": turn, "content": base64.b64encode(content).decode()}
