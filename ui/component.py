"""A component of ours: the .js and .css beside the module that is named, after `component.js`."""

from pathlib import Path
from typing import Any

import streamlit as st

COMMON = Path(__file__).with_suffix(".js")


def component(module: str, isolate_styles: bool = False) -> Any:
    """The component of a module, given as its `__file__`; called to mount it."""
    here = Path(module)
    return st.components.v2.component(
        f"ringvirkning_{here.stem}",
        css=here.with_suffix(".css").read_text(encoding="utf-8"),
        js=COMMON.read_text(encoding="utf-8") + here.with_suffix(".js").read_text(encoding="utf-8"),
        isolate_styles=isolate_styles,
    )
