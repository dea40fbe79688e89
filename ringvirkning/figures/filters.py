"""What the filters leave, as codes in an address and in words."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from queries import Value, answers
from queries.alphabet import alphabetical
from ringvirkning.figures.view import File, Selection, View, cached_answer, file_now, forgetting
from ringvirkning.texts import OTHER, Words

LISTS = ("association", "partner_type", "partnership_type", "programme")
FilterChoices = Mapping[str, Mapping[str, int]]


def choices(rows: Sequence[answers.Choices]) -> dict[str, dict[str, int]]:
    """Every choice of every filter, and how many records the other filters leave it."""
    found: dict[str, dict[str, int]] = {name: {} for name in LISTS}
    for row in rows:
        found[row.filter][row.code] = row.record_count
    return found


def offered(shown: View) -> FilterChoices:
    """Every association, and of the other filters what the chosen associations have; and what is
    chosen already, so that it can be let go of. All are in the order of the language, what is of
    no other type last."""
    every = choices(shown.rows(answers.Choices))
    for name, codes in every.items():
        every[name] = {code: codes[code] for code in by_name(shown.words, name, codes)}
    if not shown.selection.association:
        return every
    own = choices(shown.of_associations.rows(answers.Choices))
    return {
        name: {
            code: count
            for code, count in codes.items()
            if name == "association" or own[name][code] or code in getattr(shown.selection, name)
        }
        for name, codes in every.items()
    }


def by_name(w: Words, name: str, codes: Iterable[str]) -> list[str]:
    said = alphabetical(codes, w.language, lambda code: w.code(name, code))
    return sorted(said, key=OTHER.__eq__)


def every_choice(database: Path) -> FilterChoices:
    """Every choice there is, whatever is chosen. Not to be changed by who gets it."""
    return choices_of(file_now(database))


@lru_cache(maxsize=4)
def choices_of(found: File) -> FilterChoices:
    values: dict[str, Value] = dict.fromkeys(LISTS, ()) | {
        "from_year": None,
        "illustrative": True,
        "to_year": None,
    }
    return choices(cached_answer(found.path, answers.Choices, tuple(sorted(values.items()))))


forgetting.append(choices_of.cache_clear)


def as_address(chosen: Selection) -> dict[str, list[str]]:
    """The parameters of an address; what is at its default is left out."""
    address = {name: list(codes) for name in LISTS if (codes := getattr(chosen, name))}
    if chosen.years:
        address["years"] = ["-".join(map(str, chosen.years))]
    switches = {"examples": chosen.illustrative, "events": chosen.events}
    return address | {name: ["no"] for name, is_on in switches.items() if not is_on}


def query_of(chosen: Selection) -> str:
    """The same as what stands after the "?"."""
    return urlencode(as_address(chosen), doseq=True)


def address_of_associations(names: Sequence[str]) -> str:
    """The same where these are chosen, and nothing else."""
    return query_of(Selection(tuple(names)))


def from_address(
    address: Mapping[str, Sequence[str]], known: FilterChoices, span: tuple[int, int]
) -> tuple[Selection, list[str]]:
    """What an address leaves, and the values in it that do not exist."""
    codes: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for name in LISTS:
        given = dict.fromkeys(address.get(name, ()))
        codes[name] = tuple(code for code in given if code in known[name])
        unknown += [code for code in given if code not in known[name]]
    years = None
    for text in address.get("years", ()):
        first, _, last = text.partition("-")
        if first.isdecimal() and (last or first).isdecimal():
            years = within((int(first[:4]), int((last or first)[:4])), span)
        else:
            unknown.append(text)
    illustrative, events = (address.get(name) != ["no"] for name in ("examples", "events"))
    return Selection(**codes, years=years, illustrative=illustrative, events=events), unknown


def within(years: tuple[int, int], span: tuple[int, int]) -> tuple[int, int] | None:
    """Years in their order and among those that there are; None where they are all of them."""
    first, last = (min(max(year, span[0]), span[1]) for year in sorted(years))
    return None if (first, last) == span else (first, last)


def lists_summary(w: Words, chosen: Selection, names: Sequence[str]) -> list[str]:
    """What is chosen in these lists; of associations also that all are."""
    return [
        ", ".join(w.code(name, code) for code in getattr(chosen, name)) or w(f"filter.all.{name}")
        for name in names
        if getattr(chosen, name) or name == "association"
    ]


def filter_summary(w: Words, chosen: Selection, span: tuple[int, int]) -> str:
    """The filters written out: what a figure was taken under."""
    said = lists_summary(w, chosen, LISTS)
    first, last = chosen.years or span
    said.append(str(first) if first == last else f"{first}–{last}")
    if not chosen.illustrative:
        said.append(w("filter.without_examples"))
    if not chosen.events:
        said.append(w("filter.without_events"))
    return " · ".join(said)
