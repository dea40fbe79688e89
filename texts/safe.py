"""Text from files is shown as text: never as markup, whoever wrote it."""

import re

LINES = re.compile(r"[ \t\r\n]+")
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"'])")


def markdown_text(text: str) -> str:
    """Safe in Streamlit's Markdown, its colour and icon directives and LaTeX; on one line."""
    return MARKUP.sub(r"\\\1", LINES.sub(" ", text.strip()))


def plotly_text(text: str) -> str:
    """Safe in Plotly's labels, which know links and styling; a line end breaks the line."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br>")
