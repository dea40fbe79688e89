"""What needs attention: the worklist of those who keep the data, and not the public's."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from queries import answers
from ringvirkning.figures import stories
from ringvirkning.figures.activities import latest
from ringvirkning.figures.rounds import FOLLOW_UPS
from ringvirkning.figures.view import View
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.follow_up import OF_A_RESULT
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text
from ringvirkning.texts.sentences import capital
from ringvirkning.ui import state, version
from ringvirkning.ui.editor.drafts import link_to_waiting
from ringvirkning.ui.editor.form_links import Opened, ToForm, link_to_form
from ringvirkning.ui.editor.in_force import ask_in_force, may_answer
from ringvirkning.ui.lists import draw_activities, draw_partnerships

NEXT_TARGET = "no_next_target"  # of programmes, which have no list
FOLLOW_UP, FOLLOWED_UP = "not_followed_up", "in_work_or_education"
MOST_LISTED = 1000  # agreements of one matter: as many as partnership_records.sql answers with
ABOUT_SOURCE = ("source", "source_date")
# The form for what is missing: its table, the column with the id, what is asked (all, if nothing).
FORM_OF_ACTIVITY = {
    "without_results": ("outcomes", "activity_id", (*OF_A_RESULT["no_result"], *ABOUT_SOURCE)),
    "not_counted": ("activities", "activity_id", ("registered_count", "attended_count", "source")),
}
ABOUT_START = ("start_date", "start_qualifier", "source")
FORM_OF_AGREEMENT = {
    "no_start": ("partnerships", "partnership_id", ABOUT_START),
    "start_at_latest": ("partnerships", "partnership_id", ABOUT_START),
    "no_activity": ("activities", "partnership_ids", ()),
    "no_result": ("outcomes", "partnership_id", ("measure", "value", "year", "evidence", "source")),
}


@dataclass
class Folds:
    """What the lines that open say, and whether they were open when they began to say that."""

    known: dict[str, tuple[str, bool]] = field(default_factory=dict)


def begins_open(key: str, said: str) -> bool:
    """To the framework a line that says another number is another one, and closed."""
    known = state.memory(Folds).known
    if known.get(key, ("",))[0] != said:
        known[key] = said, bool(state.widget(key))
    return known[key][1]


def draw_attention(shown: View) -> None:
    """A line each, which opens the agreements, each a link to its story, or the activities."""
    w = shown.words
    st.header(w("attention.title"), anchor=False)
    link_to_waiting(w)
    named = dict(stories.attention(shown))
    for row in shown.rows(answers.Attention):
        title = w(f"attention.{row.matter}.title")
        what = stories.attention_count(w, row)
        said = f"**{markdown_text(title)}**: {markdown_text(what)}"
        if row.matter == NEXT_TARGET:
            st.markdown(f"**{markdown_text(title)}**: {markdown_text(named[title])}")
            continue
        if not row.record_count:
            st.markdown(said)
            continue
        key = f"attention-{row.matter}"
        fold = st.expander(said, begins_open(key, said), type="compact", key=key, on_change="rerun")
        if fold.open:
            with fold:
                agreements = agreements_of(shown, row.partnership_ids or ())
                is_editors, caption = may_answer(shown), f"{title}: {what}"
                if row.matter == "unconfirmed" and is_editors:
                    ask_in_force(shown, agreements, "list")
                else:
                    link_agreements(shown, agreements, row.matter, key, caption, is_editors)
                list_activities(shown, row.matter, key, caption, is_editors)


def list_activities(shown: View, matter: str, key: str, caption: str, is_editors: bool) -> None:
    """The thousand latest, to an editor each with the form for what it lacks."""
    ids = [row.activity_id for row in shown.rows(answers.AttentionActivities, matter=matter)]
    if not ids:
        return
    listed = latest(shown, ids)
    forms: list[ToForm] = []
    if is_editors and matter == FOLLOW_UP:
        points = missing_points(shown, ids)
        pairs = [(one, point) for one in listed for point in points.get(one.activity_id, ())]
        listed = [one for one, _ in pairs]
        forms = [follow_up_form(shown.words, one.activity_id, point) for one, point in pairs]
    elif is_editors and matter in FORM_OF_ACTIVITY:
        forms = [form_for(shown.words, matter, one.activity_id) for one in listed]
    draw_activities(shown, listed, f"{key}-list", caption, forms)


def link_to_target(shown: View, title: str) -> None:
    """Which programmes have no target for next year, and the form for one."""
    st.markdown(markdown_text(capital(dict(stories.attention(shown))[title])))
    next_year = str(shown.as_of.year + 1)
    link_to_form(shown.words("enter.new.targets"), "targets", {"year": next_year})


def form_for(w: Words, matter: str, id: str) -> ToForm:
    table, column, asked = (FORM_OF_ACTIVITY | FORM_OF_AGREEMENT)[matter]
    opened = Opened(table, {column: id}, asked)
    return ToForm(opened.as_text(), w("enter.fill_in"))


def follow_up_form(w: Words, activity_id: str, point: str) -> ToForm:
    known = {"activity_id": activity_id, "measure": FOLLOWED_UP, "measured_at": point}
    opened = Opened("outcomes", known, (*OF_A_RESULT["no_follow_up"], *ABOUT_SOURCE))
    return ToForm(opened.as_text(), f"{w('enter.fill_in')} {w.code('measuring_point', point)}")


def missing_points(shown: View, ids: Sequence[str]) -> dict[str, list[str]]:
    """When follow-ups are missing, by activity: as many as are due, each of which names it once,
    the earlier first."""
    files = version.own_files(shown.words, shown.version)
    due = Counter(ids)
    known = offers.points_known(files, FOLLOWED_UP) if files else set()
    return {
        id: [point for point in FOLLOW_UPS if (id, point) not in known][:n] for id, n in due.items()
    }


def link_agreements(
    shown: View,
    listed: Sequence[answers.PartnershipRecords],
    matter: str,
    key: str,
    caption: str,
    is_editors: bool,
) -> None:
    """Those agreements, each a link to its story, or to the form for what it lacks."""
    if not listed:
        return
    forms = []
    if is_editors and matter in FORM_OF_AGREEMENT:
        forms = [form_for(shown.words, matter, row.partnership_id) for row in listed]
    opened = draw_partnerships(shown, listed, f"{key}-list", caption, "./partnerships", forms)
    if opened:
        state.go_to_partnership(opened)


def agreements_of(shown: View, ids: Collection[str]) -> list[answers.PartnershipRecords]:
    """The first thousand of those agreements, in that order, whatever years are chosen."""
    first = [*dict.fromkeys(ids)][:MOST_LISTED]
    if not first:
        return []
    every_year = replace(shown, selection=replace(shown.selection, years=None))
    rows = every_year.rows(answers.PartnershipRecords, partnership_ids=tuple(first))
    found = {row.partnership_id: row for row in rows}
    return [found[id] for id in first if id in found]
