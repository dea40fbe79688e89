"""The frame around every page: data, language, filters, menu; and the view that pages ask for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

import pages
from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.figures import filters
from ringvirkning.figures import question as questions
from ringvirkning.figures.catalogue import every_choice
from ringvirkning.figures.view import View, answer, current, measures
from ringvirkning.intake import confirming
from ringvirkning.intake.publishing import KEPT_BACK
from ringvirkning.intake.watch import PASSING
from ringvirkning.server import access, published
from ringvirkning.server.doors import language_script
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, clock, finding_words, words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui.components import filters as drawn_filters
from ringvirkning.ui.editor import confirming as confirm
from ringvirkning.ui.editor.upload import upload
from ringvirkning.ui.explore import question
from ringvirkning.ui.present import site

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
START, EXPLORE = pages.MENU[0], "explore"
MARK = HERE / "mark.svg"
LOGO = HERE / "logo.svg"
STYLE = (HERE / "frame.css").read_text(encoding="utf-8")


def menu(w: Words) -> Any:
    """Register the menu; the page that the address asks for."""
    shown = [
        st.Page(
            ROOT / "pages" / f"{name}.py",
            title=w(f"menu.{name}"),
            url_path="" if name == START else name,
            default=name == START,
        )
        for name in pages.MENU
    ]
    # The first page stands at the bare address; its own leads there too.
    first = st.Page(ROOT / "pages" / f"{pages.MENU[0]}.py", url_path=START, visibility="hidden")
    asked = st.navigation([*shown, first], position="top")
    if asked.url_path == START:
        st.switch_page(shown[0], query_params=st.query_params.to_dict())
    return asked


def page() -> Any:
    """Draw the frame and return the page to run in it."""
    state = st.session_state
    address = {name: st.query_params.get_all(name) for name in st.query_params}
    if "language" not in state:
        state["language"] = "en" if address.get("lang") == ["en"] else "nb"
    if "as_public" not in state and address.get("surface") == ["public"]:
        state["as_public"] = True  # from a slide for others: what it leads to is for them, too
    w = words(state["language"])
    st.logo(str(LOGO), size="large")
    asked = menu(w)
    # A spinner takes no place of its own, and so must its absence: else all below it is made anew.
    watch = published.watch()
    with st.spinner(w("data.loading")) if watch.has_changed else nullcontext():
        latest, findings = watch.latest()
    is_staff = access.surface() == "staff"
    withdrawal = published.withdrawn(address)
    published.after_withdrawal(w)
    if latest is None:
        broken(w, findings if is_staff else [])
        st.stop()
    asked_for = published.version(latest, address)
    with nullcontext() if asked_for.is_ready(watch.var) else st.spinner(w("version.making_ready")):
        usable = published.usable(asked_for, is_staff)
    if usable is None:
        published.not_now(w, asked_for, None)
        st.stop()
    version, database = usable.version, usable.database
    as_of = clock.today()
    (row,) = answer(database, "span", (("as_of", as_of),))
    span = (row.first_year, row.last_year)
    unknown = published.unknown(version, address)
    unknown += take_address(address, asked.url_path, database, span)
    if "asked" in state:
        drawn_filters.take_chosen(state.pop("asked"), every_choice(database), span)
    known = filters.choices(chosen_view(w, version, database, span, as_of).rows("choices"))
    head, switch = st.columns([5, 1], vertical_alignment="top")
    w = language_switch(switch)
    with switch:
        access.draw_sign_in(w)
        if usable.may_be_exact:
            st.toggle(w("surface.as_public"), key="as_public", help=w("surface.as_public_what"))
    document(w)
    shown = chosen_view(w, version, database, span, as_of)
    with head:
        drawn_filters.draw(w, known, shown.selection, span)
    if withdrawal:
        st.warning(w("version.withdrawn", date=w.day(withdrawal.current_at)))
    if version == asked_for:
        published.notice(w, version, latest)
    else:
        published.not_now(w, asked_for, version)
    if findings and is_staff and not nothing_there(findings):
        stale(w, findings, shown)
    if unknown:
        st.warning(w("filter.unknown", names=markdown_text(", ".join(unknown)[:200])))
    write_address(span, asked.url_path)
    current.set(shown)
    site.keep_up(latest, shown)
    return asked


@contextmanager
def trouble() -> Iterator[None]:
    """An error of ours is said in the user's language and written to the log, never shown raw."""
    try:
        yield
    except (StopException, RerunException):
        raise
    except Exception:
        log.exception("a page failed")
        w = words(st.session_state.get("language", "nb"))
        st.error(f"**{w('trouble.what')}**  \n{w('trouble.then')}", icon=":material/error:")


def chosen_view(w: Words, version: Any, database: Path, span: tuple[int, int], as_of: date) -> View:
    chosen = filters.selection(st.session_state.to_dict(), span)
    w = replace(w, measures=measures(database, w.language))
    theme = "dark" if st.context.theme.type == "dark" else "light"
    return View(w, database, version, chosen, span, as_of, theme)  # type: ignore[arg-type]


def take_address(
    address: dict[str, list[str]], place: str, database: Path, span: tuple[int, int]
) -> list[str]:
    """Take the state from an address that we did not write; the values in it that don't exist.

    The menu empties the address: then the state stays as it is, and so it does when the browser's
    back comes to that empty address again (it is left empty, so that back can go on from there).
    """
    state = st.session_state
    moved = state.get("place") not in (None, place)
    ours = address == state.get("address")
    by_menu = moved and not address
    state["is_entry"] = not moved and not ours and not address and state.get("entered") == place
    state["place"] = place
    if by_menu:
        state["entered"] = place
        for name in filters.NAMED:
            state[name] = None
    if ours or by_menu or state["is_entry"]:
        years = state.get("years")
        state["years"] = span if not years else tuple(min(max(y, span[0]), span[1]) for y in years)
        take_question(None, place, database)
        return []
    asked, unknown = filters.from_address(address, every_choice(database), span)
    for name, value in asked.items():
        state[name] = value
    return unknown + take_question(address, place, database)


def take_question(address: dict[str, list[str]] | None, place: str, database: Path) -> list[str]:
    """On the page that answers questions, take that of an address, or keep the one that is asked;
    the parts of it that can't be asked."""
    if place != EXPLORE:
        return []
    offered = answer(database, "explore_measures", ())
    if address is None:
        asked, unknown = questions.valid(question.current(), offered, set())
    else:
        asked, unknown = questions.from_address(address, offered)
    st.session_state[question.STATE] = asked
    return unknown


def write_address(span: tuple[int, int], place: str) -> None:
    """The address says what is shown, so that it can be copied at any moment."""
    if st.session_state["is_entry"]:
        st.session_state["address"] = {}
        return
    wanted = filters.as_address(st.session_state.to_dict(), span)
    if place == EXPLORE:
        wanted |= questions.as_address(question.current())
    if st.session_state.get("as_public"):
        wanted |= {"surface": ["public"]}
    now = {name: st.query_params.get_all(name) for name in st.query_params}
    if wanted != now:
        st.query_params.from_dict(wanted)
    st.session_state["address"] = wanted


def language_switch(place: Any) -> Words:
    with place:
        language = st.segmented_control(
            "Språk / Language",
            LANGUAGES,
            format_func=LANGUAGE_NAMES.__getitem__,
            key="language",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
    return words(language or "nb")


def document(w: Words) -> None:
    """The styles of what is plain HTML; and the document's language, which the framework leaves at
    English, and by which screen readers read."""
    script = f"<script>{language_script(w.language)}</script>"
    st.html(f"<style>{STYLE}</style>{script}", unsafe_allow_javascript=True)


def broken(w: Words, findings: list[Any]) -> None:
    """No version can be shown: say what is wrong with the files, where, and what to do."""
    if gone := published.withdrawals():
        last = max(gone.values(), key=lambda line: line.current_at)
        all_withdrawn(w, last, [] if nothing_there(findings) else findings)
        return
    if access.surface() == "staff" and nothing_there(findings):
        st.title(w("welcome.title"), anchor=False)
        st.markdown(w("welcome.what"))
        upload(w)
        return
    st.title(w("data.broken"))
    st.markdown(w("data.broken_what") if findings else w("data.none_yet"))
    listed(w, findings)


def all_withdrawn(w: Words, last: Version, findings: list[Any]) -> None:
    """What everyone is told; editors go on from here."""
    st.title(w("version.all_withdrawn"), anchor=False)
    st.markdown(w("version.all_withdrawn_what", date=w.day(last.current_at)))
    listed(w, findings)
    publish_now(w, findings)
    if access.surface() == "staff":
        upload(w)


def nothing_there(findings: list[Any]) -> bool:
    """Whether the data folder holds none of the files: the figures come by upload."""
    return len([f for f in findings if f.rule == "missing_file"]) == len(tables())


def stale(w: Words, findings: list[Any], shown: View) -> None:
    rules, date = {finding.rule for finding in findings}, w.day(shown.version.published_at)
    if confirming.waiting(findings):
        confirm.waiting(w, findings, date)
        return
    if rules <= PASSING:
        st.warning(w("data.not_now", date=date), icon=":material/hourglass_top:")
    elif rules <= KEPT_BACK:
        st.warning(w("data.kept_back", date=date), icon=":material/block:")
        publish_now(w, findings)
    else:
        st.error(w("data.stale", date=date, n=len(findings)))
    with st.expander(w("data.findings", n=len(findings))):
        listed(w, findings)


def publish_now(w: Words, findings: list[Any]) -> None:
    """What waits for somebody to say so is published."""
    waits = any(finding.rule == "waits_after_withdrawal" for finding in findings)
    if waits and access.may("publish") and st.button(w("data.publish_now")):
        confirm.publish(w)


def listed(w: Words, findings: list[Any]) -> None:
    st.markdown("\n".join(f"- {markdown_text(finding_words(w, f))}" for f in findings[:50]))
    if len(findings) > 50:
        st.caption(w("data.more_findings", n=len(findings) - 50))
