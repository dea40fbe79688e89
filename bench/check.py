"""A spreadsheet of 5 MB checked: `python -m bench.check [TIMES]`. Target: 5 s.

As a Norwegian exports it: semicolons, Windows' encoding, days first. Each time in a fresh process,
by turns with a reference that only reads the file and its dates, by pandas, and checks nothing.
"""

import csv
import subprocess
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from tempfile import TemporaryDirectory

from bench.common import LARGE, OUT, ROOT, SMALL, data, load

TIMES = 5
SIZE = 5 * 2**20 - 5_000  # what the page takes
REFERENCE = """
import pandas, sys
rows = pandas.read_csv(sys.argv[1], sep=";", encoding="cp1252")
pandas.to_datetime(rows["start_date"], format="%d.%m.%Y", errors="coerce")
"""


def norwegian(activities: Path, path: Path) -> int:
    """Write the first activities that fit; how many."""
    count = 0
    with (
        activities.open(encoding="utf-8", newline="") as given,
        path.open("w", encoding="cp1252", newline="", errors="replace") as file,
    ):
        rows = csv.DictReader(given)
        writer = csv.DictWriter(file, rows.fieldnames or (), delimiter=";")
        writer.writeheader()
        for row in rows:
            # To partnerships that are there in the small set, too.
            places = [int(name[1:]) % 60 for name in row["partnership_ids"].split("|") if name]
            row["partnership_ids"] = "|".join(f"s{place}" for place in dict.fromkeys(places))
            for name in ("start_date", "end_date"):
                row[name] = ".".join(reversed(row[name].split("-")))
            writer.writerow(row)
            count += 1
            if file.tell() > SIZE:
                return count
    return count


def seconds(*command: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main(times: int) -> None:
    with TemporaryDirectory(dir=OUT) as place:
        path, var = Path(place) / "aktiviteter.csv", str(Path(place) / "var")
        rows = norwegian(data(LARGE) / "activities.csv", path)
        seconds("-m", "ringvirkning", "publish", str(data(SMALL)), "--var", var)
        ours, reference, size = [], [], path.stat().st_size
        for _ in range(times):
            ours.append(seconds("-m", "ringvirkning", "check", str(path), "--var", var))
            reference.append(seconds("-c", REFERENCE, str(path)))
    peak = getrusage(RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{rows} rows, {size / 2**20:.1f} MB; {load()}")
    print(f"check: median {median(ours):.2f} s of {times}, at most {max(ours):.2f}; {peak:.0f} MB")
    print(f"pandas, reading only: median {median(reference):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
