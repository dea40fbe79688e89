"""What partners fund, in the format of those who follow grants: IATI 2.03."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from ringvirkning.export.templating import templates
from ringvirkning.figures.open_data import FundingRow, funding
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGES, Words, sentences

IATI_FILE = "iati-activities.xml"
NUMBERED_BY = "NO-BRC"  # Brønnøysundregistrene, https://org-id.guide/list/NO-BRC
# Codes of https://iatistandard.org/en/iati-standard/203/codelists/: ActivityStatus, and
# ActivityDateType by whether the day has come.
IATI_STATUSES = {"future": 1, "confirmed": 2, "ended": 4}
START, END = {False: 1, True: 2}, {False: 3, True: 4}
# Why a contribution is no budget there (queries/funding.sql), in the order that is asked in.
IATI_LACKS = (
    "funder", "estimated", "amount", "period", "long_period", "number", "status", "granted",
)  # fmt: skip


def iati_file(views: Sequence[View]) -> dict[str, bytes]:
    """An activity for each agreement that a partner funds, where it can be told whole; no file
    where there is none. In the languages of these views; what the data say is in the first."""
    shown = views[0]
    told = [row for row in funding(shown) if row.reason is None]
    agreements = [[*rows] for _, rows in groupby(told, lambda row: row.partnership_id)]
    if not agreements:
        return {}
    made = templates().get_template(f"site/{IATI_FILE}")
    told_whole = made.render(
        at=shown.version.published_at,
        language=LANGUAGES[0],
        activities=[funded_activity(views, rows) for rows in agreements],
    )
    return {IATI_FILE: told_whole.encode()}


def funded_activity(views: Sequence[View], rows: Sequence[FundingRow]) -> dict[str, Any]:
    """An agreement as the template has it; each of the rows is a budget."""
    row, today, kind = rows[0], views[0].as_of, rows[0].partnership_type
    languages = [shown.words for shown in views]

    def said(day: str | None, qualifier: str | None) -> dict[str, str]:
        """As precisely as it is known, which a day alone can't say."""
        return {w.language: sentences.date_words(w, day, qualifier) for w in languages}

    days: list[tuple[int, date, dict[str, str]]] = []
    if row.begins_on:
        start = START[row.begins_on <= today]
        days.append((start, row.begins_on, said(row.start_date, row.start_qualifier)))
    if row.ends_on:
        days.append((END[row.ends_on < today], row.ends_on, said(row.end_date, row.end_qualifier)))
    return {
        "id": row.partnership_id,
        "number": identifier(row.association_number),
        "association": row.association,
        "title": row.title,
        "description": row.purpose or row.title,
        "funders": dict.fromkeys((one.funder, identifier(one.funder_number)) for one in rows),
        "status": IATI_STATUSES[row.status],
        "days": days,
        "type": kind,
        "type_words": {w.language: w.code("partnership_type", kind) for w in languages},
        "budgets": rows,
    }


def identifier(number: str | None) -> str:
    """Of an organisation, as the world knows it; "" where its number is not known."""
    return f"{NUMBERED_BY}-{number}" if number else ""


def iati_line(shown: View) -> str:
    """How many contributions are in the file, and why others are not."""
    w, rows = shown.words, funding(shown)
    said = [w("website.iati_what", n=sum(row.reason is None for row in rows), of=len(rows))]
    if others := lacks_words(w, rows):
        said.append(w("website.iati_others", reasons=w.listed(others)))
    return " ".join(said)


def lacks_words(w: Words, rows: Sequence[FundingRow]) -> list[str]:
    count = Counter(row.reason for row in rows)
    return [w(f"website.iati_lacks.{one}", n=count[one]) for one in IATI_LACKS if count[one]]
