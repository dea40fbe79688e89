"""Lists of firms with whom there are agreements: one of each, told by a name and little else.

What such a list says of the firm itself, its number or type, is kept beside the agreement until
it is known who the partner is (`new_partners`), and so is what the agreements are called.
"""

from collections.abc import Mapping

from ringvirkning.intake.sheets import Row
from ringvirkning.intake.sheets.vocabulary import headings, headings_alone, plain_heading
from ringvirkning.texts import LANGUAGES, words

AGREEMENTS, WITH_WHOM, CALLED = "partnerships", "partner_ids", "title"
OF_PARTNER = "partner:"  # stands before a column that tells of the partner
CALLED_AS = f"{OF_PARTNER}{CALLED}"  # what all are called, each after its partner
DETAILS = ("organisation_number", "partner_type")
THE_PARTNER = "…"  # in what agreements are called, each with the name of its partner


def names_firms(row: Row) -> bool:
    """Whether a row of headings has one for the name of a partner."""
    firms = headings("partners")
    return any(firms.get(plain_heading(cell.text)) == "name" for cell in row.cells)


def tells_agreements(row: Row) -> bool:
    return any(plain_heading(cell.text) in headings_alone(AGREEMENTS) for cell in row.cells)


def told_of_firms(plainly: Mapping[int, str], meant: Mapping[int, str | None]) -> dict[int, str]:
    """The columns of agreements that lists of partners have headings for."""
    firms = headings("partners")
    found = {place: firms.get(word) for place, word in plainly.items() if meant[place] is None}
    named = [place for place, name in found.items() if name == "name"]
    is_list = len(named) == 1 and WITH_WHOM not in meant.values()
    details = {p: f"{OF_PARTNER}{name}" for p, name in found.items() if name in DETAILS}
    return details | ({named[0]: WITH_WHOM} if is_list else {})


def titles_offered() -> list[str]:
    """What agreements may be called that have no names."""
    return [words(language)("form.agreement_with", name=THE_PARTNER) for language in LANGUAGES]


def called_after_partner(row: dict[str, str]) -> dict[str, str]:
    """An agreement with its name, after what was said of all of them."""
    rest = dict(row)
    said, name = rest.pop(CALLED_AS, ""), row.get(WITH_WHOM, "").replace("|", ", ")
    if not said:
        return rest
    title = said.replace(THE_PARTNER, name) if THE_PARTNER in said else f"{said} {name}"
    return {**rest, CALLED: title}
