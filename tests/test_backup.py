"""A backup has all that can't be made anew: an empty machine that gets it back shows the same."""

import shutil
import threading
from pathlib import Path

import pytest

from ringvirkning.export import site
from ringvirkning.store import audit, backup, versions
from ringvirkning.texts import words
from tests import command
from tests.server import with_deck
from tests.site_files import leave_out_pictures, site_files

pytestmark = pytest.mark.slow  # a version is published in nearly every test

W = words("en")
ROLES = '["https://issuer.example"]\n"1" = "editor"\n'


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    folder = tmp_path / "settings"
    folder.mkdir()
    (folder / "identity.toml").write_text('name = "Foreningen"\nlogo = "logo.svg"\n')
    (folder / "logo.svg").write_text("<svg/>")
    (folder / "roles.toml").write_text(ROLES)
    (folder / "secrets.toml").write_text("[auth]\n")
    return folder


def run(action: str, folder: Path, var: Path, settings: Path, expected: int = 0) -> None:
    command.run(action, folder, var=var, settings=settings, expected=expected)


@pytest.fixture(scope="module")
def shown(twice: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What `pages` are before anything happens to a copy of `var`."""
    place = tmp_path_factory.mktemp("shown")
    var = shutil.copytree(twice, place / "var")
    return pages(var, with_deck(var), place / "before")


def pages(var: Path, deck: str, into: Path) -> dict[str, bytes]:
    """The page for everyone, without what it has too much of, and the presentation, as files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "may_be_chosen", lambda shown: [])
        leave_out_pictures(patch)
        command.run("site", into / "site", var=var)
    command.run("deck", deck, into / "deck.html", var=var)
    files = [into / "deck.html", *site_files(into / "site")]
    return {path.relative_to(into).as_posix(): path.read_bytes() for path in files}


def test_an_empty_machine_shows_the_same(
    var: Path,
    deck: str,
    shown: dict[str, bytes],
    settings: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    kept, new, there = tmp_path / "kept", tmp_path / "new" / "var", tmp_path / "new" / "settings"
    run("backup", kept, var, settings)
    run("restore", kept, new, there)
    assert capsys.readouterr().out.count(W("version.copied", n=2)) == 2
    assert versions.history_lines(new) == versions.history_lines(var)
    assert (new / "secret").read_bytes() == (var / "secret").read_bytes()
    for name in ("identity.toml", "logo.svg", "roles.toml"):
        assert (there / name).read_bytes() == (settings / name).read_bytes()
    assert not list(kept.rglob("secrets.toml"))
    for version in versions.history(new):
        versions.verify_all(version.folder(new))
    assert kept.stat().st_mode & 0o077 == 0
    after = pages(new, deck, tmp_path / "after")
    assert shown.keys() == after.keys() and len(shown) > 8
    assert [name for name in shown if shown[name] != after[name]] == []


def test_settings_that_are_there_stay(
    var: Path, settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run("backup", tmp_path / "kept", var, settings)
    (settings / "roles.toml").write_text("")
    run("restore", tmp_path / "kept", tmp_path / "new", settings)
    said = capsys.readouterr().out
    assert W("version.kept", path=settings / "roles.toml") in said
    assert str(settings / "identity.toml") not in said
    assert (settings / "roles.toml").read_text() == ""


def test_roles_that_stand_elsewhere(
    var: Path, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    roles = tmp_path / "who may.toml"
    monkeypatch.setenv("RINGVIRKNING_ROLES", str(roles))
    roles.write_text(ROLES)
    run("backup", tmp_path / "kept", var, settings)
    roles.unlink()
    run("restore", tmp_path / "kept", tmp_path / "new", settings)
    assert roles.read_text() == ROLES


def test_what_is_no_backup_changes_nothing(
    settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    lost = tmp_path / "new" / "versions" / "lost"  # published, and its line in the history is gone
    lost.mkdir(parents=True)
    run("restore", tmp_path / "nowhere", tmp_path / "new", settings, expected=1)
    assert W("version.damaged", path=tmp_path / "nowhere") in capsys.readouterr().err
    assert lost.is_dir() and not [*audit.deeds(tmp_path / "new")]


def test_an_older_backup_comes_back(var: Path, tmp_path: Path):
    """As it was made until November 2026: no presentations, no settings."""
    kept = tmp_path / "kept"
    for name in ("versions", "secret", "history.jsonl"):
        copy = shutil.copytree if (var / name).is_dir() else shutil.copy
        kept.mkdir(exist_ok=True)
        copy(var / name, kept / name)
    run("restore", kept, tmp_path / "new", tmp_path / "settings")
    assert versions.history(tmp_path / "new") == versions.history(var)


def test_it_holds_nobody_up_and_waits_for_nobody(var: Path, settings: Path, tmp_path: Path):
    with versions.alone(var):  # as long as someone publishes
        copying = threading.Thread(
            target=backup.backup, args=(var, tmp_path / "kept", settings), daemon=True
        )
        copying.start()
        copying.join(timeout=120)
        assert not copying.is_alive(), "it waits"
    assert versions.history(tmp_path / "kept") == versions.history(var)


def test_what_is_withdrawn_is_withdrawn_in_it(var: Path, settings: Path, tmp_path: Path):
    _, second = versions.history(var)
    command.run("withdraw", second.name, "--why=x", "--destroy", var=var)
    run("backup", tmp_path / "kept", var, settings)
    assert list(versions.withdrawn(versions.history_lines(tmp_path / "kept"))) == [second.name]
    assert not second.folder(tmp_path / "kept").exists()


def test_a_damaged_database_is_left_out_and_made_again(
    var: Path, deck: str, shown: dict[str, bytes], settings: Path, tmp_path: Path
):
    first, _ = versions.history(var)
    first.protected(var).write_bytes(b"")
    run("backup", tmp_path / "kept", var, settings)
    run("restore", tmp_path / "kept", tmp_path / "new", settings)
    assert pages(tmp_path / "new", deck, tmp_path / "after") == shown


def test_who_did_what_comes_along(var: Path, settings: Path, tmp_path: Path):
    """With the key that finds an account's lines; what was noted on the new machine comes after."""
    kept, new = tmp_path / "kept", tmp_path / "new"
    kari = audit.account_code(var, "https://issuer.example", "1")
    audit.note_deed(var, "published", kari)
    run("backup", kept, var, settings)
    audit.note_deed(new, "signed_in", audit.account_code(new, "https://issuer.example", "1"))
    run("restore", kept, new, settings)
    assert audit.account_code(new, "https://issuer.example", "1") == kari
    assert [deed["did"] for deed in audit.deeds(new)][-3:] == ["published", "signed_in", "restored"]
    for path in (kept / "audit", new / "audit"):
        assert path.stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in path.iterdir())
