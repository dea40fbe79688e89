"""Many drawings are made beside the pages that they stand on, and those that are there taken."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ringvirkning.charts import Bars, Chart, Columns, Dots, Series
from ringvirkning.charts.paper import later
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.later import drawing_or_mark, drawings_in, drawn_later, in_place
from ringvirkning.charts.paper.svg import svg

SIZE = Size(360, 200, 13)


def charts(last: float) -> list[Chart]:
    own = (Series("Jobber", "accent", (3.0, last)),)
    forms = (Bars, Columns, Dots)
    return [form("Tittel", "", (), f"{form.form} & <b>", ("Ål", "Øy"), own) for form in forms]


CHARTS = charts(5)


def page_of(wanted: Sequence[Chart], former: dict[str, str]) -> bytes:
    with drawn_later(former) as own:
        marked = "".join(f"<p>{drawing_or_mark(one, SIZE)}</p>" for one in wanted)
        assert "<svg" not in marked
        return in_place(marked.encode(), own.drawn())


def bare(page: bytes) -> str:
    return later.DRAWN_ON_PAGE.sub(lambda found: f"<svg{found[3]}", page.decode())


@pytest.mark.parametrize("here", [0, 60])
def test_another_process_draws_the_same(here: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(later, "DRAWN_HERE", here)
    monkeypatch.setattr(later, "svg", svg)  # none that was drawn for another test
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
    others = charts(6)[:2]
    page_of([*others, CHARTS[2]], drawings_in([file]))
    assert asked == [CHARTS[0], *reversed(others)]
