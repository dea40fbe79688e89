"""A site takes another's place at once, whatever ends meanwhile and where there is no room."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ringvirkning import ROOT
from ringvirkning.export.site.folder import SiteWritten, WrittenNow, only_writer, write_files
from ringvirkning.store import versions
from ringvirkning.store.sites import known_sites
from ringvirkning.texts import words
from tests.command import run
from tests.disks import needs_disks, with_own_disks
from tests.site_files import site_files

# Ends a process of its own, by a signal that nothing can catch, before the first, the second, …
# thing that it does to the disk; and looks at what is there then.
KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from ringvirkning.export.site.folder import write_files
from tests.site_files import site_files
place = Path(sys.argv[1])
was = {name: b"was" for name in ("index.html", "en/index.html", "gone/x.csv", "same.css")}
now = {name: b"now" for name in ("index.html", "en/index.html", "more/y.csv", "new.html")}
was["same.css"] = now["same.css"] = b"same"
TOUCHES = {"os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "open"}

def shown(into):
    found = {file.relative_to(into).as_posix(): file.read_bytes() for file in site_files(into)}
    found.pop(".ringvirkning")
    return found

def killed_at(into, moment):
    touched = 0
    def count(event, arguments):
        nonlocal touched
        if event in TOUCHES and str(into) in str(arguments):
            touched += 1
            if touched == moment:
                os.kill(os.getpid(), signal.SIGKILL)
    child = os.fork()
    if child == 0:
        sys.addaudithook(count)
        write_files(now, into)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL

seen, moment = [], 1
while True:
    into = place / str(moment)
    write_files(was, into)
    (into / "en/theirs.txt").write_bytes(b"theirs")
    was_killed = killed_at(into, moment)
    found = shown(into)
    assert found.pop("en/theirs.txt") == b"theirs", moment
    assert found in (was, now), (moment, found)
    seen.append(found == now)
    write_files(now, into)
    assert shown(into) == now | {"en/theirs.txt": b"theirs"}, moment
    assert len([*into.glob(".ringvirkning-written-*")]) == 1, moment
    if not was_killed:
        break
    moment += 1
print(seen.count(False), seen.count(True))
"""


def test_whenever_it_is_killed_it_is_one_site_or_the_other(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = map(int, done.stdout.split())
    assert before > 10 and after > 3


FULL = """
import os, subprocess
from pathlib import Path
from ringvirkning.export.site.folder import write_files
from tests.site_files import site_files
into = Path(os.environ["SITE"]) / "site"
was = {f"{n}.html": bytes([65 + n]) * 20_000 for n in range(4)}
write_files(was, into)
try:
    write_files({name: of.lower() * 2 for name, of in was.items()}, into)
except OSError as error:
    assert error.errno == 28, error
else:
    raise AssertionError("it had room")
assert {file.name: file.read_bytes() for file in site_files(into, ".html")} == was
assert len([*into.glob(".ringvirkning-written-*")]) == 1
subprocess.run(["mount", "-o", "remount,size=4m", str(into.parent)], check=True)
assert write_files({name: of * 2 for name, of in was.items()}, into).changed == 4
"""


@pytest.mark.slow
@needs_disks
def test_where_there_is_no_room_the_site_stays_until_there_is(tmp_path: Path):
    mounted = 'mount -t tmpfs -o size=160k tmpfs "$SITE" && "$PYTHON" -c "$FULL"'
    with_own_disks(mounted, FULL=FULL, SITE=tmp_path)


def test_a_site_from_before_there_were_links_goes_on_where_it_is(tmp_path: Path):
    (tmp_path / "en").mkdir()
    for name in ("index.html", "en/index.html", "en/mine.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / ".ringvirkning").write_text("index.html\nen/index.html\n")
    files = {"index.html": b"new", "en/index.html": b"en/index.html", "en/more.html": b""}
    assert write_files(files, tmp_path) == SiteWritten(3, 2, 0)
    found = {file.relative_to(tmp_path).as_posix() for file in site_files(tmp_path)}
    assert found == {*files, "en/mine.txt", ".ringvirkning"}
    assert (tmp_path / "index.html").read_text() == "new"


@pytest.mark.slow
def test_a_folder_of_somebody_else_is_left_as_it_is_and_that_is_said(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    into, var = tmp_path / "www", shutil.copytree(published, tmp_path / "var")
    into.mkdir()
    theirs = into / "index.html"
    theirs.write_text("<h1>Another site</h1>")
    run("site", into, var=var, expected=1)
    assert words("en")("website.of_somebody_else", place=str(theirs)) in capsys.readouterr().err
    assert [*into.iterdir()] == [theirs] and theirs.read_text() == "<h1>Another site</h1>"
    assert known_sites(var) == []  # a withdrawal has nothing to do there


def test_two_that_write_to_one_folder_are_kept_apart(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Whatever each writes of; the one that is there first has its way."""
    into, var = tmp_path / "www", shutil.copytree(published, tmp_path / "var")
    write_files({"index.html": b"was"}, into)
    every = [version.name for version in versions.history(var)]
    run("withdraw", *every, "--why=They were wrong.", var=var)
    with only_writer(into):
        with pytest.raises(WrittenNow):
            write_files({"index.html": b"now"}, into)
        run("site", into, var=var, expected=1)
    assert words("en")("website.written_now", place=str(into)) in capsys.readouterr().err
    assert (into / "index.html").read_bytes() == b"was"
    assert write_files({"index.html": b"now"}, into) == SiteWritten(1, 1, 0)
