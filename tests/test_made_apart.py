"""Files of many records, made by a process of their own: the same, for whoever waits for them."""

import asyncio
import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.testclient import TestClient

from ringvirkning import ROOT, child
from ringvirkning.export import Export
from ringvirkning.export.records import RecordsWanted, csv_of_records
from ringvirkning.figures.explore.records import mark_values, record_headings
from ringvirkning.figures.question import Question
from ringvirkning.finding import Finding
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published, streams
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.ui.explore import behind
from tests.test_key_figures import seen
from tests.test_streams import HERE

pytestmark = pytest.mark.slow  # processes of its own


@pytest.fixture
def wanted(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> RecordsWanted:
    monkeypatch.setattr(published, "watch", lambda: watch)
    shown = seen(watch)
    asked = mark_values(Question(measure="activities_held", rows="time", row="*", within="*"))
    values: dict[str, Any] = shown.values | asked | {"as_of": None}
    basis = Export("Tittel; med tegn", [("Grunnlag", "=1")], [record_headings(shown.words)])
    return RecordsWanted(str(shown.database), "nb", values, shown.as_of, False, basis)


def test_it_is_the_same_whoever_makes_it(wanted: RecordsWanted, watch: Watch):
    here = b"".join(csv_of_records(wanted))
    assert here.count(b"\r\n") > 50
    assert b"".join(behind.records_made_apart(wanted)) == here
    assert not [*watch.var.glob("inbox-*")], "nothing is left"


def answer_of(content: Callable[[], Any]) -> tuple[int, list[str]]:
    client = TestClient(Starlette(routes=streams.ROUTES), client=HERE)
    offer = streams.Offer("x.csv", content, False, is_made_apart=True)
    streams.OFFERS[offer.token] = offer
    answer = client.get(offer.address())
    return answer.status_code, answer.text.splitlines()


def test_what_keeps_it_from_being_made_is_said(
    wanted: RecordsWanted, monkeypatch: pytest.MonkeyPatch, watch: Watch
):
    monkeypatch.setattr(behind, "OF_RECORDS", child.Limits(memory=2**28, seconds=60))
    status, said = answer_of(lambda: behind.records_made_apart(wanted))
    assert (status, said) == (500, [words(n)("file.failed") for n in LANGUAGES])

    def full(*given: object) -> list[Finding]:
        return [Finding("disk_full", str(watch.var))]

    monkeypatch.setattr(child, "reply", full)
    status, said = answer_of(lambda: behind.records_made_apart(wanted))
    assert (status, said) == (507, [words(n)("finding.rule.disk_full") for n in LANGUAGES])
    assert not [*watch.var.glob("inbox-*")], "nothing is left"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a system without one")
def test_a_full_disk_is_told_by_who_makes_it(wanted: RecordsWanted):
    command = ["records", "/dev/full", "--wanted", child.as_json(wanted)]
    (found,) = child.reply(list[Finding], command, child.UPLOAD)
    assert found.rule == "disk_full"
    assert os.strerror(errno.ENOSPC)


def test_whoever_leaves_ends_the_process_that_makes_it(tmp_path: Path):
    """It would publish: nothing is."""

    async def left() -> dict[str, str]:
        return {"type": "http.disconnect"}

    command = ["publish", str(ROOT / "data"), "--var", str(tmp_path / "var")]
    begun: list[child.Asker] = []

    def content() -> bytes:
        waiting = child.who_waits.get()
        assert waiting
        begun.append(waiting)
        return bytes(len(child.reply(list[Finding], command, child.DATA)))

    async def ask() -> None:
        offer = streams.Offer("x.csv", content, False, is_made_apart=True)
        await streams.made_for(Request({"type": "http"}, left), offer)

    with pytest.raises(child.Failed):
        asyncio.run(ask())
    (waiting,) = begun
    assert waiting.has_left and [one.poll() for one in waiting.children] == [-9]
    assert versions.current(tmp_path / "var") is None
