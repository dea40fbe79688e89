"""Who is in, and the way in and out."""

import time
from collections.abc import Mapping

import streamlit as st

from ringvirkning.server import access, sign_in
from ringvirkning.texts import Words
from ringvirkning.texts.safe import markdown_text


def draw_sign_in(w: Words) -> None:
    """The way in, or who is in and the way out; nothing where all are the public."""
    if access.is_by_token() and access.current_person() is None:
        st.caption(w("sign_in.by_link"), help=w("sign_in.by_link_what"))
    if not access.is_by_sign_in():
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


def role_words(w: Words, found: sign_in.Person) -> str:
    """What somebody may see and do."""
    if found.is_national:
        return w(f"sign_in.role.{found.role}")
    names = markdown_text(w.listed(found.associations))
    return w(f"sign_in.role_own.{found.role}", names=names)


def draw_signed_in(w: Words, claims: Mapping[str, object]) -> None:
    with st.popover(markdown_text(sign_in.called(claims)), icon=":material/person:"):
        found = access.current_person()
        if found:
            st.markdown(role_words(w, found))
        else:
            st.markdown(w("sign_in.no_role"))
            st.code(f"iss = {claims.get('iss')}\nsub = {claims.get('sub')}", language=None)
        if st.button(w("sign_in.out"), key="sign_out"):
            st.logout()
