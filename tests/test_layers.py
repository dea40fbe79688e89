"""The rooms of the house: who may use whom, and what must not be found in which."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bench.house import circle, files, imports, repeated

ROOT = Path(__file__).parents[1]
# Who may import whom. A contract of the kind "protected" names all who may import what it is about.
with (ROOT / "pyproject.toml").open("rb") as settings:
    LINTER = tomllib.load(settings)["tool"]["importlinter"]
HOUSE, INTAKE = (
    [re.split(r" [|:] ", layer) for layer in contract["layers"]]
    for contract in LINTER["contracts"]
    if contract["type"] == "layers"
)
IMPORTERS = {
    module: set(contract["allowed_importers"])
    for contract in LINTER["contracts"]
    for module in contract.get("protected_modules", [])
}
# No contract is about these: one is no package, and above the other there is nothing.
STARTED = ("dashboard.py", "ringvirkning/__main__.py")
# Whose words would be on the screen.
DRAWING = {"dashboard", "pages", "ringvirkning.server", "ringvirkning.ui"}
FRAME = ROOT / "ringvirkning/ui/frame.py"
SCRIPTS = [f for f in ROOT.glob("ringvirkning/ui/*/*.js") if f.parent.name != "vendor"]
SQL = re.compile(
    r"\bselect\s.+\sfrom\s|\binsert\s+into\b|\bcreate\s+(or\s+replace\s+)?(table|view|macro)\b"
    r"|\bdelete\s+from\b|\bupdate\s+\w+\s+set\b|\bgroup\s+by\b|\border\s+by\b|\bread_csv",
    re.I | re.S,
)
# Literals that look like a sentence and are none: names that are the same in every language.
NO_SENTENCES = {"Språk / Language"}
# What may be defined in several files, and its meaning in each of them.
SHARED = {
    "FIGURES": "the figures of a page, row by row",
    "FOLDER": "where the files of a room lie, which other rooms read",
    "HERE": "the folder of this file",
    "ROUTES": "addresses that the server answers beside the pages",
    "as_address": "what is chosen as parameters of an address",
    "bars": "a chart of lying bars",
    "cited": "the records that a figure's numbers are from",
    "columns": "a chart of columns over years",
    "current": "what is current now: of all versions, of all states of a visit",
    "figures": "a page's figures, in reading order",
    "foot": "the quiet line under a figure",
    "from_address": "what is chosen, from the parameters of an address",
    "headline": "the sentence above a page",
    "overlap": "what stands in several parts of a total, in words",
    "records": "the rows that a page lists",
    "shown": "a page's View",
    "timeline": "a chart of partnerships, each from its start to its end",
    "w": "the words of a page's View",
}
LOGGED = re.compile(r"log(ging)?\.\w+$")


def room(source: Path) -> str:
    """`ringvirkning.charts` for all of that folder, `pages` for all of pages."""
    parts = source.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[: 1 + (parts[0] == "ringvirkning")]).removesuffix(".__init__")


FILES = sorted([*ROOT.glob("*.py"), *ROOT.glob("[pqr]*/**/*.py")])
SHOWN = [source for source in FILES if room(source) in DRAWING]


@cache
def parsed(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def imported(source: Path) -> set[str]:
    """The modules that a file imports, with what it takes from ours: `ui.frame`, `streamlit`."""
    found = set()
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{source.name}: imports are written in full"
            names = [alias.name for alias in node.names] if node.module == "ringvirkning" else []
            found |= {f"ringvirkning.{name}" for name in names} or {str(node.module)}
    return found


def nodes(source: Path, kind: type[Any] | tuple[type[Any], ...]) -> Iterator[Any]:
    return (node for node in ast.walk(parsed(source)) if isinstance(node, kind))


def named(source: Path) -> str:
    return str(source.relative_to(ROOT))


def texts_of(sources: Iterable[Path]) -> Iterator[tuple[str, int, str]]:
    """File, line and text of all that may be shown."""
    return ((named(source), *said) for source in sources for said in texts_in(source))


def texts_in(source: Path) -> Iterator[tuple[int, str]]:
    """The texts in a file that may be shown: no docstrings, annotations, or log lines."""
    tree = parsed(source)
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            silent.add(body[0].value)  # a docstring
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            silent |= set(ast.walk(node.annotation))
        if isinstance(node, ast.FunctionDef) and node.returns:
            silent |= set(ast.walk(node.returns))
        if isinstance(node, ast.Call) and LOGGED.match(ast.unparse(node.func)):
            silent |= set(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.lineno, node.value


def is_sentence(text: str) -> bool:
    """Two words or more, or one word with a letter that code has not, and no markup or code."""
    if re.search(r"[<>=\"{}\\/]|^:|^\w+:\w", text) and not re.search(r"[æøå]", text, re.I):
        return False
    letters = re.findall(r"[^\W\d_]{2,}", text)
    return (len(letters) > 1 and " " in text.strip()) or bool(re.search(r"[æøåÆØÅ]", text))


@cache
def house() -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in files("").items() if name.endswith(".py")}


def test_no_imports_run_in_a_circle():
    assert circle(imports(house())) == []


def test_a_name_in_several_files_means_the_same_in_each():
    assert {*repeated(house().values())} <= SHARED.keys(), "another name, or one definition"
    assert len(SHARED) <= 20


def test_imports_keep_to_the_contracts():
    # In a process of its own: it silences every logger that there is.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    subprocess.run(command, cwd=ROOT, check=True)


def test_every_room_and_every_library_is_in_a_contract():
    rooms = {room(source) for source in FILES}
    assert rooms - {"dashboard", "ringvirkning"} == set(chain(*HOUSE))
    libraries = {name.split(".")[0] for source in FILES for name in imported(source)}
    ours = {"pages", "queries", "ringvirkning"}
    assert libraries - sys.stdlib_module_names - ours == IMPORTERS.keys() - rooms
    tops = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/**/*.py")}
    assert ours == {top for top in tops if top[0] != "."} - {"bench", "docs", "tests"}
    steps = {file.parent.name for file in ROOT.glob("ringvirkning/intake/*/*.py")}
    assert steps == set(chain(*INTAKE))


def test_what_is_started_imports_what_stands_on_top():
    app, command = (imported(ROOT / file) for file in STARTED)
    tops = {".".join(name.split(".")[:2]) for name in app}
    assert tops == {"pathlib", "streamlit", "ringvirkning.server", "ringvirkning.ui"}
    assert command == {"sys", "ringvirkning.commands.main"}


def test_the_frame_takes_only_the_menu_from_pages():
    (taken,) = (name for name in imported(FRAME) if name.startswith("pages"))
    assert taken == "pages"
    assert imported(ROOT / "pages/__init__.py") == set()


def test_no_way_around_imports():
    around = re.compile(r"\b(__import__|import_module|eval)\b")
    kinds = (ast.Name, ast.Attribute, ast.alias)
    said = [(named(one), ast.unparse(node)) for one in FILES for node in nodes(one, kinds)]
    assert [name for name in said if around.search(name[1])] == []


def test_sql_only_where_the_data_is():
    elsewhere = [source for source in FILES if room(source) not in IMPORTERS["duckdb"]]
    assert [said for said in texts_of(elsewhere) if SQL.search(said[-1])] == []


def test_no_association_and_no_programme_of_one_is_named_in_code():
    own = re.compile("workop|drammen|gardermoen|nfdr|buskerud", re.I)
    kinds = {".py", ".sql", ".js", ".toml", ".css", ".html", ".typ"}
    sources = [source for room in ("pages", "queries", "ringvirkning") for source in
               (ROOT / room).rglob("*.*") if source.suffix in kinds]  # fmt: skip
    assert len(sources) > 200
    assert [f.name for f in sources if own.search(f.read_text(encoding="utf-8"))] == []


def test_nothing_is_shown_as_raw_html():
    assert with_argument("unsafe_allow_html") == []


def test_the_only_script_of_ours_sets_the_language():
    assert with_argument("unsafe_allow_javascript") == ["ringvirkning/ui/frame.py"]


def with_argument(name: str) -> list[str]:
    """The files in which something is called with an argument of this name, once for each call."""
    return [named(one) for one in FILES for node in nodes(one, ast.keyword) if node.arg == name]


def test_no_sentence_in_code():
    """Words belong in texts/."""
    sentences = [said for said in texts_of(SHOWN) if is_sentence(said[-1])]
    assert [said for said in sentences if said[-1] not in NO_SENTENCES] == []


@pytest.mark.parametrize("source", SCRIPTS, ids=lambda source: source.name)
def test_a_script_has_no_words(source: Path):
    script = source.read_text(encoding="utf-8")
    code = re.sub(r"//[^\n]*", "", script)
    literals = re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'', code)
    for text in (a or b for a, b in literals):
        assert not re.search(r"[A-ZÆØÅ][a-zæøå]+ [a-zæøå]+|[æøå]", text), text
    assert "innerHTML" not in code and "insertAdjacentHTML" not in code


def test_a_page_says_what_it_answers():
    pages = [source for source in FILES if room(source) == "pages"]
    assert [source.name for source in pages if not ast.get_docstring(parsed(source))] == []
