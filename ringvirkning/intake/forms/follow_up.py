"""What is missing of a partner's, as a workbook to send it and to upload when it comes back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from queries.contract import Table
from ringvirkning.finding import Finding
from ringvirkning.intake import former
from ringvirkning.intake.forms import Form, FormSheet
from ringvirkning.intake.forms.templates import in_reading_order, long_lists, unused_columns
from ringvirkning.intake.forms.workbooks import workbook
from ringvirkning.intake.records import Record
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.texts import Words

# The figures of a result that is not there yet: a new row is asked for, none is changed.
OF_A_RESULT = {
    "no_result": ("measure", "value", "evidence"),
    "no_follow_up": ("value", "followed_up_count", "evidence"),
}
# Rows by their number in a finding.
Numbered = Mapping[int, Record]


class Gap(NamedTuple):
    """Cells that a partner can fill in, in a row of the files or in a new one.

    `title` is the activity's, of whose result a row would tell.
    """

    table: str
    row: Record
    columns: tuple[str, ...]
    rule: str
    title: str = ""


class NothingTogether(LookupError):
    """An association has neither agreements nor activities with a partner."""


def partners_of(folder: Path, association: str = "") -> dict[str, str]:
    """The names, by id, of those that an association has agreements or activities with; of all
    partners with ""."""
    rows = former.rows_of(folder)
    names = {row["partner_id"]: row["name"] for row in rows["partners"].values()}
    if not association:
        return names
    own = [
        row
        for table in ("partnerships", "activities")
        for row in rows[table].values()
        if row["association"] == association
    ]
    ids = {id_ for row in own for id_ in list_items(row["partner_ids"])}
    return {id_: name for id_, name in names.items() if id_ in ids}


def follow_up(
    folder: Path, findings: Iterable[Finding], partner_id: str, w: Words, association: str = ""
) -> bytes:
    """A workbook of the rows in which something is asked of a partner, of one association or, with
    "", of all. KeyError for an unknown partner, NothingTogether for one that isn't theirs.

    `findings` are those of `report.findings_of` on the same published folder, with ALL shown; those
    with words under `ask` are asked about. Notes are for staff and left out. Figures are exact:
    it is for this partner alone.
    """
    rows = former.rows_of(folder)
    name = {row["partner_id"]: row["name"] for row in rows["partners"].values()}[partner_id]
    own = rows_of_partner(rows, partner_id, association)
    if association and not (own["partnerships"] or own["activities"]):
        raise NothingTogether
    by_row = sorted(findings, key=lambda f: (f.row or 0, f.rule, len(f.expected or "")))
    asked = [gap for f in by_row if w.has(f"ask.{f.rule}") for gap in gaps(f, own)]
    sheets = [sheet for table in in_reading_order() if (sheet := gap_sheet(table, asked, w)).rows]
    listed = former.listed_in(folder)
    sheets += long_lists(w, listed)
    if any(sheet.table.name == "outcomes" for sheet in sheets):
        sheets.append(FormSheet(table_named("measures"), listed["measures"]))
    guide = w("form.guide.follow_up", name=name)
    count = w("form.guide.asked", n=sum(len(sheet.asked) for sheet in sheets))
    sender = "\n" + w("form.guide.sender", name=association) if association else ""
    return workbook(Form(w, guide + count + sender, sheets, listed))


def rows_of_partner(
    rows: Mapping[str, Numbered], partner_id: str, association: str = ""
) -> dict[str, Numbered]:
    """The rows about a partner: itself, what it is party to, the work in that and what it gives,
    what was held and what came of it, of one association or, with "", of all.

    A result of a programme belongs to the partnerships of that programme and association; one of an
    agreement or of a partner to no others.
    """

    def those(table: str, is_own: Callable[[Record], bool]) -> Numbered:
        return {number: row for number, row in rows[table].items() if is_own(row)}

    def is_theirs(row: Record) -> bool:
        return association in ("", row["association"])

    partnerships = those(
        "partnerships",
        lambda row: is_theirs(row) and partner_id in list_items(row["partner_ids"]),
    )
    agreed = {row["partnership_id"] for row in partnerships.values()}
    programmes = {(row["association"], row["programme"]) for row in partnerships.values()}
    activities = those(
        "activities",
        lambda row: (
            is_theirs(row)
            and (
                partner_id in list_items(row["partner_ids"])
                or not agreed.isdisjoint(list_items(row["partnership_ids"]))
            )
        ),
    )
    held = {row["activity_id"] for row in activities.values()}

    def is_its_result(row: Record) -> bool:
        if row["activity_id"]:
            return row["activity_id"] in held
        whose, agreement = row.get("partner_id", ""), row.get("partnership_id", "")
        if agreement:
            return agreement in agreed and whose in ("", partner_id)
        if whose:
            return whose == partner_id and is_theirs(row)
        return (row["association"], row["programme"]) in programmes

    return {
        "partners": those("partners", lambda row: row["partner_id"] == partner_id),
        "partnerships": partnerships,
        "work_streams": those("work_streams", lambda row: row["partnership_id"] in agreed),
        "contributions": those(
            "contributions",
            lambda row: (
                row["partnership_id"] in agreed and partner_id in list_items(row["partner_ids"])
            ),
        ),
        "activities": activities,
        "outcomes": those("outcomes", is_its_result),
    }


def list_items(text: str) -> list[str]:
    return [item.strip() for item in text.split("|") if item.strip()]


def gaps(finding: Finding, own: Mapping[str, Numbered]) -> Iterator[Gap]:
    """What a finding about a row of the partner's asks for; of an example nothing."""
    table, rule = finding.file.removesuffix(".csv"), finding.rule
    row = own.get(table, {}).get(finding.row or 0, {})
    if not row or not finding.column or row.get("evidence") == "illustrative":
        return
    if rule in OF_A_RESULT:
        titles = {r["activity_id"]: r["title"] for r in own["activities"].values()}
        title = titles[row["activity_id"]]
        yield Gap("outcomes", new_result(finding, row), OF_A_RESULT[rule], rule, title)
    else:
        yield Gap(table, row, (finding.column,), rule)


def new_result(finding: Finding, row: Record) -> Record:
    known = {"activity_id": row["activity_id"]}
    if finding.rule == "no_follow_up":
        known |= {"measure": "in_work_or_education", "measured_at": finding.expected or ""}
    return {"outcome_id": "_".join(known.values()), **known}


def gap_sheet(table: Table, asked: Iterable[Gap], w: Words) -> FormSheet:
    """The rows of a table with something to fill in, each once."""
    of_table = [gap for gap in asked if gap.table == table.name]
    key = table.columns[0].name
    rows = {gap.row[key]: gap.row for gap in of_table}
    places = {name: place for place, name in enumerate(rows)}
    asked_of = {column for gap in of_table for column in gap.columns}
    cells = {
        (places[gap.row[key]], column): w(f"ask.{gap.rule}", title=gap.title)
        for gap in of_table
        for column in gap.columns
    }
    unused = (name for name in unused_columns(table, [*rows.values()]) if name not in asked_of)
    return FormSheet(table, [*rows.values()], asked=cells, without=("note", *unused))
