"""Who publishes or goes back, and why: what the history will keep, refused if it is personal."""

from dataclasses import dataclass

import streamlit as st

from ringvirkning.intake.personal import personal
from ringvirkning.server import access
from ringvirkning.texts import Words
from ringvirkning.ui import state


@dataclass(frozen=True)
class Signature:
    """What the history says of a publication; empty texts for what is not said."""

    who: str
    note: str


@dataclass
class Signer:
    """Whose name is offered the next time."""

    name: str = ""


def ask_signature(
    w: Words, place: str, button: str, note_of: str = "note", closed: str = ""
) -> Signature | None:
    """Ask for a note, and for a name where no one is signed in; both, when the button is pressed
    and neither is refused. Why the button is `closed`, in Markdown, stands beside it.

    The name is remembered in the session. Why it is refused is said, and not what it was; below the
    button, which must not move while it is pressed.
    """
    who = signed_in() or st.text_input(
        w("publication.who"),
        state.memory(Signer).name,
        key=f"{place}_who",
        max_chars=100,
        placeholder=w("publication.who_hint"),
    )
    note = st.text_input(w(f"publication.{note_of}"), key=f"{place}_note", max_chars=200)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(button, type="primary", key=f"{place}_now", disabled=bool(closed))
        if closed:
            st.markdown(closed, width="stretch")
    said = {"who": who or "", "note": note or ""}
    kinds = {name: kind for name, text in said.items() if (kind := personal(text))}
    for name, kind in kinds.items():
        field = w(f"publication.{note_of if name == 'note' else name}")
        st.error(w(f"publication.personal.{kind}", field=field))
    if not pressed or kinds:
        return None
    state.memory(Signer).name = who or ""
    return Signature(**said)


def signed_in() -> str:
    """The name of who is signed in. Of an e-mail address, which a provider may give instead, what
    stands before the @; empty when that is personal data, too, so that a name is asked for."""
    person = access.current_person()
    name = (person.name if person else "").split("@")[0].strip()
    return "" if personal(name) else name
