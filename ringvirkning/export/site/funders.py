"""What partners fund, in the formats of those who follow grants: IATI 2.03 and 360Giving."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from ringvirkning.export.site.places import Home
from ringvirkning.export.templating import templates
from ringvirkning.figures.open_data import FundingRow, funding
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGES, Words, sentences

IATI_FILE, GRANTS_FILE = "iati-activities.xml", "360giving.json"
NUMBERED_BY = "NO-BRC"  # Brønnøysundregistrene, https://org-id.guide/list/NO-BRC
# Codes of https://iatistandard.org/en/iati-standard/203/codelists/: ActivityStatus, and
# ActivityDateType by whether the day has come.
IATI_STATUSES = {"future": 1, "confirmed": 2, "ended": 4}
START, END = {False: 1, True: 2}, {False: 3, True: 4}


class Exchanged(NamedTuple):
    """A format: what it is called in texts, the column of queries/funding.sql that says why a
    contribution can't be told by it, and these reasons in their order."""

    key: str
    column: str
    reasons: Sequence[str]


OF_BOTH = ("funder", "estimated", "amount")
FUNDED: Mapping[str, Exchanged] = {
    IATI_FILE: Exchanged(
        "iati", "budget_lacks", (*OF_BOTH, "period", "long_period", "number", "status", "granted")
    ),
    GRANTS_FILE: Exchanged("giving", "grant_lacks", (*OF_BOTH, "paid", "day", "numbers")),
}


def funded_files(views: Sequence[View], home: Home) -> dict[str, bytes]:
    """Those that have something to tell. In the languages of these views; what the data say is in
    the first."""
    return iati_file(views) | grants_file(views[0], home)


def iati_file(views: Sequence[View]) -> dict[str, bytes]:
    """An activity for each agreement that a partner funds, where it can be told whole."""
    shown = views[0]
    told = [row for row in funding(shown) if row.budget_lacks is None]
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


def grants_file(shown: View, home: Home) -> dict[str, bytes]:
    """https://standard.threesixtygiving.org/en/latest/, as a grant each."""
    told = [row for row in funding(shown) if row.grant_lacks is None]
    package = {
        "title": shown.words("website.funded"),
        "issued": shown.version.published_at,
        "publisher": {"name": home.who.name or shown.words("website.title")},
        "grants": [grant(row) for row in told],
    }
    return {GRANTS_FILE: json.dumps(package, ensure_ascii=False, indent=1).encode()} if told else {}


def grant(row: FundingRow) -> dict[str, Any]:
    recipient = identifier(row.association_number)
    told = {
        "id": f"{recipient}-{row.contribution_id}",
        "title": row.title,
        "description": row.description or row.purpose or row.title,
        "currency": row.currency,
        "amountAwarded": float(row.amount or 0),
        "awardDate": row.granted_date,
        "recipientOrganization": [{"id": recipient, "name": row.association}],
        "fundingOrganization": [{"id": identifier(row.funder_number), "name": row.funder}],
    }
    if row.from_day and row.to_day:
        days = {"startDate": row.from_day.isoformat(), "endDate": row.to_day.isoformat()}
        told["plannedDates"] = [days]
    return told


def funded_line(shown: View, file: str) -> str:
    """How many contributions are in a file, and why others are not."""
    w, how = shown.words, FUNDED[file]
    count = Counter(getattr(row, how.column) for row in funding(shown))
    said = [w(f"website.funded_what.{how.key}", n=count[None], of=count.total())]
    if others := lacks_words(w, count, how.reasons):
        said.append(w("website.funded_others", reasons=w.listed(others)))
    return " ".join(said)


def lacks_words(w: Words, count: Mapping[str, int], reasons: Sequence[str]) -> list[str]:
    return [w(f"website.lacks.{one}", n=count[one]) for one in reasons if count[one]]
