"""What it is made of: all pinned and listed, and what is handed out has its licence beside."""

import importlib.metadata
import json
import re
import tomllib
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from matplotlib.ft2font import FT2Font
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from docs.serving import sbom
from ringvirkning import ROOT
from ringvirkning.charts import fonts
from ringvirkning.export import show

# What a file pins, by the groups of pyproject.toml.
FILES = {
    "requirements.txt": {"run"},
    "requirements-serve.txt": {"run", "sign-in"},
    "requirements-cluster.txt": {"run", "cluster"},
    "requirements-dev.txt": {"run", "sign-in", "cluster", "dev"},
    "bench/requirements.txt": {"run", "bench"},
}
PIN = re.compile(r"[a-z0-9-]+==[^ ]+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


@cache
def pinned(file: str) -> dict[NormalizedName, Requirement]:
    """By name, for every system; raises AssertionError at a line that is no pin with its hashes."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = [line.strip().removesuffix(" \\") for line in text.splitlines() if line[0] != "#"]
    found: dict[NormalizedName, Requirement] = {}
    for before, line in pairwise(["", *lines, "end==0"]):
        assert HASH.fullmatch(line) or (PIN.fullmatch(line) and not PIN.fullmatch(before)), line
        if not line.startswith("--"):
            found[canonicalize_name(Requirement(line).name)] = Requirement(line)
    del found[canonicalize_name("end")]
    return found


def here(file: str) -> dict[NormalizedName, str]:
    """What a file pins for this system and Python: versions by name."""
    each = pinned(file).items()
    return {
        name: str(pin.specifier).removeprefix("==")
        for name, pin in each
        if pin.marker is None or pin.marker.evaluate()
    }


def closure(group: set[str]) -> dict[NormalizedName, str]:
    """What is installed here of groups of pyproject.toml and of all that they need, as the packages
    say it themselves: versions by name."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    left = [
        (need, "") for name in group for need in map(Requirement, groups["dependency-groups"][name])
    ]
    seen: set[tuple[NormalizedName, str]] = set()
    while left:
        need, extra = left.pop()
        if need.marker and not need.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(need.name)
        for each in {"", *need.extras} - {known for one, known in seen if one == name}:
            seen.add((name, each))
            left += [(Requirement(text), each) for text in importlib.metadata.requires(name) or []]
    return {name: importlib.metadata.version(name) for name, _ in seen}


@pytest.mark.parametrize("file", [file for file in FILES if file != "bench/requirements.txt"])
def test_what_is_installed_is_what_is_pinned_and_no_less(file: str):
    assert closure(FILES[file]) == here(file)


@pytest.mark.parametrize("file", FILES)
def test_every_pin_is_the_same_everywhere_and_names_no_place(file: str):
    known = pinned("requirements-dev.txt") | pinned(file)
    assert {name: str(pin) for name, pin in pinned("requirements.txt").items()} == {
        name: str(known[name]) for name in pinned("requirements.txt")
    }
    text = (ROOT / file).read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and not re.search(r"(^|\s)/", text)


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    return sbom.listed()


@pytest.mark.slow
def test_the_list_of_parts_is_whole_and_well_formed(listed: dict[str, Any]):
    from cyclonedx.schema import SchemaVersion  # which takes seconds that each worker would spend
    from cyclonedx.validation.json import JsonStrictValidator

    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(json.dumps(listed)) is None
    parts = {part["name"]: part for part in listed["components"]}
    wanted = here("requirements-serve.txt")
    assert {name: parts[name]["version"] for name in wanted} == wanted
    for name, part in parts.items():
        assert part["licenses"] or name not in wanted, name
        hashes = [h for place in part.get("externalReferences", []) for h in place["hashes"]]
        assert hashes or name not in wanted, name
    assert {"plotly.js-basic-dist-min", "Source Sans"} <= parts.keys()


@pytest.mark.parametrize("name", fonts.WEIGHTS)
def test_paper_has_every_letter_of_the_words_and_of_the_data(name: str):
    font = FT2Font(fonts.FOLDER / f"{name}.ttf")
    assert (font.family_name, font.style_name) == (fonts.FAMILY, name)
    assert (fonts.FOLDER / f"{name}.woff2").read_bytes()[:4] == b"wOF2"
    files = [*ROOT.glob("ringvirkning/texts/*.toml"), *ROOT.glob("data/*.csv")]
    written = {letter for file in files for letter in file.read_text(encoding="utf-8")}
    assert len(files) > 2 and not {*map(ord, written - {*"\n"})} - {*font.get_charmap()}


def test_what_is_handed_out_says_its_licence_and_whose_it_is():
    """As their fonts and their script say it themselves."""
    font, ours = FT2Font(fonts.FOLDER / "Regular.ttf").get_sfnt(), fonts.LICENCE.read_text("utf-8")
    own, licence = (font[3, 1, 0x409, number].decode("utf-16-be") for number in (0, 13))
    assert own.replace("‘", "'").replace("’", "'") in ours
    assert "SIL OPEN FONT LICENSE Version 1.1" in ours and "Version 1.1" in licence
    assert ours in show.font_faces() and "*/" not in ours
    (script,) = (ROOT / "ringvirkning/ui/vendor").glob("*.js")
    (whose,) = re.findall(r"Copyright .*", script.read_text(encoding="utf-8")[:300])
    licence = (ROOT / "ringvirkning/ui/vendor/LICENSE").read_text(encoding="utf-8")
    assert whose in licence and "MIT" in licence and script.name in licence
    assert sbom.BESIDES[0]["version"] in script.name
