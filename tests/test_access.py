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

from tests.server import ROOT, Server, serve
from tests.visitor import Headers, session, shown, status
from ui import access, doors, sign_in

APP = """
from pathlib import Path
import streamlit as st
from ui.access import require_safe_setup
from ui.serving import MIDDLEWARE

require_safe_setup()
app = st.App(Path(__file__).with_name("page.py"), middleware=MIDDLEWARE)
"""
PAGE = """
import streamlit as st
from ui import access

person = access.who()
name, role = (person.name, person.role) if person else (None, None)
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


REQUESTS = {
    # The machine itself, as a browser says it.
    "localhost": ([LOCAL], EDITOR_HERE),
    "no port": ([("Host", "localhost")], EDITOR_HERE),
    "address": ([("Host", "127.0.0.1:8501")], EDITOR_HERE),
    "IPv6": ([("Host", "[::1]:8501")], EDITOR_HERE),
    "capitals": ([("Host", "LocalHost")], EDITOR_HERE),
    "own origin": ([LOCAL, ("Origin", "http://localhost:8501")], EDITOR_HERE),
    "a browser's own": ([LOCAL, ("Sec-GPC", "1"), ("Accept-Language", "nb")], EDITOR_HERE),
    # Names that only look like it, or lead to it (DNS rebinding).
    "final point": ([("Host", "localhost.")], PUBLIC),
    "another name": ([("Host", "evil.example")], "403"),
    "begins so": ([("Host", "127.0.0.1.evil.example")], "403"),
    "ends so": ([("Host", "evil-localhost")], "403"),
    "user": ([("Host", "localhost@evil.example")], "403"),
    "short": ([("Host", "127.1")], "403"),
    "hexadecimal": ([("Host", "0x7f000001")], "403"),
    "another loopback": ([("Host", "127.0.0.2")], "403"),
    "any address": ([("Host", "0.0.0.0:8501")], "403"),
    "mapped": ([("Host", "[::ffff:127.0.0.1]")], "403"),
    "no brackets": ([("Host", "::1")], "403"),
    "empty": ([("Host", "")], "403"),
    "none": ([], "400"),
    "twice": ([LOCAL, LOCAL], "400"),
    "two": ([LOCAL, ("Host", "evil.example")], "400"),
    # Something in between.
    "X-Forwarded-For": ([LOCAL, ("X-Forwarded-For", "127.0.0.1")], PUBLIC),
    "twice forwarded": ([LOCAL, *[("X-Forwarded-For", "127.0.0.1")] * 2], PUBLIC),
    "capital letters": ([LOCAL, ("X-FORWARDED-PROTO", "https")], PUBLIC),
    "underscores": ([LOCAL, ("X_Forwarded_For", "127.0.0.1")], PUBLIC),
    "empty value": ([LOCAL, ("X-Forwarded-Host", "")], PUBLIC),
    "Forwarded": ([LOCAL, ("Forwarded", "for=127.0.0.1")], PUBLIC),
    "Via": ([LOCAL, ("Via", "1.1 proxy")], PUBLIC),
    "X-Real-IP": ([LOCAL, ("X-Real-IP", "127.0.0.1")], PUBLIC),
    "Cloudflare": ([LOCAL, ("CF-Connecting-IP", "127.0.0.1")], PUBLIC),
    "Akamai": ([LOCAL, ("True-Client-IP", "127.0.0.1")], PUBLIC),
    "a proxy unheard of": ([LOCAL, ("Newproxy-Client", "127.0.0.1")], PUBLIC),
    # Another site's page in a browser on this machine.
    "another site": ([LOCAL, ("Origin", "https://evil.example")], "403"),
    "another port": ([LOCAL, ("Origin", "http://localhost:3000")], "403"),
    "another of its names": ([LOCAL, ("Origin", "http://127.0.0.1:8501")], "403"),
    "no site": ([LOCAL, ("Origin", "null")], "403"),
}


@pytest.mark.parametrize(("headers", "expected"), REQUESTS.values(), ids=REQUESTS.keys())
def test_the_surface_of_a_request(server: Server, headers: Headers, expected: str):
    assert shown(server.port, headers) == expected


@pytest.mark.parametrize(("headers", "expected"), REQUESTS.values(), ids=REQUESTS.keys())
def test_the_public_only_reads(server: Server, headers: Headers, expected: str):
    """Of a request that opens no session, nothing but its own headers is known."""
    if any(name == "Origin" for name, _ in headers):
        pytest.skip("asked by the framework's XSRF token instead")
    refused = 400 if expected == "400" else 403
    is_staff = expected == EDITOR_HERE
    assert status(server.port, "GET", METRICS, headers) == (200 if is_staff else refused)
    assert upload(server.port, headers) == (400 if is_staff else refused)
    assert upload(server.port, headers, method="DELETE") == (204 if is_staff else refused)
    if not is_staff:
        assert status(server.port, "POST", "/_stcore/agent/interact", headers, b"{}") == refused


SETUPS: dict[str, tuple[list[str], dict[str, str]]] = {
    "said so": ([], {"SURFACE": "public"}),
    "every address": (["--server.address", "0.0.0.0"], {}),
    "another name too": (
        ["--server.allowedHosts", "localhost", "--server.allowedHosts", "dash.example"],
        {},
    ),
    "another origin too": (["--server.corsAllowedOrigins", "https://dash.example"], {}),
    "every origin": (["--server.enableCORS", "false"], {}),
}


@pytest.mark.slow
@pytest.mark.parametrize(("options", "env"), SETUPS.values(), ids=SETUPS.keys())
def test_a_server_for_others_takes_nobody_for_staff(
    app: Path, options: list[str], env: dict[str, str]
):
    with served(app, *options, **env) as server:
        assert shown(server.port, [LOCAL]) == PUBLIC
        assert upload(server.port, [LOCAL]) == 403


def test_another_machine_is_not_this_one():
    """Where another program than Streamlit has bound the app to every address."""
    assert access.is_local([LOCAL], is_remote=False)
    assert not access.is_local([LOCAL], is_remote=True)
    assert not access.is_local([LOCAL, LOCAL], is_remote=False)
    assert not access.is_local([], is_remote=False)


@pytest.mark.parametrize(("forced", "expected"), [("", EDITOR_HERE), ("public", PUBLIC)])
def test_a_page_under_test_is_at_the_machine(monkeypatch, app: Path, forced: str, expected: str):
    monkeypatch.setenv("SURFACE", forced)
    page = AppTest.from_file(str(app.with_name("page.py"))).run()
    assert page.text[0].value == expected


def test_no_program_drives_a_session(server: Server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/_stcore/agent/interact", b"{}", {"Host": "localhost"})
    with connection.getresponse() as response:
        assert response.status == 403
        assert b"server.enableAgentApi" in response.read(), "refused, but not by its being off"


@pytest.mark.parametrize("path", ["/", "/outcomes", "/nothing.js", METRICS, "/media/nothing"])
def test_every_answer_carries_the_headers(server: Server, path: str):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
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


@pytest.mark.parametrize(("changed", "expected"), SIGNED_IN.values(), ids=SIGNED_IN.keys())
def test_who_is_signed_in(signing_in, roles: Path, changed: dict[str, Any], expected: str):
    server, made = signing_in[0], cookies(**changed)
    assert shown(server.port, *visit(made)) == expected
    assert upload(server.port, THROUGH_THE_PROXY, made) == (400 if "editor" in expected else 403)


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


def test_a_token_ages_in_a_running_session():
    issued = time.time()
    claims = CLAIMS | {"iat": issued}
    assert sign_in.is_fresh(claims, issued + 8 * HOUR)
    assert not sign_in.is_fresh(claims, issued + 8 * HOUR + 1)


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
