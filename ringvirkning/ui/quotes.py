"""Published statements in words, and links to sources."""

from collections.abc import Sequence
from urllib.parse import quote

import streamlit as st

from queries import answers
from ringvirkning.figures import outcomes
from ringvirkning.figures.jobs import KINDS
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.safe import html_text, markdown_text


def quotes(shown: View, rows: Sequence[answers.Quotes]) -> None:
    """Published statements in words, as quotations with their source; what was aimed at says so."""
    w = shown.words
    for row in rows:
        when = sentences.period(row.from_year, row.to_year) or w("date.year_unknown")
        begins = quote_begins(w, row)
        said = f"{begins}**«{markdown_text(row.quote)}»**"
        about = w("quote.about", programme=row.programme, measure=w.code("measure", row.measure))
        from_where = source_link(shown, row.source)
        st.markdown(f"{said}  \n{markdown_text(about)} · {markdown_text(when)} · {from_where}")


def quote_begins(w: Words, row: answers.Quotes) -> str:
    """How a statement in words begins: as a target, as an example, or as what it is."""
    target = w("quote.target") if row.is_target else ""
    return (w("explore.example") if row.evidence == sentences.WEAKER[-1] else "") + target


def jobs_in_words(shown: View, headline: str) -> None:
    """Where no year has a figure of its own: figures for several years, and what is said. What the
    page's headline says already isn't said again."""
    w = shown.words
    jobs = shown.in_years(shown.all_years(answers.PlacementsByYear))
    *earlier, latest = jobs_said(w, jobs) or [w("headline.no_jobs", year=str(shown.year))]
    said = [row for row in outcomes.in_words(shown) if row.measure in KINDS]
    is_told = bool(said) and headline == f"{latest}."
    st.header(w("quote.jobs") if is_told else markdown_text(latest), anchor=False)
    for one in earlier:
        st.markdown(markdown_text(f"{one}."))
    if not jobs:
        st.markdown(w("empty.no_jobs"))
    quotes(shown, said)


def jobs_said(w: Words, jobs: Sequence[answers.PlacementsByYear]) -> list[str]:
    """What is known of jobs of all kinds, a sentence for each of the years it is of."""
    return [
        sentences.claim(
            w,
            row.evidence,
            row.value,
            "placements",
            sentences.programmes_words(w, row.programmes),
            "",
        )
        + f", {sentences.period(row.from_year, row.to_year)}"
        for row in jobs
        if row.measure == "placements"
    ]


def source_link(shown: View, text: str | None) -> str:
    """The source in Markdown, as a link where it is an address, else as text."""
    if text is None:
        return shown.words("foot.no_source")
    if not (found := site_and_address(text)):
        return markdown_text(text)
    host, safe = found
    return f"[{markdown_text(host)}]({safe})"


def source_html(text: str | None) -> str:
    """The same in HTML; nothing without a source."""
    if not text or not (found := site_and_address(text)):
        return html_text(text or "")
    host, safe = found
    return f'<a href="{html_text(safe)}" target="_blank">{html_text(host)}</a>'


def site_and_address(text: str) -> tuple[str, str] | None:
    """The site and the safe address of a source; None where it is no address."""
    if not text.startswith(("http://", "https://")):
        return None
    return text.split("/")[2].removeprefix("www."), quote(text, safe=":/?#[]@!$&'*+,;=%~")
