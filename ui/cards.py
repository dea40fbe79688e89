"""Key figures: a number, its change, its line through the years, and what it means."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from charts.palette import colour
from texts.safe import markdown_text
from ui.view import View

WIDTH, HEIGHT, MARGIN = 150, 34, 4


@dataclass(frozen=True)
class Card:
    """`values` are those of the years up to the one shown, None where nothing is known."""

    measure: str
    label: str
    number: str
    change: str
    values: Sequence[float | None]
    note: str
    is_example: bool = False


def cards(shown: View, figures: Sequence[Card]) -> None:
    """The key figures side by side, two by two on a phone."""
    w = shown.words
    with st.grid(
        columns=len(figures), min_column_width=150, gap=("medium", "small"), key="cards"
    ) as grid:
        for card in figures:
            with grid.cell(), st.container(gap=None):
                st.metric(
                    markdown_text(card.label),
                    card.number,
                    help=markdown_text(shown.measure(card.measure)["definition"]),
                )
                line = spark(card.values, colour("accent", shown.theme))
                said = (markdown_text(card.change), f"![]({line})", markdown_text(card.note))
                st.caption("  \n".join(part for part in said if part))
                if card.is_example:
                    st.badge(w("claim.example"), color="gray")


def spark(values: Sequence[float | None], ink: str) -> str:
    """A small line as an image address, the last point marked; dots where there are few."""
    known = [(i, v) for i, v in enumerate(values) if v is not None]
    top = max((v for _, v in known), default=0) or 1
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)
    dots = [
        (MARGIN + i * step, HEIGHT - MARGIN - v / top * (HEIGHT - 2 * MARGIN)) for i, v in known
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    drawn = (
        f'<polyline points="{line}" fill="none" stroke="{ink}" stroke-width="1.8"/>'
        if len(dots) >= 4
        else "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{ink}"/>' for x, y in dots)
    )
    last = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{ink}"/>' for x, y in dots[-1:]
    )
    size = f'xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
    svg = f"<svg {size}>{drawn}{last}</svg>"
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
