"""Sign-in by Streamlit's own OpenID Connect: who has a role, and for how long."""

import json
import logging
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import AUTH_COOKIE_NAME, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from ringvirkning import ROOT

log = logging.getLogger(__name__)
Role = Literal["viewer", "editor"]
ROLES = ROOT / ".streamlit" / "roles.toml"
ROLE_KEYS = {"role", "associations"}
EIGHT_HOURS = 8 * 60 * 60
CLOCKS_DIFFER = 5 * 60


@dataclass(frozen=True)
class Person:
    """Someone on the staff surface. Who came by the link of the terminal has no name and no id;
    an id is the provider's issuer and sub, which only together name one person. The role is for
    these `associations`, by their names in the files; for all of them where none is named."""

    role: Role
    name: str = ""
    id: str = ""
    associations: tuple[str, ...] = ()

    @property
    def is_national(self) -> bool:
        """Whether the role is for all associations."""
        return not self.associations

    def sees(self, associations: Collection[str]) -> bool:
        """Whether what belongs to just these (none: to all) is for this person to see exactly."""
        if self.is_national:
            return True
        return bool(associations) and set(associations) <= set(self.associations)


@cache
def section() -> Mapping[str, object]:
    """[auth] in secrets.toml, empty where there is no sign-in; read once, as it was at start."""
    return st.secrets.get("auth", {}) if st.secrets.load_if_toml_exists() else {}


def providers() -> list[str | None]:
    """The providers to sign in with, None for one without a name; empty where there are none."""
    parts = section().items()
    named = [name for name, part in parts if isinstance(part, Mapping) and "client_id" in part]
    return [*named] or ([None] if parts else [])


def person_of_claims(claims: Mapping[str, object], now: float) -> Person | None:
    """The person of a token, if it is fresh at `now` (seconds) and the file of roles knows them."""
    issuer, sub = claims.get("iss"), claims.get("sub")
    if not is_fresh(claims, now) or not isinstance(issuer, str) or not isinstance(sub, str):
        return None
    known = roles().get(issuer)
    role = role_in_file(known.get(sub) if isinstance(known, dict) else None)
    return role and replace(role, name=called(claims), id=f"{issuer} {sub}")


def role_in_file(said: object) -> Person | None:
    """Somebody with the role that the file gives: "editor", for all associations, or
    {role = "editor", associations = ["…"]}. None for anything else: a slip gives nothing."""
    role, names = said, list[object]()
    if isinstance(said, dict):
        role, found = said.get("role"), said.get("associations")
        names = found if isinstance(found, list) and said.keys() == ROLE_KEYS else []
        if not names:
            return None
    associations = [name.strip() for name in names if isinstance(name, str)]
    if role not in ("viewer", "editor") or len(associations) < len(names) or "" in associations:
        return None
    return Person(role, associations=tuple(dict.fromkeys(associations)))


def is_fresh(claims: Mapping[str, object], now: float) -> bool:
    """Whether the token was issued within eight hours; Streamlit's cookie lives for thirty days."""
    issued = claims.get("iat")
    if claims.get("is_logged_in") is not True or not isinstance(issued, int | float):
        return False
    return -CLOCKS_DIFFER <= now - issued <= EIGHT_HOURS


def called(claims: Mapping[str, object]) -> str:
    """The name that the provider gives, or what comes nearest to one."""
    names = ("name", "preferred_username", "email", "sub")
    return next((str(claims[name]) for name in names if claims.get(name)), "")


def roles() -> dict[str, object]:
    """The roles by issuer and sub, as the file says now; none where it is missing or broken.

    OpenID Connect Core 1.0, 5.7: only issuer and sub together are sure to name one person.
    """
    path = Path(os.environ.get("RINGVIRKNING_ROLES", ROLES))
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        log.exception("nobody has a role: %s cannot be read", path)
        return {}


def claims_of(cookies: Mapping[str, str]) -> dict[str, object]:
    """The claims in Streamlit's signed cookie, for a request that no session stands behind."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1", "replace")
        return decode_signed_value(get_cookie_secret(), name, value)

    found = get_cookie_with_chunks(signed, AUTH_COOKIE_NAME)
    return json.loads(found) if found else {}
