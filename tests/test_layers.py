"""The rooms of the house: who may use whom, and what must not be found in which."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
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
    # What is typed: above all other rooms, and asked by none.
    "commands": {"export", "figures", "intake", "queries", "store", "texts"},
    "__main__": {"commands"},
}
# A module may use more than its room, for the reason given.
EXCEPTIONS = {
    "ringvirkning/ui/frame.py": {"pages"},  # only the list of the menu, see below
}
OTHERS = {
    "dashboard": {"streamlit"},
    "pages": {"streamlit"},
    "queries": {"duckdb", "pandas"},
    "__init__": set(),
    "child": {"msgspec"},
    "finding": set(),
    "store": {"duckdb", "filelock", "msgspec"},
    "server": {"anyio", "starlette", "streamlit", "websockets"},
    "intake": {"babel", "duckdb", "filelock", "numpy", "openpyxl", "pandas", "scipy"},
    # Plotly draws in the browser; what is drawn here is for paper and slides.
    "charts": {"fontTools", "matplotlib"},
    "texts": {"babel"},
    "figures": set(),
    "ui": {"pandas", "starlette", "streamlit"},
    "commands": {"click"},
    "__main__": set(),
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


FILES = sorted([*ROOT.glob("*.py"), *ROOT.glob("[pqr]*/**/*.py")])
SHOWN = [source for source in FILES if room(source) in ("dashboard", "pages", "server", "ui")]


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
    found = parts[parts[0] == "ringvirkning"]
    return "__init__" if found.isupper() else found  # ROOT, VERSION


def nodes(source: Path, kind: type[Any]) -> Iterator[Any]:
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


def test_every_room_of_code_is_in_the_table():
    assert {room(source) for source in FILES} == MAY_USE.keys() == OTHERS.keys()
    assert all((ROOT / name).is_file() for name in EXCEPTIONS)
    tops = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/**/*.py")}
    assert tops - {"bench", "docs", "tests"} - {top for top in tops if top.startswith(".")} == {
        "pages",
        "queries",
        "ringvirkning",
    }


def test_imports_follow_the_table():
    assert [(named(one), used) for one in FILES if (used := used_too_much(one))] == []


def used_too_much(source: Path) -> set[str]:
    own = room(source)
    allowed = MAY_USE[own] | {own} | EXCEPTIONS.get(named(source), set())
    allowed |= OTHERS[own] | sys.stdlib_module_names
    return {top(name) for name in imported(source)} - allowed - GROUND


def test_the_frame_takes_only_the_menu_from_pages():
    (taken,) = (name for name in imported(FRAME) if name.startswith("pages"))
    assert taken == "pages"
    assert imported(ROOT / "pages/__init__.py") == set()


def test_no_way_around_imports():
    calls = [(named(one), ast.unparse(node.func)) for one in FILES for node in nodes(one, ast.Call)]
    around = ("__import__", "importlib.import_module", "eval")
    assert [call for call in calls if call[1] in around] == []


def test_sql_only_where_the_data_is():
    elsewhere = [source for source in FILES if "duckdb" not in OTHERS[room(source)]]
    assert [said for said in texts_of(elsewhere) if SQL.search(said[-1])] == []


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
