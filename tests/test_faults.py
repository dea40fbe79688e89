"""A disk that is full, a folder that is read-only: real ones.

Kills are in test_intake.py, and at length in `bench.faults`.
"""

import shutil
from pathlib import Path

import pytest

from ringvirkning import ROOT
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.disks import needs_disks, with_own_disks

nb = words("nb")
STEPS = """
import os, shutil, subprocess, sys
from contextlib import redirect_stderr
from pathlib import Path
from ringvirkning.commands.main import main
data, sheet, var = (Path(os.environ[name]) for name in ("DATA", "SHEET", "VAR"))

def publish():
    for given in (data, sheet):
        print("exit", main(["publish", str(given), f"--var={var}"]))

def remount(how):
    subprocess.run(["mount", "-o", f"remount,{how}", str(var)], check=True)

def show():
    print(*sorted(os.listdir(var)), *sorted(os.listdir(var / "versions")), sep="\\n")

partners = (data / "partners.csv").read_bytes()
(data / "partners.csv").write_bytes(partners.replace(b"Lier kommune", b"Lier"))
remount(os.environ["FAULT"])
with redirect_stderr(sys.stdout):
    publish()
show()
main(["versions", f"--var={var}"])
print("then")
remount("rw,size=40m")
publish()
shutil.copytree(var, os.environ["KEPT"])
"""


def tight(published: Path) -> str:
    """The bytes of a disk with room for one version, and not for half of another."""
    return str(sum(path.stat().st_size for path in published.rglob("*")) * 4 // 3)


# A running server's eye on the folder, while the disk is full and when there is room again.
RUNNING = """
import os, subprocess, time
from pathlib import Path
from ringvirkning.intake.publishing import watch
watch.PAUSE = 0
data, var = Path(os.environ["DATA"]), Path(os.environ["VAR"])
running = watch.Watch(data, var)
first, said = running.latest()
assert first and not said, said
partners = (data / "partners.csv").read_bytes()
(data / "partners.csv").write_bytes(partners.replace(b"Lier kommune", b"Lier"))
for size, rules in ((os.environ["TIGHT"], ["disk_full"]), ("40m", [])):
    subprocess.run(["mount", "-o", f"remount,size={size}", str(var)], check=True)
    now, said = running.latest()
    assert [finding.rule for finding in said] == rules, said
    assert (now == first) == bool(rules)
"""


@pytest.mark.slow
@needs_disks
def test_a_server_publishes_when_there_is_room_again(published: Path, tmp_path: Path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "var").mkdir()
    mounted = (
        'mount -t tmpfs -o "size=$TIGHT" tmpfs "$VAR" && cp -r "$PUBLISHED/." "$VAR"'
        ' && "$PYTHON" -c "$RUNNING"'
    )
    with_own_disks(
        mounted,
        RUNNING=RUNNING,
        TIGHT=tight(published),
        PUBLISHED=published,
        VAR=tmp_path / "var",
        DATA=tmp_path / "data",
    )


# What is typed, while the disk is full.
TYPING = """
import os
from dataclasses import replace
from pathlib import Path
from ringvirkning.intake.forms import drafts
from ringvirkning.intake.forms.entries import Entry
from ringvirkning.store import numbered, storage
var = Path(os.environ["VAR"])
folder = drafts.folder_of(var, "")
kept = Entry("a" * 12, "activities", {"title": "Kurs"}, at="1")
numbered.keep_numbered(folder, kept)
more = replace(kept, why="x" * 200_000)
for too_large in (more, replace(more, id="b" * 12)):
    try:
        numbered.keep_numbered(folder, too_large)
    except OSError as error:
        assert storage.finding(error, var).rule == "disk_full", error
    else:
        raise AssertionError("it had room")
assert drafts.kept_entries(folder) == [kept]
"""


@pytest.mark.slow
@needs_disks
def test_a_draft_stays_as_it_was_kept_when_there_is_no_room_for_another(tmp_path: Path):
    mounted = 'mount -t tmpfs -o size=64k tmpfs "$VAR" && "$PYTHON" -c "$TYPING"'
    with_own_disks(mounted, TYPING=TYPING, VAR=tmp_path)


@pytest.mark.slow
@needs_disks
@pytest.mark.parametrize("fault, rule", [("size=$TIGHT", "disk_full"), ("ro", "not_writable")])
def test_nothing_is_lost_when_nothing_can_be_written(
    fault: str, rule: str, published: Path, tmp_path: Path
):
    data, var, kept = tmp_path / "data", tmp_path / "var", tmp_path / "kept"
    shutil.copytree(ROOT / "data", data)
    var.mkdir()
    sheet = tmp_path / "partnere.csv"
    sheet.write_text("Navn;Partnertype\nHemsedal kommune;Kommune\n", encoding="utf-8")
    places = {"PUBLISHED": published, "VAR": var, "DATA": data, "SHEET": sheet, "KEPT": kept}
    room = tight(published)
    mounted = (
        'mount -t tmpfs -o "size=$TIGHT" tmpfs "$VAR" && cp -r "$PUBLISHED/." "$VAR"'
        ' && "$PYTHON" -c "$STEPS"'
    )
    printed = with_own_disks(
        mounted, STEPS=STEPS, TIGHT=room, FAULT=fault.replace("$TIGHT", room), **places
    )
    told, then = printed.split("then\n")
    refused = f"{var}: {nb(f'finding.rule.{rule}')}"
    assert told.splitlines()[:4] == [refused, "exit 2", refused, "exit 2"]
    first, second, third = versions.history(kept)
    # While there was no room: the old version, whole, and nothing beside it.
    there = [line for line in told.splitlines()[4:] if line != "mappings.json"]
    assert there[:6] == ["audit", "history.jsonl", "lock", "secret", "versions", first.name]
    assert [line[:1] for line in there[6:]] == ["*"]
    # Then all is as if nothing had been.
    assert then.splitlines()[:2] == ["exit 0", "exit 0"]
    assert (second.way, third.way) == ("data", "upload")
    assert {p.name for p in (kept / "versions").iterdir()} == {
        v.name for v in (first, second, third)
    }
    assert not list(kept.glob("building-*"))
    for version in (first, second, third):
        versions.verify_all(version.folder(kept))
