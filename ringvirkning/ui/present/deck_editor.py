"""A deck on the page: what it is for, its slides in their order, its files, its newer data."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from ringvirkning.export import decks
from ringvirkning.export.deck import Deck, Maker, Planned, Slide, is_stale
from ringvirkning.export.identity import Unusable, identity
from ringvirkning.figures.view import View
from ringvirkning.server import access
from ringvirkning.server.published import watch
from ringvirkning.server.streams import link
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words
from ringvirkning.texts.safe import html_text, markdown_text
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.present.decks import (
    KINDS,
    OPEN,
    file,
    folder,
    gone_words,
    known,
    maker,
    renewed,
    version_of,
)

SUFFIX = {"pptx": "pptx", "pdf": "pdf", "handout": "pdf", "html": "html"}
Change = Callable[[Deck], Deck]


def save(id: str, change: Change) -> None:
    """Change what is kept, as it is kept now; only its owner and editors may."""
    try:
        kept = decks.found(folder(), id)
        if not access.may_change(kept.owner):
            return
        decks.saved(folder(), change(kept))
    except (KeyError, OSError, decks.Full):
        st.session_state["deck_failed"] = True
    # Widgets know slides by their place, which may be another's now.
    st.session_state["deck_turn"] = st.session_state.get("deck_turn", 0) + 1


def editor(shown: View, deck: Deck) -> None:
    w = shown.words
    st.title(markdown_text(deck.name), anchor=False)
    if st.session_state.pop("deck_failed", False):
        st.error(w("deck.not_saved"), icon=":material/error:")
    if (wrong := st.session_state.pop("deck_wrong_day", None)) is not None:
        st.error(w("deck.wrong_day", found=markdown_text(wrong)), icon=":material/error:")
    identity_notice(w)
    made = maker(deck)
    if not access.may_change(deck.owner):
        read_only(shown, deck, made)
        return
    if made is None:
        st.warning(gone_words(w, deck), icon=":material/error:")
        newer(shown, deck)
        about(w, deck)
        return
    newer(shown, deck)
    files(shown, deck)
    about(w, deck)
    slides(w, deck, made)


def read_only(shown: View, deck: Deck, made: Maker | None) -> None:
    """Another's deck: to be shown, had as files and copied."""
    w = shown.words
    by = markdown_text(deck.made_by or w("deck.unknown_maker"))
    st.info(w("deck.of_another", name=by), icon=":material/lock:")
    st.button(w("deck.copy"), on_click=copy, args=(w, deck), icon=":material/content_copy:")
    if made is None:
        st.warning(gone_words(w, deck), icon=":material/error:")
        return
    files(shown, deck)
    for planned in deck.slides:
        with st.container(border=True):
            drawn = made.of(planned)[0]
            st.markdown(markdown_text(planned.headline or drawn.headline))
            st.html(preview(drawn))


def identity_notice(w: Words) -> None:
    try:
        identity()
    except Unusable as wrong:
        what, found = wrong.args
        st.warning(w(f"identity.{what}", found=markdown_text(found)), icon=":material/error:")


def newer(shown: View, deck: Deck) -> None:
    """That there is newer data; and after it was taken, what it changed."""
    w = shown.words
    differ = st.session_state.pop("deck_renewed", None)
    if differ is not None:
        said = "\n".join(f"- {markdown_text(old)} → {markdown_text(new)}" for old, new in differ)
        st.success(w("deck.renewed", n=len(differ)) + "\n\n" + said, icon=":material/check:")
    latest = watch().published[-1]
    if latest.name == deck.version:
        return
    pinned = version_of(deck)
    since = w.day(pinned.published_at) if pinned else w("date.unknown")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(w("deck.newer", date=since, latest=w.day(latest.published_at)))
        st.button(w("deck.renew"), on_click=renew, args=(deck, shown.as_of.isoformat()))


def renew(deck: Deck, as_of: str) -> None:
    now, differ = renewed(deck, watch().published[-1], as_of)
    save(deck.id, lambda kept: replace(kept, version=now.version, as_of=now.as_of))
    st.session_state["deck_renewed"] = differ


def files(shown: View, deck: Deck) -> None:
    """The show, and the deck as files; each is made when it is pressed."""
    w = shown.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button(w("deck.show"), f"./show/{deck.id}", icon=":material/play_arrow:")
        for kind in KINDS:
            name = f"{file_name(shown, deck.name)}{'-handout' * (kind == 'handout')}"
            link(
                w(f"deck.file.{kind}"),
                f"{name}.{SUFFIX[kind]}",
                file(kind, deck),
                is_staffs=True,
                is_exact=deck.is_internal,
            )


def about(w: Words, deck: Deck) -> None:
    """Name, occasion, day, language; the exact figures, where they are asked for; copy, remove."""
    turn = st.session_state.get("deck_turn", 0)

    def changed(name: str) -> None:
        value = st.session_state[f"deck-{turn}-{name}"]
        save(deck.id, lambda kept: replace(kept, **{name: value}))

    with st.expander(w("deck.about")):
        left, right = st.columns(2)
        for place, name in ((left, "name"), (right, "occasion"), (left, "date")):
            place.text_input(
                w(f"deck.{name}"),
                getattr(deck, name),
                key=f"deck-{turn}-{name}",
                on_change=check_day if name == "date" else changed,
                args=(deck, turn) if name == "date" else (name,),
                max_chars=10 if name == "date" else 200,
                help=w("deck.date_help") if name == "date" else None,
            )
        right.segmented_control(
            w("deck.language"),
            LANGUAGES,
            default=deck.language,
            format_func=LANGUAGE_NAMES.__getitem__,
            key=f"deck-{turn}-language",
            required=True,
            on_change=changed,
            args=("language",),
        )
        st.toggle(
            w("deck.is_internal"),
            deck.is_internal,
            key=f"deck-{turn}-is_internal",
            on_change=changed,
            args=("is_internal",),
            help=w("deck.is_internal_help"),
        )
        with st.container(horizontal=True):
            st.button(w("deck.copy"), on_click=copy, args=(w, deck), icon=":material/content_copy:")
            with st.popover(w("deck.remove"), icon=":material/delete:"):
                st.markdown(w("deck.remove_sure"))
                st.button(w("deck.remove"), key="remove-deck", on_click=remove, args=(deck.id,))


def check_day(deck: Deck, turn: int) -> None:
    said = str(st.session_state[f"deck-{turn}-date"]).strip()
    try:
        day = date.fromisoformat(said).isoformat() if said else ""
    except ValueError:
        st.session_state["deck_wrong_day"] = said
        return
    save(deck.id, lambda kept: replace(kept, date=day))


def copy(w: Words, deck: Deck) -> None:
    """A deck of one's own, as another is."""
    person = access.who()
    if person is None:
        return
    try:
        name = w("deck.copy_of", name=deck.name)
        own = replace(deck, owner=person.id, made_by=person.name)
        st.session_state[OPEN] = decks.copied(folder(), own, name).id
    except (OSError, decks.Full):
        st.session_state["deck_failed"] = True


def remove(id: str) -> None:
    kept = known(id)
    if kept is None or access.may_change(kept.owner):
        decks.removed(folder(), id)
        st.session_state[OPEN] = None


def slides(w: Words, deck: Deck, made: Maker) -> None:
    """Each slide as a picture beside its headline, to order, hide and drop."""
    for place, planned in enumerate(deck.slides):
        slide(w, deck, place, planned, made.of(planned)[0])
    st.button(
        w("deck.add_text"),
        on_click=save,
        args=(deck.id, lambda kept: replace(kept, slides=with_text(kept.slides))),
        icon=":material/add:",
    )


def with_text(kept: tuple[Planned, ...]) -> tuple[Planned, ...]:
    at = len(kept) - (bool(kept) and kept[-1].kind == "closing")
    return (*kept[:at], Planned("text"), *kept[at:])


def slide(w: Words, deck: Deck, place: int, planned: Planned, shown: Slide) -> None:
    turn = st.session_state.get("deck_turn", 0)
    key = f"slide-{turn}-{place}"
    with st.container(border=True, key=key):
        picture, words_of = st.columns([1, 2], gap="medium")
        with picture:
            st.html(preview(shown))
        with words_of:
            st.text_area(
                w("deck.headline", at=place + 1),
                planned.headline or shown.headline,
                key=f"{key}-headline",
                on_change=said,
                args=(deck.id, place, f"{key}-headline", "headline", shown.said),
                max_chars=300,
                height=68,
            )
            if is_stale(planned, shown):
                st.warning(w("deck.moved_on", said=markdown_text(shown.said)))
            if planned.headline and shown.said:
                st.button(
                    w("deck.own_words_off"),
                    key=f"{key}-auto",
                    on_click=edit,
                    args=(deck.id, place),
                    kwargs={"headline": "", "written_for": ""},
                    type="tertiary",
                )
            if planned.kind == "text":
                st.text_area(
                    w("deck.body"),
                    planned.body,
                    key=f"{key}-body",
                    on_change=said,
                    args=(deck.id, place, f"{key}-body", "body", ""),
                    max_chars=900,
                )
            buttons(w, deck, place, planned, key)


def buttons(w: Words, deck: Deck, place: int, planned: Planned, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        for name, by in (("up", -1), ("down", 1)):
            st.button(
                w(f"deck.{name}"),
                key=f"{key}-{name}",
                on_click=save,
                args=(deck.id, moving(place, by)),
                disabled=not 0 <= place + by < len(deck.slides),
                icon=f":material/arrow_{name}ward:",
                type="tertiary",
            )
        st.button(
            w("deck.hide" if planned.is_shown else "deck.unhide"),
            key=f"{key}-hide",
            on_click=edit,
            args=(deck.id, place),
            kwargs={"is_shown": not planned.is_shown},
            icon=f":material/visibility{'_off' * planned.is_shown}:",
            type="tertiary",
        )
        st.button(
            w("deck.drop"),
            key=f"{key}-drop",
            on_click=save,
            args=(deck.id, dropping(place)),
            icon=":material/delete:",
            type="tertiary",
        )
        if not planned.is_shown:
            st.caption(w("deck.is_hidden"))


def moving(place: int, by: int) -> Change:
    def change(kept: Deck) -> Deck:
        slides = list(kept.slides)
        slides.insert(place + by, slides.pop(place))
        return replace(kept, slides=tuple(slides))

    return change


def dropping(place: int) -> Change:
    return lambda kept: replace(kept, slides=kept.slides[:place] + kept.slides[place + 1 :])


def edit(id: str, place: int, **parts: Any) -> None:
    def change(kept: Deck) -> Deck:
        slides = list(kept.slides)
        slides[place] = replace(slides[place], **parts)
        return replace(kept, slides=tuple(slides))

    save(id, change)


def said(id: str, place: int, key: str, name: str, by_data: str) -> None:
    """A headline that is what the data says, or nothing, is none of one's own."""
    text = str(st.session_state[key]).strip()
    if name == "headline":
        own = text if text != by_data else ""
        edit(id, place, headline=own, written_for=by_data if own else "")
    else:
        edit(id, place, body=text)


def preview(shown: Slide) -> str:
    """What a slide looks like, small: its chart, or its words."""
    from ringvirkning.charts import Numbers
    from ringvirkning.charts.paper.svg import svg
    from ringvirkning.export.show import DRAWN

    if shown.chart and (drawn := svg(shown.chart, DRAWN)):
        source = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
        return f'<div class="preview"><img src="{source}" alt="{html_text(shown.chart.alt)}"></div>'
    under = html_text(shown.under)
    figures = shown.chart.figures if isinstance(shown.chart, Numbers) else ()
    numbers = " ".join(f"<b>{html_text(one.number)}</b>" for one in figures)
    text = " ".join(html_text(f"{label} {line}".strip()) for label, line in shown.body)[:300]
    return f'<div class="preview {shown.kind}"><p>{numbers or text or under}</p></div>'
