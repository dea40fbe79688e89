"""What the pages tell the audit log, and by whom."""

import logging
import time
from threading import Lock

import streamlit as st

from ringvirkning.server import access, published, sign_in
from ringvirkning.server.sign_in import Person
from ringvirkning.store import audit

log = logging.getLogger(__name__)
noting = Lock()
noted: set[tuple[str, str]] = set()


def person_code(person: Person | None) -> str:
    """What stands for someone of staff: a code, that they are at the machine itself,
    or that there is none."""
    if person is None or not person.id:
        return "here"
    issuer, _, sub = person.id.partition(" ")
    try:
        return audit.account_code(published.watch().var, issuer, sub)
    except OSError:  # as on a full disk, which keeps nobody from working
        log.exception("the audit log's key can't be made")
        return "unknown"


def note_deed_by(did: audit.Deed, person: Person | None, **details: str | None) -> None:
    """With the associations that the person's role is for, where it is not for all."""
    associations = person.associations if person else ()
    audit.note_deed(
        published.watch().var,
        did,
        person_code(person),
        **audit.of_associations(associations),
        **details,
    )


def sign_in_once() -> None:
    """Note who has signed in, once for each token; without a role, too."""
    claims = st.user.to_dict() if sign_in.providers() else {}
    if not sign_in.is_fresh(claims, time.time()):
        return
    them = Person("viewer", "", f"{claims.get('iss')} {claims.get('sub')}")
    one = (them.id, str(claims["iat"]))
    with noting:
        if one in noted:
            return
        noted.add(one)
    known = access.current_person()
    note_deed_by("signed_in", known or them, role=known.role if known else "none")
