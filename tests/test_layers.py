"""The rooms of the house: who may use whom, and what must not be found in which."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
# Room: the rooms it may use.
# What all may use: where everything stands, what is wrong in what came in, a process of its own.
GROUND = {"__init__", "child", "finding"}
MAY_USE = {
    "dashboard": {"server", "ui"},
    "pages": {"figures", "texts", "server", "ui"},
    # What a number is known to be is said by the words, too: one idea of it.
    "queries": {"texts"},
    "__init__": set(),
    "child": set(),
    "finding": set(),
    "texts": set(),
    "charts": {"texts"},
    # What is published, for all who read it and for those who publish.
    "store": {"queries", "texts"},
    # What people write is understood by the words on the screen.
    "intake": {"queries", "store", "texts"},
    "figures": {"queries", "charts", "store", "texts"},
    # A deck pins a version.
    "export": {"charts", "figures", "store", "texts"},
    "server": {"export", "figures", "intake", "store", "texts"},
    "ui": {"charts", "export", "figures", "intake", "queries", "server", "store", "texts"},
}
# A module may use more than its room, for the reason given.
EXCEPTIONS = {
    "ringvirkning/ui/frame.py": {"pages"},  # only the list of the menu, see below
    # A version of an earlier programme is compiled anew before it is exported.
    "ringvirkning/export/__main__.py": {"intake"},
}
OTHERS = {
    "dashboard": {"streamlit"},
    "pages": {"streamlit"},
    "queries": {"duckdb", "pandas"},
    "__init__": set(),
    "child": set(),
    "finding": set(),
    "store": {"duckdb", "filelock"},
    "server": {"anyio", "starlette", "streamlit", "websockets"},
    "intake": {"babel", "duckdb", "filelock", "numpy", "openpyxl", "pandas", "scipy"},
    # Plotly draws in the browser; what is drawn here is for paper and slides.
    "charts": {"matplotlib"},
    "texts": {"babel"},
    "figures": set(),
    "ui": {"pandas", "starlette", "streamlit"},
    "export": {"jinja2", "lxml", "markupsafe", "openpyxl", "pptx", "segno", "typst"},
}
FRAME = ROOT / "ringvirkning/ui/frame.py"
SCRIPTS = [f for f in ROOT.glob("ringvirkning/ui/*/*.js") if f.parent.name != "vendor"]
SQL = re.compile(
    r"\bselect\s.+\sfrom\s|\binsert\s+into\b|\bcreate\s+(or\s+replace\s+)?(table|view|macro)\b"
    r"|\bdelete\s+from\b|\bupdate\s+\w+\s+set\b|\bgroup\s+by\b|\border\s+by\b|\bread_csv",
    re.I | re.S,
)
# Literals that look like a sentence and are none: names that are the same in every language.
NO_SENTENCES = {"Språk / Language"}
LOGGED = re.compile(r"log(ging)?\.\w+$")


def room(source: Path) -> str:
    """`charts` for all of ringvirkning/charts, `finding` for ringvirkning/finding.py."""
    parts = source.relative_to(ROOT).parts
    return parts[parts[0] == "ringvirkning"].removesuffix(".py")


FILES: list[Any] = [
    pytest.param(source, id=str(source.relative_to(ROOT)))
    for source in sorted([*ROOT.glob("*.py"), *ROOT.glob("[pqr]*/**/*.py")])
]
SHOWN = [case for case in FILES if room(case.values[0]) in ("dashboard", "pages", "server", "ui")]


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


def top(module: str) -> str:
    """Of what is ours its room, of others the package: `charts`, `pandas`."""
    parts = [*module.split("."), "__init__"]
    return parts[parts[0] == "ringvirkning"]


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


def test_every_room_of_code_is_in_the_table():
    assert {room(case.values[0]) for case in FILES} == MAY_USE.keys() == OTHERS.keys()
    assert all((ROOT / name).is_file() for name in EXCEPTIONS)
    tops = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/**/*.py")}
    assert tops - {"bench", "docs", "tests"} - {top for top in tops if top.startswith(".")} == {
        "pages",
        "queries",
        "ringvirkning",
    }


@pytest.mark.parametrize("source", FILES)
def test_imports_follow_the_table(source: Path):
    own = room(source)
    allowed = MAY_USE[own] | {own} | EXCEPTIONS.get(str(source.relative_to(ROOT)), set())
    allowed |= OTHERS[own] | sys.stdlib_module_names
    allowed |= GROUND
    tops = {top(name) for name in imported(source)}
    assert tops <= allowed, f"{tops - allowed} may not be used here"


def test_the_frame_takes_only_the_menu_from_pages():
    (taken,) = (name for name in imported(FRAME) if name.startswith("pages"))
    assert taken == "pages"
    assert imported(ROOT / "pages/__init__.py") == set()


@pytest.mark.parametrize("source", FILES)
def test_no_way_around_imports(source: Path):
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) not in ("__import__", "importlib.import_module", "eval")


@pytest.mark.parametrize("source", [c for c in FILES if "duckdb" not in OTHERS[room(c.values[0])]])
def test_sql_only_where_the_data_is(source: Path):
    for line, text in texts_in(source):
        assert not SQL.search(text), f"line {line}: {text}"


@pytest.mark.parametrize("source", FILES)
def test_nothing_is_shown_as_raw_html(source: Path):
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.keyword):
            assert node.arg != "unsafe_allow_html", f"line {node.value.lineno}"


def test_the_only_script_of_ours_sets_the_language():
    calls = [
        case.id
        for case in FILES
        for node in ast.walk(parsed(case.values[0]))
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_javascript"
    ]
    assert calls == ["ringvirkning/ui/frame.py"]


@pytest.mark.parametrize("source", SHOWN)
def test_no_sentence_in_code(source: Path):
    found = [
        f"line {line}: {text!r}"
        for line, text in texts_in(source)
        if is_sentence(text) and text not in NO_SENTENCES
    ]
    assert not found, "words belong in texts/"


@pytest.mark.parametrize("source", SCRIPTS, ids=lambda source: source.name)
def test_a_script_has_no_words(source: Path):
    script = source.read_text(encoding="utf-8")
    code = re.sub(r"//[^\n]*", "", script)
    literals = re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'', code)
    for text in (a or b for a, b in literals):
        assert not re.search(r"[A-ZÆØÅ][a-zæøå]+ [a-zæøå]+|[æøå]", text), text
    assert "innerHTML" not in code and "insertAdjacentHTML" not in code


@pytest.mark.parametrize("source", [c for c in FILES if room(c.values[0]) == "pages"])
def test_a_page_says_what_it_answers(source: Path):
    assert ast.get_docstring(parsed(source))
