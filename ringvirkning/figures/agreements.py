"""What agreements hold: the work under them, what goes in, and whom their programmes are for."""

from collections import Counter
from collections.abc import Sequence

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.charts import RowsOnly, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences

TextRows = list[tuple[str, ...]]
STATUSES = ("under_way", "planned", "done", "stopped", "unknown")  # as they are named in a title
WORK = (
    "work",
    "agreement",
    "status",
    "achieved",
    "next_step",
    "own_role",
    "partner_role",
    "told_under",
)
CONTRIBUTION = ("what", "agreement", "from", "amount", "kind", "state", "granted", "year")


def work(shown: View, agreement_ids: Sequence[str]) -> Figure | None:
    """The work under agreements, as a table; None where there is none."""
    w = shown.words
    streams = shown.rows(answers.WorkStreams, agreement_ids=tuple(agreement_ids))
    if not streams:
        return None
    heading = tuple(w(f"work.column.{name}") for name in WORK)
    is_of_many = len({row.partnership_id for row in streams}) > 1
    rows = used_columns([heading, *(work_words(w, row, is_of_many) for row in streams)])
    return make(
        shown,
        "work",
        RowsOnly(*forms.base(w, work_title(w, streams), w("work.subtitle"), rows)),
        foot=sentences.capital(
            sentences.quiet_line(
                [
                    w("work.counted_there") if any(row.other_ids for row in streams) else "",
                    feet.evidence(shown, (row.evidence for row in streams)),
                ]
            )
        ),
        measures=[],
        asks=["work_streams"],
        more={"agreement_ids": tuple(agreement_ids)},
        cited=[
            answers.Sources(
                "work", row.programme, None, row.evidence, row.source, 1, row.source_date
            )
            for row in streams
        ],
    )


def work_title(w: Words, streams: Sequence[answers.WorkStreams]) -> str:
    count = Counter(row.work_status for row in streams)
    parts = [
        f"{w.number(count[status])} {w.code('work_status', status)}"
        for status in STATUSES
        if count[status]
    ]
    return w("work.title", n=len(streams), parts=", ".join(parts))


def work_words(w: Words, row: answers.WorkStreams, is_of_many: bool) -> tuple[str, ...]:
    """A work stream in words, one for each of WORK; its agreement where there are several."""
    status = sentences.capital(w.code("work_status", row.work_status))
    if row.source_date:
        status = w("work.status_by", status=status, date=w.day(row.source_date))
    step = row.next_step or ""
    if row.due_date:
        late = "late" if row.is_late else "due"
        step = w(f"work.step_{late}", step=step, date=w.day(row.due_date))
    elsewhere = ", ".join(alphabetical(row.other_titles or (), w.language))
    if elsewhere and row.activity_count:
        elsewhere = w("work.told", titles=elsewhere, n=row.activity_count)
    example = f" ({w('claim.example')})" if row.evidence == "illustrative" else ""
    roles = (row.own_role or "", row.partner_role or "")
    of = row.agreement if is_of_many else ""
    return (row.title + example, of, status, row.achieved or "", step, *roles, elsewhere)


def used_columns(rows: TextRows) -> TextRows:
    """The columns that any row below the heading has something in."""
    used = [any(column) for column in zip(*rows[1:], strict=True)]
    return [tuple(cell for cell, is_used in zip(row, used, strict=True) if is_used) for row in rows]


# What goes in


def contributions(
    shown: View, agreement_ids: Sequence[str], giver_ids: Sequence[str] = ()
) -> Figure | None:
    """What goes into agreements, as a table: all, or from some partners and the association."""
    w = shown.words
    values = {"agreement_ids": tuple(agreement_ids), "giver_ids": tuple(giver_ids)}
    found = shown.rows(answers.Contributions, **values)
    if not found:
        return None
    heading = tuple(w(f"contribution.column.{name}") for name in CONTRIBUTION)
    is_of_many = len({row.partnership_id for row in found}) > 1
    rows = used_columns([heading, *(contribution_words(w, row, is_of_many) for row in found)])
    title = w("contribution.title", n=len(found))
    if len(agreement_ids) == 1 and not giver_ids:
        title = totals_words(shown, agreement_ids[0]) or title
    return make(
        shown,
        "contributions",
        RowsOnly(*forms.base(w, title, w("contribution.subtitle"), rows)),
        foot=w("contribution.never_added"),
        measures=[],
        asks=["contributions"],
        more=values,
        cited=[
            answers.Sources("contribution", None, None, None, row.source, 1, row.source_date)
            for row in found
        ],
    )


def contribution_words(w: Words, row: answers.Contributions, is_of_many: bool) -> tuple[str, ...]:
    """A contribution in words, one for each of CONTRIBUTION; its agreement where there are many."""
    kind = w.code("contribution_kind", row.contribution_kind)
    givers = {
        "association": row.association,
        "partners": w.listed(alphabetical(row.giver_names or (), w.language)),
        "others": sentences.capital(w.code("giver", "others")),
    }
    unknown = w("contribution.amount_unknown")
    return (
        row.description or sentences.capital(kind),
        row.agreement if is_of_many else "",
        givers[row.giver],
        amount_words(w, row) if row.amount is not None else unknown,
        kind,
        w.code("contribution_state", row.contribution_state),
        sentences.date_words(w, row.granted_date, None),
        sentences.time_in_words(w, row.from_year, row.to_year, row.period),
    )


def amount_words(w: Words, row: answers.Contributions | answers.ContributionTotals) -> str:
    """An amount that is known, as hours or with its currency."""
    amount = row.amount or 0
    if row.contribution_kind == "hours":
        return w("contribution.hours", n=amount)
    if row.currency == "NOK":
        return w("count.nok", number=w.known(amount))
    return w("contribution.money", number=w.known(amount), currency=row.currency)


def totals_words(shown: View, partnership_id: str) -> str:
    """What goes into an agreement, of each kind, currency and state; nothing where no amount is
    known."""
    w = shown.words
    totals = shown.rows(answers.ContributionTotals, partnership_id=partnership_id)
    said = [
        w(
            f"contribution.total.{row.contribution_kind}",
            amount=amount_words(w, row),
            state=w.code("contribution_state", row.contribution_state),
        )
        for row in totals
        if row.known_count
    ]
    unknown = sum(row.contribution_count - row.known_count for row in totals)
    if said and unknown:
        said.append(w("contribution.unknown", n=unknown))
    return sentences.capital(w.listed(said)) if said else ""


# Whom programmes are for


def target_groups(shown: View, programme: str | None, association: str = "") -> list[str]:
    """Whom a programme is for: "Unge arbeidssøkere, 16–30 år"; for each association that tells."""
    if not programme:
        return []
    values: dict[str, Sequence[str]] = {"programme": (programme,)}
    if association:
        values["association"] = (association,)
    found = (audience_words(shown.words, row) for row in shown.rows(answers.TargetGroups, **values))
    return [said for said in dict.fromkeys(found) if said]


def audience_words(w: Words, row: answers.TargetGroups) -> str:
    return ", ".join(filter(None, [row.target_group, ages_words(w, row.age_from, row.age_to)]))


def ages_words(w: Words, first: int | None, last: int | None) -> str:
    if first is not None and last is not None:
        return w("programme.ages", first=first, last=last)
    if first is not None:
        return w("programme.ages_from", first=first)
    return "" if last is None else w("programme.ages_to", last=last)


def groups_of(shown: View, agreed: Sequence[answers.PartnershipRecords]) -> list[str]:
    """Whom the programmes of agreements are for, a line each."""
    pairs = dict.fromkeys((row.programme, row.association) for row in agreed if row.programme)
    return [
        shown.words("programme.group_of", programme=programme, group=said)
        for programme, association in pairs
        for said in target_groups(shown, programme, association)
    ]
