"""The time in Norway, where the associations are, whatever this machine's clock is set to.

What is kept are moments (ISO 8601, UTC); what is shown and compared with days is made of them here.
"""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")


def now() -> datetime:
    return datetime.now(UTC).astimezone(NORWAY)


def today() -> date:
    """RINGVIRKNING_AS_OF rehearses another day, on pages and paper and in commands alike."""
    asked = os.environ.get("RINGVIRKNING_AS_OF")
    return date.fromisoformat(asked) if asked else now().date()


def moment_text(moment: datetime) -> str:
    """A moment as it is kept, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def now_text() -> str:
    return moment_text(now())


def there(moment: str) -> datetime:
    """A moment that was kept, on Norway's clocks; raises ValueError."""
    return datetime.fromisoformat(moment).astimezone(NORWAY)


def norwegian_day(text: str) -> str:
    """Of a moment with a time zone, the day in Norway; of a day, a month or a year, itself (all ISO
    8601)."""
    is_moment = "T" in text and datetime.fromisoformat(text).tzinfo
    return there(text).date().isoformat() if is_moment else text[:10]
