"""What a changed filter gives ahead of the page's run: the same as the run, for the same eyes."""

import json
import shutil
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bench.common import selections
from queries import answers
from ringvirkning.figures import filters, outcomes, overview
from ringvirkning.figures.question import DEFAULT, Question
from ringvirkning.figures.view import Selection, View
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published, start_token
from ringvirkning.server.doors import AHEAD, CHANGES, Doors
from ringvirkning.server.sign_in import Person
from ringvirkning.server.visitors import Turns
from ringvirkning.ui import ahead
from tests.test_key_figures import seen
from tests.test_pages import components_of, data_of, opened

NATIONAL, OWN = Person("viewer"), Person("viewer", associations=("Innovasjon Gardermoen",))
OTHER = "Næringsforeningen i Drammensregionen"


@pytest.fixture
def version(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the current version, which the server shows."""
    monkeypatch.setattr(published, "watch", lambda: watch)
    return watch.published[-1].name


@pytest.fixture
def client() -> TestClient:
    app = Starlette(routes=ahead.ROUTES)
    return TestClient(app, base_url="http://localhost:8501", client=("127.0.0.1", 50_000))


def ahead_of(version: str, person: Person | None, **more: list[str]) -> View | None:
    found = ahead.seen_ahead(person, {"version": [version]} | more)
    return found and found[0]


def as_sent(shown: View, place: str = "overview", asked: Question = DEFAULT) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(ahead.views_ahead(shown, place, asked)))
    return found


PLACES: list[tuple[str, dict[str, list[str]]]] = [
    *((place, {}) for place in ahead.ROWS_AHEAD),
    ("explore", {"measure": ["placements"], "rows": ["programme"], "form": ["table"]}),
]


@pytest.mark.parametrize(("place", "question"), PLACES)
@pytest.mark.parametrize("seed", [5, pytest.param(6, marks=pytest.mark.slow)])
def test_it_is_what_the_run_says(
    watch: Watch, version: str, seed: int, place: str, question: dict[str, list[str]]
):
    known = filters.every_choice(seen(watch).database)
    codes = {name: list(known[name]) for name in filters.LISTS}
    compared = 0
    for chosen in islice(selections(codes, seed), 4):
        address = filters.as_address(Selection(**chosen)) | question
        found = ahead.seen_ahead(NATIONAL, {"version": [version]} | address, place)
        assert found
        views = as_sent(found[0], place, found[1])
        run = [data_of(part) for part in components_of(opened(place, address), "number")]
        said = {one.pop("key"): one for one in run if one.pop("number") == 0 and "key" in one}
        for key, data in views.items():
            assert data.pop("key") == key
            assert data == said[key]
            compared += 1
        if place == "overview":
            assert bool(views) == any(map(len, overview.all_by_year(found[0])))
    assert compared


def test_charts_stand_in_their_place_whichever_programme_comes_first(watch: Watch):
    """So that the browser, which has another's there, can draw them."""
    of_each = {
        name: as_sent(seen(watch, "exact", urlencode({"programme": name})), "outcomes")
        for name in ("Internasjonale Drammen", "Næringsvekst 2020")
    }
    for name, views in of_each.items():
        assert [*views] == ["figure-targets-first"]
        assert name in views["figure-targets-first"]["title"]


@pytest.mark.parametrize("edition", ["exact", "protected"])
def test_a_programme_has_published_results_where_it_has_some_without_examples(
    watch: Watch, edition: str
):
    shown, compared = seen(watch, edition), 0
    known = filters.every_choice(shown.database)
    codes = {name: list(known[name]) for name in filters.LISTS}
    for chosen in islice(selections(codes, 8), 12):
        told = replace(shown, selection=Selection(**chosen | {"illustrative": True}))
        published = told.published
        named = [r.programme for r in published.rows(answers.Funnel) if r.value is not None]
        results = published.rows(answers.ResultsByProgramme)
        of_results = [row.programme for row in results if row.value is not None]
        assert outcomes.published_programmes(told) == {*named, *of_results}
        compared += any(outcomes.are_examples(told, one) for one in outcomes.programmes(told))
    assert compared


def test_who_asks_is_shown_what_is_theirs(watch: Watch, version: str, client: TestClient):
    public, exact = as_sent(seen(watch, "protected")), as_sent(seen(watch, "exact"))
    assert public != exact
    address = f"/ahead/overview?{urlencode({'version': version})}"
    answer = client.get(address)
    assert (answer.json(), answer.headers["cache-control"]) == (public, "no-store")
    client.cookies.set(start_token.cookie(), "no token")
    assert client.get(address).json() == public
    client.cookies.set(start_token.cookie(), start_token.token())
    assert client.get(address).json() == exact
    assert client.get(f"{address}&surface=public").json() == public


def test_nothing_is_said_of_what_is_not_there_or_leaves_nothing(version: str, client: TestClient):
    for told in (
        {},
        {"version": "none"},
        {"version": version, "years": "2006", "programme": "HelseHub"},
    ):
        answer = client.get(f"/ahead/overview?{urlencode(told)}")
        assert (answer.status_code, answer.content) == (204, b"")


def test_who_waits_would_wait_for_the_run_too(version: str, client: TestClient):
    address = f"/ahead/overview?{urlencode({'version': version})}"
    with ahead.made_at_once, ahead.made_at_once:
        assert client.get(address).status_code == 204
    assert client.get(address).status_code == 200


@pytest.mark.slow
def test_a_role_for_some_associations_is_shown_those_exactly(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Once they are compiled; until then the run says that it takes a while."""
    own = Watch(watch.folder, shutil.copytree(watch.var, tmp_path / "var"))
    monkeypatch.setattr(published, "watch", lambda: own)
    current, (name,) = own.published[-1], OWN.associations
    # Another test of this worker may have had it compiled.
    shutil.rmtree(current.own(own.var, [name]), ignore_errors=True)
    assert ahead_of(current.name, OWN, association=[name]) is None
    place = published.own_part(current, [name])
    shown = ahead_of(current.name, OWN, association=[name])
    assert place and shown and shown.database == place / published.EXACT
    for chosen in ({}, {"association": [OTHER]}, {"association": [name, OTHER]},
                   {"association": [name], "surface": ["public"]}):  # fmt: skip
        found = ahead_of(current.name, OWN, **chosen)
        assert found and found.is_protected


def test_a_visitor_who_asks_for_more_than_anybody_presses_waits_for_runs(version: str):
    """Others, and the machine itself, are answered."""
    routes = Starlette(routes=ahead.ROUTES)
    app = Doors(routes)
    one, other, own = (
        TestClient(app, base_url="http://localhost:8501", client=(address, 50_000))
        for address in ("192.0.2.1", "192.0.2.2", "127.0.0.1")
    )
    address = f"/ahead/overview?{urlencode({'version': version})}"
    app.visitors.turns[f"192.0.2.1 {AHEAD}"] = Turns(*CHANGES, clock=lambda: 0.0)
    many = [one.get(address).status_code for _ in range(CHANGES[0] + 1)]
    assert many == [200] * CHANGES[0] + [204]
    assert [asks.get(address).status_code for asks in (other, own)] == [200, 200]
