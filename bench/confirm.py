"""From "still in force" to the new version on the page: `python -m bench.confirm [ACTIVITIES]`.

In Chromium, of one agreement after another: from the press to what it would change, and from
*Publish* to the page of the new version. Beside it, by turns, publishing the whole folder with the
same change. Without a number of activities the shipped data.
"""

import csv
import io
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from playwright.sync_api import Page, sync_playwright

from bench.common import AS_OF, ROOT, data, load, spread
from bench.page import ARGUMENTS, chromium
from ringvirkning.intake import publishing
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.browser.conftest import opened, settled
from tests.server import serve

ROUNDS = 5
# Each frame, where `expect` looks once a second.
PRESSABLE = """([name, wanted]) => wanted === [...document.querySelectorAll('button')]
  .some(button => button.innerText.trim() === name && !button.disabled)"""
w = words("nb")


def running(var: Path, most: int) -> list[str]:
    """Agreements that have not ended."""
    version = versions.current(var)
    assert version
    with duckdb.connect(version.exact(var), read_only=True) as connection:
        asked = "select partnership_id from partnerships where end_date is null limit $most"
        return [id for (id,) in connection.execute(asked, {"most": most}).fetchall()]


def took(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def confirm(page: Page, url: str, var: Path, id: str) -> tuple[float, float]:
    """Seconds to what it would change, and to the page of what was published."""
    opened(page, f"{url}/partnerships?partnership={id}")
    before = versions.current(var)
    publish = page.get_by_role("button", name=w("upload.publish"), exact=True)
    still = page.get_by_role("radio", name=w("in_force.in_force"), exact=True)
    page.wait_for_timeout(3000)  # a process that was begun early has read what it can

    def seen() -> None:
        still.click()
        page.wait_for_function(PRESSABLE, arg=[w("upload.publish"), True], polling="raf")

    def shown() -> None:
        publish.click()
        page.wait_for_function(PRESSABLE, arg=[w("upload.publish"), False], polling="raf")
        settled(page, 100)

    looked = took(seen)
    page.wait_for_timeout(3000)  # it is read
    published = took(shown)
    assert versions.current(var) != before, "nothing was published"
    return looked, published


def with_confirmed(folder: Path, id: str) -> None:
    """The same change in a folder of CSV files."""
    path = folder / "partnerships.csv"
    rows = [*csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    for row in rows:
        if row["partnership_id"] == id:
            row["confirmed_date"], row["confirmed_source"] = f"{AS_OF}", "samtale"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def publish_whole(folder: Path, var: Path) -> None:
    command = [sys.executable, "-m", "ringvirkning", "publish", str(folder), "--var", str(var)]
    subprocess.run(command, cwd=ROOT, check=True)


def main(folder: Path) -> None:
    with TemporaryDirectory() as name:
        var, beside = Path(name, "var"), Path(name, "beside")
        for place in (var, beside):
            assert not [f for f in publishing.publish(folder, place) if f.level == "must_fix"]
        with sync_playwright() as playwright, serve(folder, var=var) as server:
            browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            page = browser.new_page(locale="nb-NO")
            page.set_default_timeout(120_000)
            times, whole = [], []
            for id in running(var, ROUNDS + 1):
                times.append(confirm(page, server.url, var, id))
                files = versions.current(var)
                assert files
                copied = Path(name, "copied")
                shutil.copytree(files.files(var), copied)
                with_confirmed(copied, id)
                whole.append(took(partial(publish_whole, copied, beside)))
                shutil.rmtree(copied)
            browser.close()
    looks, shows = zip(*times[1:], strict=True)  # the first warms
    both = [*map(sum, times[1:])]
    print(f"what it would change s   {spread(looks, 1)}")
    print(f"published and shown s    {spread(shows, 1)}")
    print(f"both s                   {spread(both, 1)}")
    print(f"the whole folder s       {spread(whole[1:], 1)}")
    print(f"both / the whole folder  {statistics.median(both) / statistics.median(whole[1:]):.2f}")
    print(load())


if __name__ == "__main__":
    main(data(int(sys.argv[1])) if len(sys.argv) > 1 else ROOT / "data")
