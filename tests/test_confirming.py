"""What few persons tell two versions apart waits until somebody has read that and confirmed it."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringvirkning.child import from_json
from ringvirkning.finding import Finding
from ringvirkning.intake.answers import Findings, UploadAnswer
from ringvirkning.intake.publishing import anew, confirming
from ringvirkning.intake.publishing.confirming import waiting_code
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.uploads.looking import Asked
from ringvirkning.server import access, published
from ringvirkning.server.sign_in import Person
from ringvirkning.store import audit, versions
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.ui.editor.seen_files import Inbox, SeenFiles, with_told
from tests.command import run
from tests.test_pages import opened, text_of

pytestmark = pytest.mark.slow  # a version is published in nearly every test

FEW = "finding.rule.few_persons_changed"
# What the audit log says of it, and by whom.
CONFIRMED = [("confirmed", "here"), ("published", "here")]


@pytest.fixture
def server(twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What a running server keeps: two versions, and the folder that the second is from, where one
    person fewer came to a round."""
    shutil.copytree(twice, tmp_path / "var")
    shutil.copytree(twice.parent / "data", tmp_path / "data")
    running = Watch(tmp_path / "data", tmp_path / "var")
    monkeypatch.setattr(published, "watch", lambda: running)
    came(running.folder, 26)
    return running


def came(folder: Path, count: int) -> None:
    """So many came to a round where 27 are published."""
    file = folder / "activities.csv"
    round_before, _, after = file.read_text(encoding="utf-8").partition(",no,41,")
    later = after.partition(",")[2]
    file.write_text(f"{round_before},no,41,{count},{later}", encoding="utf-8")


def publish(running: Watch, expected: int = 0, confirm: str | None = None) -> None:
    more = [f"--confirm={confirm}"] if confirm else []
    run("publish", running.folder, *more, var=running.var, expected=expected)


def code_in(said: str) -> str:
    """The last code that a command has asked for."""
    return said.rpartition("--confirm ")[2][:8]


def noted(running: Watch) -> list[tuple[str, str]]:
    """Who confirmed and published, after the second version."""
    deeds = [(deed["did"], deed["who"]) for deed in audit.deeds(running.var)]
    return [deed for deed in deeds if deed[0] in ("confirmed", "published")][2:]


def page(language: str = "nb") -> AppTest:
    app = opened("about", {}, language)
    assert not app.exception
    return app


def test_a_command_refuses_and_says_how_to_go_on(server: Watch, capsys: pytest.CaptureFixture[str]):
    """What is confirmed is these files after this version, and no others, even where nothing would
    have to be confirmed any more."""
    w = words("en")
    publish(server, expected=1)
    said = capsys.readouterr().err
    code = code_in(said)
    assert w(FEW) in said and w("confirm.command", code=code) in said
    assert len(server.published) == 2
    came(server.folder, 40)
    publish(server, confirm=code, expected=1)  # other files
    publish(server)  # more than ten tell them apart
    came(server.folder, 26)
    publish(server, confirm=code, expected=1)  # another version before
    code = code_in(capsys.readouterr().err)
    publish(server, confirm=code)
    assert [who for _, who in noted(server)] == ["command"] * 3


def test_it_is_asked_although_exact_figures_were_taken_away(server: Watch):
    """Else it would be compared with nothing, and what was published would be rounded anew."""
    server.published[-1].exact(server.var).unlink()
    assert "few_persons_changed" in {finding.rule for finding in server.latest()[1]}


def test_the_data_folder_waits_for_exactly_what_was_read(server: Watch):
    _, second = server.published
    shown, found = server.latest()
    assert shown == second and not server.has_changed
    assert [f.rule for f in found] == ["few_persons_changed", "waits_for_confirmation"]
    again = Watch(server.folder, server.var)  # the server was started anew
    assert again.latest() == (second, found)
    publish(server, confirm=waiting_code(found))
    assert not again.has_changed
    assert again.latest() == (server.published[2], []), "it is out, though by a command"
    came(server.folder, 25)
    other = waiting_code(server.publish_now("here", waiting_code(found)))
    assert other and other != waiting_code(found)


def test_what_was_confirmed_goes_on_by_itself(server: Watch):
    """What passes kept it from being published, and then the server was started anew."""
    code = confirming.confirm_code(versions.source_hash(server.folder), server.version)
    secret, away = server.var / "secret", server.var / "away"
    secret.rename(away)
    secret.mkdir()
    assert [finding.rule for finding in server.publish_now("here", code)] == ["publishing_failed"]
    assert not server.has_changed, "it is tried again after a while"
    secret.rmdir()
    away.rename(secret)
    again = Watch(server.folder, server.var)
    assert again.latest() == (server.published[-1], []) and len(server.published) == 3
    assert noted(server) == [("confirmed", "here"), ("published", "server")]


def test_an_editor_confirms_on_the_page_and_nobody_else_sees_anything(
    server: Watch, monkeypatch: pytest.MonkeyPatch
):
    _, second = server.published
    for language in LANGUAGES:
        w, app = words(language), page(language)
        waits = w("confirm.waiting", date=w.day(second.published_at))
        assert waits in text_of(app) and w(FEW) in text_of(app)
    for person in (None, Person("viewer")):
        with monkeypatch.context() as others:
            others.setattr(access, "current_person", lambda person=person: person)
            other = page()
            assert not other.warning and not other.error and second.name in text_of(other)
    (button,) = [b for b in app.button if b.label == w("confirm.now")]
    button.click().run()
    assert not app.exception and not app.warning and not app.error and not app.info
    assert server.published[2].name in text_of(app)
    assert not any(b.label == w("confirm.now") for b in app.button)
    assert noted(server) == CONFIRMED


def test_what_only_publishing_sees_is_asked_on_the_page_too(server: Watch):
    found = [Finding(rule, "outcomes.csv", found="1") for rule in confirming.RULES]
    assert waiting_code(found) is None, "published all the same"
    seen = SeenFiles([], Asked(), UploadAnswer(Findings(())), Inbox())
    again = with_told(seen, "c0de", [*found, confirming.waiting_finding("data/", "c0de")])
    assert again.said.confirm == "c0de"
    assert {group.rule for group in again.told} == confirming.RULES


def test_an_upload_has_the_code_of_what_it_would_publish(
    server: Watch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = server.folder / "activities.csv"
    run("look", file, var=server.var, place=tmp_path)
    seen = from_json(capsys.readouterr().out, UploadAnswer)
    assert "few_persons_changed" in {group.rule for group in seen.found.groups}
    folder = tmp_path / f"{seen.whole}"
    given = ("publish", folder, "--looked-at", f"--parent={seen.parent}")
    run(*given, var=server.var, expected=1)
    run(*given, var=server.var, confirm=seen.confirm)
    assert server.version and server.version.way == "upload"
    (deed,) = [deed for deed in audit.deeds(server.var) if deed["did"] == "confirmed"]
    assert deed.keys() == {"at", "did", "who", "after"}, "nothing of what was confirmed"

    # What is published already is never asked about.
    (server.var / confirming.CONFIRMED_FILE).unlink()
    server.version.exact(server.var).write_bytes(b"")
    assert anew.make_ready(server.version, server.var) == []
    assert server.version.is_ready(server.var)
    run("undo", var=server.var)
    run("undo", var=server.var, to=seen.parent)
