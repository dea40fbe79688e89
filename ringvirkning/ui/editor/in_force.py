"""Is an agreement still in force? Asked of each, and published as a file that says it would be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import streamlit as st

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning import child
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.intake.forms import offers
from ringvirkning.intake.forms.entries import Entry, personal_in_row, row_title, sheets_of
from ringvirkning.intake.forms.in_force import ANSWERED, Standing, answered
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.sheets.dates import date_ways
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.server import access, published
from ringvirkning.store.numbered import new_number
from ringvirkning.texts import Words, clock
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.drafts import WAITING, keep_drafts, typed_files, wrong_words
from ringvirkning.ui.editor.seen_files import published_files
from ringvirkning.ui.editor.upload import draw_typed

OF_TABLE = "table"  # the place of those that are chosen in a list
Agreement = answers.PartnershipRecords | answers.Partnership


@dataclass
class HowKnown:
    """What this session says of the answers that it gives."""

    day: str = ""
    role: str = ""
    source: str = ""


@dataclass
class AnswersGiven:
    """What was answered in a place of the app and not published yet, by partnership_id, of those
    that were `chosen` there. It stays when somebody else publishes meanwhile. After one's own
    publication comes another `turn`."""

    turn: int = 0
    chosen: list[str] = field(default_factory=list)
    answers: dict[str, Standing] = field(default_factory=dict)

    def begin_anew(self) -> None:
        self.turn, self.chosen, self.answers = self.turn + 1, [], {}


def may_answer(shown: View) -> bool:
    """Whether who is here may publish what they know of agreements: not of an older version, nor
    in the public edition."""
    return (
        access.may("publish")
        and not shown.is_protected
        and shown.version == published.watch().version
    )


def ask_of_several(shown: View, listed: Sequence[answers.PartnershipRecords]) -> None:
    """To an editor the same of those in a list that are chosen, all that may be in force."""
    running = {row.partnership_id: row for row in listed if not row.end_date}
    if not running or not may_answer(shown):
        return
    w, given = shown.words, state.memory(AnswersGiven, OF_TABLE)
    titles = titles_apart(w, [*running.values()])
    given.chosen = st.multiselect(
        w("in_force.several"),
        alphabetical(running, w.language, titles.__getitem__),
        [id for id in given.chosen if id in running],
        format_func=titles.__getitem__,
        key=f"in-force-several-{given.turn}",
    )
    if given.chosen:
        ask_in_force(shown, [running[id] for id in given.chosen], OF_TABLE)


def ask_in_force(shown: View, agreements: Sequence[Agreement], place: str) -> None:
    """Of each agreement whether it is still in force; of others' only its name. What the answers
    would change, and the button to publish it."""
    w, own, given = shown.words, access.associations(), state.memory(AnswersGiven, place)
    st.markdown(w("in_force.what", n=len(agreements)))
    listed = [row for row in agreements if isinstance(row, answers.PartnershipRecords)]
    titles, told = titles_apart(w, listed), dict[str, Standing]()
    for row in agreements:
        id, is_own = row.partnership_id, not own or row.association in own
        key = f"in-force-{place}-{given.turn}-{id}"
        if answer := ask_of(w, row, titles.get(id, row.title), key, is_own, given.answers.get(id)):
            told[id] = answer
    given.answers = told
    child.early_child.prepare(published.watch().var)  # for the first answer
    if told:
        publish_answers(w, told, f"in-force-{place}", given.begin_anew)


def ask_of(
    w: Words, row: Agreement, title: str, key: str, is_own: bool, said: Standing | None
) -> Standing | None:
    """Beside its name, which opens its story; in the story itself it has none."""
    place = st.container()
    if isinstance(row, answers.PartnershipRecords):
        named, place = st.columns((2, 3), vertical_alignment="center")
        here = replace(state.current(), partnership=row.partnership_id)
        with named.container(key=f"open-partnership-{key}"):
            state.link_to("partnerships", markdown_text(title), here)
    if not is_own:
        return None
    return place.segmented_control(
        f"{w('in_force.ask')} {markdown_text(title)}",
        ANSWERED,
        default=said,
        format_func=lambda answer: w(f"in_force.{answer}"),
        key=key,
        label_visibility="collapsed",
    )


def publish_answers(
    w: Words, given: dict[str, Standing], place: str, done: Callable[[], object]
) -> None:
    said = ask_how_known(w)
    ways, _ = date_ways(said.day)
    day = ways.get("") or ways.get("dmy")
    if day is None:
        st.error(w("in_force.no_day"))
        return
    rows = answered(given, day, said.role, said.source)
    table, folder = table_named("partnerships"), published_files(w)
    known = offers.organisations_known(folder) if folder else ()
    refused = [personal_in_row(table, row, known) for row in rows.values()]
    if wrong := {name: finding for found in refused for name, finding in found.items()}:
        for name, finding in wrong.items():
            label = w(f"in_force.{name.removeprefix('confirmed_')}")
            st.error(f"{label} – {markdown_text(wrong_words(w, finding))}")
        return
    entries = [
        Entry(new_number(), "partnerships", {"partnership_id": id, **cells})
        for id, cells in rows.items()
    ]
    pressed = st.button(w("enter.keep_for_later"), key=f"{place}-keep")
    if pressed and keep_drafts(w, [with_row(folder, entry) for entry in entries]):
        done()
        state.go_to_state(state.at_page("data", entry=WAITING))
    draw_typed(w, typed_files(w, sheets_of(entries)), w("in_force.note", n=len(given)), place, done)


def with_row(folder: Path | None, entry: Entry) -> Entry:
    """With what stands in its row now."""
    table = table_named(entry.table)
    now = offers.published_row(folder, table, entry.row) if folder else {}
    was = {name: now.get(name, "") for name in entry.row if name != key_of(table)}
    return replace(entry, title=row_title(table, now), was=was)


def ask_how_known(w: Words) -> HowKnown:
    """When it was said, by whom and where, offered as it was said before."""
    said = state.memory(HowKnown)
    said.day = said.day or f"{clock.today():%d.%m.%Y}"
    said.source = said.source or w("in_force.conversation")
    for place, name in zip(st.columns(3), ("day", "role", "source"), strict=True):
        place.text_input(
            w(f"in_force.{name}"),
            max_chars=300,
            placeholder=w("in_force.role_hint") if name == "role" else "",
            **state.holding(f"in-force-{name}", getattr(said, name), partial(setattr, said, name)),
        )
    return said
