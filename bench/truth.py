"""What the editions say that isn't so: `python -m bench.truth [quick] [KEYS] [SETS]`.

Each key publishes the shipped data anew; every statement of the public's edition is held against
the CSV files, in Norwegian and English by turns. Then the staff's edition, which no key changes,
and as many made-up data sets with a few keys each. Prints one table for each.
"""

import hashlib
import json
import logging
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from bench.common import AS_OF, ROOT, load
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from tests.said import Edition
from tests.statements import Verdict
from tests.truth import Truth
from tests.variants import variant

KEYS, SETS, KEYS_OF_A_SET = 200, 10, 10
WIDE = 50  # of every so many keys two have their stories, papers and site read, too
Counts = Counter[str]


def secret(number: int) -> bytes:
    return hashlib.sha256(f"truth {number}".encode()).digest()


def published(folder: Path, var: Path, key: bytes) -> versions.Version | None:
    """The version of these files under a key; None where no rounding keeps the limits."""
    var.mkdir(parents=True, exist_ok=True)
    (var / "secret").write_bytes(key)
    found = publishing.publish(folder, var)
    return None if must_fix(found) else versions.current(var)


def said(edition: Edition, is_wide: bool, is_quick: bool) -> Iterator[Verdict]:
    """What is filtered, and, of an edition without filters, all that leaves the house; widely.
    Quickly: the pages alone."""
    yield from edition.pages()
    if is_quick:
        return
    yield from edition.explored()
    if not edition.address:
        yield from edition.deck()
    if is_wide:
        yield from edition.stories()
        yield from edition.papers(edition.truth.world.partners)
        yield from edition.site()


def counted(verdicts: Iterable[Verdict]) -> tuple[Counts, list[str]]:
    """Statements by kind, those that don't hold, and the figures of the table."""
    found: Counts = Counter()
    wrong = []
    for v in verdicts:
        is_claim = v.key.startswith("claim.")
        found["statements"] += 1
        found[f"{v.kind} in all"] += 1
        if not v.holds:
            found["contradictions"] += v.kind != "unread"
            found[f"{v.kind} false"] += 1
            wrong.append(f"{v.kind} {v.key} | {v.place.surface} {v.place.figure} {v.place.part} |"
                         f" {v.text} | shown {v.shown}, true {v.true}")  # fmt: skip
        if v.key == "headline.targets" or v.place.figure.startswith("targets-"):
            found["verdict on target in all"] += v.kind == "verdict"
            found["verdict on target false"] += v.kind == "verdict" and not v.holds
        if v.key.startswith(("change.", "card.")):
            found["year's change in all"] += v.kind == "sign"
            found["year's change false"] += v.kind == "sign" and is_turned(v)
        if is_total(v) and None not in (v.shown, v.true):
            found["total in all"] += 1
            found["total off by more than 2"] += abs(v.shown - v.true) > 2  # type: ignore[operator]
        if v.kind == "share" and None not in (v.shown, v.true):
            found["share off by 10 in all"] += 1
            found["share off by 10 false"] += abs(v.shown - v.true) >= 0.1 - 1e-9  # type: ignore[operator]
        if is_claim and v.place.part in ("headline", "title"):
            found["headline says 0 in all"] += 1
            found["headline says 0 false"] += v.shown == 0 and bool(v.true)
        if "about" in v.key or "between" in v.key:
            found["said as about in all"] += 1
    return found, wrong


def is_turned(v: Verdict) -> bool:
    """Whether a change goes the wrong way, or goes where nothing does."""
    if v.holds or v.shown is None or v.true is None:
        return False
    return (v.shown > 0) - (v.shown < 0) != (v.true > 0) - (v.true < 0)


def is_total(v: Verdict) -> bool:
    """People placed in a year, or by a programme in all."""
    if v.kind != "label" or v.place.surface not in ("overview", "outcomes"):
        return False
    column = v.place.part.rpartition(" · ")[2]
    row = v.place.part.removeprefix("table: ").partition(" · ")[0]
    return (v.place.figure == "jobs" and column in ("I alt", "Total")) or (
        v.place.figure.startswith("funnel-")
        and column in ("Personer", "Persons")
        and row in ("Begynte i jobb", "Began a job")
    )


def of_key(asked: tuple[str, int, bool, bool]) -> tuple[Counts, list[str]] | None:
    folder, number, is_exact, is_quick = asked
    quiet()
    with tempfile.TemporaryDirectory() as place:
        var = Path(place)
        version = published(Path(folder), var, secret(number))
        if version is None:
            return None
        truth = truth_of(folder, AS_OF)
        database = version.exact(var) if is_exact else version.protected(var)
        language = "nb" if number % 2 == 0 else "en"
        addresses = ("", f"years={AS_OF.year}-{AS_OF.year}") if number % 8 < 2 else ("",)
        verdicts = [
            verdict
            for address in addresses
            for verdict in said(
                Edition(truth, version, database, AS_OF, language, address),
                is_wide=not address and number % WIDE < 2,
                is_quick=is_quick,
            )
        ]
        return counted(verdicts)


TRUTHS: dict[str, Truth] = {}


def truth_of(folder: str, as_of: date) -> Truth:
    if folder not in TRUTHS:
        TRUTHS[folder] = Truth(Path(folder), as_of)
    return TRUTHS[folder]


def quiet() -> None:
    """Streamlit warns of each session that isn't there."""
    logging.disable(logging.WARNING)


ROWS = (
    "verdict on target", "year's change", "total", "most", "interval", "share off by 10",
    "headline says 0", "number", "label", "sign", "share", "verdict", "order", "unread",
    "said as about",
)  # fmt: skip


def table(title: str, found: list[tuple[Counts, list[str]] | None]) -> None:
    known = [counts for one in found if one is not None for counts in (one[0],)]
    print(
        f"\n{title}: {len(known)} keys, {len(found) - len(known)} not published; {load()}",
        flush=True,
    )
    total: Counts = sum(known, Counter())
    print(f"{'':24} {'statements':>10} {'false':>8} {'%':>6} {'keys with one':>14}")
    for row in ROWS:
        wrong = "total off by more than 2" if row == "total" else f"{row} false"
        of, bad = total[f"{row} in all"], total[wrong]
        keys = sum(counts[wrong] > 0 for counts in known)
        share = f"{100 * bad / of:.1f}" if of else "–"
        print(f"{row:24} {of:10} {bad:8} {share:>6} {keys:8} of {len(known)}")
    print(f"{'all':24} {total['statements']:10} {total['contradictions']:8}"
          f" {100 * total['contradictions'] / max(total['statements'], 1):6.1f}"
          f" {sum(c['contradictions'] > 0 for c in known):8} of {len(known)}")  # fmt: skip


def main(keys: int, sets: int, is_quick: bool) -> None:
    quiet()
    out = ROOT / "bench" / "out"
    out.mkdir(exist_ok=True)
    shipped = str(ROOT / "data")
    with tempfile.TemporaryDirectory() as place, ProcessPoolExecutor(os.cpu_count()) as pool:
        public = []
        for one in pool.map(of_key, [(shipped, number, False, is_quick) for number in range(keys)]):
            public.append(one)
            if len(public) % 20 == 0 and len(public) < keys:
                table("public, shipped data, so far", public)
        table("public, shipped data", public)
        exact = list(pool.map(of_key, [(shipped, number, True, is_quick) for number in range(2)]))
        table("staff, shipped data", exact)
        folders = [str(variant(Path(place) / str(seed), seed)) for seed in range(sets)]
        asked = [(f, n, False, is_quick) for f in folders for n in range(KEYS_OF_A_SET)]
        made = list(pool.map(of_key, asked))
        table(f"public, {sets} made-up data sets", made)
        staff = list(pool.map(of_key, [(f, n, True, is_quick) for f in folders for n in range(2)]))
        table(f"staff, {sets} made-up data sets", staff)
    wrong: dict[str, list[str]] = defaultdict(list)
    for name, found in (("exact", exact), ("public", public), ("made", made), ("staff", staff)):
        for one in found:
            wrong[name] += [] if one is None else one[1]
    (out / "truth.json").write_text(json.dumps(wrong, ensure_ascii=False, indent=1), "utf-8")
    print(f"\nwhat doesn't hold: {out / 'truth.json'}")


if __name__ == "__main__":
    is_quick = sys.argv[1:2] == ["quick"]
    given = [int(argument) for argument in sys.argv[1 + is_quick :]]
    keys, sets = given + [KEYS, SETS][len(given) :]
    main(keys, sets, is_quick)
