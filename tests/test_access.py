"""Who gets which surface: asked of real servers, by requests to the letter."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_app_utils

from ringvirkning import ROOT
from ringvirkning.server import doors, sign_in
from ringvirkning.texts import LANGUAGES, words
from tests.server import Server, serve, staff_headers
from tests.visitor import Headers, session, shown, status

APP = """
from pathlib import Path
import streamlit as st
from ringvirkning.server import streams
from ringvirkning.server.access import require_safe_setup, tell_link
from ringvirkning.server.serving import MIDDLEWARE

require_safe_setup()
app = st.App(
    Path(__file__).with_name("page.py"),
    lifespan=tell_link,
    middleware=MIDDLEWARE,
    routes=streams.ROUTES,
)
"""
PAGE = """
import streamlit as st
from ringvirkning.server import access, streams

person = access.current_person()
offer = streams.Offer("exact.csv", lambda: b"exact", True, "offered")
st.session_state["offer"] = streams.OFFERS["offered"] = offer
name, role = (person.name or None, person.role) if person else (None, None)
st.text(f"{access.surface()} {name} {role} {access.may('publish')}")
"""
EDITOR_HERE = "staff None editor True"
PUBLIC = "public None None False"
LOCAL = ("Host", "localhost:8501")
METRICS = "/_stcore/metrics"
UPLOAD = "/_stcore/upload_file/session/file"


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Path:
    """An app that says whom it takes its visitor for, behind the doors of ours."""
    folder = tmp_path_factory.mktemp("app")
    (folder / "page.py").write_text(PAGE, encoding="utf-8")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    return folder / "app.py"


def served(app: Path, *options: str, **env: str) -> AbstractContextManager[Server]:
    return serve(app=app, env={"PYTHONPATH": str(ROOT)} | env, options=options)


@pytest.fixture(scope="module")
def server(app: Path) -> Iterator[Server]:
    """Set up as `make run` does."""
    with served(app) as running:
        yield running


def xsrf() -> tuple[str, Headers]:
    """A token as the framework's page has one, and the headers that show it."""
    token = starlette_app_utils.generate_xsrf_token_string()
    return f"_streamlit_xsrf={token}", [("X-Xsrftoken", token)]


def upload(port: int, headers: Headers, cookies: str = "", method: str = "PUT") -> int:
    """The status of an upload that is right but for its session: 400 if it is let through."""
    cookie, proof = xsrf()
    return status(
        port, method, UPLOAD, [*headers, *proof, ("Cookie", f"{cookie}; {cookies}")], b"x"
    )


# Whatever a header says: who has the token is staff, who hasn't is the public, and from another
# site or under another name nobody gets in at all.
REQUESTS = {
    "localhost": ([LOCAL], "open"),
    "no port": ([("Host", "localhost")], "open"),
    "address": ([("Host", "127.0.0.1:8501")], "open"),
    "IPv6": ([("Host", "[::1]:8501")], "open"),
    "own origin": ([LOCAL, ("Origin", "http://localhost:8501")], "open"),
    "a browser's own": ([LOCAL, ("Sec-GPC", "1"), ("Accept-Language", "nb")], "open"),
    "forwarded for this machine": ([LOCAL, ("X-Forwarded-For", "127.0.0.1")], "open"),
    "forwarded for another": ([LOCAL, ("X-Forwarded-For", "192.0.2.7")], "open"),
    "Forwarded": ([LOCAL, ("Forwarded", "for=127.0.0.1;host=localhost")], "open"),
    "a proxy that adds nothing": ([("Host", "127.0.0.1:8501"), ("Connection", "close")], "open"),
    # Names that only look like it, or lead to it (DNS rebinding).
    "another name": ([("Host", "evil.example")], "403"),
    "begins so": ([("Host", "127.0.0.1.evil.example")], "403"),
    "user": ([("Host", "localhost@evil.example")], "403"),
    "hexadecimal": ([("Host", "0x7f000001")], "403"),
    "mapped": ([("Host", "[::ffff:127.0.0.1]")], "403"),
    "empty": ([("Host", "")], "403"),
    "none": ([], "400"),
    "twice": ([LOCAL, LOCAL], "400"),
    # Another site's page in a browser on this machine.
    "another site": ([LOCAL, ("Origin", "https://evil.example")], "403"),
    "another port": ([LOCAL, ("Origin", "http://localhost:3000")], "403"),
    "no site": ([LOCAL, ("Origin", "null")], "403"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("headers", "expected"), REQUESTS.values(), ids=REQUESTS.keys())
def test_the_surface_of_a_request(server: Server, headers: Headers, expected: str):
    with_token = [*headers, *staff_headers(server.url)]
    is_open = expected == "open"
    assert shown(server.port, headers) == (PUBLIC if is_open else expected)
    assert shown(server.port, with_token) == (EDITOR_HERE if is_open else expected)


NOT_THE_TOKEN = {
    "empty": "",
    "another": "x" * 43,
    "a part": "first half",
    "with more": "and more",
    "not ASCII": "\xe6\xf8\xe5",
}


@pytest.mark.parametrize("said", NOT_THE_TOKEN.values(), ids=NOT_THE_TOKEN.keys())
def test_only_the_whole_token_opens(server: Server, said: str):
    ((name, value),) = staff_headers(server.url)
    cookie, _, token = value.partition("=")
    shown_token = {"first half": token[:20], "and more": token + "x"}.get(said, said)
    headers = [LOCAL, (name, f"{cookie}={shown_token}")]
    assert shown(server.port, headers) == PUBLIC
    assert upload(server.port, headers) == 403


def got(port: int, path: str, headers: Headers = (LOCAL,)) -> tuple[Any, str]:
    """An answer as it comes, no redirect followed, and its text."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers=dict(headers))
    with connection.getresponse() as response:
        return response, response.read().decode()


def test_the_link_of_the_terminal_leads_to_the_page_and_leaves_the_token_in_a_cookie(
    server: Server,
):
    ((_, cookie),) = staff_headers(server.url)
    token = cookie.partition("=")[2]
    assert f"{server.url}/?token={token}" in server.log()
    answer, _ = got(server.port, f"/outcomes?lang=en&token={token}")
    assert (answer.status, answer.headers["location"]) == (303, "/outcomes?lang=en")
    said = answer.headers["set-cookie"]
    assert said.startswith(f"{cookie};") and "HttpOnly" in said and "SameSite=strict" in said
    assert "Secure" not in said, "this server speaks plain HTTP"
    proxied = [LOCAL, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "192.0.2.7")]
    answer, _ = got(server.port, f"/?token={token}", proxied)
    assert "Secure" in answer.headers["set-cookie"]
    answer, _ = got(server.port, f"//evil.example/?token={token}")
    assert answer.headers["location"] == "/evil.example/"


def test_a_wrong_link_says_what_to_do(server: Server):
    for token in ("", "x" * 43):
        answer, said = got(server.port, f"/?token={token}")
        assert answer.status == 403
        assert "set-cookie" not in answer.headers
        assert all(words(language)("doors.wrong_token") in said for language in LANGUAGES)


@pytest.mark.slow
def test_another_start_has_another_token(app: Path, server: Server):
    with served(app) as other:
        old, new = staff_headers(server.url), staff_headers(other.url)
        assert old[0][1].partition("=")[2] != new[0][1].partition("=")[2]
        stale = new[0][1].partition("=")[0] + "=" + old[0][1].partition("=")[2]
        assert shown(other.port, [LOCAL, ("Cookie", stale)]) == PUBLIC
        assert shown(other.port, [LOCAL, *new]) == EDITOR_HERE


def test_no_other_user_of_the_machine_can_read_the_token(server: Server):
    """It is in no argument, no environment and no file that the server leaves."""
    ((_, cookie),) = staff_headers(server.url)
    token = cookie.partition("=")[2].encode()
    process = Path("/proc", str(server.process.pid))
    assert token not in (process / "cmdline").read_bytes()
    assert token not in (process / "environ").read_bytes()
    written = [path for path in server.var.rglob("*") if path.is_file()]
    assert not [path for path in written if token in path.read_bytes()]


# Of a request with an origin the framework asks its own token.
UNSIGNED = {k: v for k, v in REQUESTS.items() if "Origin" not in dict(v[0])}


@pytest.mark.parametrize(("headers", "expected"), UNSIGNED.values(), ids=UNSIGNED.keys())
def test_the_public_only_reads(server: Server, headers: Headers, expected: str):
    """Of a request that opens no session, nothing but its own headers is known."""
    refused = 400 if expected == "400" else 403
    assert status(server.port, "GET", METRICS, headers) == (400 if expected == "400" else 404)
    assert upload(server.port, headers) == refused
    assert upload(server.port, headers, method="DELETE") == refused
    assert status(server.port, "OPTIONS", UPLOAD, headers) == refused


def test_who_has_the_token_uploads(server: Server):
    ((_, cookie),) = staff_headers(server.url)
    # Ours is /metrics, with a token of its own.
    assert status(server.port, "GET", METRICS, [LOCAL, ("Cookie", cookie)]) == 404
    assert upload(server.port, [LOCAL], cookie) == 400
    assert upload(server.port, [LOCAL], cookie, method="DELETE") == 204


@pytest.mark.slow
def test_a_server_that_is_public_shows_no_link(app: Path):
    with served(app, SURFACE="public") as server:
        assert "token=" not in server.log()
        assert shown(server.port, [LOCAL]) == PUBLIC
        assert got(server.port, "/?token=x")[0].status == 200


@pytest.mark.slow
def test_a_server_for_every_address_asks_for_the_token_too(app: Path):
    with served(app, "--server.address", "::", "--server.allowedHosts", "*") as server:
        asked = [("Host", "dash.example")]
        assert shown(server.port, asked) == PUBLIC
        assert shown(server.port, [*asked, *staff_headers(server.url)]) == EDITOR_HERE


@pytest.mark.parametrize(("forced", "expected"), [("", EDITOR_HERE), ("public", PUBLIC)])
def test_a_page_under_test_is_at_the_machine(monkeypatch, app: Path, forced: str, expected: str):
    monkeypatch.setenv("SURFACE", forced)
    page = AppTest.from_file(str(app.with_name("page.py"))).run()
    assert page.text[0].value == expected


# What the framework would answer and no page of ours asks for.
UNUSED = [
    "/media/nothing.csv",
    "/component/nothing/index.html",
    "/_stcore/bidi-components/nothing/index.js",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp",
    "/auth/login",
    "/auth/logout",
    "/oauth2callback",
]


@pytest.mark.parametrize("path", UNUSED)
def test_what_no_page_asks_for_is_closed(server: Server, path: str):
    for headers in ([LOCAL], [LOCAL, *staff_headers(server.url)]):
        answer, said = got(server.port, path, headers)
        assert (answer.status, said) == (404, "")


def test_no_program_drives_a_session(server: Server):
    headers = [LOCAL, *staff_headers(server.url)]
    assert status(server.port, "POST", "/_stcore/agent/interact", headers, b"{}") == 404
    assert status(server.port, "POST", "/_stcore/agent/interact", [LOCAL], b"{}") == 403


@pytest.mark.parametrize("path", ["/", "/outcomes", "/nothing.js", METRICS, "/media/nothing"])
def test_every_answer_carries_the_headers(server: Server, path: str):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    for name in ("localhost", "evil.example"):
        connection.request("GET", path, headers={"Host": name})
        with connection.getresponse() as response:
            response.read()
            assert {k: response.headers[k] for k in doors.HEADERS} == doors.HEADERS


# Sign-in

ISSUER = "https://provider.example"
ORIGIN = "https://dash.example"
SECRET = "3f9c5f1c5d0a4b7e8a6b2c1d0e9f8a7b"
SECRETS = f"""
[auth]
redirect_uri = "{ORIGIN}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "ringvirkning"
client_secret = "not used"
server_metadata_url = "{ISSUER}/.well-known/openid-configuration"
"""
ROLES = f"""
["{ISSUER}"]
kari = "editor"
ola = "viewer"
per = "owner"
"""
CLAIMS = {"iss": ISSUER, "sub": "kari", "name": "Kari", "is_logged_in": True, "origin": ORIGIN}
THROUGH_THE_PROXY = [
    ("Host", "dash.example"),
    ("Origin", ORIGIN),
    ("X-Forwarded-For", "192.0.2.1"),
]
KARI, OLA = "staff Kari editor True", "staff Ola viewer False"
HOUR = 3600


@pytest.fixture(scope="module")
def signing_in(app: Path, tmp_path_factory) -> Iterator[tuple[Server, Path]]:
    """A server with sign-in, and its file of roles."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    roles = folder / "roles.toml"
    with served(
        app,
        "--server.allowedHosts",
        "dash.example",
        "--server.allowedHosts",
        "localhost",
        STREAMLIT_SECRETS_FILES=str(folder / "secrets.toml"),
        RINGVIRKNING_ROLES=str(roles),
    ) as running:
        yield running, roles


@pytest.fixture
def roles(signing_in) -> Path:
    file = signing_in[1]
    file.write_text(ROLES, encoding="utf-8")
    return file


def cookies(secret: str = SECRET, age: float = 0, **changed: object) -> str:
    """Streamlit's cookies for a token issued `age` seconds ago, made and cut as it does."""
    made: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return starlette_app_utils.create_signed_value(secret, name, value)

    set_cookie_with_chunks(
        lambda name, value: made.update({name: sign(name, value).decode()}),
        sign,
        "_streamlit_user",
        {"iat": time.time() - age} | CLAIMS | changed,
        cookie_attr_size=100,
    )
    return "; ".join(f"{name}={value}" for name, value in made.items())


def visit(cookies: str, headers: Headers = THROUGH_THE_PROXY) -> tuple[Headers, str]:
    """The headers of a session with these cookies, and its protocol, which shows the token."""
    cookie, proof = xsrf()
    return [*headers, ("Cookie", f"{cookie}; {cookies}")], f"streamlit, {proof[0][1]}"


SIGNED_IN = {
    "editor": ({}, KARI),
    "viewer": ({"sub": "ola", "name": "Ola"}, OLA),
    "without a name": ({"name": None, "email": "k@example.no"}, "staff k@example.no editor True"),
    "in many cookies": ({"picture": "x" * 6000}, KARI),
    "just within eight hours": ({"age": 8 * HOUR - 60}, KARI),
    "eight hours old": ({"age": 8 * HOUR + 1}, PUBLIC),
    "a month old": ({"age": 29 * 24 * HOUR}, PUBLIC),
    "clocks differ": ({"age": -60}, KARI),
    "from the future": ({"age": -HOUR}, PUBLIC),
    "of no known age": ({"iat": None}, PUBLIC),
    "age in words": ({"iat": "2026-11-25"}, PUBLIC),
    "no number": ({"iat": float("nan")}, PUBLIC),
    "unknown": ({"sub": "anne"}, PUBLIC),
    "no sub": ({"sub": None}, PUBLIC),
    "a role that is none": ({"sub": "per"}, PUBLIC),
    "a role claimed": ({"sub": "anne", "role": "editor"}, PUBLIC),
    "by name only": ({"sub": "anne", "name": "kari", "email": "kari"}, PUBLIC),
    "the same sub elsewhere": ({"iss": "https://other.example"}, PUBLIC),
    "no issuer": ({"iss": None}, PUBLIC),
    "not signed in": ({"is_logged_in": False}, PUBLIC),
    "true in words": ({"is_logged_in": "true"}, PUBLIC),
    "signed by another": ({"secret": "another secret of thirty-two chars"}, PUBLIC),
}


@pytest.mark.slow
@pytest.mark.parametrize(("changed", "expected"), SIGNED_IN.values(), ids=SIGNED_IN.keys())
def test_who_is_signed_in(signing_in, roles: Path, changed: dict[str, Any], expected: str):
    server, made = signing_in[0], cookies(**changed)
    assert shown(server.port, *visit(made)) == expected
    assert upload(server.port, THROUGH_THE_PROXY, made) == (400 if "editor" in expected else 403)


@pytest.mark.slow
def test_where_one_signs_in_the_machine_itself_is_public_too(app: Path, tmp_path: Path):
    (tmp_path / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    with served(app, STREAMLIT_SECRETS_FILES=str(tmp_path / "secrets.toml")) as server:
        assert shown(server.port, [LOCAL]) == PUBLIC
        assert upload(server.port, [LOCAL]) == 403


def test_who_is_not_signed_in_is_public(signing_in, roles: Path):
    server, _ = signing_in
    assert shown(server.port, [("Host", "dash.example")]) == PUBLIC
    # What was signed for one site says nothing at another, nor without the token of a page.
    assert shown(server.port, *visit(cookies(origin="https://other.example"))) == PUBLIC
    headers, _ = visit(cookies())
    assert shown(server.port, headers) == PUBLIC


def test_roles_are_read_anew_in_every_run(signing_in, roles: Path):
    with session(signing_in[0].port, *visit(cookies())) as run:
        assert run() == KARI
        roles.write_text(f'["{ISSUER}"]\nkari = "viewer"', encoding="utf-8")
        assert run() == "staff Kari viewer False"
        for broken in ("", "kari = ", f'"{ISSUER}" = "editor"', f'["{ISSUER}"]\nkari = ["editor"]'):
            roles.write_text(broken, encoding="utf-8")
            assert run() == PUBLIC
        roles.write_bytes(b"\xff")
        assert run() == PUBLIC
        roles.unlink()
        assert run() == PUBLIC
        roles.write_text(ROLES, encoding="utf-8")
        assert run() == KARI


def test_a_file_of_staff_ends_with_the_role(signing_in, roles: Path):
    """It is asked for anew at each request, whatever its session showed before."""
    port, file = signing_in[0].port, "/records/offered"
    kari = [*THROUGH_THE_PROXY, ("Cookie", cookies())]
    with session(port, *visit(cookies())) as run:
        assert run() == KARI
        assert got(port, file, kari)[1] == "exact"
        assert got(port, file, THROUGH_THE_PROXY)[0].status == 403
        roles.write_text("", encoding="utf-8")
        assert got(port, file, kari)[0].status == 403
        roles.write_text(ROLES, encoding="utf-8")
        assert got(port, file, kari)[1] == "exact"
        old = [*THROUGH_THE_PROXY, ("Cookie", cookies(age=8 * HOUR + 1))]
        assert got(port, file, old)[0].status == 403


def test_a_token_ages_in_a_running_session():
    issued = time.time()
    claims = CLAIMS | {"iat": issued}
    assert sign_in.is_fresh(claims, issued + 8 * HOUR)
    assert not sign_in.is_fresh(claims, issued + 8 * HOUR + 1)


@pytest.mark.slow
def test_public_is_public_though_signed_in(app: Path, tmp_path: Path):
    (tmp_path / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    (tmp_path / "roles.toml").write_text(ROLES, encoding="utf-8")
    env = {
        "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml"),
        "RINGVIRKNING_ROLES": str(tmp_path / "roles.toml"),
        "SURFACE": "public",
    }
    with served(app, "--server.allowedHosts", "dash.example", **env) as server:
        assert shown(server.port, *visit(cookies())) == PUBLIC
        assert upload(server.port, THROUGH_THE_PROXY, cookies()) == 403


UNSAFE = {
    "no secret": (SECRETS.replace("cookie_secret", "other"), {}, "cookie_secret"),
    "short": (SECRETS.replace(SECRET, SECRET[:31]), {}, "cookie_secret"),
    "default": (SECRETS.replace(SECRET, "x" * 64), {}, "cookie_secret"),
    "unreadable": (SECRETS + "\n[auth", {}, "secrets.toml cannot be read"),
    "identity by header": (
        SECRETS,
        {"STREAMLIT_SERVER_TRUSTED_USER_HEADERS": json.dumps({"X-Sub": "sub"})},
        "trustedUserHeaders",
    ),
    "surface misspelt": ("", {"SURFACE": "publik"}, "SURFACE can only be"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("secrets", "env", "reason"), UNSAFE.values(), ids=UNSAFE.keys())
def test_a_server_set_up_unsafely_does_not_start(
    tmp_path: Path, secrets: str, env: dict[str, str], reason: str
):
    file = tmp_path / "secrets.toml"
    file.write_text(secrets, encoding="utf-8")
    with (
        pytest.raises(RuntimeError, match=rf"ended at once with 1:(.|\n)*{reason}") as ended,
        serve(env={"STREAMLIT_SECRETS_FILES": str(file)} | env),
    ):
        pass
    assert "Traceback" not in str(ended.value)
