"""What is told of one partner, and what is missing: as rows and sentences."""

import re
from collections.abc import Mapping, Sequence

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures.question import BORDERS
from ringvirkning.figures.timeline import every_partnership
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences

Results = Sequence[answers.PartnerResults]
Organisations = Sequence[answers.Partner]  # in a partner's story, per association
ResultKind = tuple[str, str, str, str]  # programme, measure, measuring point, evidence
# The first and the last year; and the period, where it is not whole years.
Period = tuple[int | None, int | None, str | None]
RESULT = ("what", "when", "programme", "value", "shared", "with", "evidence")
ACTIVITY = ("what", "when", "programme")
OF_AGREEMENT = (
    "start", "start_at_latest", "confirmed", "confirmed_lately", "activity", "result",
)  # fmt: skip


class OfOthers(LookupError):
    """What is asked for is there, but none of the chosen associations has to do with it. The name
    of what it is, a partner or a partnership."""


def organisations(shown: View, partner_id: str) -> Organisations:
    """Those in a partner's story, per association.

    Raises LookupError where there is no such partner, OfOthers where the chosen associations have
    nothing with it.
    """
    found = shown.rows(answers.Partner, partner_id=partner_id)
    if not found:
        raise LookupError(partner_id)
    if shown.selection.association and found[0].association is None:
        raise OfOthers("partner")
    return found


def named(found: Organisations, partner_id: str) -> answers.Partner:
    """The partner whose story it is."""
    return next(one for one in found if one.partner_id == partner_id)


def several_names(shown: View, found: Organisations) -> list[str]:
    """That a story is told under several names, with its offices, a sentence each: by association
    where they differ."""
    w = shown.words
    said: dict[str, list[str]] = {}
    for association in dict.fromkeys(one.association for one in found):
        own = [one for one in found if one.association == association]
        names = w("story.then").join(one.name for one in own if not one.is_office)
        offices = w.listed([one.name for one in own if one.is_office])
        parts = [
            w("story.one_story", names=names) if sum(not one.is_office for one in own) > 1 else "",
            w("story.with_offices", names=offices) if offices else "",
        ]
        if sentence := " ".join(filter(None, parts)):
            said.setdefault(sentence, []).append(association or "")
    if len(said) <= 1:
        return list(said)
    return [
        w("story.for_association", association=w.listed(whose), said=sentence)
        for sentence, whose in said.items()
    ]


def the_agreement(shown: View, partnership_id: str) -> answers.Partnership:
    """Raises LookupError where there is none of this id, OfOthers where it is another
    association's than those chosen."""
    found = shown.rows(answers.Partnership, partnership_id=partnership_id)
    if not found and shown.rows(answers.Partnership, partnership_id=partnership_id, association=()):
        raise OfOthers("partnership")
    if not found:
        raise LookupError(partnership_id)
    return found[0]


def type_of(w: Words, partner: answers.Partner | answers.PartnershipPartners) -> str:
    """Its type; "" where that is its name, as of NAV."""
    said = w.code("partner_type", partner.partner_type)
    return "" if said == partner.name else said


def who(shown: View, partner: answers.Partner) -> str:
    w = shown.words
    number = partner.organisation_number
    return sentences.quiet_line(
        [
            type_of(w, partner),
            w("story.number", number=number) if number else "",
        ]
    )


def agreements(shown: View, found: Organisations) -> list[answers.PartnershipRecords]:
    """The agreements of those in a story, each with its own association."""
    own = {(one.association, one.partner_id) for one in found}
    records = every_partnership(shown, [one.partner_id for one in found])
    return [row for row in records if own & {(row.association, one) for one in row.partner_ids}]


def results_of_partner(shown: View, partner_id: str) -> Results:
    return shown.rows(answers.PartnerResults, partner_id=partner_id)


def latest_results(shown: View, partner_id: str) -> Results:
    """Those that are published before any example, the newest of each first."""
    rows = results_of_partner(shown, partner_id)
    newest = sorted(rows, key=lambda row: period_order(period_of(row)), reverse=True)
    return sorted(newest, key=lambda row: row.evidence == sentences.WEAKER[-1])


def result(shown: View, row: answers.PartnerResults) -> list[str]:
    """A result in words, one for each of RESULT."""
    w = shown.words
    unknown = {row.value_status: row.result_count} if row.value_status else {}
    return [
        sentences.measured(w, row.measure, row.measured_at),
        sentences.time_in_words(w, row.from_year, row.to_year, row.period)
        or w("date.year_unknown"),
        row.programme or "",
        sentences.result_said(w, row.measure, row.value, unknown),
        sentences.measured_number(w, row.measure, row.shared_value),
        ", ".join(alphabetical(row.shared_with or (), w.language)),
        w.code("evidence", row.evidence),
    ]


def by_period(shown: View, rows: Results, most: int) -> list[list[str]]:
    """Results as rows, heading first: the total, then the latest `most` periods, newest first.

    Those with the newest figure stand first. What is of earlier periods is in the total, which
    only results that may be added have.
    """
    w = shown.words
    periods = newest_first(rows)[:most]
    names = [sentences.time_in_words(w, *period) or w("date.year_unknown") for period in periods]
    columns = (w(f"story.column.{name}") for name in ("what", "programme", "value"))
    heading = [*columns, *names, w("story.column.shared"), w("story.column.evidence")]
    return [heading] + [
        [
            sentences.measured(w, measure, measured_at),
            programme,
            summed_words(shown, measure, [row.value for row in own.values()]),
            *(period_cell(w, own[p], unknown.get(p, {})) if p in own else "" for p in periods),
            summed_words(shown, measure, [row.shared_value for row in own.values()]),
            w.code("evidence", evidence),
        ]
        for kind, own in by_kind(rows).items()
        for programme, measure, measured_at, evidence in [kind]
        for unknown in [unknown_by_period(rows, kind)]
    ]


def period_cell(w: Words, row: answers.PartnerResults, unknown: Mapping[str, int]) -> str:
    known, why = result_words(w, row.measure, row.value), sentences.unknown_words(w, unknown)
    return f"{known} ({why})" if known and why else known or why


def by_kind(rows: Results) -> dict[ResultKind, dict[Period, answers.PartnerResults]]:
    """Results by programme, measure, measuring point and evidence, then by their period; those with
    the newest figure first. One whose number is known stands before those where it isn't."""
    kinds: dict[ResultKind, dict[Period, answers.PartnerResults]] = {}
    for row in sorted(rows, key=lambda row: row.to_year or 0, reverse=True):
        own = kinds.setdefault(result_kind(row), {})
        if row.value is not None or period_of(row) not in own:
            own[period_of(row)] = row
    return kinds


def result_kind(row: answers.PartnerResults) -> ResultKind:
    return row.programme or "", row.measure, row.measured_at, row.evidence


def period_of(row: answers.PartnerResults) -> Period:
    return row.from_year, row.to_year, row.period


def unknown_by_period(rows: Results, kind: ResultKind) -> dict[Period, dict[str, int]]:
    """How many results of a kind have no number, by period and by why."""
    found: dict[Period, dict[str, int]] = {}
    for row in rows:
        if result_kind(row) == kind and row.value_status:
            found.setdefault(period_of(row), {})[row.value_status] = row.result_count
    return found


def result_totals(shown: View, rows: Results) -> list[float]:
    """What the results of each kind are in all, where they may be added."""
    found = (
        sum_of(shown, measure, [row.value for row in own.values()])
        for (_, measure, *_), own in by_kind(rows).items()
    )
    return [total for total in found if total is not None]


def newest_first(rows: Results) -> list[Period]:
    """The periods that results are of, those of unknown year last."""
    return sorted(set(map(period_of, rows)), key=period_order, reverse=True)


def period_order(period: Period) -> tuple[int, int, str]:
    """By the last year, then the first, then a whole year before its parts, these by month."""
    first, last, part = period
    quarter = re.fullmatch(r"(\d{4})-Q(\d)", part or "")
    month = f"{quarter[1]}-{3 * int(quarter[2]) - 2:02}" if quarter else part or ""
    return last or 0, first or 0, month


def sum_of(shown: View, measure: str, values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    may_add = len(values) == 1 or shown.measure(measure)["adds"] == "sum"
    return sum(known) if known and may_add else None


def summed_words(shown: View, measure: str, values: Sequence[float | None]) -> str:
    return result_words(shown.words, measure, sum_of(shown, measure, values))


def result_words(w: Words, measure: str, value: float | None) -> str:
    if w.unit(measure) in ("share", "score"):
        return sentences.measured_number(w, measure, value)
    if value is None:
        return ""
    number = w.shown(value)
    return w("count.nok", number=number) if w.unit(measure) == "nok" else number


def sharers(shown: View, rows: Results) -> list[str]:
    """With whom the results of each programme are shared, a sentence each."""
    w = shown.words
    names: dict[str, set[str]] = {}
    for row in rows:
        names.setdefault(row.programme or "", set()).update(row.shared_with or ())
    return [
        w(
            "story.shared_with",
            what=programme or w("story.other_results"),
            names=w.listed(alphabetical(own, w.language)),
        )
        for programme, own in names.items()
        if own
    ]


def activity_count(shown: View, partner_id: str) -> int:
    """How many activities there are under any of its names."""
    rows = shown.rows(answers.Missing, partner_id=partner_id, partnership_ids=())
    return sum(row.record_count for row in rows if row.matter == "attended")


def activities_heading(shown: View, told: int, count: int) -> str:
    w = shown.words
    if told < count:
        return w("story.latest_activities", n=told, all=count)
    return w("story.activities", n=count) if count else w("menu.activities")


def latest_activities(shown: View, found: Organisations, most: int) -> list[answers.ExploreRecords]:
    """The latest under any of its names."""
    records = {
        row.record_id: row
        for association, told_id in {(one.association, one.told_id) for one in found}
        if association
        for row in shown.rows(
            answers.ExploreRecords,
            association=(association,),
            measure="activities_held",
            point="exit",
            rows="story",
            split="",
            grain="year",
            row_key=told_id,
            split_key="*",
            places=(),
            borders=BORDERS[0],
            offset=0,
            limit=most,
        )
    }
    named = alphabetical(records.values(), shown.words.language, lambda row: row.title or "")
    return sorted(named, key=lambda row: row.start_date or "", reverse=True)[:most]


def activity(shown: View, row: answers.ExploreRecords) -> list[str]:
    """An activity in words, one for each of ACTIVITY."""
    w = shown.words
    when = sentences.date_words(w, row.start_date, row.date_qualifier)
    known = when or sentences.period(row.from_year, row.to_year) or w("date.unknown")
    example = f" ({w('claim.example')})" if row.evidence == "illustrative" else ""
    return [(row.title or row.record_id or "") + example, known, row.programme or ""]


def lacking(
    shown: View, partner_id: str | None = None, partnership_ids: Sequence[str] = ()
) -> list[str]:
    """What one would want to know of them and nobody has told."""
    w = shown.words
    rows = shown.rows(
        answers.Missing, partner_id=partner_id, partnership_ids=tuple(partnership_ids)
    )
    return [lacks(w, row) for row in rows if row.missing_count]


def lacks(w: Words, row: answers.Missing) -> str:
    if row.record_count == 1 and row.matter in OF_AGREEMENT:
        return w(f"story.lacks_one.{row.matter}")
    return w(f"story.lacks.{row.matter}", n=row.missing_count, of=row.record_count)


def attention(shown: View) -> list[tuple[str, str]]:
    """What is ending, not known or not told: a heading and a sentence each. Where there is nothing
    that could lack it, that is said."""
    w, agreements = shown.words, shown.rows(answers.AgreementNames)
    # By id and title: a step that is late is told by its own.
    own = {(row.partnership_id, row.title) for row in agreements}
    apart = titles_apart(w, agreements)
    said = []
    for row in shown.rows(answers.Attention):
        what = attention_count(w, row)
        if row.titles:
            rest = row.record_count - len(row.titles)
            ids = (row.partnership_ids or row.titles)[: len(row.titles)]  # or of programmes
            named = zip(ids, row.titles, strict=True)
            titles = [apart[one[0]] if one in own else one[1] for one in named]
            what += ": " + "; ".join(titles) + (w("attention.more", n=rest) if rest else "")
        said.append((w(f"attention.{row.matter}.title"), what))
    return said


def what_is_due(shown: View) -> list[str]:
    """What of that there is, a line each."""
    told = zip(shown.rows(answers.Attention), attention(shown), strict=True)
    return [f"{title}: {what}" for row, (title, what) in told if row.record_count]


def attention_count(w: Words, row: answers.Attention) -> str:
    """How many need it; that none could, where there is nothing of the kind."""
    if not row.of_count:
        return w(f"attention.{row.matter}.of_none")
    return w(f"attention.{row.matter}.what", n=row.record_count)
