"""What was answered to whether agreements are still in force, as cells of their rows."""

from collections.abc import Mapping
from typing import Literal, get_args

from ringvirkning.intake.records import Record

Standing = Literal["in_force", "ended", "unknown"]
ANSWERED: tuple[Standing, ...] = get_args(Standing)


def answered(said: Mapping[str, Standing], day: str, role: str, source: str) -> dict[str, Record]:
    """By partnership_id the columns that each answer says something of, which are all that changes.
    Of one that has ended by that day it is not known when."""
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
    return {id: cells[given] for id, given in said.items()}
