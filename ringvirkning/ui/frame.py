"""The frame around every page: data, language, filters, menu; and the view that pages ask for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, StopException

import pages
from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.charts.palette import COLOURS, Theme
from ringvirkning.figures import filters
from ringvirkning.figures.catalogue import START
from ringvirkning.figures.state import Choosable, choosable_in
from ringvirkning.figures.view import View, current_view, words_of
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.publishing import KEPT_BACK, confirming
from ringvirkning.intake.publishing.watch import PASSING_RULES
from ringvirkning.server import access, published
from ringvirkning.server.doors import language_script
from ringvirkning.server.published import Usable
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, clock, finding_words, words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state, version
from ringvirkning.ui.ahead import ahead_address
from ringvirkning.ui.components.filters import draw_filters
from ringvirkning.ui.editor import confirming as confirm
from ringvirkning.ui.editor.enter import draw_adding, stop_at_form
from ringvirkning.ui.editor.upload import upload
from ringvirkning.ui.headline import name_tab
from ringvirkning.ui.nameplate import draw_nameplate
from ringvirkning.ui.present import site
from ringvirkning.ui.search import draw_search
from ringvirkning.ui.sign_in import draw_sign_in

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
ICON = HERE / "mark.svg"
LOGO = HERE / "logo.svg"
PAGE_OF_FORMS = "data"  # the page with the forms
# To choose, where nothing is published.
NOTHING = Choosable({name: {} for name in filters.LISTS}, (0, 0), ())
FRAME_STYLE = ":root {{ --accent: light-dark({}, {}); }}\n".format(*COLOURS["accent"]) + (
    HERE / "frame.css"
).read_text(encoding="utf-8")


def page() -> st.Page:
    """Draw the frame and return the page to run in it."""
    address = state.begin_run()
    w = words(state.current().language)
    st.logo(str(LOGO), size="large")
    place = page_menu(w)
    name_tab(place.title)
    latest, findings = newest(w)
    wishes = [] if state.is_as_written(address) else address.get("version", [])
    withdrawal = version.withdrawal_met(wishes)
    version.after_withdrawal(w)
    if latest is None:
        _, right = st.columns([5, 1])
        with right:
            language_switch()
        document(w)
        if place.url_path == PAGE_OF_FORMS and may_begin(findings):
            state.take_address(address, PAGE_OF_FORMS, NOTHING)
            state.write_address()
            stop_at_form(w)
        else:
            state.write_language()
        draw_broken(w, findings)
        st.stop()
    wanted = version.wanted_version(latest, wishes)
    found, as_of = version.usable(w, wanted), clock.today()
    known = choosable_in(found.database, as_of)
    unknown = version.unknown(wishes) + state.take_address(address, place.url_path or START, known)
    version.begin_with_own(address, known, place.url_path)
    known = choosable_in(found.database, as_of, state.current().selection.association)
    state.keep_within(known)
    of_all, found = found.database, version.of_own(w, found)
    shown = view(found, known, as_of)
    w = shown.words
    head(shown, replace(shown, database=of_all), known, found.may_be_exact)
    version.draw_notices(w, found.version, wanted, latest, withdrawal)
    stale(shown, findings)
    if unknown:
        st.warning(w("filter.unknown", names=markdown_text(", ".join(unknown)[:200])))
    state.write_address()
    current_view.set(shown)
    site.keep_up(latest)
    return place


def page_menu(w: Words) -> st.Page:
    """Register the menu; the page that the address asks for."""
    listed = in_menu()
    shown = [
        st.Page(
            ROOT / "pages" / f"{name}.py",
            title=w(f"menu.{name}"),
            url_path="" if name == START else name,
            default=name == START,
            visibility="visible" if name in listed else "hidden",
        )
        for name in pages.MENU
    ]
    # The first page stands at the bare address; its own leads there too.
    first = st.Page(ROOT / "pages" / f"{START}.py", url_path=START, visibility="hidden")
    place = st.navigation([*shown, first], position="top")
    if place.url_path == START:
        st.switch_page(shown[0], query_params=state.browser_address())
    return place


def in_menu() -> list[str]:
    hidden = ("associations",) if published.has_one_association() else ()
    return [name for name in pages.MENU if name not in hidden]


def newest(w: Words) -> tuple[Version | None, list[Finding]]:
    """The version that is current now, and to staff what keeps the files from being one."""
    watch = published.watch()
    # A spinner takes no place of its own, and so must its absence: else all below it is made anew.
    with st.spinner(w("data.loading")) if watch.has_changed else nullcontext():
        latest, findings = watch.latest()
    # What they say of the folder is about everybody's rows.
    is_told = access.may_see_all() or (access.surface() == "staff" and nothing_there(findings))
    return latest, findings if is_told else []


def view(found: Usable, known: Choosable, as_of: date) -> View:
    now = state.current()
    w = words_of(found.database, words(now.language))
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    return View(w, found.database, found.version, now.selection, known.span, as_of, theme)


def head(shown: View, of_all: View, known: Choosable, may_be_exact: bool) -> None:
    """Whose figures these are, and the filters, with all that can be chosen; beside them the
    search; language, who is here and, where exact figures may be seen, the way to see what the
    public sees."""
    w = shown.words
    left, middle, right = st.columns([4, 1, 1], vertical_alignment="top")
    with middle:
        draw_search(shown, in_menu())
    with right:
        language_switch()
        draw_sign_in(w)
        if may_be_exact:
            what = w("surface.as_public_what")
            st.toggle(w("surface.as_public"), help=what, **state.bound("is_public"))
        version.draw_edition(w, known, is_exact=not shown.is_protected)
    document(w)
    with left:
        draw_nameplate(shown)
        known_choices = filters.offered(of_all)
        draw_filters(w, known_choices, shown.selection, known.span, ahead_address(shown))


def language_switch() -> None:
    st.segmented_control(
        "Språk / Language",
        LANGUAGES,
        format_func=LANGUAGE_NAMES.__getitem__,
        required=True,
        label_visibility="collapsed",
        **state.bound("language"),
    )


@contextmanager
def trouble() -> Iterator[None]:
    """An error of ours is said in the user's language and written to the log, never shown raw. A
    run is counted when it is over."""
    visit = state.memory(state.Visit)  # a run that is stopped can't ask for it any more
    try:
        yield
    except RerunException:  # another takes its place
        raise
    except StopException:
        visit.runs += 1
        raise
    except Exception:
        log.exception("a page failed")
        w = words(state.current().language)
        st.error(f"**{w('trouble.what')}**  \n{w('trouble.then')}", icon=":material/error:")
    visit.runs += 1


def document(w: Words) -> None:
    """The styles of what is plain HTML; and the document's language, which the framework leaves at
    English, and by which screen readers read."""
    script = f"<script>{language_script(w.language)}</script>"
    st.html(f"<style>{FRAME_STYLE}</style>{script}", unsafe_allow_javascript=True)


def draw_broken(w: Words, findings: list[Finding]) -> None:
    """No version can be shown: say what is wrong with the files, where, and what to do."""
    if gone := published.withdrawals():
        last = max(gone.values(), key=lambda line: line.current_at)
        all_withdrawn(w, last, [] if nothing_there(findings) else findings)
        return
    if access.surface() == "staff" and nothing_there(findings):
        st.title(w("welcome.title"), anchor=False)
        st.markdown(w("welcome.what"))
        put_in(w)
        return
    st.title(w("data.broken"))
    st.markdown(w("data.broken_what") if findings else w("data.none_yet"))
    list_findings(w, findings)


def all_withdrawn(w: Words, last: Version, findings: list[Finding]) -> None:
    """What everyone is told; editors go on from here."""
    st.title(w("version.all_withdrawn"), anchor=False)
    st.markdown(w("version.all_withdrawn_what", date=w.day(last.current_at)))
    list_findings(w, findings)
    publish_now(w, findings)
    if access.surface() == "staff":
        put_in(w)


def put_in(w: Words) -> None:
    """The ways to put figures in where none are published."""
    if access.may("publish"):
        draw_adding(w)
    upload(w)


def may_begin(findings: list[Finding]) -> bool:
    """Whether who is here may put in the first figures."""
    is_empty = bool(published.withdrawals()) or nothing_there(findings)
    return is_empty and access.may("publish")


def nothing_there(findings: list[Finding]) -> bool:
    """Whether the data folder holds none of the files: the figures come by upload."""
    missing = [f for f in findings if f.rule == "missing_file"]
    return len(missing) == len([t for t in tables() if not former.may_be_absent(t)])


def stale(shown: View, findings: list[Finding]) -> None:
    """Say what keeps the files from being shown in place of this version, if anything does."""
    if not findings or nothing_there(findings):
        return
    w, rules = shown.words, {finding.rule for finding in findings}
    date = w.day(shown.version.published_at)
    if confirming.waiting_code(findings):
        confirm.draw_waiting(w, findings, date)
        return
    if rules <= PASSING_RULES:
        st.warning(w("data.not_now", date=date), icon=":material/hourglass_top:")
    elif rules <= KEPT_BACK:
        st.warning(w("data.kept_back", date=date), icon=":material/block:")
        publish_now(w, findings)
    else:
        st.error(w("data.stale", date=date, n=len(findings)))
    with st.expander(w("data.findings", n=len(findings))):
        list_findings(w, findings)


def publish_now(w: Words, findings: list[Finding]) -> None:
    """What waits for somebody to say so is published."""
    waits = any(finding.rule == "waits_after_withdrawal" for finding in findings)
    if waits and access.may("publish_folder") and st.button(w("data.publish_now")):
        confirm.publish_waiting(w)


def list_findings(w: Words, findings: list[Finding]) -> None:
    st.markdown("\n".join(f"- {markdown_text(finding_words(w, f))}" for f in findings[:50]))
    if len(findings) > 50:
        st.caption(w("data.more_findings", n=len(findings) - 50))
