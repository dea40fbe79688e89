"""The decks that are kept: a file each, written whole or not at all."""

import json
import re
import secrets
from dataclasses import asdict, replace
from pathlib import Path

from ringvirkning.child import from_json
from ringvirkning.export.deck import Deck
from ringvirkning.store import storage

MOST_DECKS = 500
ID = re.compile(r"[a-z0-9]{12}")


class TooManyDecks(RuntimeError):
    """There are as many decks as are kept."""


def new_id() -> str:
    return secrets.token_hex(6)


def deck_path(folder: Path, id: str) -> Path:
    """Raises KeyError for what can't be a deck's id."""
    if not ID.fullmatch(id):
        raise KeyError(id)
    return folder / f"{id}.json"


def save_deck(folder: Path, deck: Deck) -> Deck:
    """Raises Full, or OSError when it can't be written; what was kept before then stays."""
    file = deck_path(folder, deck.id)
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists() and len(list(folder.glob("*.json"))) >= MOST_DECKS:
        raise TooManyDecks
    storage.write(file, json.dumps(asdict(deck), ensure_ascii=False, indent=1).encode())
    return deck


def read_deck(folder: Path, id: str) -> Deck:
    """Raises KeyError where there is none of this id, or it can't be read."""
    try:
        return replace(from_json(deck_path(folder, id).read_text(encoding="utf-8"), Deck), id=id)
    except (OSError, ValueError) as error:
        raise KeyError(id) from error


def all_decks(folder: Path) -> list[Deck]:
    """The latest first; one that can't be read is left out."""
    files = sorted(folder.glob("*.json"), key=lambda file: -file.stat().st_mtime_ns)
    decks = []
    for file in files:
        try:
            decks.append(read_deck(folder, file.stem))
        except KeyError:
            continue
    return decks


def duplicate_deck(folder: Path, deck: Deck, name: str) -> Deck:
    return save_deck(folder, replace(deck, id=new_id(), name=name))


def delete_deck(folder: Path, id: str) -> None:
    deck_path(folder, id).unlink(missing_ok=True)
