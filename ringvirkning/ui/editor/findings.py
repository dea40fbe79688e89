"""What checking found, in three levels, beside a view of the sheets with the cells marked."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from ringvirkning.intake.excerpts import Excerpt
from ringvirkning.intake.report import LEVELS, Group
from ringvirkning.intake.words.report import group_words
from ringvirkning.texts import Words, coded_cell, file_words, heading, is_contracts, place_words
from ringvirkning.ui.components.component import component

_FINDINGS = component(__file__)


def draw_findings(
    w: Words,
    groups: Sequence[Group],
    excerpts: Sequence[Excerpt],
    *,
    key: str,
    empty_levels: bool = False,
) -> None:
    """Show groups of findings; a place pressed is shown in its sheet.

    With `empty_levels` a level in which there is nothing says so.
    """
    places = {(e.file, e.sheet): number for number, e in enumerate(excerpts)}
    levels = [
        {
            "level": level,
            "heading": f"{w(f'report.level.{level}')} ({len(own)})",
            "none": "" if own else w("quality.none"),
            "groups": [as_data(w, group, excerpts, places) for group in own],
        }
        for level in LEVELS
        if (own := [group for group in groups if group.level == level]) or empty_levels
    ]
    if levels:
        data = {
            "levels": levels,
            "sheets": [{"title": title_of(w, e), "rows": excerpt_rows(w, e)} for e in excerpts],
            "mark": w("quality.mark"),
        }
        _FINDINGS(key=key, data=data)


def title_of(w: Words, shown: Excerpt) -> str:
    return " · ".join(filter(None, [file_words(w, shown.file), shown.sheet]))


def excerpt_rows(w: Words, shown: Excerpt) -> Sequence[tuple[int, Sequence[str]]]:
    """As they stand in the file; what are codes in it, with their words first."""
    if not (shown.rows and is_contracts(w, shown.file)):
        return shown.rows
    (top, columns), *rest = shown.rows

    def in_words(cells: Sequence[str]) -> list[str]:
        pairs = zip_longest(columns, cells, fillvalue="")
        return [coded_cell(w, shown.file, column, cell) for column, cell in pairs]

    headings = [heading(w, shown.file, column) for column in columns]
    return [(top, headings), *((number, in_words(cells)) for number, cells in rest)]


def as_data(
    w: Words,
    group: Group,
    excerpts: Sequence[Excerpt],
    places: Mapping[tuple[str, str], int],
) -> dict[str, object]:
    more = group.count - len(group.findings)
    return {
        "summary": group_words(w, group),
        "more": w("report.more", n=more) if more > 0 else "",
        "places": [
            {
                "text": place_words(w, finding),
                "sheet": sheet if finding.row else None,
                "row": finding.row,
                "column": None
                if sheet is None
                else excerpts[sheet].places.get(finding.column or ""),
            }
            for finding in group.findings
            for sheet in [places.get((finding.file, finding.sheet or ""))]
        ],
    }
