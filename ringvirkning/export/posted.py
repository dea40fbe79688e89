"""What is read out of a letter's message: its page, and the paper that goes with it."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from ringvirkning.export.sending import POLICY

BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)


def message_in(path: Path) -> EmailMessage:
    """Raises OSError."""
    return message_from_bytes(path.read_bytes(), policy=POLICY)


def page_of(path: Path) -> str:
    """What the letter shows, as HTML for a place in a page. Raises OSError."""
    page = message_in(path).get_body(("html",))
    found = BODY.search(page.get_content()) if page else None
    return found[1] if found else ""


def paper_of(path: Path) -> bytes:
    """The paper. Raises OSError."""
    (paper,) = message_in(path).iter_attachments()
    content: bytes = paper.get_content()
    return content
