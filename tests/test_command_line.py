"""The command as someone types it: what it does, what it says, and how it ends."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from ringvirkning import ROOT, VERSION
from ringvirkning.commands.main import actions, main
from ringvirkning.finding import Finding
from ringvirkning.store import versions
from ringvirkning.texts import clock, words
from tests.command import run
from tests.permissions import permissions_hold
from tests.test_advice import partner, shipped_report, written

pytestmark = pytest.mark.slow  # a version is published in nearly every test

SHIPPED = ROOT / "data"
W = words("en")


def current(var: Path) -> versions.Version:
    version = versions.current(var)
    assert version
    return version


def listed(var: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    run("versions", var=var)
    return capsys.readouterr().out.splitlines()


def test_versions_tell_who_when_and_how(var: Path, capsys: pytest.CaptureFixture[str]):
    first, second = versions.history(var)
    assert listed(var, capsys) == [
        f"  {first.name} {clock.there(first.current_at).isoformat()} data Kari Første",
        f"* {second.name} {clock.there(second.current_at).isoformat()} data Ola ",
    ]


def test_undo_moves_the_pointer_and_is_history(var: Path, capsys: pytest.CaptureFixture[str]):
    first, second = versions.history(var)
    run("undo", var=var, who="Kari", note="Feil navn")
    now = current(var)
    assert (now.name, now.way, now.note) == (first.name, "undo", "Feil navn")
    assert now.published_at == first.published_at
    assert len(listed(var, capsys)) == 3
    # What was first has nothing before it; what was undone can be had by its name.
    run("undo", var=var, expected=1)
    assert W("version.none_earlier") in capsys.readouterr().err
    run("undo", var=var, to=second.name)
    assert current(var).name == second.name
    run("undo", var=var, to="nobody", expected=1)
    assert current(var).name == second.name


def test_of_two_editors_the_second_is_told(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    seen, now = versions.history(var)
    sheet = tmp_path / "partnere.csv"
    sheet.write_text("Navn;Partnertype\nHemsedal kommune;Kommune\n", encoding="utf-8")
    run("publish", str(sheet), var=var, expected=1, parent=seen.name)
    assert capsys.readouterr().err == f"{now.name}: {W('finding.rule.overtaken')}\n"
    assert versions.history(var) == [seen, now]
    run("publish", str(sheet), var=var, parent=now.name)
    assert current(var).way == "upload"


PERSONAL = {
    "national_id": ("010170 00027", "Gjelder {}"),
    "email": ("kari@nordmann.no", "Etter ønske fra {}."),
    "phone": ("901 23 456", "Ring {} om dette"),
}


@pytest.mark.parametrize("kind", PERSONAL)
@pytest.mark.parametrize(
    "action, field", [*product(("publish", "undo"), ("who", "note")), ("withdraw", "why")]
)
def test_personal_data_is_not_kept_in_the_history(
    action: str,
    field: str,
    kind: str,
    var: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    before, (value, text) = versions.history(var), PERSONAL[kind]
    given = {"publish": [str(changed(tmp_path))], "undo": [], "withdraw": [before[0].name]}
    run(action, *given[action], var=var, expected=1, **{field: text.format(value)})
    out, err = capsys.readouterr()
    assert err.strip() == W(f"publication.personal.{kind}", field=f"--{field}")
    assert value not in out + err
    assert versions.history(var) == before
    assert value.encode() not in (var / versions.HISTORY).read_bytes()


def changed(folder: Path) -> Path:
    """A data folder that is not published yet."""
    data = shutil.copytree(SHIPPED, folder / "data")
    partners = data / "partners.csv"
    partners.write_bytes(partners.read_bytes().replace(b"Lier kommune", b"Lier"))
    return data


def test_a_note_with_figures_and_dates_is_none(var: Path, tmp_path: Path):
    note = "- Rettet 24.12.2024: 12 345 678 kr, 3 partnerskap, org.nr. 889640782"
    run("publish", changed(tmp_path), var=var, note=note, who="Kari")
    assert (current(var).note, current(var).who) == (note, "Kari")


def test_what_was_undone_is_not_published_again_by_itself(var: Path, tmp_path: Path):
    """The data folder still holds it: only a change there is news."""
    data = shutil.copytree(current(var).files(var), tmp_path / "data")
    run("undo", var=var)
    undone = current(var)
    run("publish", str(data), var=var)
    assert current(var) == undone


def test_nothing_is_written_over(var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    kept = tmp_path / "kept"
    run("backup", str(kept), var=var)
    before = versions.history(var)
    run("backup", str(kept), var=var, expected=1)
    assert str(kept) in capsys.readouterr().err
    run("restore", str(kept), var=var, expected=1)
    assert str(var) in capsys.readouterr().err
    assert versions.history(var) == before


def test_a_damaged_version_is_neither_kept_nor_put_to_use(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    run("backup", str(tmp_path / "kept"), var=var)
    first, _ = versions.history(var)
    damaged = first.files(tmp_path / "kept") / "partners.csv"
    damaged.write_bytes(damaged.read_bytes() + b"x")
    run("restore", str(tmp_path / "kept"), var=tmp_path / "new", expected=1)
    assert W("version.damaged", path=damaged) in capsys.readouterr().err
    assert versions.history(tmp_path / "new") == []


def test_nothing_is_published_yet(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    run("versions", var=tmp_path / "none", expected=1)
    run("undo", var=tmp_path / "none", expected=1)
    assert capsys.readouterr().out == ""


def test_folder_that_cannot_be_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "var").write_bytes(b"in the way")
    run("publish", str(SHIPPED), var=tmp_path / "var", expected=2)
    assert "var" in capsys.readouterr().err


def test_changes_of_a_version(var: Path, capsys: pytest.CaptureFixture[str]):
    first, _ = versions.history(var)
    run("changes", var=var)
    said = capsys.readouterr().out
    assert "Name: Lier kommune → Nye Lier kommune" in said
    assert W("difference.same_figures") in said
    run("changes", var=var, since=first.name)
    by_name = capsys.readouterr().out
    run("changes", var=var, since=clock.norwegian_day(first.current_at))
    assert by_name == said
    run("changes", var=var, since="1999-01-01", expected=1)
    assert W("version.none_earlier") in capsys.readouterr().err
    # The first has nothing before it, and another name is nobody's.
    run("changes", var=var, version=first.name, expected=1)
    run("changes", var=var, version="nobody", expected=1)
    assert capsys.readouterr().err.splitlines() == 2 * [W("version.none_earlier")]


def test_copies_with_remarks_are_not_written_over_what_is_there(var: Path, tmp_path: Path):
    sheet = tmp_path / "partnere.csv"
    sheet.write_text("Navn;Partnertype\nEtt;Kommune\nTo;\n", encoding="utf-8")
    run("check", str(sheet), var=var, remarks=str(tmp_path / "copies"), expected=1)
    copy = (tmp_path / "copies" / "partnere.csv").read_text(encoding="utf-8-sig").splitlines()
    assert copy[0] == f"Navn;Partnertype;{W('report.remarks')}"
    assert copy[2].startswith(f"To;;Partnertype: {W('finding.rule.required')}")
    run("check", str(sheet), var=var, remarks=str(tmp_path / "copies"), expected=2)


# Checking, as people and machines do


@dataclass
class Asked:
    """The command without a new Python: exit code, what it says, and with what it fails."""

    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    return Asked(capsys)


def test_checking_shipped_data_is_clean_enough(asked: Asked, tmp_path: Path):
    var = tmp_path / "var"
    assert asked("check", SHIPPED, "--var", var) == (0, shipped_report("nb"), "")
    assert asked("check", SHIPPED, "--lang", "en", "--var", var) == (0, shipped_report("en"), "")
    assert not var.exists()


def test_it_is_run_by_its_name(tmp_path: Path):
    command = [sys.executable, "-m", "ringvirkning", "check", str(tmp_path), f"--var={tmp_path}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 2 and words("nb")("finding.rule.missing_file") in done.stdout


def test_checking_says_what_must_be_fixed_to_people_and_machines(asked: Asked, tmp_path: Path):
    folder = written(tmp_path / "data", {"partners": [partner(name="")]})
    code, said, _ = asked("check", folder, "--var", tmp_path)
    assert code == 1 and words("nb")("finding.rule.required") in said
    code, said, _ = asked("check", folder, "--var", tmp_path, "--json")
    first, *_ = json.loads(said)
    assert code == 1
    assert first["findings"] == [vars(Finding("required", "partners.csv", 2, "name", of=1))]
    told = [first[key] for key in ("rule", "level", "count", "of")]
    assert told == ["required", "must_fix", 1, 1]


def test_checking_what_cannot_be_read(asked: Asked, tmp_path: Path):
    assert asked("check", tmp_path / "none", "--var", tmp_path)[0] == 2
    folder = written(tmp_path / "data", {})
    (folder / "targets.csv").write_bytes(b"\xff")
    assert asked("check", folder, "--var", tmp_path)[0] == 2
    assert asked("check")[0] == 2
    assert asked("check", folder, "--lang", "sv")[0] == 2


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such permissions")
def test_checking_a_file_that_is_not_ours_to_read(asked: Asked, tmp_path: Path):
    folder = written(tmp_path / "data", {})
    (folder / "targets.csv").chmod(0)
    with permissions_hold():
        code, _, error = asked("check", folder, "--var", tmp_path / "var")
    assert code == 2 and "targets.csv" in error


def test_checking_compares_with_the_current_version(asked: Asked, tmp_path: Path):
    folder, var = written(tmp_path / "data", {"partners": [partner()]}), tmp_path / "var"
    assert asked("publish", folder, "--var", var, "--json") == (0, "[]\n", "")
    written(folder, {"partners": [partner(partner_type="county")]})
    code, said, _ = asked("check", folder, "--var", var, "--json")
    assert code == 0
    assert "partner_type_changed" in [group["rule"] for group in json.loads(said)]


def test_publishing_tells_what_must_be_fixed(asked: Asked, tmp_path: Path):
    folder = written(tmp_path / "data", {"partners": [partner(name="")]})
    code, said, error = asked("publish", folder, "--var", tmp_path / "var", "--json")
    found = Finding("required", "partners.csv", 2, "name", of=1)
    assert (code, json.loads(said)) == (1, [vars(found)])
    assert words("nb")("finding.rule.required") in error


# What it tells of itself

# What only pages ask for is not in the list.
ACTIONS = actions.commands.keys() - {"archive", "look", "records", "renew"}


def test_its_version_and_actions(asked: Asked):
    assert asked("--version") == (0, f"Ringvirkning {VERSION}\n", "")
    code, said, _ = asked("--help")
    listed = said.partition("Commands:\n")[2].partition("\n\n")[0]
    assert code == 0 and "..." not in listed
    assert [line.split()[0] for line in listed.splitlines()] == sorted(ACTIONS)
    assert asked()[0] == asked("nothing")[0] == 2


@pytest.mark.parametrize("action", actions.commands)
def test_an_action_tells_what_it_does_and_how_it_ends(action: str, asked: Asked):
    code, said, _ = asked(action, "--help")
    command = actions.commands[action]
    assert code == 0 and command.help
    assert said.startswith(f"Usage: python -m ringvirkning {action} [OPTIONS]")
    assert "Ends with 0" in said
    for given in command.params:
        assert getattr(given, "hidden", False) or getattr(given, "help", None), given.name


def test_an_action_imports_only_what_it_needs(tmp_path: Path):
    """A process is started for every upload."""
    listing = "import sys; from ringvirkning.commands.main import main; main(sys.argv[1:])"
    dear = "print({'matplotlib', 'openpyxl', 'pptx', 'numpy'} & sys.modules.keys())"
    command = [sys.executable, "-c", f"{listing}; {dear}"]
    command += ["versions", "--var", str(tmp_path)]
    assert subprocess.check_output(command, cwd=ROOT, encoding="utf-8") == "set()\n"
