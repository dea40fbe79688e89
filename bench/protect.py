"""What rounding costs and gives: `python -m bench.protect RUN`, one of those below.

`speed`: cells of five sizes, by turns with the code of another day on the same cells, each in a
process of its own. `near`: how near totals of the shipped data are, over many keys. `attack`: how
many values are possible of each count of one to four, over made-up versions. `pairs`: the same for
who has seen two versions and knows which one person came between them. `totals`: the same as
`attack` for who knows true totals. `versions`, `installations`, `renamed`: counts of one to four
that didn't change and are shown in two ways by versions in a row, by several installations, when
rounds get other ids.
"""

import argparse
import importlib.util
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import numpy as np

from bench.common import OUT, ROOT, load
from bench.generate import generate
from queries.contract import workbench
from ringvirkning.intake.checks import loading
from ringvirkning.intake.protection import protect
from tests import attacker

BEFORE = "c7d0fe2"  # the revision that is compared with
SIZES = (4_000, 10_000, 20_000, 50_000, 100_000)
LARGEST_BEFORE = 20_000  # minutes, beyond
TIMES = 3
OFF = """
select total = 'placements' and grouping(year, programme) < 3 as is_part,
    abs(sum(rounded - count))::integer as off
from cells join memory.rounded using (cell, count)
group by grouping sets ((total, field, measured_at), (total, field, measured_at, year),
    (total, field, measured_at, association, programme))
having (grouping(year) = 1 or year is not null)
    and (grouping(programme) = 1 or programme is not null)
"""


def code_before(folder: Path) -> ModuleType:
    """`intake.protect` as it was, with its SQL, from git."""
    for name in ("protect.py", "cells.sql", "protected.sql"):
        command = ["git", "show", f"{BEFORE}:intake/{name}"]
        (folder / name).write_bytes(subprocess.check_output(command, cwd=ROOT))
    spec = importlib.util.spec_from_file_location("protect_before", folder / "protect.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["protect_before"] = module
    spec.loader.exec_module(module)
    return module


def rounding(folder: Path, is_before: bool) -> Iterator[Any]:
    """A function that rounds what is in a folder with a key, and answers what totals are off."""
    with TemporaryDirectory() as place, workbench() as connection:
        code = code_before(Path(place)) if is_before else protect
        assert not loading.load_folder(connection, folder)

        def rounded(key: bytes) -> list[tuple[bool, int]]:
            code.protect(connection, key, None)
            return connection.sql(OFF).fetchall()

        yield rounded


def data(cells: int) -> Path:
    folder = OUT / f"cells-{cells}"
    if not (folder / "targets.csv").exists():
        generate(folder, cells // 2, associations=20, persons=cells // 2)
    return folder


def once(cells: int, is_before: bool) -> dict[str, float]:
    """Seconds of rounding in this process, with the SQL that says what is rounded."""
    for rounded in rounding(data(cells), is_before):
        wall, cpu = time.perf_counter(), time.process_time()
        found = rounded(b"s" * 32)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {"wall": wall, "cpu": cpu, "off": max(by for _, by in found)}


def speed(times: int) -> None:
    print(f"seconds, median of {times} by turns with {BEFORE}; {load()}")
    print(f"{'cells':>8}{'wall':>9}{'CPU':>8}{'off':>5}{'wall then':>12}{'CPU then':>10}{'×':>7}")
    for cells in SIZES:
        data(cells)
        runs: dict[bool, list[dict[str, float]]] = {False: [], True: []}
        for _ in range(times):
            for is_before in (False, True)[: 1 + (cells <= LARGEST_BEFORE)]:
                command = [sys.executable, "-m", "bench.protect", "once", str(cells)]
                said = subprocess.check_output([*command, *["--before"] * is_before], cwd=ROOT)
                runs[is_before].append(json.loads(said))
        now, then = (
            {name: median(run[name] for run in found) for name in ("wall", "cpu", "off")}
            if found
            else {}
            for found in (runs[False], runs[True])
        )
        line = f"{cells:>8}{now['wall']:>9.2f}{now['cpu']:>8.2f}{now['off']:>5.0f}"
        if then:
            line += f"{then['wall']:>12.2f}{then['cpu']:>10.2f}{then['cpu'] / now['cpu']:>7.0f}"
        print(line, flush=True)


def near(keys: int) -> None:
    print(f"totals of the shipped data that are off by more than two, over {keys} keys")
    for is_before in (True, False):
        off: dict[bool, list[int]] = {False: [], True: []}
        for rounded in rounding(ROOT / "data", is_before):
            for key in range(keys):
                for is_part, by in rounded(key.to_bytes(32, "big")):
                    off[is_part].append(by)
        print(
            f"{BEFORE if is_before else 'now':>8}: people placed, by year and programme"
            f" {np.mean(np.array(off[True]) > 2):6.1%} of {len(off[True])};"
            f" all others {np.mean(np.array(off[False]) > 2):6.1%} of {len(off[False])}"
        )


def attack(versions: int) -> None:
    left: list[int] = []
    margins: Counter[int] = Counter()
    for seed in range(versions):
        with TemporaryDirectory() as place:
            folder = attacker.written(attacker.with_agreements(seed), Path(place))
            seen = attacker.published(folder, seed.to_bytes(32, "big"))
        margins[max(row["most"] for row in seen.margins)] += 1
        asked = attacker.small(seen.true)
        left += attacker.values_left(seen.shown, [attacker.knowledge(seen)], asked)
    print(f"{versions} made-up versions, by how far totals may be off: {dict(margins)}")
    few = sum(n < attacker.BASE for n in left)
    print(f"{len(left)} counts of one to four, {few} of them with fewer than five values left")


def pairs(versions: int) -> None:
    left: dict[str, Counter[int]] = {"that she is in": Counter(), "of others": Counter()}
    for seed in range(versions):
        for is_hers, values in between(seed):
            left["that she is in" if is_hers else "of others"][values] += 1
    print(f"{versions} pairs of versions, the second with one person more, who is known")
    for whose, found in left.items():
        few = sum(n for values, n in found.items() if values < attacker.BASE)
        print(f"{few} of {found.total()} counts of one to four {whose}: fewer than five values")
        print("   values left: " + ", ".join(f"{v}: {found[v]}" for v in sorted(found)))


def between(seed: int) -> list[tuple[bool, int]]:
    """Of each count of one to four whether the person who was added is in it, and the values that
    are possible of it before, for who knows her and sees both versions."""
    key = seed.to_bytes(32, "big")
    with TemporaryDirectory() as place:
        kept = Path(place) / "kept.duckdb"
        version = attacker.made_up(seed)
        first = attacker.published(attacker.written(version, Path(place)), key, keep=kept)
        attacker.add_person(version, seed)
        second = attacker.published(attacker.written(version, Path(place)), key, before=kept)
    added = second.true - first.true
    known = [
        attacker.knowledge(first, near=False),
        attacker.knowledge(second, added, near=False),
    ]
    asked = attacker.small(first.true)
    found = attacker.values_left(first.shown, known, asked, then=second.shown - added)
    return [(bool(added[cell]), n) for cell, n in zip(asked, found, strict=True)]


def totals(versions: int) -> None:
    for by_year in (False, True):
        left: list[int] = []
        for seed in range(versions):
            with TemporaryDirectory() as place:
                folder = attacker.written(attacker.with_agreements(seed), Path(place))
                seen = attacker.published(folder, seed.to_bytes(32, "big"))
            known = [attacker.knowledge(seen), attacker.known_totals(seen, by_year)]
            left += attacker.values_left(seen.shown, known, attacker.small(seen.true))
        few, exact = sum(n < attacker.BASE for n in left), left.count(1)
        print(f"{versions} made-up versions, true totals known{', by year, too' * by_year}")
        print(f"{few} of {len(left)} counts of one to four: fewer than five values; {exact}: one")


def kept_in_a_row(seed: int, key: bytes, every: int = 1) -> list[attacker.Seen]:
    """Ten versions in a row as an installation publishes them that has each, or only every third,
    say, and the last."""
    versions = [*attacker.in_a_row(seed, 10)][::-every][::-1]
    with TemporaryDirectory() as place:
        return attacker.published_in_a_row(versions, key, Path(place))


def added_up(found: Iterable[tuple[int, int]]) -> str:
    ways, of = (sum(each) for each in zip(*found, strict=True))
    return f"{ways} of {of} counts of one to four are shown both ways"


def in_a_row(number: int) -> None:
    seen = [kept_in_a_row(seed, seed.to_bytes(32, "big")) for seed in range(number)]
    print(f"{number} times ten versions in a row, a round more in each ({sum(map(len, seen))})")
    print(added_up(map(attacker.shown_both_ways, seen)))
    most = Counter(row["most"] for each in seen for one in each for row in one.margins[:1])
    print(f"versions by how far totals may be off: {dict(most)}")


def installations(number: int) -> None:
    ways: dict[str, list[tuple[int, int]]] = {}
    for seed in range(number):
        one, *others = (bytes([seed, key]) * 16 for key in range(3))
        published = {
            "a key each": [kept_in_a_row(seed, key, 10)[-1] for key in (one, *others)],
            "one key": [kept_in_a_row(seed, one, 10)[-1] for _ in range(3)],
            "one key, and each, every third or only the last of ten versions before": [
                kept_in_a_row(seed, one, every)[-1] for every in (1, 3, 10)
            ],
        }
        for how, seen in published.items():
            ways.setdefault(how, []).append(attacker.shown_both_ways(seen))
    print(f"{number} versions, each published by three installations")
    for how, found in ways.items():
        print(f"   {how}: {added_up(found)}")


def renamed(number: int) -> None:
    found = []
    for seed in range(number):
        version = [*attacker.in_a_row(seed, 2)]
        version.append(attacker.renamed(version[-1]))
        with TemporaryDirectory() as place:
            seen = attacker.published_in_a_row(version, seed.to_bytes(32, "big"), Path(place))
        names = {attacker.other_id(cell["unit"]): cell["unit"] for cell in seen[1].cells}
        found.append(attacker.shown_both_ways(seen[1:], names))
    print(f"{number} versions whose rounds all get other ids: {added_up(found)}")


RUNS = {
    "speed": (speed, TIMES),
    "near": (near, 200),
    "attack": (attack, 200),
    "pairs": (pairs, 100),
    "totals": (totals, 14),
    "versions": (in_a_row, 12),
    "installations": (installations, 12),
    "renamed": (renamed, 12),
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", nargs="?", default="speed", choices=[*RUNS, "once"])
    parser.add_argument("number", nargs="?", type=int)
    parser.add_argument("--before", action="store_true")
    asked = parser.parse_args()
    if asked.run == "once":
        print(json.dumps(once(asked.number, asked.before)))
    else:
        run, number = RUNS[asked.run]
        run(asked.number or number)
