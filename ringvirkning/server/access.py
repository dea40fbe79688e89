"""Who sees what: the exact figures by the link that the terminal shows, or signed in with a role;
else public.

In doubt the surface is public. No header and no address makes anyone staff.
"""

import logging
import os
import sys
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import streamlit as st
from starlette.requests import HTTPConnection

from ringvirkning.server import processes, sign_in, start_token
from ringvirkning.server.sign_in import Person, Role
from ringvirkning.texts import LANGUAGES, words

log = logging.getLogger(__name__)
Surface = Literal["staff", "public"]
Permission = Literal["upload", "publish", "undo", "withdraw", "publish_folder"]
NEEDS: Role = "editor"
# What is about the rows of all: a version as a whole, and the data folder with what waits in it.
NATIONAL: set[Permission] = {"withdraw", "publish_folder"}


def surface() -> Surface:
    """What the running session may see; to be asked anew in every run."""
    return "staff" if current_person() else "public"


def current_person() -> Person | None:
    """The person of the running session; None on the public surface."""
    if not [*st.context.headers]:  # A test without a server: a browser names its host at least.
        is_test = bool(st.config.get_option("global.appTest"))
        return Person("editor") if is_test and is_by_token() else None
    return person(st.context.cookies, st.user.to_dict())


def may(action: Permission) -> bool:
    """Whether the running session may do this now, with the rows that are its own to change
    (`associations`); to be asked in the action itself."""
    asking = current_person()
    if asking is None or asking.role != NEEDS:
        return False
    return asking.is_national or action not in NATIONAL


def associations() -> tuple[str, ...]:
    """Whose rows the running session sees exactly and, as an editor, changes; none: of all. Only
    for who is staff."""
    asking = current_person()
    return asking.associations if asking else ()


def may_see_all() -> bool:
    """Whether the running session sees everybody's exact figures and files."""
    asking = current_person()
    return asking is not None and asking.is_national


def sees(associations: Collection[str]) -> bool:
    """Whether the running session may see what the staff of these associations (none: of all)
    have made."""
    asking = current_person()
    return asking is not None and asking.sees(associations)


def may_change(owner: str, associations: Collection[str]) -> bool:
    """Whether the running session may change or remove what this person made, of the staff of these
    associations. An editor of theirs may: in a small association somebody is away, and who
    publishes for all is trusted with a deck, too."""
    asking = current_person()
    if asking is None or not asking.sees(associations):
        return False
    return asking.role == "editor" or (bool(owner) and asking.id == owner)


def person(cookies: Mapping[str, str], claims: Mapping[str, object]) -> Person | None:
    """Who asks, by a request's cookies and the provider's claims; None: the public."""
    if is_by_sign_in():
        return sign_in.person_of_claims(claims, time.time())
    return Person("editor") if is_by_token() and start_token.is_shown(cookies) else None


def asker(request: HTTPConnection) -> sign_in.Person | None:
    """Who asks, if it is anyone of staff."""
    claims = sign_in.claims_of(request.cookies)
    return person(request.cookies, claims)


def is_editor(request: HTTPConnection) -> bool:
    found = asker(request)
    return found is not None and found.role == NEEDS


def is_by_sign_in() -> bool:
    """Whether there is a provider to sign in with, and anyone to be more than the public."""
    return bool(sign_in.providers()) and not os.environ.get("SURFACE")


def is_by_token() -> bool:
    """Whether the link of the terminal is the way in."""
    return not sign_in.providers() and not os.environ.get("SURFACE")


@asynccontextmanager
async def tell_link(app: object) -> AsyncIterator[None]:
    """Show the link of the start in the terminal, once the server has its port; of several
    processes the first one does."""
    if is_by_token() and processes.own_port() == processes.first_port():
        for language in LANGUAGES:
            print(words(language)("doors.link", link=start_token.start_link()), flush=True)
    yield


def require_safe_setup() -> None:
    """End the server, with the reason, before it answers anyone, if it is set up unsafely."""
    files = [Path(file) for file in st.get_option("secrets.files")]
    auth = sign_in.section()
    secret = str(auth.get("cookie_secret", ""))
    if os.environ.get("SURFACE", "public") not in ("public", ""):
        log.critical("SURFACE can only be 'public'; without it, who asks decides.")
    elif not processes.is_among_them():
        log.critical("RINGVIRKNING_PORTS names the ports of all processes, this one's, too.")
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
        log.critical("Sign-in needs: pip install -r requirements-serve.txt")
    else:
        return
    sys.exit(1)
