"""What an editor confirms before it is published: what can be told of few persons."""

from collections.abc import Iterator, Sequence

import streamlit as st

from ringvirkning.finding import Finding
from ringvirkning.intake.checks.report import Group
from ringvirkning.intake.checks.report import groups as groups_of
from ringvirkning.intake.publishing import confirming
from ringvirkning.intake.words.report import group_words
from ringvirkning.server import access, audited, published
from ringvirkning.texts import Words, instead
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state, version


def draw_waiting(w: Words, found: Sequence[Finding], date: str) -> None:
    """What in the data folder waits, and the way on; to editors alone, and not while they look at
    the public edition, as when they share their screen. `date` is of what is shown meanwhile."""
    code = confirming.waiting_code(found)
    if code is None or not access.may("publish_folder") or state.current().is_public:
        return
    with st.container():
        told = groups_of(confirming.to_confirm(found))
        draw_warning(w, w("confirm.waiting", date=date), told)
        # Another key for another content: what is pressed is what was read.
        if st.button(w("confirm.now"), key=f"confirm_now-{code}"):
            publish_waiting(w, code)


def publish_waiting(w: Words, code: str | None = None) -> None:
    """What waited, with the code of what was confirmed; it is shown at once to who pressed."""
    watch = published.watch()
    with st.spinner(w("data.loading")):
        found = watch.publish_now(audited.person_code(access.current_person()), code)
    if not found and (newest := watch.version):
        version.show_published(w, newest)
    st.rerun()


def ask_to_confirm(w: Words, groups: Sequence[Group], code: str | None) -> bool:
    """Whether what must be confirmed of an upload is; it is asked here, above the button."""
    if code is None:
        return True
    told = [group for group in groups if group.rule in confirming.RULES]
    draw_warning(w, w("confirm.first"), told)
    return st.checkbox(w("confirm.read"), key=f"confirm_read-{code}")


def draw_warning(w: Words, heading: str, groups: Sequence[Group]) -> None:
    """A heading, and below it what was found, with its places where there are more."""
    text = "\n\n".join([f"**{markdown_text(heading)}**", *finding_lines(w, groups)])
    st.warning(text, icon=":material/back_hand:")


def finding_lines(w: Words, groups: Sequence[Group]) -> Iterator[str]:
    for group in groups:
        yield markdown_text(group_words(w, group))
        yield "\n".join(f"- {markdown_text(' '.join(instead(w, f)))}" for f in group.findings)
