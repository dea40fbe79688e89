"""What was answered to whether agreements are still in force, as sheets like those of a person."""

import csv
import io
from collections.abc import Mapping
from typing import Literal, get_args

Standing = Literal["in_force", "ended", "unknown"]
ANSWERED: tuple[Standing, ...] = get_args(Standing)


def answered(said: Mapping[str, Standing], day: str, role: str, source: str) -> dict[Standing, str]:
    """A sheet (CSV) of each answer that was given, by partnership_id: in the contract's columns
    that it says something of, which are all that changes. Of one that has ended by that day it is
    not known when."""
    by = {"confirmed_role": role, "confirmed_source": source}
    cells: dict[Standing, dict[str, str]] = {
        "in_force": {"confirmed_date": day, **by},
        "ended": {
            "agreement_status": "ended",
            "end_date": day,
            "end_qualifier": "no_later_than",
            **by,
        },
        "unknown": {"asked_date": day},
    }
    return {
        answer: csv_of({id: cells[answer] for id, given in said.items() if given == answer})
        for answer in ANSWERED
        if answer in said.values()
    }


def csv_of(rows: Mapping[str, Mapping[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["partnership_id", *next(iter(rows.values()))])
    writer.writeheader()
    writer.writerows({"partnership_id": id, **cells} for id, cells in rows.items())
    return text.getvalue()
