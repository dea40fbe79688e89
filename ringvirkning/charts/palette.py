"""Colours by code, those of types by their place, so that a filter or the other language never
recolours anything.

At least 3:1 against the ground in light and in dark (tested); told apart also by colour-blind eyes.
"""

from typing import Literal

Theme = Literal["light", "dark"]

GROUND = {"light": "#ffffff", "dark": "#101819"}
INK = {"light": "#081214", "dark": "#e8eeee"}
QUIET = {"light": "#5a696c", "dark": "#a9b6b7"}
LINE = {"light": "#e3e8e8", "dark": "#2c3839"}
# What is printed or handed out, on white, by the names that its styles and templates use.
PAPER = {
    "ink": INK["light"],
    "quiet": "#4a595c",
    "line": LINE["light"],
    "faint": "#c9d2d3",
    "alarm": "#a32a12",
}
CSS = ":root{" + ";".join(f"--{name}:{code}" for name, code in PAPER.items()) + "}\n"
STRIPES = {"light": "rgba(255,255,255,.75)", "dark": "rgba(10,20,20,.65)"}
HATCH = "#ffffffbf"  # the stripes on paper, as Matplotlib writes them

COLOURS: dict[str, tuple[str, str]] = {
    "accent": ("#0b5563", "#4fb3c1"),
    "before": ("#7d898b", "#8f9c9d"),
    "unconfirmed": ("#7d898b", "#8f9c9d"),
    "type_1": ("#0b5563", "#3fa0ae"),
    "type_2": ("#3d93a0", "#8ed3da"),
    "type_3": ("#b07c00", "#e3b04a"),
    "type_4": ("#c0432b", "#ee7d64"),
    "type_5": ("#6f5b96", "#b3a1d9"),
    "type_6": ("#68873a", "#a9c878"),
    "type_7": ("#a24d82", "#dd94bf"),
    "type_8": ("#3b6db3", "#86b3ec"),
    "type_9": ("#8c4a1f", "#d69a6a"),
    "type_10": ("#1f7a4d", "#62c592"),
    "type_11": ("#5a55c8", "#a6a3f5"),
    "type_12": ("#857500", "#cdbf4e"),
    "other": ("#8a7a5c", "#c2b08c"),
    "several": ("#3c4a4d", "#c9d3d3"),
    "placement_permanent": ("#0b5563", "#4fb3c1"),
    "placement_temporary": ("#5b8f98", "#93c7ce"),
    "apprenticeship": ("#b07c00", "#e3b04a"),
    "placement_unspecified": ("#7d898b", "#98a5a6"),
}

# For what has no colour of its own, in the order in which they are shown.
SEQUENCE = (
    "accent", "apprenticeship", "type_4", "type_5", "type_6", "type_8", "type_7",
)  # fmt: skip
TYPE_COLOURS = sum(code.startswith("type_") for code in COLOURS)


def colour(code: str, theme: Theme) -> str:
    """The colour of a code, as #rrggbb."""
    return COLOURS[code][theme == "dark"]


def colour_of_place(place: int) -> str:
    """The key of the colour of a type, by its place among its like, from 0. Twelve differ."""
    return f"type_{place % TYPE_COLOURS + 1}"
