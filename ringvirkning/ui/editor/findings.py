"""What checking found, in three levels, beside a view of the sheets with the cells marked; what is
wrong in a cell of an upload can be put right there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import zip_longest
from typing import Any

from ringvirkning.finding import Finding
from ringvirkning.intake.answers import Reading
from ringvirkning.intake.checks.excerpts import Excerpt
from ringvirkning.intake.checks.report import LEVELS, Group
from ringvirkning.intake.sheets import LEAVE_OUT
from ringvirkning.intake.sheets.corrections import CORRECTION, LONGEST_CORRECTION, key_of_cell
from ringvirkning.intake.sheets.vocabulary import codes_kind, table_named
from ringvirkning.intake.words.report import group_words
from ringvirkning.texts import Words, coded_cell, file_words, heading, is_contracts, place_words
from ringvirkning.ui.components.component import component
from ringvirkning.ui.editor.questions import keep_answers

_FINDINGS = component(__file__)


def draw_findings(
    w: Words,
    groups: Sequence[Group],
    excerpts: Sequence[Excerpt],
    *,
    key: str,
    empty_levels: bool = False,
    to_correct: Sequence[Reading] = (),
) -> None:
    """Show groups of findings; a place pressed is shown in its sheet.

    With `empty_levels` a level in which there is nothing says so. Cells of the files `to_correct`
    have a field each, or one for all in which the same is wrong.
    """
    places = {(e.file, e.sheet): number for number, e in enumerate(excerpts)}
    before, words_of = corrections_by_cell(to_correct), words_by_column(w, to_correct)
    levels = [
        {
            "level": level,
            "heading": f"{w(f'report.level.{level}')} ({len(own)})",
            "none": "" if own else w("quality.none"),
            "groups": [as_data(w, group, excerpts, places, before, words_of) for group in own],
        }
        for level in LEVELS
        if (own := [group for group in groups if group.level == level]) or empty_levels
    ]
    if levels:
        data = {
            "levels": levels,
            "sheets": [{"title": title_of(w, e), "rows": excerpt_rows(w, e)} for e in excerpts],
            "mark": w("quality.mark"),
            "correct": w("upload.correct"),
            "choose": w("choice.open"),
            "longest": LONGEST_CORRECTION,
        }
        _FINDINGS(key=key, data=data, on_answered_change=partial(keep_answers, key))


def corrections_by_cell(reads: Sequence[Reading]) -> dict[str, dict[str, str]] | None:
    """The keys of what was corrected in each file, by that of a cell in which it stands now; None
    where nothing is to be corrected."""
    found: dict[str, dict[str, str]] = {}
    for read in reads:
        own = found.setdefault(read.file, {})
        for choice in read.choices:
            if choice.kind == CORRECTION:
                begin = choice.key.removesuffix(choice.found or "")
                own[f"{begin}{choice.value}"] = choice.key
    return found if reads else None


def words_by_column(
    w: Words, reads: Sequence[Reading]
) -> dict[tuple[str, str, str], Sequence[str]]:
    """The words that may stand in a column of codes, by its file, sheet and heading."""
    found: dict[tuple[str, str, str], Sequence[str]] = {}
    for read in reads:
        tables = {c.sheet: c.value for c in read.choices if c.kind == "table" and c.value}
        for choice in read.choices:
            table = tables.get(choice.sheet)
            if choice.kind == "column" and choice.column and table not in (None, LEAVE_OUT):
                columns = table_named(table).columns
                for column in (c for c in columns if c.name == choice.value):
                    kind = codes_kind(column)
                    codes = w.types.get(kind, {}) if column.type_table else column.codes
                    said = [w.code(kind, code) for code in codes]
                    found[read.file, choice.sheet, choice.column] = said
    return {place: said for place, said in found.items() if said}


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
    before: Mapping[str, Mapping[str, str]] | None,
    words_of: Mapping[tuple[str, str, str], Sequence[str]],
) -> dict[str, object]:
    more = group.count - len(group.findings)
    sheets = [places.get((f.file, f.sheet or "")) for f in group.findings]
    fixes = [
        None if sheet is None or before is None else fix_of(finding, excerpts[sheet], before)
        for finding, sheet in zip(group.findings, sheets, strict=True)
    ]
    keys = Counter(fix["key"] for fix in fixes if fix)
    shown = []
    for finding, sheet, fix in zip(group.findings, sheets, fixes, strict=True):
        text = place_words(w, finding)
        if fix and (n := keys.pop(fix["key"], 0)):  # one field is for all cells with the same text
            shared = w("upload.correct_cells", n=n, found=fix["value"]) if n > 1 else ""
            column = (finding.file, finding.sheet or "", finding.column or "")
            fix = fix | {
                "shared": shared,
                "label": w("upload.correct_to", what=shared or text),
                "words": words_of.get(column, ()),
            }
        else:
            fix = None
        shown.append(
            {
                "text": text,
                "sheet": sheet if finding.row else None,
                "row": finding.row,
                "column": None
                if sheet is None
                else excerpts[sheet].places.get(finding.column or ""),
                "fix": fix,
            }
        )
    return {
        "summary": group_words(w, group),
        "more": w("report.more", n=more) if more > 0 else "",
        "places": shown,
    }


def fix_of(
    finding: Finding, shown: Excerpt, before: Mapping[str, Mapping[str, str]]
) -> dict[str, Any] | None:
    """The key of the choice that corrects a cell, and what stands in it; None where it isn't one
    that is seen whole. What was corrected already is corrected otherwise."""
    place = shown.places.get(finding.column or "")
    row = next((cells for number, cells in shown.rows if number == finding.row), None)
    if finding.level != "must_fix" or place is None or row is None or finding.row is None:
        return None
    text = row[place] if place < len(row) else ""
    if len(text) >= LONGEST_CORRECTION:
        return None
    keys = [key_of_cell(shown.sheet, rule, place, finding.row, text) for rule in ("", finding.rule)]
    corrected = before.get(finding.file, {})
    key = next((corrected[key] for key in keys if key in corrected), keys[-1])
    return {"file": finding.file, "key": key, "value": text}
