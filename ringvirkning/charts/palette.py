"""Colours by code, those of types by their place, so that a filter or the other language never
recolours anything.

At least 3:1 against the ground in light and in dark; beside each other at least 12 apart (CIE76),
to colour-blind eyes, too; what is written on them at least 4.5:1: all tested.
"""

from typing import Literal

Theme = Literal["light", "dark"]

GROUND = {"light": "#ffffff", "dark": "#101819"}
INK = {"light": "#081214", "dark": "#e8eeee"}
QUIET = {"light": "#5a696c", "dark": "#a9b6b7"}
LINE = {"light": "#e3e8e8", "dark": "#2c3839"}
# What is printed or handed out, on white, by the names that its styles and templates use.
PAPER = {
    "ground": GROUND["light"],
    "ink": INK["light"],
    "quiet": "#4a595c",
    "line": LINE["light"],
    "faint": "#c9d2d3",
    "alarm": "#a32a12",
}
CSS = ":root{" + ";".join(f"--{name}:{code}" for name, code in PAPER.items()) + "}\n"
# The same where the reader's own is dark: figures stay on white, which they are drawn for.
DARK = {"ground": GROUND["dark"], "ink": INK["dark"], "quiet": QUIET["dark"], "line": LINE["dark"]}
DARK_CSS = (
    "@media screen and (prefers-color-scheme:dark){:root:not(:target){"
    + ";".join(f"--{name}:{code}" for name, code in DARK.items())
    + "}:root:not(:target) figure{"
    + ";".join(f"--{name}:{PAPER[name]}" for name in DARK)
    + "}}\n"
)
STRIPES = {"light": "rgba(255,255,255,.75)", "dark": "rgba(10,20,20,.65)"}
HATCH = "#ffffffbf"  # the stripes on paper, as Matplotlib writes them

COLOURS: dict[str, tuple[str, str]] = {
    "accent": ("#0b5563", "#4fb3c1"),
    "before": ("#7d898b", "#8f9c9d"),
    "unconfirmed": ("#7d898b", "#8f9c9d"),
    "type_1": ("#0b5563", "#3fa0ae"),
    "type_2": ("#4a7e7e", "#98c3c2"),
    "type_3": ("#9b6a06", "#f4c246"),
    "type_4": ("#82171b", "#c75533"),
    "type_5": ("#433167", "#9895d3"),
    "type_6": ("#577534", "#6c9e50"),
    "type_7": ("#bd6aaa", "#b7658b"),
    "type_8": ("#6d73bf", "#90cafa"),
    "type_9": ("#85440c", "#fad5a5"),
    "type_10": ("#189775", "#4ec79c"),
    "type_11": ("#1834a5", "#5a7bd0"),
    "type_12": ("#af9015", "#c0a83d"),
    "other": ("#9a8d5e", "#bcb77c"),
    "several": ("#2b403f", "#dde5e5"),
    "placement_permanent": ("#0b5563", "#4fb3c1"),
    "placement_temporary": ("#609aa5", "#a9dbe2"),
    "apprenticeship": ("#b07c00", "#e3b04a"),
    "placement_unspecified": ("#6b7072", "#7f8a8b"),
}

# For what has no colour of its own, in the order in which they are shown.
SEQUENCE = (
    "accent", "apprenticeship", "type_4", "type_5", "type_6", "type_8", "type_7",
)  # fmt: skip
TYPE_COLOURS = sum(code.startswith("type_") for code in COLOURS)


def colour(code: str, theme: Theme) -> str:
    """The colour of a code, as #rrggbb."""
    return COLOURS[code][theme == "dark"]


def ink_on(code: str, theme: Theme) -> str:
    """White on a colour that it stands out from (WCAG 2.2, 1.4.3), else black, which then does."""
    return "#ffffff" if 1.05 / (luminance(colour(code, theme)) + 0.05) >= 4.5 else "#000000"


def luminance(colour: str) -> float:
    """Of #rrggbb, 0 to 1, as WCAG 2.2 defines relative luminance. Raises ValueError."""
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(colour)
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def tint(code: str, theme: Theme, share: float) -> str:
    """So much of a colour on the ground, as #rrggbb: no surface has to know what is see-through."""
    both = zip(*(bytes.fromhex(c[1:]) for c in (colour(code, theme), GROUND[theme])), strict=True)
    return "#" + "".join(f"{round(own * share + ground * (1 - share)):02x}" for own, ground in both)


def colour_of_place(place: int) -> str:
    """The key of the colour of a type, by its place among its like, from 0. Twelve differ."""
    return f"type_{place % TYPE_COLOURS + 1}"
