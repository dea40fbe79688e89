"""The way in where nobody signs in: a token made at start, in the link that the terminal shows.

It is kept in memory alone, so that no other user of the machine, no backup and no process list
has it; after a restart there is a new one, in a new link. Several processes that are started
together are given the same. Whoever opens the link gets a cookie with it, for as long as the
browser is open.
"""

import os
import secrets
from collections.abc import Mapping
from functools import cache

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringvirkning.server import processes

ADDRESS_PARAMETER = "token"
GIVEN = "RINGVIRKNING_TOKEN"
SHORTEST = 32  # characters


@cache
def token() -> str:
    """Taken from the environment where it is given there, so that no child of ours has it."""
    given = os.environ.pop(GIVEN, "")
    return given if len(given) >= SHORTEST else secrets.token_urlsafe(32)


def is_shown(cookies: Mapping[str, str]) -> bool:
    """Whether cookies hold this start's token."""
    return is_start_token(cookies.get(cookie(), ""))


def is_start_token(shown: str) -> bool:
    return secrets.compare_digest(shown.encode(), token().encode())


def cookie() -> str:
    """Its name. A browser gives a cookie to every port of a machine: each installation has its
    own."""
    return f"ringvirkning_{processes.first_port()}"


def start_link() -> str:
    """What the terminal shows; of a server for every address, as this machine reaches it."""
    named = processes.host()
    host = f"[{named}]" if ":" in named else named
    base = str(st.get_option("server.baseUrlPath")).strip("/")
    root = f"http://{host}:{st.get_option('server.port')}/{base}".rstrip("/")
    return f"{root}/?{ADDRESS_PARAMETER}={token()}"


def take_token(request: Request) -> Response:
    """The page without the token in its address, and the cookie that stands for it."""
    clean = request.url.remove_query_params(ADDRESS_PARAMETER)
    query = f"?{clean.query}" if clean.query else ""
    # No other site is named, whatever the path begins with.
    answer = RedirectResponse("/" + clean.path.lstrip("/") + query, 303)
    answer.set_cookie(cookie(), token(), httponly=True, samesite="strict")
    answer.headers["cache-control"] = "no-store"
    return answer
