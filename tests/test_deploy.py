"""The unit and the recipe say what is so: files that are there, settings that are read."""

import re
from configparser import RawConfigParser

import pytest

from ringvirkning import ROOT
from ringvirkning.server import service

DEPLOY = ROOT / "docs" / "serving"
RECIPE = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
CODE = "".join(
    file.read_text(encoding="utf-8")
    for room in ("ringvirkning",)
    for file in (ROOT / room).rglob("*.py")
)


@pytest.fixture(scope="module")
def unit() -> RawConfigParser:
    found = RawConfigParser(strict=False)
    found.optionxform = str  # type: ignore[method-assign, assignment]
    found.read(DEPLOY / "ringvirkning@.service", encoding="utf-8")
    return found


@pytest.mark.parametrize(
    "file", ["ringvirkning@.service", "ringvirkning-letter@.service", "Containerfile"]
)
def test_every_setting_is_one_that_is_read(file: str):
    text = (DEPLOY / file).read_text(encoding="utf-8")
    for name in set(re.findall(r"\bRINGVIRKNING_\w+|\bSURFACE\b", text)):
        assert f'"{name}"' in CODE, name


def test_both_run_the_public_edition_as_nobody_of_note(unit: RawConfigParser):
    assert unit["Service"]["User"] == "ringvirkning" and "USER ringvirkning" in RECIPE
    assert "Environment=SURFACE=public" in (DEPLOY / "ringvirkning@.service").read_text()
    assert "SURFACE=public" in RECIPE
    for command in (unit["Service"]["ExecStart"], RECIPE.split("\nCMD")[1].replace('", "', " ")):
        assert "-m streamlit run dashboard.py" in command


def test_it_is_given_time_to_end_and_a_way_to_say_that_it_is_ready(unit: RawConfigParser):
    assert int(unit["Service"]["TimeoutStopSec"]) > service.GRACE
    assert any(f":8501{route.path}'" in RECIPE for route in service.ROUTES)
    assert RECIPE.count("--server.port") == 1
    assert unit["Service"]["ExecStart"].endswith("--server.port %i"), "it is called by its port"


def test_the_image_holds_every_room_and_no_secret():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", RECIPE, re.M)
    sources = [source for line in copied for source in line.split()]
    assert all((ROOT / source).exists() for source in sources)
    rooms = {file.parent.name for file in ROOT.glob("*/*.py")} - {"tests", "bench"}
    assert rooms <= set(sources) and "queries" in sources and "data" in sources
    assert not {".", ".streamlit", "tests", "var"} & set(sources)


def test_everything_in_the_image_is_installed_by_its_hash():
    assert RECIPE.count("pip install") == 1
    assert "--require-hashes" in RECIPE and "-r requirements-serve.txt" in RECIPE
