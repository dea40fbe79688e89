"""What tells of few persons, in a text or by two versions: each word and each condition of the SQL
has a case that needs it, and beside it one that must not be told."""

from collections.abc import Mapping, Sequence

import pytest

from queries.contract import workbench
from ringvirkning.intake import sql
from ringvirkning.intake.checks import rules
from ringvirkning.intake.protection import protect

# Texts: every number and word by which one is seen.
NUMBERS = [
    *("123456789"),
    *("tre", "fire", "fem", "seks", "sju", "syv", "åtte", "ni", "ingen", "begge"),
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "nobody", "none", "both"),
]
PERSONS = [
    *("deltakere", "deltagere", "personer", "ungdommer", "unge", "unge menn", "kandidater"),
    *("jenter", "gutter", "gutar", "kvinner", "mann fra Vik", "menn fra Vik", "søkere", "søkarar"),
    *("studenter", "elever", "elevar", "lærlinger", "ansatte", "tilsette", "brukarar", "brukere"),
    *("barn fra Vik", "flyktninger", "ledige", "participants", "people", "candidates", "youths"),
    *("young adults", "girls", "boys", "woman", "women", "man from Vik", "men from Vik"),
    *("applicants", "trainees", "apprentices", "pupils", "clients", "refugees"),
]
VERBS = [
    *("er", "var", "fikk", "fekk", "får", "ble", "blei", "blir", "vart", "sluttet", "slutta"),
    *("flyttet", "flytta", "begynte", "droppet", "droppa", "falt", "fullførte", "møtte", "kom"),
    *("gikk", "gjekk", "is", "are", "was", "were", "got", "has", "left", "moved", "dropped"),
    *("started", "began", "became", "went"),
]
OTHERS = [
    *("kommuner", "bedrifter", "partnere", "virksomheter", "verksemder", "fylker", "arbeidsgivere"),
    *("møter", "år", "måneder", "månader", "uker", "veker", "dager", "kurs", "avtaler"),
    *("prosjekter", "firmaer", "companies", "municipalities", "employers", "meetings", "events"),
    *("years", "months", "weeks", "days", "courses", "projects", "tiltak"),
]
OF_FEW = [
    *(f"{number} elever" for number in NUMBERS),
    *(f"3 {persons}" for persons in PERSONS),
    *(f"to {verb} her" for verb in VERBS),
    *(f"{one} er her" for one in ("3", "to", "ein", "eitt", "ei", "én", "éi", "ett", "one", "En")),
    *(f"Vi har to {one}elever" for one in ("", "av ", "nye ", "andre ", "tidligere ", "gode ")),
    *(f"{one} av ti" for one in ("3", "to", "ein", "en")),
    *(f"3 av {all_}" for all_ in ("to", "ti", "12", "19", "4", "fem", "de 4", "dei 4")),
    *(f"to av {them} er her" for them in ("dem", "dei", "de", "disse", "desse")),
    *(f"two of {them} are here" for them in ("them", "these")),
    *("one of ten", "3 out of 10", "3 of the 5", "Three  of  five"),
    *("2 helt nye elever", "2 flinke elever", "Da fikk 3, alle fra Vik, jobb: 2 er her"),
    *("(3) elever", "elever: 3 gutter", "Begge, elever", "«Tre elever»"),
    *("ÅTTE elever", "ÉN er her", "Tre av fem. 3 av 4 kommuner deltok", "Tre, elever"),
]
OF_MANY = [
    *(f"3 av 4 {others}" for others in OTHERS),
    *(f"3 av {all_} kommuner" for all_ in ("tre", "ti", "de 4")),
    *(f"{part} 2 av 4" for part in ("Del", "Trinn", "Steg", "Fase", "Nr")),
    *(f"{part} 2 of 4" for part in ("Part", "Step", "Phase")),
    *(
        "Nr. 2 av 4",
        "nr. 2 av 4",
        "12 elever",
        "31 av 41",
        "3 av 20",
        "3 av 110",
        "13 elever",
        "13 av 14",
        "3,5 elever",
        "2.5 elever",
    ),
    *(
        "treffe elever",
        "to meet young people",
        "to get to young people",
        "help to participants",
        "to store kommuner",
    ),
    *("elever i 3. klasse", "3 gode og nye elever", "Ei hytte"),
    *("3 kommuner. Elever kom", "3 bedrifter, 40 elever", "3 mannsalder", "4 menneskerettigheter"),
    *(
        "3 barnehager",
        "en elev",
        "en deltaker",
        "Ener",
        "3 erfaringer",
        "to erfaringer",
        "3 manualer",
    ),
    *("3 mennesketimer", "3% er her", "12 av dem", "3 til 4 timer", "to"),
]


def told_of_few(texts: Sequence[str | None]) -> list[bool | None]:
    with workbench() as connection:
        rules.prepare(connection, 1)
        asked = "select tells_of_few(text) from (select unnest($texts::varchar[]) as text)"
        return [said for (said,) in connection.execute(asked, {"texts": texts}).fetchall()]


def test_a_text_is_seen_by_every_number_and_word():
    seen = dict(zip(OF_FEW, told_of_few(OF_FEW), strict=True))
    assert [text for text, said in seen.items() if not said] == []


def test_a_text_that_is_much_like_it_is_not():
    seen = dict(zip(OF_MANY, told_of_few(OF_MANY), strict=True))
    assert [text for text, said in seen.items() if said] == []
    assert told_of_few([None]) == [None], "the rule is not about what says nothing"


# Two versions: counts by what they are of, before and now.

OF, OTHER, LATER = "A\x1fP\x1f2024", "A\x1f\x1f2025", "A\x1fP\x1f2024\x1fjobs"
Counts = Mapping[str, tuple[str, int]]
CHANGES: dict[str, tuple[Counts, Counts, list[tuple[str, str, str, int]]]] = {
    "one came": ({"a": (OF, 12)}, {"a": (OF, 13)}, [("A", "P", "2024", 1)]),
    "one went": ({"a": (OF, 12)}, {"a": (OF, 11)}, [("A", "P", "2024", 1)]),
    "nine, the most that are few": ({"a": (OF, 3)}, {"a": (OF, 12)}, [("A", "P", "2024", 9)]),
    "ten": ({"a": (OF, 3)}, {"a": (OF, 13)}, []),
    "nobody": ({"a": (OF, 3)}, {"a": (OF, 3)}, []),
    "cells are added up": (
        {"a": (OF, 3), "b": (OF, 4)},
        {"a": (OF, 5), "b": (OF, 3)},
        [("A", "P", "2024", 3)],
    ),
    "many in all, few in each": (
        {"a": (OF, 3), "b": (OF, 4)},
        {"a": (OF, 9), "b": (OF, 10)},
        [],
    ),
    "a person is in several counts": (
        {"a": (OF, 3), "b": (LATER, 4)},
        {"a": (OF, 5), "b": (LATER, 5)},
        [("A", "P", "2024", 2)],
    ),
    "many by one count of several": (
        {"a": (OF, 3), "b": (LATER, 4)},
        {"a": (OF, 5), "b": (LATER, 44)},
        [],
    ),
    "each of its own": (
        {"a": (OTHER, 3), "b": (OF, 4)},
        {"a": (OTHER, 5), "b": (OF, 8)},
        [("A", "", "2025", 2), ("A", "P", "2024", 4)],
    ),
    "new beside what was": ({"a": (OF, 3)}, {"a": (OF, 3), "b": (OF, 4)}, []),
    "gone beside what is": ({"a": (OF, 3), "b": (OF, 4)}, {"a": (OF, 3)}, []),
    "the same round under another id": ({"a": (OF, 3)}, {"b": (OF, 3)}, []),
    "another id and one more": ({"a": (OF, 3)}, {"b": (OF, 4)}, [("A", "P", "2024", 1)]),
    "another id and another kind": ({"a": (OF, 3)}, {"b": (OTHER, 4)}, []),
    "other ids, by size": (
        {"a": (OF, 3), "b": (OF, 30)},
        {"c": (OF, 31), "d": (OF, 5)},
        [("A", "P", "2024", 3)],
    ),
    "as many as before are the same rounds": (
        {"a": (OF, 3), "b": (OF, 3), "c": (OF, 20)},
        {"d": (OF, 3), "e": (OF, 5), "f": (OF, 20)},
        [("A", "P", "2024", 2)],
    ),
    "of a kind each": (
        {"a": (OF, 30), "b": (OTHER, 35)},
        {"c": (OF, 31), "d": (OTHER, 28)},
        [("A", "", "2025", 7), ("A", "P", "2024", 1)],
    ),
    "a cell of another year": ({"a": (OF, 3)}, {"a": (OTHER, 5)}, [("A", "", "2025", 2)]),
    "one more of the same size": (
        {"a": (OF, 3), "b": (OF, 5)},
        {"c": (OF, 3), "d": (OF, 3)},
        [("A", "P", "2024", 2)],
    ),
    "one less, of which one is the same": ({"a": (OF, 10), "b": (OF, 3)}, {"c": (OF, 3)}, []),
    "one that is the same, of two": ({"a": (OF, 3)}, {"b": (OF, 10), "c": (OF, 3)}, []),
    "as many as of another year before": (
        {"a": (OTHER, 3), "b": (OF, 5)},
        {"c": (OF, 3)},
        [("A", "P", "2024", 2)],
    ),
    "as many as of another year now": (
        {"a": (OF, 3)},
        {"b": (OTHER, 3), "c": (OF, 5)},
        [("A", "P", "2024", 2)],
    ),
    "the largest first": ({"a": (OF, 3), "b": (OF, 30)}, {"c": (OF, 28)}, [("A", "P", "2024", 2)]),
    "another id and fewer": ({"a": (OF, 9)}, {"b": (OF, 4)}, [("A", "P", "2024", 5)]),
    "few in each of several counts": (
        {"a": (OF, 3), "b": (LATER, 4)},
        {"a": (OF, 9), "b": (LATER, 11)},
        [("A", "P", "2024", 7)],
    ),
    "in order": (
        {f"{n}": (f"{name}\x1f\x1f{2020 + n}", 3) for n, name in enumerate("hbdacgfe")},
        {f"{n}": (f"{name}\x1f\x1f{2020 + n}", 4) for n, name in enumerate("hbdacgfe")},
        [(name, "", f"{2020 + 'hbdacgfe'.index(name)}", 1) for name in "abcdefgh"],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whom_two_versions_tell_of(what: str):
    before, now, told = CHANGES[what]
    assert persons_changed(before, now) == told


def persons_changed(before: Counts, now: Counts) -> list[tuple[str, str, str, int]]:
    with workbench() as connection:
        for name, counts in (("given_before", before), ("given_rounded", now)):
            connection.execute(f"create temp table {name} (cell text, kind text, count integer)")
            rows = [[cell, kind, count] for cell, (kind, count) in counts.items()]
            connection.executemany(f"insert into {name} values (?, ?, ?)", rows)
        return connection.execute(sql("protection/persons_changed"), [protect.FEWEST]).fetchall()
