"""The house in figures, beside it those of commits: `python -m bench.house [COMMIT …]`.

Lines of code of the product (tests, bench and docs not counted), lengths of files and functions,
`Any` in signatures, names that are defined in more than one file, uses of session state, and
imports: between rooms, and those that run in a circle.
"""

import ast
import io
import statistics
import subprocess
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from ringvirkning import ROOT

BESIDES = ("tests", "bench", "docs", "findings", "deploy")
Function = ast.FunctionDef | ast.AsyncFunctionDef
# What many things of the same kind have by agreement.
COMMON = ("main", "register", "sheet")


def files(commit: str) -> dict[str, str]:
    """The text of every file of the product by its path."""
    if commit:
        command = ["git", "archive", commit]
        packed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            inside = {
                member.name: archive.extractfile(member) for member in archive if member.isfile()
            }
            read = {name: file.read() for name, file in inside.items() if file}
    else:
        command = ["git", "ls-files", "-co", "--exclude-standard"]
        said = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        paths = [name for name in said.stdout.splitlines() if (ROOT / name).is_file()]
        read = {name: (ROOT / name).read_bytes() for name in paths}
    return {
        name: content.decode()
        for name, content in read.items()
        if PurePosixPath(name).suffix in (".py", ".sql", ".js", ".css", ".toml", ".typ")
        and name.split("/")[0] not in BESIDES
        and "vendor" not in name
    }


def lines(texts: dict[str, str], suffix: str) -> int:
    return sum(text.count("\n") for name, text in texts.items() if name.endswith(suffix))


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def anys(function: Function) -> int:
    """How many of a signature's annotations hold `Any`."""
    given = function.args
    each = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    notes = [arg.annotation for arg in each if arg] + [function.returns]
    return sum(
        any(isinstance(node, ast.Name) and node.id == "Any" for node in ast.walk(note))
        for note in notes
        if note
    )


def definitions(tree: ast.Module) -> set[str]:
    """The names a file defines at its top: functions, classes, constants."""
    found = set()
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {name.id for name in node.targets if isinstance(name, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return {name for name in found if not name.startswith("_") and name != "log"}


def repeated(trees: Iterable[ast.Module]) -> list[str]:
    """The names that several files define."""
    places = Counter(name for tree in trees for name in definitions(tree))
    return sorted(name for name, times in places.items() if times > 1)


def imports(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """The files that a file imports."""
    by_module = {
        name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): name for name in trees
    }
    found: dict[str, set[str]] = {}
    for name, tree in trees.items():
        wanted = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            if isinstance(node, ast.ImportFrom):
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                wanted |= (inner & by_module.keys()) or {str(node.module)}
        found[name] = {by_module[module] for module in wanted & by_module.keys()} - {name}
    return found


def room(path: str) -> str:
    """The folder that shows in a picture: `charts`, `ui`, `pages`."""
    parts = path.removeprefix("ringvirkning/").split("/")
    return parts[0].removesuffix(".py")


def circle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def spread(sizes: list[int]) -> str:
    """The median, what nine of ten don't exceed, and the longest."""
    tenth = statistics.quantiles(sizes, n=10)[-1]
    return f"{statistics.median(sizes):.0f} / {tenth:.0f} / {max(sizes)}"


def told(commit: str) -> dict[str, object]:
    texts = files(commit)
    trees = {name: ast.parse(text) for name, text in texts.items() if name.endswith(".py")}
    each = [function for tree in trees.values() for function in functions(tree)]
    many = repeated(trees.values())
    graph = imports(trees)
    rooms: dict[str, set[str]] = defaultdict(set)
    for name, wanted in graph.items():
        rooms[room(name)] |= {room(other) for other in wanted} - {room(name)}
    return {
        "Python": lines(texts, ".py"),
        "SQL": lines(texts, ".sql"),
        "JavaScript, CSS": lines(texts, ".js") + lines(texts, ".css"),
        "texts": lines(texts, ".toml"),
        "files of Python": spread([text.count("\n") for n, text in texts.items() if n in trees]),
        "functions": spread([int(f.end_lineno or 0) - f.lineno + 1 for f in each]),
        "Any in signatures": sum(map(anys, each)),
        "names in several files": len(many),
        "session_state": sum(text.count("session_state") for text in texts.values()),
        "imports": sum(map(len, graph.values())),
        "between rooms": sum(map(len, rooms.values())),
        "circle": " → ".join(circle(graph)) or "none",
    } | ({"those names": ", ".join(many)} if not commit else {})


def main() -> None:
    columns = {commit or "now": told(commit) for commit in [*sys.argv[1:], ""]}
    print(f"{'':24}", *(f"{name[:16]:>18}" for name in columns))
    for said in columns["now"]:
        print(f"{said:24}", *(f"{column.get(said, '')!s:>18}" for column in columns.values()))


if __name__ == "__main__":
    main()
