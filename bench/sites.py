"""The page for everyone of many associations: `python -m bench.sites [ASSOCIATIONS]`.

All of it written by the command, each time in a fresh process: anew, where nothing has changed, and
of a version in which one association has. CPU is that of all its processes, memory that of the
largest. Target: 600 s on two cores for 171.
"""

import csv
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.common import OUT, ROOT, load
from bench.generate import generate

MANY, ACTIVITIES, PERSONS, AGREEMENTS = 171, 10_000, 2_000, 6


def command(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "ringvirkning", *arguments], cwd=ROOT, check=True)


def written(what: str, into: Path, var: Path) -> None:
    before, began = used(), time.perf_counter()
    command("site", str(into), "--each", "--var", str(var))
    wall, taken = time.perf_counter() - began, used() - before
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{what}: {wall:.0f} s, {taken:.0f} s of CPU, {memory:.0f} MB; {load()}", flush=True)


def used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def shown_files(into: Path) -> Iterator[Path]:
    """What a web server has of it, each file once."""
    folders = (one.resolve() for one in into.rglob(".ringvirkning-shown"))
    return (file for folder in folders for file in folder.rglob("*") if file.is_file())


def change_one(data: Path) -> None:
    """The first activity of the first association is called something else."""
    with (data / "activities.csv").open(encoding="utf-8", newline="") as file:
        heading, first, *rest = csv.reader(file)
    first[heading.index("title")] += " (ny)"
    with (data / "activities.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, first, *rest])


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    place = OUT / f"sites-of-{count}"
    if (place / "site").exists():
        sys.exit(f"{place} is there already: remove it first")
    data = generate(place / "data", ACTIVITIES, count, PERSONS, AGREEMENTS * count)
    command("publish", str(data), "--var", str(place / "var"))
    written("anew", place / "site", place / "var")
    sizes = [file.stat().st_size for file in shown_files(place / "site")]
    print(f"{len(sizes)} files, {sum(sizes) / 1e9:.1f} GB")
    written("where nothing has changed", place / "site", place / "var")
    change_one(data)
    command("publish", str(data), "--var", str(place / "var"))
    written("of another version", place / "site", place / "var")
