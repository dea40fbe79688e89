"""The overview under a changed filter: `python -m bench.page [WALKS] [TREE]`, or `--cpu`.

Ours beside the leanest Dash page (lean_page.py) and an ordinary Streamlit page (plain_page.py),
servers with the same version; and beside ours of another working tree, where one is named. In one
Chromium each has a page of its own; a walk clicks one choice after another in the filters, the same
on all by turns, and every state is one that the servers have not seen. A time runs from the press
of the button to the frame in which the marks that are drawn, added up by year, and the key figures
are the right ones, which are asked of DuckDB here. Then the first view, each with an empty cache.
`--cpu` is without a browser: the servers' CPU per change, through a WebSocket, by turns.
"""

import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count, islice, takewhile
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

import queries
from bench.common import (
    LARGE,
    LISTS,
    OUT,
    ROOT,
    SMALL,
    UNFILTERED,
    address,
    codes,
    cpu,
    data,
    database,
    load,
    parameters,
    selections,
    spread,
    var,
)
from bench.plain_page import KINDS, label, vocabulary
from bench.session import Session
from tests import frames
from tests.server import free_port, serve, staff_cookies

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STEPS, WALKS, FIRST_VIEWS, CHANGES = 6, 5, 9, 40
BESIDE = "beside"  # ours of another working tree
WATCH = """() => {
  const bars = graph => {  // or the points of a line
    const sums = {}, all = [...graph.querySelectorAll('.bars .point')];
    const marks = all.length ? all : graph.querySelectorAll('.scatterlayer path.point');
    for (const mark of marks) {
      const {p, s, x, y} = mark.__data__ ?? {}, [place, value] = all.length ? [p, s] : [x, y];
      if (value) sums[place] = (sums[place] || 0) + value;
    }
    return Object.keys(sums).map(Number).sort((a, b) => a - b).map(place => sums[place]);
  };
  const text = e => e.textContent.trim().replace(/\\s/g, ' ');
  const own = () => {  // our key figures are a component with a document of its own
    const around = [...document.querySelectorAll('.st-key-cards, .st-key-cards *')];
    return around.find(e => e.shadowRoot)?.shadowRoot.querySelectorAll('.number') ?? [];
  };
  const seen = () => JSON.stringify({
    charts: [...document.querySelectorAll('.js-plotly-plot')].map(bars),
    numbers: [...document.querySelectorAll('[data-testid=stMetricValue], .metric'), ...own()]
      .slice(0, 4).map(text),
  });
  let wanted = null, began = null;
  window.bench = {
    seen,
    arm(what, since = null) { wanted = what; began = since; window.bench.took = null; },
    took: null,
  };
  const look = () => {
    if (wanted !== null && began !== null && seen() === wanted) {
      window.bench.took = performance.now() - began;
      wanted = null;
    }
    requestAnimationFrame(look);
  };
  addEventListener('pointerdown', press => { began ??= press.timeStamp; }, true);
  requestAnimationFrame(look);
}"""


@contextmanager
def servers(size: int, tree: Path | None = None) -> Iterator[dict[str, tuple[str, int]]]:
    """Address and process of each."""
    plain = ROOT / "bench" / "plain_page.py"
    with ExitStack() as stack:
        own = stack.enter_context(serve(data(size), var=var(size)))
        found = {"ours": (own.url, own.process.pid), "lean": stack.enter_context(lean(size))}
        if tree:
            copy = OUT / f"var-{size}-beside"  # what it compiles in its own way stays its own
            shutil.copytree(var(size), copy, dirs_exist_ok=True)
            other = stack.enter_context(serve(data(size), var=copy, app=tree / "dashboard.py"))
            found[BESIDE] = (other.url, other.process.pid)
        else:
            options = ["--", str(database(size))]
            other = stack.enter_context(serve(var=var(size), app=plain, options=options))
            found["ordinary"] = (other.url, other.process.pid)
        yield found


@contextmanager
def lean(size: int) -> Iterator[tuple[str, int]]:
    port = free_port()
    command = [sys.executable, "-m", "bench.lean_page", str(var(size)), str(port)]
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            while True:
                assert process.poll() is None, "the lean page has ended"
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()


def right(connection: duckdb.DuckDBPyConnection, chosen: dict[str, Any]) -> dict[str, list[Any]]:
    """The bars of both charts added up by year, and four key figures, as DuckDB has them; examples
    have a place of their own."""
    w, values = vocabulary(connection), parameters(chosen | {"illustrative": False})
    year = values["year"]
    active = frames.ask(connection, "partnerships_by_year", values)
    jobs = frames.ask(connection, "placements_by_year", values)
    held = frames.ask(connection, "activities_by_year", values).set_index("year")
    single = jobs[(jobs.from_year == jobs.to_year) & jobs.measure.isin(KINDS)]
    bars = [active.groupby("year").partnership_count.sum(), single.groupby("from_year").value.sum()]
    numbers: list[Any] = [
        active[(active.year == year) & active.is_confirmed].partnership_count.sum()
        if (active.year == year).any()
        else None,
        held.activity_count.get(year),
        held.attended_count.get(year),
        bars[1].get(year),
    ]
    said = ["–" if pd.isna(n) else w.number(n).replace("\u00a0", " ") for n in numbers]
    return {"charts": [[int(v) for v in bar if v] for bar in bars], "numbers": said}


def as_script(answer: dict[str, list[Any]]) -> str:
    charts = ",".join("[" + ",".join(map(str, bars)) + "]" for bars in answer["charts"])
    numbers = ",".join(f'"{number}"' for number in answer["numbers"])
    return f'{{"charts":[{charts}],"numbers":[{numbers}]}}'


def walk(
    connection: duckdb.DuckDBPyConnection, dice: random.Random, seen: set[Any]
) -> list[tuple[str, str, str]]:
    """Clicks (filter, code, right answer), each to a new state in which both charts change, and
    whose four key figures are known: others would stand in the place of one that isn't."""
    choices = [(name, code) for name, all_ in codes(connection).items() for code in all_]
    dice.shuffle(choices)
    chosen, before = dict(UNFILTERED), right(connection, UNFILTERED)
    clicks: list[tuple[str, str, str]] = []
    for name, code in choices:
        tried = chosen | {name: (*chosen[name], code)}
        state = tuple(frozenset(tried[each]) for each in LISTS)
        answer = right(connection, tried)
        changed = all(a and a != b for a, b in zip(answer["charts"], before["charts"], strict=True))
        is_known = "–" not in answer["numbers"]
        if changed and is_known and state not in seen and len(clicks) < STEPS:
            seen.add(state)
            clicks.append((name, code, as_script(answer)))
            chosen, before = tried, answer
    return clicks


def took(page: Page, answer: str) -> float:
    """Seconds until the right answer stood there; raises when it doesn't come."""
    try:
        page.wait_for_function("window.bench.took !== null", polling=50, timeout=20_000)
    except Exception as error:
        seen = page.evaluate("bench.seen()")
        raise AssertionError(f"not {answer}\nbut {seen}\nat {page.url}") from error
    return float(page.evaluate("window.bench.took")) / 1000


def opened(browser: Browser, url: str, answer: str) -> tuple[Page, float]:
    """The page in a context of its own, so with an empty cache; seconds until it stood right."""
    # What it is watched by is evaluated, which the pages' policy forbids.
    context = browser.new_context(
        locale="nb-NO", viewport={"width": 1440, "height": 1000}, bypass_csp=True
    )
    context.add_cookies(staff_cookies(url))
    page = context.new_page()
    page.add_init_script(f"({WATCH})(); window.bench.arm({answer!r}, 0)")
    page.goto(url, wait_until="commit")
    return page, took(page, answer)


def click(page: Page, kind: str, name: str, code: str, said: str, answer: str) -> float:
    words = re.compile(f"^{re.escape(said)}( –|$)")
    if kind == "lean":
        option = page.locator(f"#{name} label").filter(has_text=words)
    elif kind == "ordinary":
        box = page.get_by_role("combobox", name=label(name), exact=True)
        box.click()
        box.fill(said)
        option = page.get_by_role("option").filter(has_text=words)
    else:
        option = page.locator(f".filters fieldset[name={name}] label").filter(has_text=words)
    option.wait_for()
    page.wait_for_timeout(150)
    page.evaluate("answer => window.bench.arm(answer)", answer)
    option.click()
    seconds = took(page, answer)
    page.keyboard.press("Escape")
    return seconds


def by_turns(kinds: Iterable[str], turn: int) -> list[str]:
    return list(kinds)[:: -1 if turn % 2 else 1]


def changes(browser: Browser, size: int, walks: int, tree: Path | None) -> None:
    found: dict[str, list[float]] = defaultdict(list)
    used: dict[str, list[float]] = defaultdict(list)
    first: dict[str, list[float]] = defaultdict(list)
    # The servers have the file open too; this process only reads.
    connection = queries.opened(database(size))
    w, dice, turn = vocabulary(connection), random.Random(size), count()
    seen: set[Any] = set()
    with servers(size, tree) as all_:
        start = as_script(right(connection, UNFILTERED))
        for url, _ in all_.values():  # once, so that no server starts cold
            opened(browser, url, start)[0].context.close()
        for _ in range(walks):
            pages = {kind: opened(browser, url, start)[0] for kind, (url, _) in all_.items()}
            for page in pages.values():
                page.get_by_text("Utvalg").first.click()
                page.wait_for_timeout(500)
            for name, code, answer in walk(connection, dice, seen):
                for kind in by_turns(pages, next(turn)):
                    pid = all_[kind][1]
                    before = cpu(pid)
                    said = w.code(name, code)
                    found[kind].append(click(pages[kind], kind, name, code, said, answer))
                    pages[kind].wait_for_timeout(400)
                    used[kind].append(cpu(pid) - before)
            for page in pages.values():
                page.context.close()
        for _ in range(FIRST_VIEWS):
            for kind in by_turns(all_, next(turn)):
                page, seconds = opened(browser, all_[kind][0], start)
                first[kind].append(seconds)
                page.context.close()
    report(size, found, used, first)


def report(
    size: int,
    found: dict[str, list[float]],
    used: dict[str, list[float]],
    first: dict[str, list[float]],
) -> None:
    print(f"\n{size:,} activities; {len(found['ours'])} changes each; {load()}")
    for kind in found:
        mean = 1000 * statistics.mean(used[kind])
        print(f"{kind:9} click to right, ms: {spread(found[kind])}; server CPU, mean: {mean:.0f}")
    for said, taken in (("click to right", found), ("first view", first)):
        for kind in taken.keys() - {"ours"}:
            ratio = statistics.median(taken["ours"]) / statistics.median(taken[kind])
            print(f"{said}, ours / {kind}: {ratio:.2f}")
    for kind in used.keys() - {"ours"}:
        ratio = statistics.mean(used["ours"]) / statistics.mean(used[kind])
        print(f"server CPU of a change, ours / {kind}: {ratio:.2f}")
    for kind, seconds in first.items():
        print(f"{kind:9} first view, ms: {spread(seconds)}", flush=True)


def cpu_of_changes(size: int) -> None:
    """The servers' CPU per change to a state not seen before, and to one that they have seen."""
    connection = queries.opened(database(size))
    chosen = list(islice(selections(codes(connection), seed=7), CHANGES + 5))
    with servers(size) as all_:
        pages = {kind: url for kind, (url, _) in all_.items() if kind != "lean"}  # Streamlit's
        sessions = {kind: Session(url) for kind, url in pages.items()}
        for values in chosen[:5]:
            for session in sessions.values():
                session.run(address(values))
        for said in ("new", "seen before"):
            used: dict[str, float] = defaultdict(float)
            sent: dict[str, int] = defaultdict(int)
            for turn, values in enumerate(chosen[5:]):
                for kind in by_turns(sessions, turn):
                    before = cpu(all_[kind][1])
                    seen = sessions[kind].run(address(values))
                    used[kind] += cpu(all_[kind][1]) - before
                    sent[kind] += seen["bytes"]
                    # On ours another stands in the place of one that isn't known.
                    right_numbers = right(connection, values)["numbers"]
                    wanted = [*takewhile(lambda number: number != "–", right_numbers)]
                    got = [n.replace("\u00a0", " ") for n in seen["numbers"][: len(wanted)]]
                    assert not got or got == wanted, (kind, values, got, wanted)
            print(f"{size:9,d} activities, {said}; {load()}")
            for kind in sessions:
                each, kilobytes = 1000 * used[kind] / CHANGES, sent[kind] / CHANGES / 1000
                print(
                    f"  {kind:9} server CPU {each:.1f} ms a change, {kilobytes:.0f} kB", flush=True
                )
        for session in sessions.values():
            session.close()


def chromium() -> Path:
    names = (
        "chromium", "google-chrome", "microsoft-edge", "chromium-browser",
        "chromium-headless-shell",
    )  # fmt: skip
    return Path(next(filter(None, map(shutil.which, names))))


def main(walks: int, tree: Path | None) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for size in (SMALL, LARGE):
            changes(browser, size, walks, tree)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--cpu"]:
        for size in (SMALL, LARGE):
            cpu_of_changes(size)
    else:
        given = dict(enumerate(sys.argv[1:]))
        main(int(given.get(0, WALKS)), Path(given[1]) if 1 in given else None)
