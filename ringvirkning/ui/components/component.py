"""A component of ours: the script and the style beside the module that is named."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from ringvirkning.server.serving import address_of
from ringvirkning.ui import state
from ringvirkning.ui.state import Visit

Mounted = Callable[..., Mapping[str, str]]  # answers what its script has set
HERE = Path(__file__).parent
# A script that comes as text is a blob to the browser, which can import nothing from beside itself.
# In one line, Streamlit would take it for a path.
SCRIPT = """
export default async (run) =>
  (await import(new URL("{address}", document.baseURI))).default(run);
"""


def component(module: str, *shared: str, isolate_styles: bool = False) -> Mounted:
    """The component of a module, given as its `__file__`; called to mount it. `shared` are styles
    of this folder that it has in common with others; what its script shares, it imports."""
    here = Path(module)
    styles = [*(HERE / f"{name}.css" for name in ("component", *shared)), here.with_suffix(".css")]
    mounted = st.components.v2.component(
        f"ringvirkning_{here.stem}",
        css="".join(style.read_text(encoding="utf-8") for style in styles),
        js=SCRIPT.format(address=address_of(here.with_suffix(".js"))),
        isolate_styles=isolate_styles,
    )

    # In a list of its own: a dictionary would be searched for frames, for which Streamlit loads
    # pandas and pyarrow, a quarter of the server's memory.
    def with_data(*, data: Mapping[str, object], **how: Any) -> Mapping[str, str]:
        return mounted(data=[data], **how)

    return with_data


def choice_number() -> dict[str, object]:
    """The number of the choice in the filters that a run answers: what it gives is not drawn over
    what was drawn ahead of the run for a newer one."""
    return {"number": state.memory(Visit).filtered_number}
