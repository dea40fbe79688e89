"""Who sees what: the exact figures at the machine itself or signed in with a role; else public.

In doubt the surface is public. A reverse proxy in front never makes anyone staff.
"""

import logging
import os
import re
import sys
import time
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from texts import Words
from texts.safe import markdown_text
from ui import sign_in
from ui.sign_in import Person, Role

log = logging.getLogger(__name__)
Surface = Literal["staff", "public"]
Action = Literal["upload", "publish", "undo", "withdraw"]
NEEDS: dict[Action, Role] = dict.fromkeys(("upload", "publish", "undo", "withdraw"), "editor")

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
# What browsers send of themselves. No list holds all that proxies add: any other header may be
# one of theirs.
BROWSER_HEADER = re.compile(
    r"(accept|access-control-request|content|if|sec)(-[a-z0-9-]+)?"
    r"|cache-control|connection|cookie|dnt|host|keep-alive|origin|pragma|priority|range|referer"
    r"|save-data|te|transfer-encoding|upgrade|upgrade-insecure-requests|user-agent|x-xsrftoken",
    re.ASCII | re.IGNORECASE,
)


def surface() -> Surface:
    """What the running session may see; to be asked anew in every run."""
    return "staff" if who() else "public"


def who() -> Person | None:
    """The person of the running session; None on the public surface."""
    headers = st.context.headers
    pairs = [(name, value) for name in headers for value in headers.get_all(name)]
    # Streamlit tells the address of whoever asks unless it is this machine's own.
    return person(pairs, st.context.ip_address is not None, st.user.to_dict())


def may(action: Action) -> bool:
    """Whether the running session may do this now; to be asked in the action itself.

    Raises KeyError for an action that is none.
    """
    needed, asking = NEEDS[action], who()
    return asking is not None and asking.role == needed


def person(
    headers: Iterable[tuple[str, str]], is_remote: bool, claims: Mapping[str, Any]
) -> Person | None:
    """Who asks, by a request's headers and the provider's claims; None: the public."""
    if os.environ.get("SURFACE"):
        return None
    if sign_in.providers():
        return sign_in.signed_in(claims, time.time())
    return Person("editor") if is_local(list(headers), is_remote) else None


def is_local(headers: list[tuple[str, str]], is_remote: bool) -> bool:
    """Whether a browser on this machine asks, with nothing in between that shows itself."""
    if not headers:  # A test without a server: every request of a browser names its host.
        return bool(st.config.get_option("global.appTest"))
    hosts = [value for name, value in headers if name.lower() == "host"]
    return (
        not is_remote
        and is_for_this_machine_only()
        and len(hosts) == 1
        and LOCAL_HOST.fullmatch(hosts[0]) is not None
        and all(BROWSER_HEADER.fullmatch(name) for name, _ in headers)
    )


def is_for_this_machine_only() -> bool:
    """Whether the server is set up for no other machine, by address, name or origin.

    A proxy that adds no header and writes its own Host is known by this alone: no browser gets
    in through it until the settings name its origin.
    """
    return (
        st.get_option("server.address") in LOOPBACK
        and set(st.get_option("server.allowedHosts")) <= set(LOOPBACK)
        and st.get_option("server.enableCORS") is True
        and not st.get_option("server.corsAllowedOrigins")
    )


def require_safe_setup() -> None:
    """End the server, with the reason, before it answers anyone, if it is set up unsafely."""
    files = [Path(file) for file in st.get_option("secrets.files")]
    auth = sign_in.section()
    secret = str(auth.get("cookie_secret", ""))
    if os.environ.get("SURFACE", "public") not in ("public", ""):
        log.critical("SURFACE can only be 'public'; without it, who asks decides.")
    elif not st.secrets.load_if_toml_exists() and any(file.exists() for file in files):
        log.critical("secrets.toml cannot be read: correct or remove it.")
    elif auth and (len(secret) < 32 or len(set(secret)) < 10):
        log.critical(
            "Sign-in needs a cookie_secret of at least 32 random characters under [auth] in "
            "secrets.toml. One is made by: python -c 'import secrets; print(secrets.token_hex())'"
        )
    elif auth and st.get_option("server.trustedUserHeaders"):
        log.critical("server.trustedUserHeaders lets a request name its own user: remove it.")
    elif auth and not (find_spec("authlib") and find_spec("httpx")):
        log.critical("Sign-in needs: pip install 'streamlit[auth]'")
    else:
        return
    sys.exit(1)


def draw_sign_in(w: Words) -> None:
    """The way in, or who is in and the way out; nothing where sign-in is not set up."""
    if not sign_in.providers() or os.environ.get("SURFACE"):
        return
    claims = st.user.to_dict()
    if sign_in.is_fresh(claims, time.time()):
        draw_signed_in(w, claims)
        return
    for name in sign_in.providers():
        label = w("sign_in.with", provider=markdown_text(name)) if name else w("sign_in.in")
        if st.button(label, key=f"sign_in_{name}", help=w("sign_in.help")):
            st.login(name)
    if claims.get("is_logged_in"):
        st.caption(w("sign_in.expired"))


def draw_signed_in(w: Words, claims: Mapping[str, Any]) -> None:
    with st.popover(markdown_text(sign_in.called(claims)), icon=":material/person:"):
        found = who()
        if found:
            st.markdown(w(f"sign_in.role.{found.role}"))
        else:
            st.markdown(w("sign_in.no_role"))
            st.code(f"iss = {claims.get('iss')}\nsub = {claims.get('sub')}", language=None)
        if st.button(w("sign_in.out"), key="sign_out"):
            st.logout()
