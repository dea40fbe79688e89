"""An analyst's hour on a million activities: `python -m bench.explore [CHANGES]`.

Ten questions timed beside pandas that has the files in memory already, and held against it; then a
browser: from choosing in Utforsk to the redrawn chart, records, and all records as a file. Targets:
0.5 s to the redrawn chart and to a page of records; 200 MB more memory for a file of them all.
"""

import random
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any

from playwright.sync_api import Page, sync_playwright

import queries
from bench.common import LARGE, data, database, load, memory, spread, var
from bench.page import ARGUMENTS, chromium
from queries import answers
from tests import analyst
from tests.server import serve, staff_cookies, staff_headers

CHANGES, TIMES = 40, 5
MEASURES = (
    "activities_held exit", "attended exit", "registered exit", "active_partnerships exit",
    "placements exit", "placement_rate exit", "retention_rate 6_months", "companies_started exit",
)  # fmt: skip
ROWS = ("time", "partner", "partner_type", "programme", "partnership_type", "association")
# From a choice in a list to a chart of another text that stands, in ms.
WATCH = """([name, code]) => new Promise((resolve) => {
  const chart = () => document.querySelector('.st-key-figure-explore .chart');
  const list = document.querySelector(`.asking [name="${name}"]`);
  const before = chart().ariaLabel, began = performance.now();
  const look = () => chart()?.ariaLabel !== before && chart()?.ariaBusy === 'false'
    ? resolve(performance.now() - began) : requestAnimationFrame(look);
  list.value = code;
  list.dispatchEvent(new Event('change', { bubbles: true }));
  look();
})"""


def questions() -> None:
    connection, files = queries.opened(database(LARGE)), analyst.Files(data(LARGE))
    times: dict[str, list[list[float]]] = defaultdict(lambda: [[], []])
    for _ in range(TIMES):
        for asked in analyst.HOUR:
            given = analyst.values(asked).items()
            plain = {k: list(v) if isinstance(v, tuple) else v for k, v in given}
            began = time.perf_counter()
            rows = queries.rows(connection, answers.Explore, plain)
            times[asked.said][0].append(time.perf_counter() - began)
            began = time.perf_counter()
            expected = dict(asked.answer(files))
            times[asked.said][1].append(time.perf_counter() - began)
            found = analyst.numbers(rows, asked)
            assert found.keys() == expected.keys(), asked.said
            assert all(abs(found[key] - expected[key]) < 1e-6 for key in found), asked.said
    print(f"ten questions at {LARGE:,} activities, right each time; ms, median; {load()}")
    for said, (ours, theirs) in times.items():
        middle = [1000 * statistics.median(taken) for taken in (ours, theirs)]
        print(f"{said:44} {middle[0]:8.0f}   pandas {middle[1]:8.0f}")


def change(page: Page, name: str, code: str) -> float:
    page.wait_for_timeout(300)
    return float(page.evaluate(WATCH, [name, code])) / 1000


def browser(changes: int) -> None:
    dice = random.Random(3)
    with (
        serve(data(LARGE), var=var(LARGE)) as server,
        sync_playwright() as playwright,
    ):
        chrome = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = chrome.new_page(viewport={"width": 1440, "height": 1000})
        page.context.add_cookies(staff_cookies(server.url))
        page.goto(f"{server.url}/explore")
        page.locator(".st-key-figure-explore .chart[aria-busy=false]").wait_for()
        taken: list[float] = []
        seen = {("activities_held exit", "time")}
        now = ["activities_held exit", "time"]
        while len(taken) < changes:
            place = dice.randrange(2)
            wanted = [*now]
            wanted[place] = dice.choice((MEASURES, ROWS)[place])
            if tuple(wanted) in seen:
                now = now if len(seen) < len(MEASURES) * len(ROWS) else wanted
                continue
            seen.add((wanted[0], wanted[1]))
            taken.append(change(page, ("measure", "rows")[place], wanted[place]))
            now = wanted
        print(f"{changes} changes in Utforsk, to the redrawn chart, ms: {spread(taken)}; {load()}")
        print(f"slowest {1000 * max(taken):.0f} ms")
        records(page, server)


def records(page: Page, server: Any) -> None:
    page.goto(f"{server.url}/explore")
    button = page.get_by_role("button", name="postene bak")
    button.wait_for()
    page.wait_for_timeout(1000)
    began = time.perf_counter()
    button.click()
    page.get_by_test_id("stTable").wait_for()
    print(f"first page of records: {1000 * (time.perf_counter() - began):.0f} ms; {load()}")
    address = page.locator("a[download]").get_attribute("href")
    before = most = memory(server.process.pid)
    began = time.perf_counter()
    ((name, value),) = staff_headers(server.url)
    command = [
        "curl",
        "-s",
        "-H",
        f"{name}: {value}",
        f"{server.url}{str(address).removeprefix('.')}",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as reading:
        assert reading.stdout
        size = 0
        while part := reading.stdout.read(1 << 20):
            size += len(part)
            most = max(most, memory(server.process.pid))
    seconds = time.perf_counter() - began
    print(
        f"all records as CSV: {size / 1e6:.0f} MB in {seconds:.1f} s,"
        f" memory {before:.0f} MB before, at most {most:.0f} MB"
    )


if __name__ == "__main__":
    questions()
    browser(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES)
