"""What is documented is so, and what there is is documented."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest
import streamlit as st
from click import Option
from PIL import Image

import pages
from ringvirkning import ROOT, VERSION
from ringvirkning.commands.main import actions
from ringvirkning.texts import entries, words
from tests.test_layers import HOUSE, IMPORTERS

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINKING = [*PAGES, ROOT / "data" / "README.md", ROOT / "bench" / "README.md"]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
# The others say what is so; the changelog what was.
LIVING = [page for page in PAGES if page.name != "CHANGELOG.md"]
SOURCES = [*ROOT.glob("*.py"), *ROOT.glob("[pqr]*/**/*.py")]
COMMON = {"--var", "--lang"}  # options that all actions have
# Of named tuples, and of Python itself.
PUBLIC = {"_asdict", "_fields", "_make", "_replace", "_exit"}


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@cache
def all_docs() -> str:
    return "\n".join(map(text, LIVING))


def prose(page: Path) -> str:
    """Without blocks of code."""
    return re.sub(r"```.*?```", "", text(page), flags=re.S)


def code(page: Path) -> list[str]:
    """What stands between backticks, and the lines of blocks of code."""
    blocks = re.findall(r"```(?:sh)?\n(.*?)```", text(page), re.S)
    return re.findall(r"`([^`\n]+)`", prose(page)) + [li for b in blocks for li in b.splitlines()]


def tables(page: Path, first: str) -> list[list[list[str]]]:
    """The tables whose head begins with this cell, by row and cell."""
    pattern = rf"^\| {re.escape(first)} \|.*\n\|[-|]+\n((?:\|.*\n)+)"
    return [
        [[cell.strip() for cell in line.strip("|").split(" |")] for line in table.splitlines()]
        for table in re.findall(pattern, text(page), re.M)
    ]


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    heads = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", LINKING, ids=name)
def test_every_link_leads_somewhere(page: Path):
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"https?:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_readme_is_a_door_and_leads_to_every_page():
    readme = text(ROOT / "README.md")
    assert len(readme.splitlines()) <= 80
    assert all(name(page) in readme for page in PAGES if page.name != "README.md")


def test_the_menu_in_the_picture_is_the_menu():
    """`make picture` takes it anew."""
    w = words("en")
    with Image.open(ROOT / "docs" / "overview.png") as picture:
        assert picture.info["menu"].split("\n") == [w(f"menu.{page}") for page in pages.MENU]


@pytest.mark.parametrize("page", [*LIVING, ROOT / "data" / "README.md"], ids=name)
def test_every_file_is_there(page: Path):
    """Said from the top; but for what is written while it runs, and what is only an example."""
    tops = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"var", ".streamlit", ".venv"}
    for said in code(page):
        for path in re.findall(r"(?<![\w/.:-])[\w.]+/[\w./*-]*\w", said):
            if path.split("/")[0] in tops and not re.search("PAGE|NAME|XX", path):
                assert list(ROOT.glob(path)), path


def settings() -> set[str]:
    """What our code asks the environment for."""
    literals = re.findall(r'"(RINGVIRKNING_\w+|SURFACE)"', "".join(map(text, SOURCES)))
    return set(literals)


def test_settings_are_those_that_are_read():
    assert set(re.findall(r"\b(?:RINGVIRKNING_\w+|SURFACE)\b", all_docs())) == settings()
    (table,) = tables(ROOT / "docs" / "serving.md", "Of `make run`")
    named = {name for _, cell, _ in table for name in re.findall(r"\w+", cell)}
    of_processes = {f"RINGVIRKNING_{name}" for name in ("LIMITS", "ACTOR", "ASSOCIATIONS")}
    assert named == settings() - of_processes  # our processes' own


def test_settings_of_the_framework_are_its_own():
    for found in set(re.findall(r"\bSTREAMLIT_(\w+)", all_docs())):
        section, first, *more = found.lower().split("_")
        st.get_option(f"{section}.{first}{''.join(word.title() for word in more)}")


def test_every_name_stands_in_the_code():
    """What has an underscore in it: columns, codes, names of functions and of what is measured."""
    files = [*SOURCES, *ROOT.glob("queries/*.sql"), *ROOT.glob("ringvirkning/**/*.[st][qo]*")]
    there = "".join(map(text, [*files, ROOT / "Makefile"])) + str([*ROOT.glob("tests/**/*.py")])
    known = set(re.findall(r"\w+", there))
    for page in LIVING:
        said = set(re.findall(r"\b[A-Za-z]\w*_\w+", str(re.findall(r"`([^`\n]+)`", prose(page)))))
        unknown = {one for one in said - known if not re.match("STREAMLIT_|FORWARDED_", one)}
        assert not unknown, page


def test_make_does_what_is_documented_and_no_more():
    makefile = text(ROOT / "Makefile")
    (targets,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.M)
    said = [line for page in LIVING for line in code(page)]
    asked = {one for line in said for one in re.findall(r"(?:^|[ &])make ([a-z][\w.-]*)", line)}
    assert asked | {"help"} == set(targets.split())
    assert set(targets.split()) <= set(re.findall(r"^([\w.-]+):", makefile, re.M))
    variables = re.findall(r"^(\w+) \?=|^ifdef (\w+)", makefile, re.M)
    for variable in {a or b for a, b in variables}:
        assert any(f"{variable}=" in line for line in said), variable


def test_every_module_that_is_run_is_there():
    assert all(find_spec(module) for module in re.findall(r"python -m ([\w.]+)", all_docs()))


def test_the_glossary_names_a_thing_once_and_as_it_stands_on_screen():
    norwegian = "\n".join(entries("nb").values()).lower()
    terms = [row for table in tables(ROOT / "docs" / "glossary.md", "Name") for row in table]
    names = [one for term, *_ in terms for one in term.split(", ")]
    assert len(names) == len(set(names)) > 60
    for _, on_screen, _ in terms:
        for word in filter(None, on_screen.split(", ")):
            assert re.search(rf"\b{word}", norwegian), word


def test_private_parts_of_libraries_are_listed_each_with_its_test():
    listed: dict[str, str] = {}
    for _, parts, places, _, tests in tables(ARCHITECTURE, "Library")[0]:
        files = re.findall(r"`([^`]+)`", places)
        there = "".join(text(ROOT / file) for file in files)
        for part in re.findall(r"`([^`]+)`", parts):
            assert all(word in there for word in re.findall(r"\w+", part)), part
        assert all((ROOT / test).is_file() for test in re.findall(r"`([^`]+)`", tests))
        listed |= {file: listed.get(file, "") + parts for file in files}
    for source in SOURCES:
        for names in private(source):
            here = listed.get(name(source), "")
            assert any(re.search(rf"\b{one}\b", here) for one in names), (name(source), names)


def private(source: Path) -> Iterator[set[str]]:
    """The parts of libraries with an underscore, and of Streamlit's inner modules, that a file
    uses; each by the names that it may be listed under."""
    for node in ast.walk(ast.parse(text(source))):
        if isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr):
            if ast.unparse(node.value) not in ("self", "cls") and node.attr not in PUBLIC:
                yield {node.attr}
        elif isinstance(node, ast.ImportFrom):
            *_, inner = modules = str(node.module).split(".")
            if re.match(r"_[a-z]", inner):
                yield {inner}
            elif modules[0] == "streamlit" and len(modules) > 1:
                yield from ({inner, alias.name} for alias in node.names)


def test_the_table_of_imports_is_what_the_contracts_say():
    (table,) = tables(ARCHITECTURE, "Room | May use of ours")
    said = {
        room: [set(re.findall(r"`(\w+)`", cell)) for cell in cells]
        for rooms, *cells in table
        for room in re.findall(r"`(\w+)`", rooms)
    }
    del said["dashboard"], said["__main__"]  # what they import is tested
    ground = set(HOUSE[-1])
    for at, layer in enumerate(HOUSE[1:], 1):
        for room in layer:
            below = set(chain(*HOUSE[at + 1 :])) - ground
            others = IMPORTERS.keys() - set(chain(*HOUSE))
            contracts = [
                {module for module in below if room in IMPORTERS.get(module, {room})},
                {module for module in others if room in IMPORTERS[module]},
            ]
            short = [{module.split(".")[-1] for module in modules} for modules in contracts]
            assert said.pop(room.split(".")[-1]) == short, room
    assert not said


def test_every_action_is_documented_with_its_options():
    found = [tables(ROOT / "docs" / page, "Action")[0] for page in ("editors.md", "presenting.md")]
    documented = {
        action: set(re.findall(r"`(--[a-z-]+)", f"{cell} {what}"))
        for cell, what in chain(*found)
        for action in re.findall(r"^`([a-z-]+)", cell)
    }
    assert documented == {action: options - COMMON for action, options in shown_in_help().items()}


def test_every_action_and_option_that_is_named_is_there():
    there = shown_in_help()
    assert set(re.findall(r"-m ringvirkning ([a-z][a-z-]*)", all_docs())) <= there.keys()
    options = COMMON.union(*there.values()) | {"--version", "--help"}
    for page in LIVING:
        assert set(re.findall(r"`(?:[\w-]+ )*(--[a-z-]+)", prose(page))) <= options, page


def shown_in_help() -> dict[str, set[str]]:
    """The options by action; not what only pages ask for."""
    return {
        name: {one.opts[0] for one in command.params if isinstance(one, Option) and not one.hidden}
        for name, command in actions.commands.items()
        if not command.hidden
    }


def test_the_version_is_the_changelogs_last():
    (last, *_) = re.findall(r"^## ([\d.]+) - ", text(ROOT / "CHANGELOG.md"), re.M)
    assert last == VERSION
