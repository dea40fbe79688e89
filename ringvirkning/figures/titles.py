"""What agreements are called where several are named: those of one title told apart."""

from collections.abc import Callable, Sequence

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences

NamedAgreement = answers.AgreementNames | answers.PartnershipRecords


def every_title(shown: View) -> dict[str, str]:
    """The titles of all agreements that are shown, by their ids, each a title of its own."""
    return titles_apart(shown.words, shown.rows(answers.AgreementNames))


def titles_apart(w: Words, agreements: Sequence[NamedAgreement]) -> dict[str, str]:
    """The titles of agreements by their ids. Those that are called the same say what tells them
    apart: with whom they are, else from when to when, else whose."""
    said = {row.partnership_id: row.title for row in agreements}
    told: Sequence[Callable[[NamedAgreement], str]] = (
        lambda row: w.listed(alphabetical(row.partner_names or (), w.language)),
        lambda row: years_of(w, row),
        lambda row: row.association or "",
    )
    for part in told:
        alike: dict[str, list[NamedAgreement]] = {}
        for row in agreements:
            alike.setdefault(said[row.partnership_id], []).append(row)
        for rows in alike.values():
            parts = {row.partnership_id: part(row) for row in rows if len(rows) > 1}
            if len({*parts.values()}) > 1:
                said |= {id: sentences.quiet_line([said[id], one]) for id, one in parts.items()}
    return said


def years_of(w: Words, row: NamedAgreement) -> str:
    """From when to when an agreement is, as far as that is known."""
    since = sentences.start_words(w, row.start_date, row.start_qualifier)
    until = sentences.date_words(w, row.end_date, row.end_qualifier)
    return f"{since}–{until}" if until else since
