"""What checking found (`checks.report`), in words: a sentence per group, or all as plain text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import fill

from ringvirkning.intake.checks.report import Group
from ringvirkning.texts import Words, broken_words, file_words, heading, instead
from ringvirkning.texts.safe import terminal_text

PLACES_TOLD = 5  # places named of a group in plain text
LINE_WIDTH = 96
LEAST_BASE = 10  # the least number that a percentage stands on


def group_words(w: Words, group: Group) -> str:
    """How many of how many, what is wrong with them, what to do, and why it matters."""
    why = f"finding.why.{group.rule}"
    broken = broken_words(w, group.rule, group.file)
    said = " ".join([*broken, *([w(why)] if w.has(why) else [])])
    counted = count_words(w, group)
    return f"{counted}: {said}" if counted else said


def count_words(w: Words, group: Group) -> str:
    """12 of 40 partnerships (30%); a percentage only of ten or more, nothing for a whole file."""
    if not group.of:
        return w("report.places", n=group.count) if group.findings[0].row else ""
    key = f"report.of.{group.file.removesuffix('.csv')}"
    counted = w(key if w.has(key) else "report.of.rows", n=group.count, of=group.of)
    share = group.count / group.of
    return counted + (f" ({w.percent(share)})" if group.of >= LEAST_BASE and share >= 0.005 else "")


def report_words(w: Words, groups: Sequence[Group]) -> str:
    """The whole report as lines of plain text."""
    if not groups:
        return w("report.clean")
    lines = [w("report.share")]
    for level, of_level in groupby(groups, lambda group: group.level):
        lines += ["", w(f"report.level.{level}").upper()]
        for group in of_level:
            lines += ["", *group_lines(w, group)]
    return "\n".join(lines)


def group_lines(w: Words, group: Group) -> Iterator[str]:
    """Where, what, and the first places: one line for those where the same was found."""
    sheet = group.findings[0].sheet
    column = (
        [w("finding.column", column=heading(w, group.file, group.column))] if group.column else []
    )
    named = [w("finding.sheet", sheet=sheet)] if sheet else []
    yield terminal_text(", ".join([file_words(w, group.file), *named, *column]))
    yield fill(group_words(w, group), LINE_WIDTH, initial_indent="  ", subsequent_indent="  ")
    told = group.findings[:PLACES_TOLD]
    rows: dict[str, list[str]] = defaultdict(list)
    for finding in told:
        rows[" ".join(instead(w, finding))] += [str(finding.row)] if finding.row else []
    for what, numbers in rows.items():
        row = [w("finding.row", row=", ".join(numbers))] if numbers else []
        if place := ": ".join([*row, *([what] if what else [])]):
            yield f"  - {terminal_text(place)}"
    if group.count > len(told):
        yield f"  - {w('report.more', n=group.count - len(told))}"
