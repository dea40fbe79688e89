"""Signing in and out as a person does, and what the policy that guards pages stops."""

import csv
import random
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ringvirkning.texts import Words, words
from tests.browser.conftest import axe, changed, english_in, opened, read, settled
from tests.command import run
from tests.provider import Provider, provider
from tests.proxies import documented_block, nginx
from tests.server import TOKENS, free_port, published, serve

STOPPED = {
    "a script in the page": """
        const script = document.createElement('script');
        script.textContent = 'window.got = 1';
        document.body.append(script);""",
    "a handler in the page": """
        document.body.insertAdjacentHTML('beforeend', '<details ontoggle="window.got = 1" open>');
        await new Promise(resolve => setTimeout(resolve, 300));""",
    "text as code": """
        setTimeout('window.got = 1');
        await new Promise(resolve => setTimeout(resolve, 300));""",
    "a script from elsewhere": """
        await import('http://localhost:9/got.js').catch(() => 0);""",
    "word to elsewhere": """
        await fetch('http://localhost:9/').catch(() => 0);""",
    "a picture from elsewhere": """
        const picture = new Image();
        await new Promise(done => {
            picture.onload = picture.onerror = done; picture.src = 'http://localhost:9/got.png'});""",
}


def test_the_policy_stops_what_is_none_of_ours(page, server, watch):
    watch.allow("Content Security Policy")
    opened(page, server.url)
    for what, attempt in STOPPED.items():
        before = len(watch.seen)
        page.evaluate(f"async () => {{ {attempt} }}")
        assert page.evaluate("window.got") is None, what
        assert any("Content Security Policy" in said for said in watch.seen[before:]), what


SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "3f9c5f1c5d0a4b7e8a6b2c1d0e9f8a7b"
client_id = "ringvirkning"
client_secret = "secret"
server_metadata_url = "{url}/.well-known/openid-configuration"
"""
ORIGIN = "https://127.0.0.1:{}"


@pytest.fixture(scope="module")
def signing_in(tmp_path_factory) -> Iterator[tuple[str, Provider, Path]]:
    """The address of a server with sign-in, its provider and its file of roles."""
    folder = tmp_path_factory.mktemp("secrets")
    secrets, roles = folder / "secrets.toml", folder / "roles.toml"
    with provider() as one:
        secrets.write_text(SECRETS.format(url=one.url), encoding="utf-8")
        env = {"STREAMLIT_SECRETS_FILES": str(secrets), "RINGVIRKNING_ROLES": str(roles)}
        shutil.copytree(published(), folder / "var")
        with serve(var=folder / "var", env=env) as server:
            yield server.url, one, roles


@pytest.fixture
def person(readers, new_page) -> Iterator[Page]:
    """A page of someone whose browser has no cookies, and lends none to other tests."""
    kept = readers.cookies()
    readers.clear_cookies()
    yield new_page()
    readers.clear_cookies()
    readers.add_cookies(kept)


def test_the_link_of_the_terminal_opens_the_staffs_edition(person, server):
    w, token = words("nb"), TOKENS[server.port]
    person.goto(server.url)
    settled(person)
    assert person.get_by_text(w("sign_in.by_link"), exact=True).is_visible()
    assert person.get_by_role("switch").count() == 0
    person.goto(f"{server.url}/activities?lang=en&token={token}")
    settled(person)
    assert token not in person.url and "lang=en" in person.url
    assert person.get_by_role("switch", name=words("en")("surface.as_public")).count() == 1


def sign_in(page: Page, w: Words, then: str) -> None:
    """Sign in with the provider, and wait for the button that there is then."""
    page.get_by_role("button", name=w("sign_in.in"), exact=True).click()
    page.get_by_role("button", name=then).wait_for()
    settled(page)


def test_an_editor_signs_in_and_out(person, signing_in):
    url, one, roles = signing_in
    one.claims, one.age = {"sub": "kari", "name": "Kari *[N](http://evil.example)*"}, 0
    roles.write_text(f'["{one.url}"]\nkari = "editor"', encoding="utf-8")
    w = words("nb")
    opened(person, url)
    assert not axe(person)
    sign_in(person, w, "Kari")
    assert one.claims["name"] in read(person.get_by_role("button", name="Kari"))
    person.get_by_role("button", name="Kari").click()
    person.get_by_text(w("sign_in.role.editor")).wait_for()
    assert not axe(person)
    assert english_in(person) == []
    person.get_by_role("button", name=w("sign_in.out")).click()
    person.get_by_role("button", name=w("sign_in.in"), exact=True).wait_for()
    settled(person)
    assert person.get_by_role("button", name="Kari").count() == 0


def test_who_has_no_role_is_told_what_to_send(person, signing_in):
    url, one, roles = signing_in
    one.claims, one.age = {"sub": "anne", "name": "Anne"}, 0
    roles.write_text("", encoding="utf-8")
    opened(person, url)
    sign_in(person, words("nb"), "Anne")
    person.get_by_text("English").click()
    settled(person)
    person.get_by_role("button", name="Anne").click()
    person.get_by_text(words("en")("sign_in.no_role")).wait_for()
    assert person.get_by_test_id("stCode").inner_text() == f"iss = {one.url}\nsub = anne"


def test_who_loses_a_role_under_a_form_of_an_undone_version_loses_nothing_typed(
    person, signing_in, data
):
    url, one, roles = signing_in
    var, is_editor = roles.parent / "var", f'["{one.url}"]\nkari = "editor"'
    changed(data, "partners.csv", lambda rows: rows[0].update(name="Nytt navn"))
    run("publish", data, var=var)
    with (data / "partners.csv").open(encoding="utf-8") as file:
        id = next(csv.DictReader(file))["partner_id"]
    one.claims, one.age = {"sub": "kari", "name": "Kari"}, 0
    roles.write_text(is_editor, encoding="utf-8")
    w = words("nb")
    opened(person, f"{url}/data?entry=partners%3Fpartner_id%3D{id}")
    sign_in(person, w, "Kari")
    opened(person, f"{url}/data?entry=partners%3Fpartner_id%3D{id}")
    name, note = (
        person.get_by_role("textbox", name=w(f"column.{column}")).first
        for column in ("name", "note")
    )
    assert name.input_value() == "Nytt navn"
    run("undo", var=var)
    person.get_by_text(w("enter.more"), exact=True).click()
    note.fill("Det jeg skrev")
    keep = person.get_by_role("button", name=w("enter.keep"), exact=True)
    keep.click()
    person.get_by_role("alert").get_by_text("«Nytt navn»").wait_for()
    assert not axe(settled(person))
    roles.write_text("", encoding="utf-8")
    keep.click()
    person.get_by_text(w("enter.no_role")).wait_for()
    person.get_by_text(f"{w('column.note')}: Det jeg skrev").wait_for()
    assert not axe(settled(person))
    assert not [*var.glob("drafts/*/*")]
    roles.write_text(is_editor, encoding="utf-8")
    person.get_by_text("English").click()  # a new run
    w = words("en")
    note = person.get_by_role("textbox", name=w("column.note")).first
    note.wait_for()
    settled(person)
    assert note.input_value() == "Det jeg skrev"
    keep = person.get_by_role("button", name=w("enter.keep"), exact=True)
    keep.click()
    settled(person)
    keep.click()  # it was told in another language
    person.get_by_role("heading", level=1, name=w("enter.waiting")).wait_for()
    (draft,) = var.glob("drafts/*/*")
    assert "Det jeg skrev" in (said := draft.read_text(encoding="utf-8"))
    assert "Nytt navn" not in said, "what was undone does not come back"


def test_after_eight_hours_one_signs_in_again(person, signing_in):
    url, one, roles = signing_in
    one.claims, one.age = {"sub": "kari", "name": "Kari"}, 8 * 3600 + 1
    roles.write_text(f'["{one.url}"]\nkari = "editor"', encoding="utf-8")
    w = words("nb")
    opened(person, url)
    assert person.get_by_text(w("sign_in.expired")).count() == 0
    person.get_by_role("button", name=w("sign_in.in"), exact=True).click()
    person.get_by_text(w("sign_in.expired")).wait_for()
    one.age = 0
    sign_in(person, w, "Kari")


def test_who_has_two_hundred_groups_signs_in_behind_the_documented_proxy(browser, tmp_path):
    """Their claims are as long as cookies of all of a browser's and a header of 16 kB."""
    secrets, roles, port = tmp_path / "secrets.toml", tmp_path / "roles.toml", free_port()
    with provider() as one:
        dice = random.Random(200)
        groups = [str(uuid.UUID(int=dice.getrandbits(128))) for _ in range(200)]
        one.claims = {"sub": "kari", "name": "Kari", "groups": groups}
        said = SECRETS.format(url=one.url).replace("http://127.0.0.1:{port}", ORIGIN.format(port))
        secrets.write_text(said, encoding="utf-8")
        roles.write_text(f'["{one.url}"]\nkari = "editor"', encoding="utf-8")
        env = {"STREAMLIT_SECRETS_FILES": str(secrets), "RINGVIRKNING_ROLES": str(roles)}
        with (
            serve(env=env) as server,
            nginx(documented_block(), server.port, port),
            browser.new_context(locale="nb-NO", ignore_https_errors=True) as context,
        ):
            page = context.new_page()
            opened(page, ORIGIN.format(port))
            sign_in(page, words("nb"), "Kari")
            page.get_by_role("button", name="Kari").click()
            page.get_by_text(words("nb")("sign_in.role.editor")).wait_for()
            kept = {each["name"]: each for each in context.cookies()}
            assert all(each["secure"] for each in kept.values()), kept
            user = [each["value"] for name, each in kept.items() if "_streamlit_user" in name]
            assert sum(map(len, user)) > 8192, "these claims would pass anywhere"
