"""A letter to who leads an association: what the overview says, what is new and why, what is due.

One message with text, HTML and the board's page on paper; whom it goes to is added when it is sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import NamedTuple

from ringvirkning.charts.palette import COLOURS, GROUND, INK, LINE, QUIET
from ringvirkning.export.identity import Identity
from ringvirkning.export.report import board_report
from ringvirkning.export.sending import DRAFT, POLICY
from ringvirkning.export.templating import templates
from ringvirkning.figures import feet, overview, stories
from ringvirkning.figures.cards import Card
from ringvirkning.figures.state import State
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, clock, sentences
from ringvirkning.texts.safe import LINES, slug

LETTER_WORDS = ("figures", "open", "enclosed")
RULE = 60  # signs under the headline of plain text
LETTER_SHADES = {
    name: {"ink": INK[name], "quiet": QUIET[name], "line": LINE[name], "ground": GROUND[name],
           "accent": COLOURS["accent"][name == "dark"]}
    for name in ("light", "dark")
}  # fmt: skip


class LetterPart(NamedTuple):
    """A heading and what stands below it, a line each."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class LetterText:
    """All that a letter says, in words. `internal` marks exact figures, or is ""; `link` leads to
    the pages, where it is known where they are."""

    language: str
    name: str
    subject: str
    internal: str
    headline: str
    under: str
    cards: Sequence[Card]
    parts: Sequence[LetterPart]
    link: str
    said: dict[str, str]


def letter_of(shown: View, who: Identity, parts: Sequence[LetterPart], address: str) -> LetterText:
    """The overview in words, with what is new; `parts` are of the changes, `address` is where the
    pages are, or ""."""
    w = shown.words
    name = who.name or w("letter.all")
    return LetterText(
        w.language,
        name,
        w("letter.subject", name=one_line(name), date=w.day(shown.as_of)),
        "" if shown.is_protected else w("deck.internal"),
        overview.headline(shown),
        feet.under_headline(shown),
        overview.published_cards(shown),
        parts,
        address and f"{address.rstrip('/')}/{page_address(shown)}",
        {name: w(f"letter.{name}") for name in LETTER_WORDS},
    )


def page_address(shown: View) -> str:
    """The overview in the letter's language, of whom it is about."""
    query = State(selection=shown.selection, language=shown.words.language).query()
    return query and f"?{query}"


def one_line(text: str) -> str:
    """What a heading of a message may hold."""
    return LINES.sub(" ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()


def due_part(shown: View) -> LetterPart:
    """The worklist of those who keep the data: what there is of it."""
    w = shown.words
    return LetterPart(w("attention.title"), stories.what_is_due(shown) or [w("letter.nothing_due")])


def record_changes(before: View, shown: View) -> list[str]:
    """How many records of each kind there were and are, where that differs: 55 activities → 58."""
    w = shown.words
    was, now = feet.record_counts(before), feet.record_counts(shown)
    return [
        f"{w(f'loaded.{kind}', n=was[kind])} → {w.number(n)}"
        for kind, n in now.items()
        if n != was[kind]
    ]


def letter_text(letter: LetterText) -> str:
    """The letter as plain text."""
    lines = [letter.internal, letter.headline, "=" * min(RULE, len(letter.headline)), letter.under]
    lines = [line for line in lines if line] + [""]
    if letter.cards:
        lines += [letter.said["figures"].upper(), *map(card_line, letter.cards), ""]
    for part in letter.parts:
        lines += [part.heading.upper(), *(f"- {line}" for line in part.lines), ""]
    if letter.link:
        lines += [letter.said["open"], letter.link, ""]
    return "\n".join([*lines, letter.said["enclosed"], "", letter.name])


def card_line(card: Card) -> str:
    return f"- {card.label}: {sentences.quiet_line([card.number, card.change, card.note])}"


def letter_html(letter: LetterText) -> str:
    """The same for mail programmes: tables, styles in place, and dark where that is asked for."""
    return templates().get_template("mail.html").render(letter=letter, **LETTER_SHADES)


def message_of(shown: View, who: Identity, letter: LetterText) -> EmailMessage:
    """The message, without whom it is from and goes to."""
    w = shown.words
    message = EmailMessage(policy=POLICY)
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.now())
    message[DRAFT] = "1"
    message.set_content(letter_text(letter))
    message.add_alternative(letter_html(letter), subtype="html")
    message.add_attachment(
        board_report(shown, who), maintype="application", subtype="pdf", filename=pdf_name(w, shown)
    )
    return message


def pdf_name(w: Words, shown: View) -> str:
    return f"{slug(w('letter.paper'))}-{shown.as_of.isoformat()}.pdf"
