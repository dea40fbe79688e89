"""What is told of one agreement: as rows and sentences, wherever its story is read."""

from collections.abc import Mapping, Sequence

from queries import answers
from queries.alphabet import alphabetical, alphabetical_within
from ringvirkning.figures import stories
from ringvirkning.figures.stories import Period
from ringvirkning.figures.timeline import begun_words
from ringvirkning.figures.view import View
from ringvirkning.texts import LANGUAGES, Words, entries, sentences

CONVERSATION = "in_force.conversation"
MOST_HELD = 100
ACTIVITY_COLUMNS = ("activity", "when", "type", "registered", "attended", "shared_with")

# A list of agreements, by the words of its columns.
LISTED_WORDS = ("title", "partners", "type", "start", "status")

AgreementRow = answers.Partnership
AgreementPartners = Sequence[answers.PartnershipPartners]
AgreementActivities = Sequence[answers.PartnershipActivities]
AgreementResults = Sequence[answers.PartnershipResults]


def agreement_line(w: Words, row: AgreementRow) -> str:
    """Association, type and programme of a partnership."""
    said = [row.association, w.code("partnership_type", row.partnership_type)]
    if row.programme:
        said.append(w("record.in_programme", programme=row.programme))
    return sentences.quiet_line(said)


def agreement_facts(w: Words, row: AgreementRow) -> dict[str, str]:
    """What is known of the agreement itself, each under what it is called; its source stands for
    itself."""
    facts = {
        "record.status": w.code("status", row.status),
        "record.agreement_status": sentences.capital(
            w.code("agreement_status", row.agreement_status) if row.agreement_status else ""
        ),
        "record.level": sentences.capital(
            w.code("agreement_level", row.agreement_level) if row.agreement_level else ""
        ),
        "record.start": fact_day(w, row.start_date, row.start_qualifier),
        "record.end": fact_day(w, row.end_date, row.end_qualifier),
        "record.confirmed": confirmed_words(w, row),
        "record.asked": fact_day(w, row.asked_date, None) if row.asked_date else "",
        "record.focus_areas": ", ".join((row.focus_areas or "").split("|")),
        "record.note": row.note or "",
    }
    return {w(key): said for key, said in facts.items() if said}


def confirmed_words(w: Words, row: AgreementRow) -> str:
    """When it was confirmed, by whom and where, as far as that is told here."""
    day, source = fact_day(w, row.confirmed_date, None), row.confirmed_source or ""
    if source.casefold() in {entries(language)[CONVERSATION] for language in LANGUAGES}:
        source = w(CONVERSATION)  # whatever the language of who wrote it
    return sentences.quiet_line([day, row.confirmed_role or "", source])


def fact_day(w: Words, day: str | None, qualifier: str | None) -> str:
    """A day under its label, which says of what it is."""
    return sentences.capital(sentences.date_words(w, day, qualifier)) or w("record.not_stated")


def partner_names(w: Words, row: answers.PartnershipRecords) -> str:
    return ", ".join(alphabetical(row.partner_names or (), w.language))


def listed_words(w: Words, row: answers.PartnershipRecords) -> dict[str, str]:
    """An agreement in a list, by its columns LISTED_WORDS."""
    return {
        "title": row.title,
        "partners": partner_names(w, row),
        "type": w.code("partnership_type", row.partnership_type),
        "start": begun_words(w, row),
        "status": w.code("status", row.status),
    }


def outer_agreement(row: AgreementRow) -> dict[str, str]:
    """The title of what it is part of, by its id."""
    return {row.part_of: row.part_of_title or row.part_of} if row.part_of else {}


def inner_agreements(row: AgreementRow) -> dict[str, str]:
    """The titles of its parts, by their ids."""
    return dict(zip(row.part_ids or (), row.part_titles or (), strict=True))


def by_title(w: Words, titles: Mapping[str, str]) -> list[str]:
    """The ids of agreements in the order of the language."""
    return alphabetical(titles, w.language, titles.__getitem__)


def partners_agreed(shown: View, partnership_id: str) -> AgreementPartners:
    """In the order of the language."""
    rows = shown.rows(answers.PartnershipPartners, partnership_id=partnership_id)
    return alphabetical(rows, shown.words.language, lambda row: row.name)


def partner_line(w: Words, row: answers.PartnershipPartners) -> str:
    """What stands under the name of a partner of an agreement; "" where that is nothing."""
    said = [stories.type_of(w, row)]
    if row.partnership_count > 1:
        said.append(w("story.in_partnerships", n=row.partnership_count))
    if row.head_name:
        said.append(w("story.office_of", name=row.head_name))
    if row.continued_as_name:
        said.append(w("story.continued_as", name=row.continued_as_name))
    return sentences.quiet_line(said)


def results_of(shown: View, partnership_id: str) -> AgreementResults:
    return shown.rows(answers.PartnershipResults, partnership_id=partnership_id)


def with_figures(rows: AgreementResults) -> list[answers.PartnershipResults]:
    """Those that have a number, or say why they have none."""
    return [row for row in rows if row.value is not None or row.value_status]


def period_rows(w: Words, figures: AgreementResults) -> list[tuple[str, ...]]:
    """Results as rows, periods as columns, heading first; what is shared in brackets. Results that
    differ in programme, source or how exactly they are known stand side by side in one cell."""
    spans = sorted(
        {(row.from_year, row.to_year, row.period) for row in figures},
        key=lambda span: (span[0] is None, stories.period_order(span)),
    )
    cells: dict[tuple[str, str], dict[Period, list[str]]] = {}
    for row in figures:
        unknown = {row.value_status: row.result_count} if row.value_status else {}
        said = sentences.result_said(w, row.measure, row.value, unknown)
        if row.shared_value is not None:
            said += f" ({w('record.n_shared', n=row.shared_value)})"
        what = sentences.measured(w, row.measure, row.measured_at)
        found = cells.setdefault((what, w.code("evidence", row.evidence)), {})
        found.setdefault((row.from_year, row.to_year, row.period), []).append(said)
    named = [sentences.time_in_words(w, *span) or w("date.year_unknown") for span in spans]
    return [(w("record.result"), *named, w("record.evidence"))] + [
        (what, *("; ".join(found.get(span, [])) for span in spans), on)
        for (what, on), found in cells.items()
    ]


def activities_of(shown: View, partnership_id: str) -> tuple[AgreementActivities, int]:
    """The latest, those of one day by title; and how many there are in all."""
    rows = alphabetical_within(
        shown.rows(answers.PartnershipActivities, partnership_id=partnership_id),
        shown.words.language,
        lambda row: row.begins_on,
        lambda row: row.title,
    )
    return rows[:MOST_HELD], rows[0].matching_count if rows else 0


def activity_rows(w: Words, rows: AgreementActivities) -> list[tuple[str, ...]]:
    """Activities of an agreement in words, heading first, a column for each of ACTIVITY_COLUMNS."""
    return [tuple(w(f"record.{name}") for name in ACTIVITY_COLUMNS)] + [
        (
            row.title + (f" ({w('claim.example')})" if row.evidence == "illustrative" else ""),
            sentences.date_words(w, row.start_date, row.date_qualifier) or w("date.unknown"),
            w.code("activity_type", row.activity_type),
            sentences.counted(w, row.registered_count, row.count_qualifier),
            sentences.counted(w, row.attended_count, row.count_qualifier),
            ", ".join(alphabetical(row.shared_with or (), w.language)),
        )
        for row in rows
    ]


def told_elsewhere(shown: View, agreement_ids: Sequence[str]) -> Mapping[str, str]:
    """The titles, by their ids, of other agreements that their work is told under, too."""
    streams = shown.rows(answers.WorkStreams, agreement_ids=tuple(agreement_ids))
    return {
        id_: title
        for row in streams
        for id_, title in zip(row.other_ids or (), row.other_titles or (), strict=True)
        if id_ not in agreement_ids
    }
