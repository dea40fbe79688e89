"""What the benches share: data of a size, its version, filters never used before, CPU and memory.

Everything a bench writes lies in bench/out/, which git ignores; remove it to begin anew.
"""

import os
import random
import statistics
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.generate import generate  # noqa: E402
from ringvirkning.store import versions  # noqa: E402
from tests import frames  # noqa: E402

OUT = ROOT / "bench" / "out"
SMALL, LARGE = 1_000, 1_000_000
AS_OF = date(2026, 11, 23)
SPAN = (2008, 2026)  # of the generated data
LISTS = ("association", "partner_type", "partnership_type", "programme")
EIGHT = (
    "partnerships_by_year",
    "partnership_coverage",
    "activities_by_year",
    "placements_by_year",
    "targets_met",
    "attention",
    "sources",
    "choices",
)
UNFILTERED: dict[str, Any] = dict.fromkeys(LISTS, ()) | {"years": None, "illustrative": True}


def data(activities: int) -> Path:
    """The CSV files of a size; made once."""
    folder = OUT / f"data-{activities}"
    if not (folder / "targets.csv").exists():
        generate(folder, activities)
    return folder


def var(activities: int) -> Path:
    """A folder with the current version of these files; published in a process of its own."""
    folder = OUT / f"var-{activities}"
    command = [sys.executable, "-m", "ringvirkning", "publish", str(data(activities))]
    subprocess.run([*command, "--var", str(folder)], cwd=ROOT, check=True)
    return folder


def database(activities: int) -> Path:
    folder = var(activities)
    version = versions.current(folder)
    assert version
    return version.exact(folder)


def parameters(chosen: dict[str, Any]) -> dict[str, Any]:
    """A selection as the values that every question takes its own from."""
    first, last = chosen["years"] or (None, None)
    lists = {name: list(chosen[name]) for name in LISTS}
    year = min((chosen["years"] or SPAN)[1], max(AS_OF.year - 1, (chosen["years"] or SPAN)[0]))
    more = {"from_year": first, "to_year": last, "illustrative": chosen["illustrative"]}
    cited = {"counted_in": ["activities_held"], "latest": False}
    cited |= {"single_years": True, "exact_years": False}
    return lists | more | cited | {"as_of": AS_OF, "year": year}


def codes(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every choice of every filter in a version."""
    rows = frames.ask(connection, "choices", parameters(UNFILTERED))
    return {name: list(rows[rows["filter"] == name].code) for name in LISTS}


def selections(known: dict[str, list[str]], seed: int) -> Iterator[dict[str, Any]]:
    """Selections without end, none of them twice: half of the filters set, to a few choices."""
    dice, seen = random.Random(seed), set()
    while True:
        chosen: dict[str, Any] = {
            name: tuple(sorted(dice.sample(all_, dice.randint(1, max(1, len(all_) // 2)))))
            if dice.random() < 0.5
            else ()
            for name, all_ in known.items()
        }
        first = dice.randint(2010, 2020)
        chosen["years"] = (first, dice.randint(first + 1, 2026)) if dice.random() < 0.5 else None
        chosen["illustrative"] = dice.random() < 0.8
        if (key := tuple(chosen.items())) not in seen:
            seen.add(key)
            yield chosen


def address(chosen: dict[str, Any]) -> list[tuple[str, str]]:
    """A selection as the parameters of the app's address."""
    pairs = [(name, code) for name in LISTS for code in chosen[name]]
    if chosen["years"]:
        pairs.append(("years", "-".join(map(str, chosen["years"]))))
    return pairs if chosen["illustrative"] else [*pairs, ("examples", "no")]


def one_core() -> None:
    """Keep this process on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def cpu(pid: int) -> float:
    """Seconds of CPU that a process has used so far, all its threads; in steps of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int, kind: str = "VmRSS") -> float:
    """MB resident now (VmRSS) or at most so far (VmHWM)."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(kind + ":"):
            return int(line.split()[1]) / 1024
    return 0.0


def spread(values: Iterable[float], unit: float = 1000) -> str:
    """Median and the middle half: "31.2 (28.9-35.0)"."""
    low, middle, high = statistics.quantiles([v * unit for v in values], n=4)
    return f"{middle:.1f} ({low:.1f}-{high:.1f})"


def spark(values: Sequence[float | None]) -> str:
    """The same small drawing as the app's, so that all pages draw two Plotly figures."""
    top = max((v for v in values if v is not None), default=0) or 1
    dots = " ".join(
        f"{4 + 15.8 * i:.1f},{30 - 26 * v / top:.1f}" for i, v in enumerate(values) if v is not None
    )
    size = 'xmlns="http://www.w3.org/2000/svg" width="150" height="34"'
    svg = f'<svg {size}><polyline points="{dots}" fill="none" stroke="#0b5563"/></svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def load() -> str:
    return "load average " + " ".join(f"{x:.1f}" for x in os.getloadavg())
