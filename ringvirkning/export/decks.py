"""The decks that are kept: a file each, written whole or not at all."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from ringvirkning.export.deck import Deck, Planned
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


def saved(folder: Path, deck: Deck) -> Deck:
    """Raises Full, or OSError when it can't be written; what was kept before then stays."""
    file = deck_path(folder, deck.id)
    folder.mkdir(parents=True, exist_ok=True)
    if not file.exists() and len(list(folder.glob("*.json"))) >= MOST_DECKS:
        raise TooManyDecks
    storage.write(file, json.dumps(asdict(deck), ensure_ascii=False, indent=1).encode())
    return deck


def found(folder: Path, id: str) -> Deck:
    """Raises KeyError where there is none of this id, or it can't be read."""
    try:
        said = json.loads(deck_path(folder, id).read_text(encoding="utf-8"))
        slides = tuple(Planned(**known_fields(Planned, slide)) for slide in said["slides"])
        return replace(Deck(**known_fields(Deck, said)), id=id, slides=slides)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise KeyError(id) from error


def known_fields(kind: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a later or an earlier programme wrote, as far as this one knows it."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in said.items() if name in names}


def all_decks(folder: Path) -> list[Deck]:
    """The latest first; one that can't be read is left out."""
    files = sorted(folder.glob("*.json"), key=lambda file: -file.stat().st_mtime_ns)
    decks = []
    for file in files:
        try:
            decks.append(found(folder, file.stem))
        except KeyError:
            continue
    return decks


def copied(folder: Path, deck: Deck, name: str) -> Deck:
    return saved(folder, replace(deck, id=new_id(), name=name))


def delete_deck(folder: Path, id: str) -> None:
    deck_path(folder, id).unlink(missing_ok=True)
