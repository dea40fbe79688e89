"""What holds for every test: a fixed date, no one's own settings, nothing written to var/."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from ringvirkning import ROOT

if TYPE_CHECKING:
    from ringvirkning.intake.publishing.watch import Watch

# Before any of our modules is imported, since one may read these as it loads.
for name in [name for name in os.environ if name.startswith("RINGVIRKNING_")]:
    del os.environ[name]
os.environ.pop("SURFACE", None)
VAR = tempfile.TemporaryDirectory(prefix="ringvirkning-var-", ignore_cleanup_errors=True)
os.environ["RINGVIRKNING_VAR"] = VAR.name
os.environ["RINGVIRKNING_AS_OF"] = "2026-11-23"

# The same examples every time, so that a red test is red again; HYPOTHESIS=long looks for new ones.
settings.register_profile("short", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS", "short"))


@pytest.fixture(scope="session", autouse=True)
def patient() -> Iterator[None]:
    """Whoever runs a page sleeps until it has run. AppTest looks every millisecond, through all
    that the page has sent by then, and keeps the interpreter from the page meanwhile."""
    runners = sys.modules.get("streamlit.testing.v1.local_script_runner")
    if runners is None:  # nobody here runs pages
        yield
        return
    looking = runners.require_widgets_deltas

    def wait(runner: Any, timeout: float) -> None:
        runner._script_thread.join(timeout)
        looking(runner, timeout)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runners, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """What sites and papers show alike is drawn once, and by this process: another takes a second
    to begin, and two where it finds that what ran last here is a page. In tests/test_drawn_later.py
    others draw."""
    by = [
        sys.modules.get(f"ringvirkning.{name}")
        for name in ("charts.paper.later", "export.site.taken")
    ]
    if None in by:  # nobody here writes a site
        yield
        return
    later: Any = by[0]
    drawings: dict[str, str] = {}
    draw = later.svg

    def drawn(*what: Any, **how: bool) -> str:
        key = f"{later.drawing_key(*what)} {how}"
        if key not in drawings:
            drawings[key] = draw(*what, **how)
        return drawings[key]

    with pytest.MonkeyPatch.context() as patched:
        for drawing in by:
            patched.setattr(drawing, "svg", drawn)
        patched.setattr(later, "DRAWN_HERE", sys.maxsize)
        yield


@pytest.fixture(scope="session", autouse=True)
def warm(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where tests begin children of ours, these have what they import from one process."""
    from tests.warm_children import warm_children  # once the environment is ours

    is_slow = any(item.get_closest_marker("slow") for item in request.session.items)
    if not is_slow or not hasattr(os, "fork"):
        yield
        return
    with warm_children() as environment, pytest.MonkeyPatch.context() as patched:
        for name, said in environment.items():
            patched.setenv(name, said)
        yield


@pytest.fixture
def nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests in which children look at much that nobody publishes."""
    monkeypatch.setenv("NOTHING_AHEAD", "1")


@pytest.fixture(scope="session")
def published() -> Iterator[Path]:
    """A var/ in which the shipped files are current: copied, never written to."""
    from tests import server  # once the environment is ours

    var = server.published()
    before = there(var)
    yield var
    assert there(var) == before, "a test has written to what others copy"


def there(var: Path) -> list[str]:
    return sorted(str(path.relative_to(var)) for path in var.rglob("*"))


@pytest.fixture(scope="session")
def watch(published: Path, tmp_path_factory: pytest.TempPathFactory) -> "Watch":
    """Shows the shipped files; nothing is published in its var/."""
    from ringvirkning.intake.publishing.watch import Watch

    var = shutil.copytree(published, tmp_path_factory.mktemp("watched") / "var")
    watch = Watch(ROOT / "data", var)
    assert watch.latest()[0]
    return watch


@pytest.fixture(scope="session")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var/ with two versions of some of the shipped rows, and in `../data` the folder of the
    second: copied, never written to."""
    from ringvirkning.store import keys, storage
    from tests import server
    from tests.command import run
    from tests.few import few

    place = tmp_path_factory.mktemp("twice")
    data, var = few(place / "data"), place / "var"
    var.mkdir()
    storage.write(var / keys.NAME, server.KEY)
    run("publish", data, var=var, who="Kari", note="Første")
    partners = data / "partners.csv"
    partners.write_bytes(partners.read_bytes().replace(b"Lier kommune", b"Nye Lier kommune"))
    run("publish", data, var=var, who="Ola")
    return var


@pytest.fixture
def var(twice: Path, tmp_path: Path) -> Path:
    """A var/ with two versions, to be changed."""
    return Path(shutil.copytree(twice, tmp_path / "var"))


@pytest.fixture
def deck(var: Path) -> str:
    """The id of a presentation of the first version, in `var`."""
    from tests import server

    return server.with_deck(var)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Who asks for a server, or for versions to be published, is slow."""
    for item in items:
        if {"server", "signing_in", "twice"} & {*item.fixturenames}:
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """What is imported and collected stays: nobody looks through it again for what can go."""
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    gc.unfreeze()  # DuckDB tells of what is left at the end
    VAR.cleanup()
