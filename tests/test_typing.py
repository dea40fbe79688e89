"""What happens under an open form: another tab, the browser's back, a role that is taken away, a
version that is undone, a full disk. Nothing that was typed is lost, and it is said what
happened."""

import os
import shutil
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ringvirkning.intake.forms import drafts
from ringvirkning.intake.forms.entries import Entry
from ringvirkning.intake.forms.offers import rows_that_rest
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.server import access, published
from ringvirkning.server.sign_in import Person
from ringvirkning.store import numbered
from ringvirkning.texts import words
from ringvirkning.ui.editor import enter
from ringvirkning.ui.editor.drafts import own_entries
from tests.command import run
from tests.disks import needs_disks, with_own_disks
from tests.test_pages import opened, text_of

# What is kept is looked at in a process of its own.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_ahead")]
nb = words("nb")
ID = "aaaaaaaaaaaa"
NAV = "partnerships?partnership_id=ig_nav"


@pytest.fixture
def server(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What a running server keeps: two versions, of which the second has another name of Lier."""
    shutil.copytree(twice, tmp_path / "var")
    shutil.copytree(twice.parent / "data", tmp_path / "data")
    running = Watch(tmp_path / "data", tmp_path / "var")
    monkeypatch.setattr(published, "watch", lambda: running)
    return running


def form(entry: str) -> AppTest:
    """A tab with this form; the first of its session."""
    app = opened("data", {"entry": [entry]})
    assert not app.exception
    return app


def fill(app: AppTest, name: str, text: str) -> AppTest:
    field(app, name).set_value(text)
    return app.run()


def field(app: AppTest, name: str):
    key = f"-{name}"
    return next(one for one in (*app.text_input, *app.text_area) if (one.key or "").endswith(key))


def press(app: AppTest, said: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == nb(said)]
    app = button.click().run()
    assert not app.exception
    return app


def warned(app: AppTest) -> list[str]:
    return [plainly(one.value) for one in app.warning]


def plainly(text: str) -> str:
    return text.replace("\N{WORD JOINER}", "").replace("\\", "")


def kept(server: Watch) -> list[Entry]:
    return drafts.kept_entries(drafts.folder_of(server.var, ""))


def note_of(server: Watch, **was: str) -> None:
    """A draft of a note on an agreement."""
    known = {"partnership_id": "ig_nav", "note": "utkast"}
    entry = Entry(ID, "partnerships", known, "1", title="NAV", was={"note": "", **was})
    numbered.keep_numbered(drafts.folder_of(server.var, ""), entry)


def test_two_tabs_with_one_draft_keep_what_both_have_typed(server: Watch):
    note_of(server)
    first, second = form(ID), form(ID)
    press(fill(first, "note", "i den ene"), "enter.keep")
    fill(second, "purpose", "i den andre")
    press(second, "enter.keep")
    said = nb("enter.meanwhile", column=nb("column.note"), was="utkast", now="i den ene")
    assert warned(second) == [said], "it is told before anything is kept"
    assert field(second, "purpose").value == "i den andre"
    (entry,) = kept(server)
    assert "purpose" not in entry.row
    press(second, "enter.keep")
    (entry,) = kept(server)
    assert (entry.row["note"], entry.row["purpose"]) == ("i den ene", "i den andre")


def test_a_draft_that_another_tab_dropped_can_be_kept_anew(server: Watch):
    note_of(server)
    tab = fill(form(ID), "purpose", "det jeg skrev")
    drafts.drop_entries(drafts.folder_of(server.var, ""), kept(server))
    press(tab, "enter.keep")
    assert warned(tab) == [nb("enter.draft_gone")]
    assert field(tab, "purpose").value == "det jeg skrev"
    assert kept(server) == []
    press(tab, "enter.keep")
    (entry,) = kept(server)
    assert entry.row == {"partnership_id": "ig_nav", "note": "utkast", "purpose": "det jeg skrev"}
    # Of one that is not open there is nothing to be lost.
    other = form("bbbbbbbbbbbb")
    assert nb("enter.gone") in text_of(other)


def test_a_form_that_is_left_still_has_what_was_typed(server: Watch):
    tab = fill(form("events"), "title_nb", "Ny leder")
    tab.query_params["entry"] = "remarks"
    tab.run()
    fill(tab, "text_nb", "Telt anew")
    tab.query_params["entry"] = "events"  # the browser's back
    tab.run()
    assert field(tab, "title_nb").value == "Ny leder"
    press(tab, "enter.empty")
    assert field(tab, "title_nb").value == ""


def test_who_withdraws_a_row_that_others_name_is_told_which(server: Watch, tmp_path: Path):
    """Before it is kept, and while it waits: until each of them goes, too, or names another."""
    gone = "partners?partner_id=nav&withdraw=1"
    tab = form(gone)
    named = rows_that_rest(tmp_path / "data", table_named("partners"), "nav")
    there = [(of.name, row[key]) for of, row in named if (key := key_of(of))]
    assert there
    said = plainly(nb("enter.resting", n=len(there)))
    assert warned(tab) == [said]
    tab.text_area[0].set_value("Ført ved en feil")
    press(tab, "enter.withdraw_keep")
    assert nb("finding.rule.unknown_reference") not in text_of(tab)
    assert warned(tab) == [said]
    assert nb("enter.fix_first", n=1) in text_of(tab)
    table, id = there[0]
    key = key_of(table_named(table))
    assert key
    entry = Entry(ID, table, {key: id}, "1", title="A", is_withdrawn=True, why="Feil")
    numbered.keep_numbered(drafts.folder_of(server.var, ""), entry)
    left = [plainly(nb("enter.resting", n=n)) for n in [len(there) - 1] if n]
    told = warned(form("waiting"))
    assert told[: len(left)] == left and said not in told


@pytest.mark.parametrize("now", [None, Person("viewer")])
def test_who_loses_a_role_still_reads_what_they_typed(
    now: Person | None, server: Watch, monkeypatch: pytest.MonkeyPatch
):
    tab = fill(form(NAV), "purpose", "det jeg skrev")
    with monkeypatch.context() as taken:
        taken.setattr(access, "current_person", lambda: now)
        press(tab, "enter.keep")
        assert nb("enter.no_role") in warned(tab)
        assert f"{nb('column.purpose')}: det jeg skrev" in plainly(text_of(tab))
        assert "Innovasjon Gardermoen" not in text_of(tab), "but nothing of what is published"
        assert kept(server) == []
    tab.run()  # it was given back
    assert field(tab, "purpose").value == "det jeg skrev"
    press(tab, "enter.keep")
    assert [entry.row["purpose"] for entry in kept(server)] == ["det jeg skrev"]


def test_what_was_undone_does_not_come_back_with_what_is_typed(server: Watch):
    lier = next(row for row in rows_of(server) if "Lier" in row)
    tab = form(f"partners?partner_id={lier.split(',')[0]}")
    assert field(tab, "name").value == "Nye Lier kommune"
    fill(tab, "note", "det jeg skrev")
    run("undo", var=server.var)
    press(tab, "enter.keep")
    said = {"was": "Nye Lier kommune", "now": "Lier kommune"}
    assert warned(tab) == [nb("enter.meanwhile", column=nb("column.name"), **said)]
    assert kept(server) == []
    press(tab, "enter.keep")
    (entry,) = kept(server)
    assert entry.was.keys() == {"note"}, "of the name nothing was typed"


def test_a_row_whose_version_was_undone_is_added_anew_if_one_wants(server: Watch):
    row = next(row for row in rows_of(server) if "Lier" in row)
    new = row.replace(row.split(",")[0], "nytt_navn", 1).replace("Nye Lier kommune", "Splitter ny")
    with (server.folder / "partners.csv").open("a", encoding="utf-8") as file:
        file.write(new + "\n")
    run("publish", server.folder, var=server.var)
    note_of(server)  # upon the version that is undone
    tab = fill(form("partners?partner_id=nytt_navn"), "note", "det jeg skrev")
    run("undo", var=server.var)
    press(tab, "enter.keep")
    assert warned(tab) == [nb("enter.row_gone")]
    press(tab, "enter.keep")
    entry = next(one for one in kept(server) if one.table == "partners")
    assert (entry.row["name"], entry.row["note"]) == ("Splitter ny", "det jeg skrev")
    assert entry.was == {}
    # And what waits is told that somebody went back.
    assert nb("publication.way.undo") in text_of(form("waiting"))


def rows_of(server: Watch) -> list[str]:
    return (server.folder / "partners.csv").read_text(encoding="utf-8").splitlines()


# A form whose draft finds no room: this test's own disk is full, and then it has room again.
FULL = """
import os
from pathlib import Path
from tests import test_typing as typing
from ringvirkning.intake.naming import key_of
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.server import published
var = Path(os.environ["VAR"])
running = Watch(Path(os.environ["DATA"]), var)
published.watch = lambda: running
tab = typing.fill(typing.form(typing.NAV), "purpose", "det jeg skrev")
with (var / "others").open("wb", 0) as others:
    try:
        while others.write(b"x" * 4096):
            pass
    except OSError:
        pass
typing.press(tab, "enter.keep")
assert [one.value for one in tab.error] == [typing.nb("finding.rule.disk_full")], tab.error
assert typing.field(tab, "purpose").value == "det jeg skrev"
assert typing.kept(running) == []
(var / "others").unlink()
typing.press(tab, "enter.keep")
assert [entry.row["purpose"] for entry in typing.kept(running)] == ["det jeg skrev"]
"""


@needs_disks
def test_what_is_typed_stays_in_its_form_while_the_disk_is_full(server: Watch, tmp_path: Path):
    var = tmp_path / "disk"
    var.mkdir()
    mounted = (
        'mount -t tmpfs -o size=60m tmpfs "$VAR" && cp -r "$KEPT/." "$VAR" && "$PYTHON" -c "$FULL"'
    )
    more = {"VAR": var, "KEPT": server.var, "DATA": server.folder, "FULL": FULL}
    with_own_disks(mounted, **os.environ | more)


def test_what_a_link_says_is_looked_at_for_persons_before_it_is_kept(server: Watch):
    tab = form("partnerships?partnership_id=ig_nav&note=ring+91+23+45+67&ask=purpose")
    press(fill(tab, "purpose", "møtes"), "enter.keep")
    assert nb("enter.wrong.personal_phone") in plainly(field(tab, "note").label)
    assert kept(server) == []
    # What is typed goes from the field at once, and from memory.
    tab = form(NAV)
    before = field(tab, "note").value
    fill(tab, "note", "ring 91 23 45 67")
    assert field(tab, "note").value == before
    assert "91 23" not in f"{tab.session_state['ringvirkning.ui.editor.enter.OpenForms']}"
    press(tab, "enter.keep")
    assert kept(server) == [], "it is told before anything is kept"


def test_a_run_whose_place_another_takes_changes_no_form(
    server: Watch, monkeypatch: pytest.MonkeyPatch
):
    """A press comes while the run of what was typed just before it has not reached the form: in a
    form with other keys it would be nobody's."""
    app = form("activities")
    key, interrupted = field(app, "title").key, list[bool]()

    def interrupted_once() -> list[Entry]:
        if not interrupted:
            interrupted.append(True)
            st.rerun()
        return own_entries()

    monkeypatch.setattr(enter, "own_entries", interrupted_once)
    fill(app, "title", "Frokostmøte")
    assert interrupted and field(app, "title").key == key
