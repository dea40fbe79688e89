"""A component of ours: the .js and .css beside the module that is named, after what it shares."""

from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
COMMON = HERE / "component"


def component(module: str, *shared: str, isolate_styles: bool = False) -> Any:
    """The component of a module, given as its `__file__`; called to mount it. `shared` are parts
    of this folder that it has in common with others."""
    here = Path(module).with_suffix("")
    parts = [COMMON, *(HERE / name for name in shared), here]

    def joined(suffix: str) -> str:
        files = (part.with_suffix(suffix) for part in parts)
        return "".join(file.read_text(encoding="utf-8") for file in files if file.exists())

    return st.components.v2.component(
        f"ringvirkning_{here.name}",
        css=joined(".css"),
        js=joined(".js"),
        isolate_styles=isolate_styles,
    )
