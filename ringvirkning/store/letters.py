"""The letters that were written, in `var/letters/`: of each the message (`NAME.eml`), and beside it
what it was written of and whether it was sent (`NAME.json`, which makes it count).

No address of anybody is kept: whom letters go to stands in the settings.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Literal

import msgspec

from ringvirkning.store import storage, versions
from ringvirkning.texts import clock
from ringvirkning.texts.safe import slug

LETTERS_FOLDER = "letters"
# `kept`: no server was set, so it only lies there. `handing_over`: the server had all of it and did
# not answer, or we ended meanwhile, or it waited in a backup: nobody knows whether it was sent, and
# it is not sent a second time.
Delivery = Literal["kept", "waiting", "handing_over", "sent"]


@dataclass(frozen=True)
class Letter:
    """`association` is "" where it is of all; `since` is the version that the letter before was
    written of, "" for the first. With exact figures it `is_exact`. Times are ISO 8601, UTC."""

    name: str
    version: str
    since: str
    association: str
    is_exact: bool
    language: str
    written_at: str
    delivery: Delivery = "kept"
    sent_at: str = ""

    @property
    def series(self) -> tuple[str, bool, str]:
        """Letters of one series follow each other."""
        return self.association, self.is_exact, self.language

    @property
    def associations(self) -> tuple[str, ...]:
        """Whose figures are in it; none: of all."""
        return (self.association,) if self.association else ()

    def message(self, var: Path) -> Path:
        return var / LETTERS_FOLDER / f"{self.name}.eml"

    def record(self, var: Path) -> Path:
        return var / LETTERS_FOLDER / f"{self.name}.json"


@contextmanager
def alone_with_letters(var: Path) -> Iterator[None]:
    """One who writes and sends at a time; others wait."""
    (var / LETTERS_FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    with versions.alone(var / LETTERS_FOLDER):
        yield


def kept_letters(var: Path) -> list[Letter]:
    """All letters whose versions are not withdrawn, oldest first."""
    gone = versions.withdrawn(versions.history_lines(var))
    return [one for one in written_letters(var) if not {one.version, one.since} & gone.keys()]


def written_letters(var: Path) -> list[Letter]:
    """All of them, also of what was withdrawn."""
    found = []
    for path in (var / LETTERS_FOLDER).glob("*.json"):
        try:
            found.append(msgspec.json.decode(path.read_bytes(), type=Letter))
        except (OSError, ValueError):  # gone meanwhile, or none of ours
            continue
    return sorted(found, key=lambda one: (one.written_at, one.name))


def free_name(var: Path, day: str, association: str, is_exact: bool, language: str) -> str:
    """What a letter is called: day, whose, edition, language; and a number where another is."""
    edition = "staff" if is_exact else "public"
    name = "-".join([day, slug(association) or "all", edition, language])
    numbered = (name if n == 1 else f"{name}-{n}" for n in count(1))
    return next(one for one in numbered if not (var / LETTERS_FOLDER / f"{one}.eml").exists())


def keep_letter(var: Path, letter: Letter, message: bytes) -> None:
    """First the message, then what makes it a letter; never in the place of another. To be called
    `alone`. Raises OSError."""
    storage.write_and_place(letter.message(var), message, storage.put_once)
    note_letter(var, letter)


def note_letter(var: Path, letter: Letter) -> None:
    storage.write(letter.record(var), msgspec.json.encode(letter))


def note_delivery(var: Path, letter: Letter, delivery: Delivery) -> Letter:
    """What has become of it by now."""
    sent_at = clock.now_text() if delivery == "sent" else ""
    noted = replace(letter, delivery=delivery, sent_at=sent_at)
    note_letter(var, noted)
    return noted


def hold_back(var: Path) -> None:
    """What waited when this was copied may have been sent since, and is not sent from here."""
    for letter in written_letters(var):
        if letter.delivery == "waiting":
            note_delivery(var, letter, "handing_over")


def of_versions(var: Path, names: Sequence[str]) -> list[Path]:
    """The files of letters that tell of these versions."""
    found = [one for one in written_letters(var) if {one.version, one.since} & {*names}]
    return [path for one in found for path in (one.record(var), one.message(var))]
