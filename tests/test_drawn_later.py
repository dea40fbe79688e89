"""Many drawings are made beside the pages that they stand on, and those that are there taken."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ringvirkning.charts import Bars, Chart, Columns, Dots, Series
from ringvirkning.charts.paper import later
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.later import drawing_or_mark, drawings_in, drawn_later, in_place
from ringvirkning.charts.paper.svg import svg

SIZE = Size(360, 200, 13)
SERIES = (Series("Jobber", "accent", (3.0, 5.0)),)
CHARTS: list[Chart] = [
    form("Tittel", "", (), f"{form.form} & <b>", ("Ål", "Øy"), SERIES) for form in (Bars, Columns)
]
CHARTS.append(Dots("Tittel", "", (), "Dots", ("Ål", "Øy"), SERIES))


def page_of(charts: Sequence[Chart], former: dict[str, str]) -> bytes:
    with drawn_later(former) as own:
        marked = "".join(f"<p>{drawing_or_mark(one, SIZE)}</p>" for one in charts)
        assert "<svg" not in marked
        return in_place(marked.encode(), own.drawn())


def bare(page: bytes) -> str:
    return later.DRAWN_ON_PAGE.sub(lambda found: f"<svg{found[3]}", page.decode())


@pytest.mark.parametrize("here", [0, 60])
def test_another_process_draws_the_same(here: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(later, "DRAWN_HERE", here)
    page = page_of([*CHARTS, *CHARTS], {})
    assert bare(page) == 2 * "".join(f"<p>{svg(one, SIZE)}</p>" for one in CHARTS)


def test_what_is_there_is_drawn_again_only_if_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page, file = page_of(CHARTS, {}), tmp_path / "index.html"
    file.write_bytes(page)
    asked: list[Chart] = []

    def noted(chart: Chart, size: Size) -> str:
        asked.append(chart)
        return svg(chart, size)

    monkeypatch.setattr(later, "svg", noted)
    assert page_of(CHARTS, drawings_in([file])) == page and not asked
    file.write_bytes(page.replace(b"\xc3\x98y", b"Oy", 1))  # somebody wrote in the first
    assert page_of(CHARTS, drawings_in([file])) == page and asked == CHARTS[:1]
    file.write_bytes(page)
    more = replace(SERIES[0], values=(3.0, 6.0))
    others = [replace(one, series=(more,)) for one in CHARTS[:2]]
    page_of([*others, CHARTS[2]], drawings_in([file]))
    assert asked == [CHARTS[0], *reversed(others)]
