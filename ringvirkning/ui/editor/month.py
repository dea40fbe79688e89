"""Ten minutes a month: what an editor can do for the figures now, each line the place for it."""

import streamlit as st

from ringvirkning.figures import upkeep
from ringvirkning.figures.upkeep import Task
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.safe import markdown_text
from ringvirkning.ui import state
from ringvirkning.ui.editor.attention import (
    NEXT_TARGET,
    agreements_of,
    begins_open,
    link_agreements,
    link_to_target,
    list_activities,
)
from ringvirkning.ui.editor.in_force import ask_in_force, may_answer


def draw_month(shown: View) -> None:
    """How far the figures have come, and a line for each thing that is due."""
    if not may_answer(shown):
        return
    w, due = shown.words, upkeep.tasks(shown)
    st.header(w("month.title"), anchor=False)
    parts = [upkeep.come_so_far(shown), w("month.order" if due else "month.nothing")]
    st.markdown(markdown_text(". ".join(part for part in parts if part)))
    for task in due:
        draw_task(shown, task)
    if due:
        st.caption(w("month.partners"))


def draw_task(shown: View, task: Task) -> None:
    """A line that opens what it is of. What opens is where it is done: the one place to change
    when there is a better one."""
    what = sentences.quiet_line([task.what, task.progress])
    said = f"**{markdown_text(task.title)}**: {markdown_text(what)}"
    key, caption = f"month-{task.matter}", f"{task.title}: {task.what}"
    fold = st.expander(said, begins_open(key, said), type="compact", key=key, on_change="rerun")
    if not fold.open:
        return
    own = shown.of_associations.published
    with fold:
        agreements = agreements_of(own, task.partnership_ids)
        if task.matter == "confirmed":
            ask_in_force(own, agreements, "month")
        elif task.matter == "with_source":
            state.link_to("outcomes", shown.words("month.targets"), state.current())
        elif task.matter == NEXT_TARGET:
            link_to_target(own, task.title)
        else:
            link_agreements(own, agreements, task.matter, key, caption, is_editors=True)
            list_activities(own, task.matter, key, caption, is_editors=True)
