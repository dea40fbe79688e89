"""Files that are made while they are sent: to whom, and until when."""

import base64
import errno
import gc
import re
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from ringvirkning.export import Export
from ringvirkning.export.tables import book_file
from ringvirkning.figures import partnerships
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published, start_token, streams
from ringvirkning.store import storage
from ringvirkning.texts import LANGUAGES, words
from ringvirkning.ui.components import menu
from tests.test_key_figures import seen

HERE = ("127.0.0.1", 50_000)


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=streams.ROUTES)
    return TestClient(app, base_url="http://localhost:8501", client=HERE)


def parts() -> Iterable[bytes]:
    yield b"a;b\r\n"
    yield b"1;2\r\n"


@pytest.fixture
def offered() -> Callable[..., str]:
    """Offers a file as long as the test lasts; its address."""
    held = []

    def offer(name: str, content: Any, is_staffs: bool) -> str:
        held.append(streams.Offer(name, content, is_staffs))
        streams.OFFERS[held[-1].token] = held[-1]
        return held[-1].address()

    return offer


def test_a_file_is_sent_under_its_name_and_never_kept(client: TestClient, offered):
    answer = client.get(offered("påmeldte.csv", parts, is_staffs=False))
    assert answer.content == b"a;b\r\n1;2\r\n"
    assert "p%C3%A5meldte.csv" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"


def test_what_is_staffs_is_for_staff_alone(client: TestClient, offered):
    address = offered("x.csv", parts, is_staffs=True)
    assert client.get(address).status_code == 403
    assert client.get(offered("x.csv", parts, is_staffs=False)).status_code == 200
    client.cookies.set(start_token.cookie(), start_token.token())
    assert client.get(address).status_code == 200


def test_a_file_that_can_not_be_made_says_so(client: TestClient, offered):
    answer = client.get(offered("x.pdf", lambda: bytes(1 // 0), is_staffs=False))
    assert answer.status_code == 500
    assert all(words(language)("file.failed") in answer.text for language in LANGUAGES)
    assert answer.headers["content-language"] == ", ".join(LANGUAGES), "a line for each"
    assert len(answer.text.splitlines()) == len(LANGUAGES)
    assert "ZeroDivision" not in answer.text


def test_a_full_disk_is_said_to_be_one(client: TestClient, offered):
    def made() -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device", "/tmp/x")

    answer = client.get(offered("x.xlsx", made, is_staffs=False))
    assert answer.status_code == 507
    assert answer.text.splitlines() == [words(n)("finding.rule.disk_full") for n in LANGUAGES]


def test_a_file_is_made_after_var_was_deleted(
    client: TestClient, offered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A workbook is laid aside on the disk while it is made."""
    running = Watch(tmp_path / "data", tmp_path / "var")
    monkeypatch.setattr(published, "watch", lambda: running)
    running.var.mkdir()
    with storage.kept_to(running.var):
        running.var.rmdir()
        book = {"Ark": Export("Figur", [], [("a", "b"), ("1", "2")])}
        answer = client.get(offered("x.xlsx", lambda: book_file(words("nb"), book), False))
    assert answer.status_code == 200
    assert list(running.var.iterdir()) == []


def test_what_was_never_offered_is_not_there(client: TestClient):
    assert client.get("/records/nonsense").status_code == 404


PAGE = """
import streamlit as st
from ringvirkning.ui import files

files.begin_offers()
if not st.checkbox("without"):
    files.draw_link("Take it", "x.csv", lambda: b"1", is_staffs=False)
"""


def test_an_offer_keeps_its_address_and_ends_with_what_draws_it(client: TestClient):
    page = AppTest.from_string(PAGE).run()
    (address,) = re.findall(r'href="([^"]+)"', page.html[0].body)
    assert client.get(address).content == b"1"
    assert address in page.run().html[0].body
    page.checkbox[0].check().run()
    assert client.get(address).content == b"1", "who still sees it may have it"
    page.run().run()  # the framework keeps a state for a run longer
    assert client.get(address).status_code == 404
    page.checkbox[0].uncheck().run()
    (address,) = re.findall(r'href="([^"]+)"', page.html[0].body)
    del page
    gc.collect()
    assert client.get(address).status_code == 404, "its session is gone"


def test_a_figures_file_that_can_not_be_made_is_empty_and_logged(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """Its menu says so (tests/browser/test_files.py); the page stays."""
    shown = seen(watch)
    figure = partnerships.by_partner_type(shown)
    assert figure
    assert base64.b64decode(menu.made_file(shown, figure, "xlsx")).startswith(b"PK")
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")  # where a workbook is laid aside
    assert menu.made_file(shown, figure, "xlsx") == ""
    assert "could not be made" in caplog.text
    assert menu.made_file(shown, figure, "csv")
