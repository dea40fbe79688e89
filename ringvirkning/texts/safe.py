"""Text from files is shown as text: never as markup, whoever wrote it."""

import html
import re
import unicodedata

LINES = re.compile(r"[ \t\r\n]+")
# What Markdown makes a link of by itself, and the framework an icon though it is escaped: broken by
# a word joiner, which is not seen.
ADDRESS = re.compile(r"www(?=\.)|:(?=//|material/)|@", re.IGNORECASE)
WORD_JOINER = "\N{WORD JOINER}"
# What a spreadsheet takes for the beginning of a formula, unless it is but a number.
FORMULA = re.compile(r"(?![+-]?\d+([.,]\d+)?\Z)[=+\-@\t\r\0]")
CONTROL = re.compile(r"[\0-\x1f\x7f-\x9f]+")
FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
LONGEST_SLUG = 60
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"'])")


def markdown_text(text: str) -> str:
    """Safe in Streamlit's Markdown, its colour and icon directives and LaTeX; on one line."""
    apart = ADDRESS.sub(lambda found: found.group() + WORD_JOINER, LINES.sub(" ", text.strip()))
    return MARKUP.sub(r"\\\1", apart)


def plotly_text(text: str) -> str:
    """Safe in Plotly's labels, which know links and styling; a line end breaks the line."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")


def html_text(text: str) -> str:
    """Safe in HTML, between tags and in quoted attributes; on one line."""
    return html.escape(LINES.sub(" ", text.strip()))


def cell_text(text: str) -> str:
    """Safe in a spreadsheet's cell, as in a CSV file: no formula, but the text of one."""
    return f"'{text}" if FORMULA.match(text) else text


def slug(text: str) -> str:
    """A text as an id, a part of an address or of a file's name: "Øvre Eiker kommune" is
    oevre_eiker_kommune; "" where it has no letter of ours."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(FOLDED)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_only).strip("_")[:LONGEST_SLUG].rstrip("_")


def terminal_text(text: str) -> str:
    """Safe in a terminal, which obeys control characters; on one line."""
    return CONTROL.sub(" ", text)
