"""What an upload would change (intake.changes, intake.figures), in words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from queries.contract import tables
from ringvirkning.intake.changes import Change, ChangeKind, Difference, Edit, Reason
from ringvirkning.intake.figures import FigurePair
from ringvirkning.intake.naming import TITLE
from ringvirkning.intake.sheets.vocabulary import codes_kind, key_in, table_named
from ringvirkning.texts import Words
from ringvirkning.texts.safe import terminal_text

DAY_COLUMNS = frozenset(
    check.columns[0]
    for table in tables()
    for check in table.checks
    if check.rule == "is_partial_date"
)
REASONS: tuple[Reason, ...] = ("late", "new", "corrected", "withdrawn")
CHANGE_SIGNS: dict[ChangeKind, str] = {"removed": "-", "changed": "~", "added": "+"}
ROWS_TOLD = 20  # rows named of a table in plain text
MEASURED = ("measure", "measured_at")
DECIMAL = re.compile(r"-?\d+\.\d+")
LONGEST, LEAD = 60, 15  # characters shown of a text, and of what is the same before a difference


def counted_words(w: Words, difference: Difference) -> str:
    """Partners: 1 removed, 3 changed, 2 new."""
    counts = [(kind, difference.counts[kind]) for kind in CHANGE_SIGNS if kind in difference.counts]
    said = ", ".join(w(f"difference.{kind}", n=n) for kind, n in counts)
    return f"{w(f'sheet.{difference.table}')}: {said}"


def reasons_words(w: Words, differences: Sequence[Difference]) -> str:
    """Why: 3 late figures, 2 corrected. Nothing where all is new or gone, which the counts say."""
    counts = Counter(change.why for d in differences for change in d.changes)
    if [*counts] in (["new"], ["withdrawn"]):
        return ""
    said = [w(f"difference.n_{why}", n=counts[why]) for why in REASONS if counts[why]]
    return w("difference.reasons", reasons=w.listed(said))


def shown_all(differences: Sequence[Difference]) -> bool:
    """Whether every row that differs is told, so that reasons can be counted."""
    return all(sum(d.counts.values()) == len(d.changes) for d in differences)


def called_words(w: Words, change: Change) -> str:
    """What a row is called, by its columns, what is measured first; the association only where
    there is no title."""
    kinds = {"measured_at": "measuring_point"}
    first = {name: change.called[name] for name in MEASURED if name in change.called}
    said = {
        column: w.day(text) if column in DAY_COLUMNS else w.code(kinds.get(column, column), text)
        for column, text in {**first, **change.called, **change.names}.items()
    }
    if "title" in said:
        said.pop("association", None)
    return ", ".join(said.values())


def title_words(w: Words, table: str, title: str) -> str:
    """What one looks for a row by, as one reads it: a result by what is measured, not by its
    code."""
    columns = {column.name: column for column in table_named(table).columns}
    named = columns.get(TITLE.get(table, ""))
    if named is None:
        return title
    return w.code(key_in(named.refers_to) if named.refers_to else codes_kind(named), title)


def edit_words(w: Words, edit: Edit) -> str:
    """Partner type: Municipality → County. Of long texts the part that differs."""
    both = (edit.before, edit.after)
    was, now = (cell_as_read(w, edit.column, edit.kind, text) for text in both)
    pairs = zip(was, now, strict=False)
    start = max(0, len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))) - LEAD)
    is_long = max(len(was), len(now)) > LONGEST
    said = (cut_text(text, start if is_long else 0) for text in (was, now))
    was, now = (text or w("difference.empty") for text in said)
    return f"{w(f'column.{edit.column}')}: {was} → {now}"


def cell_as_read(w: Words, column: str, kind: str, text: str) -> str:
    """What stands in a cell in the contract's text, as one reads it; `kind` is that of its codes,
    if it has any."""
    if not text:
        return ""
    if column in DAY_COLUMNS:
        return w.day(text)
    if kind:
        return ", ".join(w.code(kind, one) for one in text.split("|"))
    if DECIMAL.fullmatch(text):
        return text.replace(".", "," if w.language == "nb" else ".")
    return ", ".join(text.split("|"))


def cut_text(text: str, start: int) -> str:
    before, after = ("…" if start else "", "…" if len(text) > start + LONGEST else "")
    return before + text[start : start + LONGEST] + after


def figure_words(w: Words, figure: FigurePair) -> str:
    """Active partnerships: 12 → 13."""
    name = w.code("measure", figure.measure)
    if figure.with_illustrative:
        name = w("difference.with_illustrative", measure=name)
    was, now = (
        w("difference.unknown") if value is None else w.known(value)
        for value in (figure.before, figure.after)
    )
    return f"{name}: {was} → {now}"


def changes_words(
    w: Words, differences: Sequence[Difference], figures: Sequence[FigurePair] = ()
) -> str:
    """All of it as lines of plain text; of the figures those that change."""
    if not differences:
        return w("difference.none")
    lines = [line for difference in differences for line in [*table_lines(w, difference), ""]]
    moved = [figure for figure in figures if figure.before != figure.after]
    lines += [why, ""] if (why := reasons_words(w, differences)) else []
    lines += [w("difference.figures" if moved else "difference.same_figures")] if figures else []
    lines += [f"  {figure_words(w, figure)}" for figure in moved]
    return "\n".join(map(terminal_text, lines)).rstrip()


def table_lines(w: Words, difference: Difference) -> Iterator[str]:
    yield counted_words(w, difference)
    for change in difference.changes[:ROWS_TOLD]:
        yield f"  {CHANGE_SIGNS[change.kind]} {called_words(w, change)}"
        yield from (f"      {edit_words(w, edit)}" for edit in change.edits)
    if (count := sum(difference.counts.values())) > ROWS_TOLD:
        yield f"  {w('report.more', n=count - ROWS_TOLD)}"
