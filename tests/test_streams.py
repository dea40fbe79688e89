"""Files that are made while they are sent: to whom, and until when."""

from collections.abc import Iterable

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from texts import LANGUAGES, words
from ui import start_token, streams

HERE = ("127.0.0.1", 50_000)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(streams, "OFFERS", {})
    app = Starlette(routes=streams.ROUTES)
    return TestClient(app, base_url="http://localhost:8501", client=HERE)


def parts() -> Iterable[bytes]:
    yield b"a;b\r\n"
    yield b"1;2\r\n"


def test_a_file_is_sent_under_its_name_and_never_kept(client: TestClient):
    answer = client.get(streams.offer("påmeldte.csv", parts, is_staffs=False))
    assert answer.content == b"a;b\r\n1;2\r\n"
    assert "p%C3%A5meldte.csv" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"


def test_what_is_staffs_is_for_staff_alone(client: TestClient):
    address = streams.offer("x.csv", parts, is_staffs=True)
    assert client.get(address).status_code == 403
    assert client.get(streams.offer("x.csv", parts, False)).status_code == 200
    client.cookies.set(start_token.cookie(), start_token.token())
    assert client.get(address).status_code == 200


def test_a_file_drawn_again_takes_the_place_of_the_one_before(client: TestClient):
    address = streams.offer("x.csv", parts, is_staffs=False, token="one")
    assert streams.offer("x.csv", lambda: b"later", is_staffs=True, token="one") == address
    assert len(streams.OFFERS) == 1
    assert client.get(address).status_code == 403, "what it is now decides"


def test_a_file_that_can_not_be_made_says_so(client: TestClient):
    answer = client.get(streams.offer("x.pdf", lambda: bytes(1 // 0), is_staffs=False))
    assert answer.status_code == 500
    assert all(words(language)("trouble.what") in answer.text for language in LANGUAGES)
    assert "ZeroDivision" not in answer.text


def test_what_was_never_offered_or_is_gone_is_not_there(client: TestClient, monkeypatch):
    assert client.get("/records/nonsense").status_code == 404
    address = streams.offer("x.csv", parts, is_staffs=False)
    monkeypatch.setattr(streams, "HOLDS", -1)
    late = streams.offer("x.csv", parts, is_staffs=False)
    assert client.get(late).status_code == 404
    assert client.get(address).status_code == 200


def test_no_more_is_offered_than_a_server_can_hold(client: TestClient, monkeypatch):
    monkeypatch.setattr(streams, "MOST", 3)
    addresses = [streams.offer("x.csv", parts, is_staffs=False) for _ in range(6)]
    assert [client.get(one).status_code for one in addresses] == [404, 404, 200, 200, 200, 200]
