"""A version that should not have been published is taken from everyone, and that is said."""

import json
import re
import shutil
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import queries
from queries import answers
from ringvirkning.export import site
from ringvirkning.export.deck import Deck, Planned
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import taken_down, write_site
from ringvirkning.figures import view
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published, start_token, streams
from ringvirkning.store import audit, numbered, sites, versions
from ringvirkning.store.sites import Site
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, clock, words
from ringvirkning.ui.present import decks as deck_store
from ringvirkning.ui.present import site as page_for_everyone
from tests.command import run
from tests.site_files import leave_out_pictures, site_files
from tests.test_pages import opened, text_of

# A version is published in nearly every test.
pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("nothing_ahead")]

W = words("en")
DAY = date(2026, 11, 23)
DECK = "abcdefabcdef"
WHY = "Held a name"


def withdraw(var: Path, *names: str, expected: int = 0) -> None:
    run("withdraw", *names, f"--why={WHY}", "--who=Kari", var=var, expected=expected)


def databases(var: Path, name: str) -> list[Path]:
    return [path for path in var.rglob("*.duckdb") if name in path.parts]


def rows(version: Version, var: Path) -> dict[str, Any]:
    """All that the public's database holds."""
    with queries.opened(version.protected(var)) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return {n: connection.execute(f"from {n} order by all").fetchall() for (n,) in names}


def test_the_one_before_is_current_and_the_history_says_why(
    var: Path, capsys: pytest.CaptureFixture[str]
):
    first, second = versions.history(var)
    withdraw(var, second.name)
    said = capsys.readouterr().out
    assert W("version.withdrawn_now", n=1) in said
    assert W("version.is_current", name=first.name) in said
    assert W("version.out_of_reach") in said
    now = versions.current(var)
    assert now and (now.name, now.way) == (first.name, "undo")
    assert databases(var, second.name) == []
    run("versions", var=var)
    *_, before, moved, last = capsys.readouterr().out.splitlines()
    gone = versions.withdrawn(versions.history_lines(var))[second.name]
    assert before.endswith(f"({W('version.state.withdrawn', date=W.moment(gone.current_at))})")
    assert moved.startswith(f"* {first.name}")
    at = clock.there(gone.current_at).isoformat()
    assert last == f"  {second.name} {at} withdraw Kari {WHY}"


def test_one_that_is_not_current_leaves_that_as_it_is(
    var: Path, capsys: pytest.CaptureFixture[str]
):
    first, second = versions.history(var)
    withdraw(var, first.name)
    assert versions.history(var) == [second]
    assert W("version.later", names=second.name) in capsys.readouterr().out
    withdraw(var, "nobody", expected=1)
    assert W("version.unknown", names="nobody") in capsys.readouterr().err


def test_its_files_are_kept_and_it_can_be_brought_back(var: Path):
    _, second = versions.history(var)
    before = rows(second, var)
    withdraw(var, second.name)
    run("undo", f"--to={second.name}", var=var)
    back = versions.current(var)
    assert back and back.name == second.name
    assert rows(back, var) == before
    assert versions.withdrawn(versions.history_lines(var)) == {}


def test_with_its_files_it_is_gone_for_good(var: Path, capsys: pytest.CaptureFixture[str]):
    _, second = versions.history(var)
    remembered = '{"headings": {"word/partner/Nye Lier": "nye_lier"}}'
    (var / "mappings.json").write_text(remembered)
    shutil.copytree(second.folder(var) / "files", var / "inbox-of a session" / "looked at")
    withdraw(var, second.name, "--destroy")
    assert not [path for path in var.rglob("*") if second.name in path.name]
    assert b"Nye Lier" not in b"".join(p.read_bytes() for p in var.rglob("*") if p.is_file())
    capsys.readouterr()
    run("undo", f"--to={second.name}", var=var, expected=1)
    assert W("version.none_earlier") in capsys.readouterr().err
    run("versions", var=var)
    assert capsys.readouterr().out.count(second.name) == 2, "the history keeps its lines"


def test_what_was_withdrawn_can_be_destroyed_later(var: Path):
    _, second = versions.history(var)
    withdraw(var, second.name)
    said = versions.history_lines(var)
    withdraw(var, second.name, "--destroy")
    assert not second.folder(var).exists()
    assert versions.history_lines(var) == said


def test_the_data_folder_waits_until_somebody_publishes_it(
    var: Path, twice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """It holds still what was withdrawn, or may."""
    data = Path(shutil.copytree(twice.parent / "data", tmp_path / "data"))
    first, second = versions.history(var)
    withdraw(var, second.name)
    run("publish", str(data), var=var, expected=1)
    assert W("finding.rule.was_withdrawn") in capsys.readouterr().err
    running = Watch(data, var)
    assert [f.rule for f in running.latest()[1]] == ["was_withdrawn"]
    (data / "targets.csv").write_bytes((data / "targets.csv").read_bytes().split(b"\n")[0] + b"\n")
    assert [f.rule for f in running.latest()[1]] == ["waits_after_withdrawal"]
    assert running.version and running.version.name == first.name
    assert running.publish_now() == []
    assert running.version.name not in (first.name, second.name)
    (data / "targets.csv").write_bytes((first.files(var) / "targets.csv").read_bytes())
    partners = (data / "partners.csv").read_bytes()
    (data / "partners.csv").write_bytes(partners.replace(b"Nye Lier", b"Lier"))
    assert running.latest()[1] == [], "and from then on by itself, as before"


@pytest.fixture
def server(var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A server without a data folder of its own: what there is was uploaded."""
    running = Watch(tmp_path / "none", var)
    running.seen = versions.folder_signature(running.folder)
    monkeypatch.setattr(published, "watch", lambda: running)
    return running


def text(app: AppTest) -> str:
    assert not app.exception
    return text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_a_link_or_a_page_open_is_told(language: str, server: Watch):
    w, (first, second) = words(language), server.published
    link = {"version": [second.name]}
    before = opened("about", link, language)
    assert second.name in text(before)
    withdraw(server.var, second.name)
    gone = versions.withdrawn(server.lines)[second.name]
    said = w("version.withdrawn", date=w.day(gone.current_at))
    for app in (before.run(), opened("about", link, language)):
        assert said in text(app)
        assert first.name in text(app)
        assert second.name not in text(app)
        assert WHY not in text(app)
    with pytest.raises(FileNotFoundError):
        view.cached_answer(second.protected(server.var), answers.MeasureWords, ())


@pytest.mark.parametrize("place", ["about", "explore"])
def test_a_file_that_a_page_offered_is_gone_and_says_so(
    place: str, server: Watch, monkeypatch: pytest.MonkeyPatch
):
    """The database; records, made while they are sent; a workbook."""
    monkeypatch.setenv("SURFACE", "public")
    second = server.published[-1]
    records = {"page": ["1"]} if place == "explore" else {}
    page = opened(place, {"version": [second.name]} | records)
    addresses = re.findall(r'href="\.(/records/[^"]+)"', "".join(one.body for one in page.html))
    client = TestClient(Starlette(routes=streams.ROUTES), raise_server_exceptions=False)
    assert addresses and {client.get(one).status_code for one in addresses} == {200}
    withdraw(server.var, second.name)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404
        assert all(words(language)("file.gone") in answer.text for language in LANGUAGES)


@pytest.mark.parametrize("surface", ["public", ""])
def test_nothing_is_shown_when_all_is_withdrawn(
    surface: str, server: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SURFACE", surface)
    withdraw(server.var, *(version.name for version in server.published))
    app = opened("overview", {})
    assert [e.value for e in app.title] == [words("nb")("version.all_withdrawn")]
    assert server.version is None
    assert WHY not in text(app)


def test_its_presentations_say_so(server: Watch, capsys: pytest.CaptureFixture[str]):
    _, second = server.published
    slides = (Planned("title"), Planned("figure", "overview", "active"), Planned("closing"))
    deck = Deck(DECK, "Møte", "nb", second.name, "2026-11-23", slides=slides)
    numbered.keep_numbered(server.var / "decks", deck)
    assert deck_store.deck_maker(deck) is not None
    withdraw(server.var, second.name)
    assert deck_store.deck_maker(deck) is None
    gone = versions.withdrawn(server.lines)[second.name]
    answer = deck_store.send_show(asked_for(DECK))
    said = bytes(answer.body).decode()
    assert answer.status_code == 404
    for language in LANGUAGES:
        w = words(language)
        assert w("deck.withdrawn", date=w.day(gone.current_at)) in said
    capsys.readouterr()
    into = server.var.parent / "deck.html"
    run("deck", DECK, into, var=server.var, expected=1)
    assert W("deck.withdrawn", date=W.day(gone.current_at)) in capsys.readouterr().err
    assert not into.exists()


def asked_for(deck: str) -> Any:
    """A request of someone who came by the link in the terminal."""
    return SimpleNamespace(
        path_params={"deck": deck},
        client=SimpleNamespace(host="127.0.0.1"),
        cookies={start_token.cookie(): start_token.token()},
        headers={"host": "localhost"},
    )


@pytest.fixture(autouse=True)
def nothing_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages with less than all are many, and withdrawn as the others are."""
    monkeypatch.setattr(site, "may_be_chosen", lambda shown: [])
    leave_out_pictures(monkeypatch)


def test_the_page_for_everyone_is_written_anew(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    first, second = versions.history(var)
    run("site", tmp_path / "site", var=var)
    capsys.readouterr()
    pages = site_files(tmp_path / "site", ".html")
    assert len(pages) > 40 and all(second.name in page.read_text() for page in pages)
    files = {file for file in site_files(tmp_path / "site") if file.suffix != ".html"}
    run("withdraw", second.name, "--why=x", "--json", var=var)
    assert json.loads(capsys.readouterr().out) == {"left": []}, "and nothing else, for the button"
    stood = [page for page in pages if second.name in page.parts]
    newest = [page for page in pages if page not in stood]
    assert len(stood) > 20 and all(first.name in page.read_text() for page in newest)
    assert not any(second.name in page.read_text() for page in pages)
    for page in stood:
        assert words("en" if "en" in page.parts else "nb")("website.withdrawn") in page.read_text()
    assert {page.suffix for page in stood[0].parent.rglob("*.*")} == {".html"}
    assert sites.showing(var, [first.name]) == [Site(tmp_path / "site")]
    before = [page.read_bytes() for page in pages]
    versions.append([replace(first, way="withdraw")], var)
    with pytest.raises(LookupError):  # as by who was writing it then
        write_site(first, var, DAY, lambda _: Identity(), tmp_path / "site")
    assert [page.read_bytes() for page in pages] == before
    assert {file for file in files if not file.is_file()} == {
        file for file in files if second.name in file.parts
    }
    taken_down(tmp_path / "site")  # as it is where nothing is left to be shown
    assert {file.name for file in files if file.is_file()} == {".ringvirkning"}
    for page in pages:
        assert words("en" if "en" in page.parts else "nb")("website.withdrawn") in page.read_text()
        assert "<svg" not in page.read_text() and first.name not in page.read_text()


def test_the_page_of_one_association_says_so_too_where_all_is_withdrawn(var: Path, tmp_path: Path):
    for version in versions.history(var):
        withdraw(var, version.name)
    run("site", tmp_path / "site", "--association=Drammen", var=var)
    assert words("nb")("website.withdrawn") in (tmp_path / "site" / "index.html").read_text()


def test_it_is_noted_although_something_is_left(var: Path, tmp_path: Path):
    second = versions.history(var)[1]
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text(second.name)
    (site / "en").write_text("a file where a folder should be")
    sites.remember_folder(var, site)
    withdraw(var, second.name, expected=2)
    deeds = [(deed["did"], deed.get("version")) for deed in audit.deeds(var)]
    assert deeds[-1] == ("withdrew", second.name)


def test_what_was_asked_of_a_version_is_not_asked_of_the_one_that_follows(server: Watch):
    """Its files would be destroyed by a second click, or where somebody else was quicker."""
    _, second = server.published
    app = opened("data", {}, "en")
    (destroy,) = [t for t in app.toggle if t.label == W("publication.destroy")]
    destroy.set_value(True).run()
    withdraw(server.var, second.name)
    app.run()
    (destroy,) = [t for t in app.toggle if t.label == W("publication.destroy")]
    assert not destroy.value


def test_a_version_that_is_brought_back_is_on_the_page_for_everyone_again(
    server: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # With little to write: another process does it, and does all of it.
    empty = Path(shutil.copytree(server.published[-1].files(server.var), tmp_path / "empty"))
    for file in {*empty.glob("*.csv")} - {empty / "measures.csv"}:
        file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    run("publish", empty, var=server.var)
    *_, last = server.published
    into = tmp_path / "site"
    monkeypatch.setenv("RINGVIRKNING_SITE", str(into))
    monkeypatch.setattr(page_for_everyone, "written", {str(into): last})
    withdraw(server.var, last.name)
    run("undo", f"--to={last.name}", var=server.var)
    text(opened("about", {}))
    for thread in threading.enumerate():
        if page_for_everyone.write_meanwhile.__name__ in thread.name:
            thread.join()
    assert last.name in (into / "index.html").read_text()
