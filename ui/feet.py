"""The quiet line under a figure: unit, n of N and why, evidence, source and its date."""

from urllib.parse import quote

import pandas as pd
import streamlit as st

from charts.outcomes import IN_CHAIN, single_years
from texts import sentences
from texts.safe import markdown_text
from ui.filters import summary
from ui.view import View


def under_headline(shown: View) -> str:
    w = shown.words
    jobs = shown.ask("placements_by_year")
    examples = sorted(jobs[jobs.evidence == "illustrative"].programme.unique())
    return sentences.quiet_line(
        [
            summary(w, shown.selection, shown.span),
            w("foot.as_of", date=w.day(shown.as_of)),
            w("foot.examples_in", programmes=w.listed(examples)) if examples else "",
        ]
    )


def partnerships(shown: View, extra: str = "") -> str:
    w = shown.words
    row = shown.ask("partnership_coverage").iloc[0]
    left_out = {"undated": int(row.undated_count), "future": int(row.future_count)}
    matching = int(row.partnership_count)
    return sentences.quiet_line(
        [
            w("foot.unit_partnerships"),
            sentences.based_on(
                w, "partnerships", matching - sum(left_out.values()), matching, left_out
            ),
            extra,
            sources(shown, "partnership"),
        ]
    )


def activities(shown: View, held: pd.DataFrame, unit: str, known: int | None = None) -> str:
    """`known` is how many have the count shown; by default how many have a year."""
    w = shown.words
    matching = int(held.activity_count.sum())
    undated = int(held[held.year.isna()].activity_count.sum())
    left_out = {"undated_activities": undated}
    if known is not None:
        left_out = {"not_counted": matching - known}
    examples = int(held.illustrative_count.sum())
    return sentences.quiet_line(
        [
            w(unit),
            sentences.based_on(
                w, "activities", matching - sum(left_out.values()), matching, left_out
            ),
            w("foot.of_which_examples", n=examples) if examples else "",
            sources(shown, "activity"),
        ]
    )


def outcomes(shown: View, jobs: pd.DataFrame) -> str:
    """Under the jobs by year: figures for several years at once can't be split, and are told."""
    w = shown.words
    single = single_years(jobs)
    matching = int(jobs.known_count.sum())
    left_out = {"spans": matching - int(single.known_count.sum())}
    return sentences.quiet_line(
        [
            w("foot.unit_jobs"),
            sentences.based_on(w, "figures", matching - sum(left_out.values()), matching, left_out),
            evidence(shown, list(single.evidence)),
            sources(shown, "outcome", measure=set(single.measure), programme=set(single.programme)),
        ]
    )


def sources(shown: View, record: str, **within: set[str]) -> str:
    """The sources of a kind of record; `within` narrows them to measures and programmes."""
    rows = shown.ask("sources")
    rows = rows[rows.record == record]
    for name, values in within.items():
        rows = rows[rows[name].isin(values)]
    return sentences.sources(shown.words, rows)


def evidence(shown: View, kinds: list[str]) -> str:
    w = shown.words
    found = [kind for kind in sentences.WEAKER if kind in set(kinds)]
    return (
        w("foot.evidence", kinds=w.listed(w.code("evidence", kind) for kind in found))
        if found
        else ""
    )


def rounds(shown: View, stages: pd.DataFrame) -> str:
    """Under the funnel and the rounds: how many rounds, how many too young, which evidence."""
    w = shown.words
    placed = stages[stages.measure == "placements"]
    matching = int((placed.round_count + placed.not_due_count).sum())
    known = int(placed.known_count.sum())
    late = stages[stages.measured_at == "12_months"]
    return sentences.quiet_line(
        [
            w("foot.unit_persons"),
            w("foot.rounds", n=known, of=matching),
            w("foot.not_due", n=int(late.not_due_count.sum())) if late.not_due_count.sum() else "",
            w("foot.not_followed_up", n=int((late.round_count - late.known_count).sum()))
            if (late.round_count - late.known_count).sum()
            else "",
            evidence(shown, list(stages.evidence)),
            sources(shown, "outcome", measure=IN_CHAIN, programme=set(stages.programme)),
        ]
    )


def uncertain_starts(shown: View) -> str:
    """How many starts are only known as "at the latest": they are in no column of starts."""
    count = int(shown.ask("partnership_coverage").iloc[0].uncertain_count)
    return shown.words("foot.uncertain_starts", n=count) if count else ""


def targets(shown: View, aims: pd.DataFrame) -> str:
    w = shown.words
    known = int(aims.actual.notna().sum())
    return sentences.quiet_line(
        [
            w("foot.unit_targets"),
            sentences.based_on(w, "targets", known, len(aims), {"no_result": len(aims) - known}),
            evidence(shown, [str(kind) for kind in aims.evidence.dropna()]),
            w("foot.example_targets") if aims.is_illustrative.any() else "",
        ]
    )


def newest_sources(shown: View) -> str:
    """The date of the newest source of each kind of record."""
    w = shown.words
    rows = shown.ask("sources").dropna(subset=["source_date"])
    newest = rows.groupby("record").source_date.max().to_dict()
    kinds = [kind for kind in ("partnership", "activity", "outcome") if kind in newest]
    return sentences.quiet_line(
        [w(f"about.newest_{kind}", date=w.day(newest[kind])) for kind in kinds]
    )


def measure_line(shown: View, measure: dict[str, str]) -> str:
    """Unit, how it adds, where the definition comes from, what to beware of."""
    w = shown.words
    source = measure["definition_source"]
    return sentences.quiet_line(
        [
            w.code("unit", measure["unit"]),
            w.code("adds", measure["adds"]),
            w("about.definition_source", source=source) if source else "",
            measure["caveat"] if w.language == "nb" else "",
        ]
    )


def quotes(shown: View, programme: str | None = None) -> None:
    """Published statements in words, as quotations with their source."""
    w = shown.words
    rows = shown.ask("quotes")
    for row in rows[rows.programme == programme].itertuples() if programme else rows.itertuples():
        when = sentences.period(row.from_year, row.to_year) or w("date.year_unknown")
        said = f"**«{markdown_text(str(row.quote))}»**"
        about = w("quote.about", programme=row.programme, measure=w.code("measure", row.measure))
        from_where = source_link(shown, row.source)
        st.markdown(f"{said}  \n{markdown_text(about)} · {markdown_text(when)} · {from_where}")


def jobs_in_words(shown: View, jobs: pd.DataFrame) -> None:
    """Where no year has a figure of its own: figures for several years, and what is said."""
    w = shown.words
    for row in jobs.itertuples():
        said = sentences.claim(w, row.evidence, int(row.value), "placements", row.programme, "")
        when = sentences.period(row.from_year, row.to_year)
        st.markdown(markdown_text(f"{said}, {when}."))
    if jobs.empty:
        st.markdown(w("empty.no_jobs"))
    quotes(shown)


def source_link(shown: View, source: object) -> str:
    """The source as a link where it is an address, else as text."""
    if source is None or pd.isna(source):
        return shown.words("foot.no_source")
    text = str(source)
    if not text.startswith(("http://", "https://")):
        return markdown_text(text)
    host = text.split("/")[2].removeprefix("www.")
    address = quote(text, safe=":/?#[]@!$&'*+,;=%~")
    return f"[{markdown_text(host)}]({address})"
