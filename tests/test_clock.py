"""Days are Norway's everywhere: asked half an hour before the year ends in UTC."""

import ast
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ringvirkning import ROOT
from ringvirkning.store import taking_back, versions
from ringvirkning.texts import clock, words
from tests.command import run
from tests.server import published

NEW_YEAR = "2026-12-31T23:30:00+00:00"


class Standing(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 12, 31, 23, 30, tzinfo=UTC).astimezone(tz)


@pytest.fixture
def new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RINGVIRKNING_AS_OF")
    monkeypatch.setattr(clock, "datetime", Standing)


def test_a_moment_is_shown_and_told_as_its_day_in_norway(new_year: None):
    assert clock.today() == date(2027, 1, 1)
    assert clock.moment_text(clock.now()) == NEW_YEAR
    assert words("nb").moment(NEW_YEAR) == words("nb").day(NEW_YEAR) + " kl. 00.30"
    assert words("nb").day(NEW_YEAR) == words("nb").day("2027-01-01") == "1. januar 2027"
    assert words("en").day("2026-07-01T22:30:00+00:00") == words("en").day(date(2026, 7, 2))


def test_days_without_a_time_stay_what_they_are():
    for day in ("2026-12-31", "2026-12-31 00:00:00", date(2026, 12, 31)):
        assert words("nb").day(day) == "31. desember 2026"
    assert words("nb").day("2026-12") == "desember 2026" and words("nb").day("2026") == "2026"


def test_what_is_done_then_is_of_the_new_year(
    new_year: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    var = Path(shutil.copytree(published(), tmp_path / "var"))
    (first,) = versions.history(var)
    again = taking_back.undo(var, first.name)
    assert again.current_at == NEW_YEAR
    run("versions", var=var)
    assert "2027-01-01T00:30:00+01:00 undo" in capsys.readouterr().out
    assert versions.since("2026-12-31", again, [again]) is None
    assert versions.since("2027-01-01", again, [again]) == again


SOURCES = [
    source
    for source in [*ROOT.glob("*/**/*.py"), *ROOT.glob("*/**/*.sql")]
    if source.relative_to(ROOT).parts[0] not in ("tests", "bench", ".venv")
    and source != Path(str(clock.__file__))
]


def test_nobody_else_asks_for_the_day():
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        if source.suffix == ".sql":
            assert not re.search(r"\b(current_date|today\s*\(|now\s*\(|current_timestamp)", text)
            continue
        calls = [ast.unparse(n.func) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call)]
        asked = (
            r"(date|datetime)\.(today|now|utcnow|fromtimestamp)|time\.(localtime|gmtime|strftime)"
        )
        asked += r"|.*\.astimezone"
        assert not [call for call in calls if re.fullmatch(asked, call)], source
