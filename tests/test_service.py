"""Run as a service: ready or not, measured by the operator alone, audited, silent, and it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from starlette.formparsers import MultiPartParser
from streamlit import get_option

from ringvirkning import ROOT, VERSION
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import audited, doors, published, service
from ringvirkning.server.sign_in import Person
from ringvirkning.store import audit, versions
from tests.command import IN_TURN, run
from tests.few import few
from tests.server import Server, serve
from tests.test_access import ISSUER, ROLES, SECRETS, cookies, visit
from tests.test_intake import Data
from tests.test_own_rows import IG
from tests.test_serving import answer
from tests.visitor import sent, session, shown

pytestmark = pytest.mark.slow  # a server and commands of its own

MOST = "server.maxUploadSize"
CANARY = "Ola Kanarinordmann"
# Tells of every file that a Python process opens to write, and of every folder that it makes.
HOOK = """
import os, sys
told = os.open(os.environ["WRITES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def hear(event, said):
    if event == "open" and not isinstance(said[0], int) and said[2] & (os.O_WRONLY | os.O_RDWR):
        os.write(told, f"{os.fsdecode(said[0])}\\n".encode())
    elif event in ("os.mkdir", "os.rename", "os.symlink"):
        os.write(told, f"{said[1] if event != 'os.mkdir' else said[0]}\\n".encode())
sys.addaudithook(hear)
"""

# Shows a page of ours, offers a file of staff's, has an answer that never ends, and tells how much
# Python looks through no more.
APP = """
import gc
from pathlib import Path
import streamlit as st
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from ringvirkning.server import logs, service, streams
from ringvirkning.ui.present import decks
from ringvirkning.server.serving import MIDDLEWARE

def endless(request):
    return StreamingResponse(iter(lambda: b"x" * 100_000, None))

def kept(request):
    return PlainTextResponse(str(gc.get_freeze_count()))

logs.set_up()
app = st.App(
    Path(__file__).with_name("page.py"),
    lifespan=service.running,
    middleware=MIDDLEWARE,
    routes=[*streams.ROUTES, *service.ROUTES, Route("/endless", endless), Route("/kept", kept)],
)
"""
PAGE = """
import streamlit as st
from ringvirkning.server import audited
from ringvirkning.ui import files
from ringvirkning.ui.state import memory

files.begin_offers()
audited.sign_in_once()
files.draw_link("A file", "Kari Nordmann.csv", lambda: b"1", is_staffs=True)
files.draw_link("A form", "Skjema.xlsx", lambda: b"2", is_staffs=True, is_exact=False)
st.text(" ".join(offer.address() for offer in memory(files.Offers).now.values()))
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("app")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    return folder / "app.py"


@contextmanager
def served(app: Path, var: Path, **env: str) -> Iterator[Server]:
    with serve(app=app, var=var, env={"PYTHONPATH": str(ROOT)} | env) as server:
        yield server


def until(found, seconds: float = 120):
    """What is found, asked for again and again until there is something."""
    late = time.monotonic() + seconds
    while not (said := found()):
        assert time.monotonic() < late
        time.sleep(0.02)  # who makes it wants the core
    return said


# Ready, measured


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def watched(place: Path) -> dict[str, str]:
    """An environment in which every Python process tells what it writes, in place/writes."""
    for name in ("hook", "home", "tmp"):
        (place / name).mkdir()
    (place / "hook" / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    return {
        "PYTHONPATH": os.pathsep.join([str(place / "hook"), str(ROOT)]),
        "WRITES": str(place / "writes"),
        "HOME": str(place / "home"),
        "TMPDIR": str(place / "tmp"),
        # Python's own copies of what it has read; a read-only checkout has none.
        "PYTHONDONTWRITEBYTECODE": "1",
        "RINGVIRKNING_LOG": "json",
        "SURFACE": "public",
    }


@pytest.fixture(scope="module")
def server(place: Path, watched: dict[str, str]) -> Iterator[Server]:
    """The public's, without a version until one is published."""
    (place / "data").mkdir()
    with serve(place / "data", var=place / "var", env=watched) as running:
        yield running


def ran(place: Path, watched: dict[str, str], *actions: list[str]) -> None:
    """Commands of ours, one after the other, where the server writes."""
    outside = {k: v for k, v in os.environ.items() if k != "MPLCONFIGDIR"}
    environment = outside | watched | {"RINGVIRKNING_VAR": str(place / "var")}
    command = [sys.executable, "-c", IN_TURN, json.dumps(actions)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


@pytest.fixture(scope="module")
def ready(server: Server, place: Path, watched: dict[str, str]) -> Server:
    """The same once there is something to see, which it wasn't before."""
    response, said = answer(server.port, "/ready")
    assert (response.status, said) == (503, b"no")
    assert answer(server.port, "/_stcore/health")[0].status == 200
    ran(place, watched, ["publish", str(few(place / "few"))])
    until(lambda: answer(server.port, "/ready")[0].status == 200)
    return server


def test_it_is_ready_when_there_is_something_to_see(ready: Server, place: Path):
    assert answer(ready.port, "/ready")[1] == b"yes"
    history = place / "var" / "history.jsonl"
    gone = history.rename(place / "history")
    until(lambda: answer(ready.port, "/ready")[0].status == 503)
    gone.rename(history)
    until(lambda: answer(ready.port, "/ready")[0].status == 200)


def test_only_the_operator_is_told_how_it_is(ready: Server, place: Path):
    token = (place / "var" / "metrics_token").read_text()
    for tried in ({}, {"authorization": "Bearer "}, {"authorization": f"Bearer {token}x"}):
        response, said = answer(ready.port, "/metrics", **tried)
        assert (response.status, said) == (403, b"")
    response, said = answer(ready.port, "/metrics", authorization=f"Bearer {token}")
    assert response.status == 200
    lines = said.decode().splitlines()
    assert all(
        re.fullmatch(r"[a-z_]+(\{[a-z]+=\"[a-z0-9.]+\"\})? [0-9.e+-]+", line) for line in lines
    )
    measured = dict(line.rsplit(" ", 1) for line in lines)
    assert measured["ringvirkning_versions"] == "1"
    assert measured[f'ringvirkning_build_info{{version="{VERSION}"}}'] == "1"
    assert float(measured["ringvirkning_disk_free_bytes"]) > 0
    assert "active_sessions" in measured
    if os.name != "nt":
        assert (place / "var" / "metrics_token").stat().st_mode & 0o077 == 0


def test_nothing_is_written_but_in_its_own_folder(
    ready: Server, place: Path, watched: dict[str, str]
):
    """By the server, by what publishes, and by what draws."""
    with session(ready.port, [("Host", f"localhost:{ready.port}")]) as rerun:
        rerun()
    ran(
        place,
        watched,
        ["check", str(ROOT / "data")],
        ["report", str(place / "var" / "report.pdf")],
        ["site", str(place / "var" / "site"), f"--association={IG}"],
        ["template", str(place / "var" / "form.xlsx")],
    )
    written = {Path(line) for line in (place / "writes").read_text().splitlines()}
    assert len(written) > 20
    allowed = [place / "var", place / "writes", Path("/dev")]
    outside = [p for p in written if not any(p.absolute().is_relative_to(one) for one in allowed)]
    assert outside == []
    assert [*(place / "home").rglob("*"), *(place / "tmp").rglob("*")] == []


def test_an_upload_never_lies_on_the_disk():
    assert doors.HEADERS and MultiPartParser.spool_max_size > get_option(MOST) * 2**20


def test_the_log_is_for_machines_where_that_is_set(server: Server):
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    assert lines and all({"at", "level", "name", "message"} <= line.keys() for line in lines)
    local = ("Host", f"localhost:{server.port}")
    with session(server.port, [local, ("X-Forwarded-For", "203.0.113.9")]) as run:
        run()
    # Nor who asked for what.
    for said in ("HTTP/1.1", "203.0.113.9", "connection open"):
        assert said not in server.log()


# What the log leaves out


def test_a_name_in_a_wrong_column_stays_out_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    data = Data(tmp_path / "data")
    rows = data.rows("activities")
    rows[0][-1], rows[3][rows[0].index("start_date")] = CANARY, CANARY
    data.write("activities", rows)
    watch = Watch(data.folder, tmp_path / "var")
    version, found = watch.latest()
    assert version is None and CANARY in str(found)
    assert "activities.csv" in caplog.text and CANARY.split()[1] not in caplog.text


FAILS = """
import logging
from ringvirkning.server import logs

own = logging.getLogger("streamlit.of_its_own")
own.propagate = False
own.addHandler(logging.StreamHandler())
logs.set_up()
try:
    try:
        int("Ola Kanarinordmann")
    except ValueError as error:
        raise KeyError("Ola Kanarinordmann") from error
except KeyError:
    own.exception("a page failed")
late = logging.getLogger("streamlit.came_later")
late.addHandler(logging.StreamHandler())
try:
    int("Ola Kanarinordmann")
except ValueError:
    late.exception("another failed")
assert logs.errors.number == 2
int("Ola Kanarinordmann")
"""


@pytest.mark.parametrize("setting", ["json", ""])
def test_an_errors_message_stays_out_of_the_log(setting: str):
    ended = subprocess.run(
        [sys.executable, "-c", FAILS],
        cwd=ROOT,
        env=os.environ | {"RINGVIRKNING_LOG": setting},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert ended.returncode == 1 and "Kanari" not in ended.stderr
    assert ended.stderr.count("Traceback") == 5  # one of two, one by two, one
    assert "KeyError" in ended.stderr and ended.stderr.count("ValueError") >= 3
    if setting:
        first, last = ended.stderr.splitlines()[0], ended.stderr.splitlines()[-1]
        assert json.loads(first)["message"] == "a page failed"
        assert json.loads(last)["level"] == "critical"


def test_the_framework_writes_no_errors_by_itself():
    """It does by default where rich is installed, as the import contracts' linter has it here."""
    assert find_spec("rich") and get_option("logger.enableRich") is False


# Who did what


def deeds(var: Path) -> list[tuple[str, str]]:
    return [(deed["did"], deed["who"]) for deed in audit.deeds(var)]


def test_who_signs_in_and_takes_exact_files_is_noted_without_a_name(app: Path, tmp_path: Path):
    var = tmp_path / "var"
    (tmp_path / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    (tmp_path / "roles.toml").write_text(ROLES, encoding="utf-8")
    env = {
        "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"),
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "dash.example",
        "RINGVIRKNING_ROLES": str(tmp_path / "roles.toml"),
    }
    made = cookies()
    with served(app, var, **env) as server:
        site = {"host": "dash.example"}
        assert shown(server.port, *visit(made))
        with session(server.port, *visit(made)) as run:
            address, form = (one.removeprefix(".") for one in run().split())
            refused, _ = answer(server.port, address, **site)
            given, content = answer(server.port, address, cookie=made, **site)
            assert answer(server.port, form, cookie=made, **site)[1] == b"2"
    assert (refused.status, given.status, content) == (403, 200, b"1")
    kari = audit.account_code(var, ISSUER, "kari")
    assert deeds(var) == [("signed_in", kari), ("took_exact", kari)]
    kept = "".join(path.read_text() for path in (var / "audit").glob("*.jsonl"))
    assert "kari" not in kept.lower() and "nordmann" not in kept.lower() and ISSUER not in kept


def test_what_commands_do_is_noted_and_can_be_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    var, data = tmp_path / "var", Data(tmp_path / "data")
    publishing.publish(data.folder, var)
    data.change("partners", "nav", note="Ny")
    publishing.publish(data.folder, var, who="Kari", note="Ny")
    run("undo", var=var, who="Kari")
    run("backup", tmp_path / "backup", var=var)
    done = ("published", "published", "went_back", "backed_up")
    assert deeds(var) == [(did, "command") for did in done]
    audit.note_deed(var, "signed_in", audit.account_code(var, "https://a", "kari"), role="editor")
    capsys.readouterr()
    run("audit", var=var, issuer="https://a", sub="kari")
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["role"] == "editor" and "Kari" not in line
    run("audit", var=var, issuer="https://b", sub="kari")
    assert capsys.readouterr().out == ""
    run("audit", var=var, sub="kari", expected=2)  # else it would be everybody
    assert capsys.readouterr().out == ""
    (month,) = (var / "audit").glob("*.jsonl")
    with month.open("ab") as file:
        file.write(b'{"torn')
    audit.note_deed(var, "restored", "command")
    assert deeds(var)[-1] == ("restored", "command") and len(deeds(var)) == 6
    (var / "audit" / "key").unlink()
    assert audit.account_code(var, "https://a", "kari") != json.loads(line)["who"]


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """Nor does a key that can't be made."""
    (tmp_path / "audit").write_text("a file where the folder should be")
    audit.note_deed(tmp_path, "published", "server", version="1")
    assert "can't be written" in caplog.text and "published" in caplog.text
    running = Watch(tmp_path / "data", tmp_path)
    monkeypatch.setattr(published, "watch", lambda: running)
    audited.note_deed_by("took_exact", Person("editor", "Kari", f"{ISSUER} kari"))
    assert '"who": "unknown"' in caplog.text and "kari" not in caplog.text.lower()


# It ends


def test_what_is_loaded_as_it_begins_is_looked_through_no_more(app: Path, tmp_path: Path):
    with served(app, tmp_path / "var") as server:
        assert int(answer(server.port, "/kept")[1]) > 50_000


def test_it_ends_in_seconds_and_what_is_being_published_is_whole_or_not_there(
    app: Path, tmp_path: Path
):
    var = tmp_path / "var"
    with served(app, var) as server:
        local = [("Host", f"localhost:{server.port}")]
        with (
            session(server.port, local) as run,
            sent(server.port, "GET /endless HTTP/1.1", local) as download,
        ):
            run()
            download.recv(1000)
            assert answer(server.port, "/ready")[0].status == 503
            until(lambda: [*var.glob("building-*")])
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(timeout=10 * service.GRACE)
            assert "Traceback" not in server.log()
    with versions.alone(var):
        assert all(versions.is_whole(version.folder(var)) for version in versions.history(var))
    assert publishing.publish(ROOT / "data", var) is not None
    assert versions.current(var) and not [*var.glob("building-*")]
