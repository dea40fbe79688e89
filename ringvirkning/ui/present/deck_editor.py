"""A deck on the page: what it is for, its slides in their order, its files, its newer data."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from ringvirkning.export.deck import Deck, Maker, Planned, Slide, chosen_associations, is_stale
from ringvirkning.export.identity import Identity, Unusable, read_identity
from ringvirkning.figures.view import View
from ringvirkning.server import access, published
from ringvirkning.store import numbered
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words
from ringvirkning.texts.safe import html_text, markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.headline import draw_title
from ringvirkning.ui.present.deck_list import owned
from ringvirkning.ui.present.decks import (
    FILE_KINDS,
    Work,
    deck_by_id,
    deck_folder,
    deck_maker,
    file_maker,
    gone_words,
    renewal,
    tell_failure,
    version_of,
    whose_words,
)

SUFFIX = {"pptx": "pptx", "pdf": "pdf", "handout": "pdf", "html": "html"}
DeckChange = Callable[[Deck], Deck]


def save(id: str, change: DeckChange) -> None:
    """Change what is kept, as it is kept now; only its owner and editors may."""
    try:
        kept = numbered.read_numbered(deck_folder(), id, Deck)
        if not access.may_change(kept.owner, kept.staff_of):
            return
        numbered.keep_numbered(deck_folder(), change(kept))
    except (KeyError, OSError, numbered.TooMany):
        state.memory(Work).has_failed = True
    state.memory(Work).turn += 1


def editor(shown: View, deck: Deck) -> None:
    w = shown.words
    draw_title(w, deck.name, "present")
    tell_failure(w)
    work = state.memory(Work)
    if work.wrong_day is not None:
        st.error(w("deck.wrong_day", found=markdown_text(work.wrong_day)), icon=":material/error:")
        work.wrong_day = None
    identity_notice(w)
    whose(shown, deck)
    made = deck_maker(deck)
    if not access.may_change(deck.owner, deck.staff_of):
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
    st.button(w("deck.copy"), on_click=copy_deck, args=(w, deck), icon=":material/content_copy:")
    if made is None:
        st.warning(gone_words(w, deck), icon=":material/error:")
        return
    files(shown, deck)
    for planned in deck.slides:
        with st.container(border=True):
            drawn = made.of(planned)[0]
            st.markdown(markdown_text(planned.headline or drawn.headline))
            st.html(preview(w, drawn, made.who))


def whose(shown: View, deck: Deck) -> None:
    """Whose figures it has; that they are several associations', as a deck from before may be."""
    said = whose_words(shown, deck)
    if said and len(chosen_associations(deck)) != 1:
        st.info(shown.words("deck.of_several", names=markdown_text(said)))
    elif said:
        st.caption(markdown_text(said))


def identity_notice(w: Words) -> None:
    try:
        read_identity()
    except Unusable as wrong:
        what, found = wrong.args
        st.warning(w(f"identity.{what}", found=markdown_text(found)), icon=":material/error:")


def newer(shown: View, deck: Deck) -> None:
    """That there is newer data; and after it was taken, what it changed."""
    w, work = shown.words, state.memory(Work)
    differ, work.differences = work.differences, None
    if differ is not None:
        said = "\n".join(f"- {markdown_text(old)} → {markdown_text(new)}" for old, new in differ)
        st.success(w("deck.renewed", n=len(differ)) + "\n\n" + said, icon=":material/check:")
    latest = published.watch().published[-1]
    if latest.name == deck.version:
        return
    pinned = version_of(deck)
    since = w.day(pinned.published_at) if pinned else w("date.unknown")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(w("deck.newer", date=since, latest=w.day(latest.published_at)))
        st.button(w("deck.renew"), on_click=renew_deck, args=(deck, shown.as_of.isoformat()))


def renew_deck(deck: Deck, as_of: str) -> None:
    now, differ = renewal(deck, published.watch().published[-1], as_of)
    save(deck.id, lambda kept: replace(kept, version=now.version, as_of=now.as_of))
    state.memory(Work).differences = differ


def files(shown: View, deck: Deck) -> None:
    """The show, and the deck as files; each is made when it is pressed."""
    w = shown.words
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button(w("deck.show"), f"./show/{deck.id}", icon=":material/play_arrow:")
        for kind in FILE_KINDS:
            name = file_name(shown, deck.name, chosen_associations(deck))
            name += "-handout" * (kind == "handout")
            draw_link(
                w(f"deck.file.{kind}"),
                f"{name}.{SUFFIX[kind]}",
                file_maker(kind, deck),
                is_staffs=True,
                is_exact=deck.is_internal,
            )


def about(w: Words, deck: Deck) -> None:
    """Name, occasion, day, language; the exact figures, where they are asked for; copy, remove."""
    with st.expander(w("deck.about")):
        left, right = st.columns(2)
        for place, name in ((left, "name"), (right, "occasion")):
            text = getattr(deck, name)
            place.text_input(w(f"deck.{name}"), text, max_chars=200, **field(deck, name))
        what = w("deck.date_help")
        left.text_input(w("deck.date"), deck.date, max_chars=10, help=what, **field(deck, "date"))
        right.segmented_control(
            w("deck.language"),
            LANGUAGES,
            default=deck.language,
            format_func=LANGUAGE_NAMES.__getitem__,
            required=True,
            **field(deck, "language"),
        )
        what = w("deck.is_internal_help")
        is_internal = field(deck, "is_internal")
        st.toggle(w("deck.is_internal"), deck.is_internal, help=what, **is_internal)
        with st.container(horizontal=True):
            st.button(
                w("deck.copy"), on_click=copy_deck, args=(w, deck), icon=":material/content_copy:"
            )
            with st.popover(w("deck.remove"), icon=":material/delete:"):
                st.markdown(w("deck.remove_sure"))
                st.button(
                    w("deck.remove"), key="remove-deck", on_click=remove_deck, args=(deck.id,)
                )


def field(deck: Deck, name: str) -> state.Widget:
    """What makes a widget keep what it holds in a field of the deck."""
    key = f"deck-{state.memory(Work).turn}-{name}"
    return {"key": key, "on_change": partial(keep_field, deck.id, name, key)}


def keep_field(id: str, name: str, key: str) -> None:
    value = state.widget(key)
    try:
        if name == "date" and (value := value.strip()):
            value = date.fromisoformat(value).isoformat()
    except ValueError:
        state.memory(Work).wrong_day = value
        return
    save(id, lambda kept: replace(kept, **{name: value}))


def copy_deck(w: Words, deck: Deck) -> None:
    """A deck of one's own, as another is."""
    person = access.current_person()
    if person is None:
        return
    try:
        name = w("deck.copy_of", name=deck.name)
        own = replace(owned(deck, person), id=numbered.new_number(), name=name)
        state.change(deck=numbered.keep_numbered(deck_folder(), own).id)
    except (OSError, numbered.TooMany):
        state.memory(Work).has_failed = True


def remove_deck(id: str) -> None:
    kept = deck_by_id(id)
    if kept is None or access.may_change(kept.owner, kept.staff_of):
        numbered.drop_numbered(deck_folder(), id)
        state.change(deck=None)


def slides(w: Words, deck: Deck, made: Maker) -> None:
    """Each slide as a picture beside its headline, to order, hide and drop."""
    for place, planned in enumerate(deck.slides):
        slide(w, deck, place, planned, made.of(planned)[0], made.who)
    st.button(
        w("deck.add_text"),
        on_click=save,
        args=(deck.id, lambda kept: replace(kept, slides=with_text(kept.slides))),
        icon=":material/add:",
    )


def with_text(kept: tuple[Planned, ...]) -> tuple[Planned, ...]:
    at = len(kept) - (bool(kept) and kept[-1].kind == "closing")
    return (*kept[:at], Planned("text"), *kept[at:])


def slide(w: Words, deck: Deck, place: int, planned: Planned, shown: Slide, who: Identity) -> None:
    turn = state.memory(Work).turn
    key = f"slide-{turn}-{place}"
    with st.container(border=True, key=key):
        picture, words_of = st.columns([1, 2], gap="medium")
        with picture:
            st.html(preview(w, shown, who))
        with words_of:
            st.text_area(
                w("deck.headline", at=place + 1),
                planned.headline or shown.headline,
                key=f"{key}-headline",
                on_change=keep_words,
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
                    on_click=save,
                    args=(deck.id, editing(place, without_headline)),
                    type="tertiary",
                )
            if planned.kind == "text":
                st.text_area(
                    w("deck.body"),
                    planned.body,
                    key=f"{key}-body",
                    on_change=keep_words,
                    args=(deck.id, place, f"{key}-body", "body", ""),
                    max_chars=900,
                )
            buttons(w, deck, place, planned, key)


def buttons(w: Words, deck: Deck, place: int, planned: Planned, key: str) -> None:
    is_shown, last = planned.is_shown, len(deck.slides) - 1
    hide = ("hide", "visibility_off") if is_shown else ("unhide", "visibility")
    with st.container(horizontal=True, vertical_alignment="center"):
        for (name, icon), change, is_possible in (
            (("up", "arrow_upward"), moving(place, -1), place > 0),
            (("down", "arrow_downward"), moving(place, 1), place < last),
            (hide, editing(place, shown_or_not), True),
            (("drop", "delete"), dropping(place), True),
        ):
            st.button(
                w(f"deck.{name}"),
                key=f"{key}-{name}",
                on_click=save,
                args=(deck.id, change),
                disabled=not is_possible,
                icon=f":material/{icon}:",
                type="tertiary",
            )
        if not is_shown:
            st.caption(w("deck.is_hidden"))


def moving(place: int, by: int) -> DeckChange:
    def change(kept: Deck) -> Deck:
        slides = list(kept.slides)
        slides.insert(place + by, slides.pop(place))
        return replace(kept, slides=tuple(slides))

    return change


def dropping(place: int) -> DeckChange:
    return lambda kept: replace(kept, slides=kept.slides[:place] + kept.slides[place + 1 :])


def shown_or_not(slide: Planned) -> Planned:
    return replace(slide, is_shown=not slide.is_shown)


def without_headline(slide: Planned) -> Planned:
    return replace(slide, headline="", written_for="")


def editing(place: int, edit: Callable[[Planned], Planned]) -> DeckChange:
    def change(kept: Deck) -> Deck:
        before, (now, *after) = kept.slides[:place], kept.slides[place:]
        return replace(kept, slides=(*before, edit(now), *after))

    return change


def keep_words(id: str, place: int, key: str, name: str, by_data: str) -> None:
    """A headline that is what the data says, or nothing, is none of one's own."""
    text = str(state.widget(key)).strip()
    if name == "body":
        save(id, editing(place, lambda slide: replace(slide, body=text)))
        return
    own = text if text != by_data else ""
    of = by_data if own else ""
    save(id, editing(place, lambda slide: replace(slide, headline=own, written_for=of)))


def preview(w: Words, shown: Slide, who: Identity) -> str:
    """The slide, small: headline, and figure or words; a cover in whose colour it is."""
    ground = f' style="background: {html_text(who.colours[0])}"' if shown.kind == "title" else ""
    whose = f"<p>{html_text(shown.foot)}</p>" if shown.kind == "title" else ""
    under = f'<p class="under">{html_text(shown.under)}</p>' if shown.under else ""
    said = f'{whose}<p class="says">{html_text(shown.headline)}</p>{under}{figure_of(w, shown)}'
    return f'<div class="preview"><div class="{shown.kind}"{ground}>{said}</div></div>'


def figure_of(w: Words, shown: Slide) -> str:
    from ringvirkning.charts import Numbers, RowsOnly
    from ringvirkning.charts.paper.svg import svg
    from ringvirkning.export.show import DRAWN, html_table

    chart = shown.chart
    if isinstance(chart, Numbers):
        each = [(one.number, one.label) for one in chart.figures]
        parts = [f"<p><b>{html_text(n)}</b> {html_text(label)}</p>" for n, label in each]
        return f'<div class="figures">{"".join(parts)}</div>'
    if isinstance(chart, RowsOnly):
        return html_table(w, chart.rows[: chart.slide_rows + 1])
    if chart and (picture := svg(chart, DRAWN, is_outlined=True)):
        source = f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
        return f'<img src="{source}" alt="{html_text(chart.alt)}">'
    text = " ".join(html_text(f"{label} {line}".strip()) for label, line in shown.body)[:600]
    return f"<p>{text}</p>"
