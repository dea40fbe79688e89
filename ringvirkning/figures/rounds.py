"""What a programme's rounds gave: the funnel from registered to in work, and round by round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from queries import answers
from ringvirkning.charts import Bars, Panels, Series, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.jobs import KINDS, kind_series
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import interval, number, share
from ringvirkning.texts.sentences import bounds_words, claim, shortened, shortened_apart, x_of_y

HALVES_OF_YEAR = ("spring", "autumn")
HOLIDAYS = (6, 7)  # the months between them: of neither
STAGES = (
    ("registered", "exit"),
    ("attended", "exit"),
    ("interviews", "exit"),
    ("job_offers", "exit"),
    ("placements", "exit"),
    ("in_work_or_education", "6_months"),
    ("in_work_or_education", "12_months"),
)
FOLLOW_UPS = ("6_months", "12_months")
Stages = Sequence[answers.Funnel]
OfProgramme = TypeVar("OfProgramme", answers.Funnel, answers.Quotes, answers.ResultsByProgramme)
IN_CHAIN = {measure for measure, _ in STAGES} | set(KINDS)


def of_programme(shown: View, question: type[OfProgramme], programme: str) -> list[OfProgramme]:
    return [row for row in shown.rows(question) if row.programme == programme]


def foot(shown: View, stages: Stages) -> str:
    """Under the funnel: how many rounds, how many in part, too young or hidden, which evidence."""
    placed = [row for row in stages if row.measure == "placements"]
    late = [row for row in stages if row.measured_at == FOLLOW_UPS[1]]
    early = [row for row in stages if row.measured_at == FOLLOW_UPS[0]]
    hidden = sum(row.suppressed_count for row in late)
    missing = (row.round_count - row.known_count - row.suppressed_count for row in early)
    why = {
        "partly_known": sum(row.partly_known_count for row in placed),
        "not_due": sum(row.not_due_count for row in late),
        "not_followed_up_early": sum(missing),
        "not_followed_up": sum(row.round_count - row.known_count for row in late) - hidden,
        "follow_up_hidden_early": sum(row.suppressed_count for row in early),
        "follow_up_hidden": hidden,
    }
    known = sum(row.known_count for row in placed)
    matching = sum(row.round_count + row.not_due_count for row in placed)
    return under_rounds(shown, known, matching, why, [row.evidence for row in stages])


def under_rounds(
    shown: View, known: int, matching: int, why: Mapping[str, int], kinds: Sequence[str | None]
) -> str:
    """Of how many rounds the jobs are known, why other numbers are not, which evidence."""
    w = shown.words
    return sentences.quiet_line(
        [
            w("foot.unit_persons"),
            w("foot.rounds", n=known, of=matching),
            *(w(f"foot.{reason}", n=n) for reason, n in why.items() if n),
            feet.evidence(shown, kinds),
        ]
    )


def foot_by_round(shown: View, found: Sequence[answers.Rounds], every: int) -> str:
    """The same of the rounds that are drawn, of `every` one."""
    known = [row for row in found if row.value is not None]
    late = [row for row in found if row.measured_at == FOLLOW_UPS[1]]
    due = [row for row in late if row.is_due]
    early = [row for row in found if row.measured_at == FOLLOW_UPS[0] and row.is_due]
    placed = {row.activity_id for row in known if row.measure in KINDS}
    partly = placed & {
        row.activity_id for row in found if row.measure in KINDS and row.value is None
    }
    why = {
        "partly_known": len(partly),
        "not_due": len(late) - len(due),
        "not_followed_up_early": sum(row.value is None and not is_suppressed(row) for row in early),
        "not_followed_up": sum(row.value is None and not is_suppressed(row) for row in due),
        "follow_up_hidden_early": sum(map(is_suppressed, early)),
        "follow_up_hidden": sum(map(is_suppressed, due)),
    }
    return under_rounds(shown, len(placed - partly), every, why, [row.evidence for row in known])


def is_suppressed(row: answers.Rounds) -> bool:
    return row.value_status == "suppressed" and row.value is None


# The funnel


def funnel(shown: View, programme: str) -> Figure | None:
    stages = of_programme(shown, answers.Funnel, programme)
    if not stages:
        return None
    return make(
        shown,
        f"funnel-{programme}",
        funnel_chart(shown.words, stages, programme),
        foot=foot(shown, stages),
        measures=["placements", "placement_rate", "retention_rate"],
        asks=["funnel"],
        cited=feet.cited(shown, "rounds", programme=(programme,)),
        behind=Question("placement_rate", rows="programme", row=programme, page="1"),
    )


def funnel_chart(w: Words, stages: Stages, programme: str) -> Bars:
    """From registered to still in work after 12 months, each with its share and its interval."""
    rows = {(r.measure, r.measured_at): r for r in stages}
    shown = [
        rows[s]
        for s in STAGES
        if s in rows
        and (
            rows[s].value is not None
            or rows[s].suppressed_count
            or (rows[s].not_due_count and s[1] != "exit")
        )
    ]
    names = [w(f"stage.{r.measure}.{r.measured_at}") for r in shown]
    values = [r.value for r in shown]
    said = [stage_words(w, r) for r in shown]
    series = Series(
        w("chart.persons"),
        "accent",
        tuple(v if v is not None else 0 for v in values),
        hovers=tuple(f"{n}: {s}" for n, s in zip(names, said, strict=True)),
        pattern=tuple("example" if r.evidence == "illustrative" else "solid" for r in shown),
        unknown=tuple(place for place, v in enumerate(values) if v is None),
    )
    table = [
        (
            w("chart.stage"),
            w("chart.persons"),
            w("chart.share"),
            w("chart.interval"),
            w("chart.rounds"),
        )
    ]
    for name, r in zip(names, shown, strict=True):
        table.append(
            (
                name,
                number_words(w, r),
                share_words(w, r),
                interval_words(w, r),
                rounds_words(w, r),
            )
        )
    title = funnel_title(w, rows, programme)
    heading = w("chart.stage")
    within = forms.widest(n for r in shown for n in (r.value, r.rated_value, r.base_count))
    return forms.bars(
        w, title, w("chart.funnel"), names, [series], said, heading, table, within=within
    )


def funnel_title(w: Words, rows: Mapping[tuple[str, str], answers.Funnel], programme: str) -> str:
    placed = rows.get(("placements", "exit"))
    if placed is None or placed.value is None or placed.evidence is None:
        is_known_of = placed is not None and placed.suppressed_count
        key = "funnel_hidden" if is_known_of else "funnel_unknown"
        return w(f"headline.{key}", programme=programme)
    said = claim(w, placed.evidence, placed.value, "placements", programme, "")
    said += where_jobs_known(w, placed)
    if not (found := share(placed.rated_value, placed.base_count)):
        return said
    within = bounds_words(w, *interval(found))
    if is_of_all(placed):
        return f"{said}, {w('headline.funnel_rate', share=w.percent(found), interval=within)}"
    of = x_of_y(w, found.part, found.whole)
    rate = w("headline.funnel_rate_known", share=w.percent(found), of=of, interval=within)
    return f"{said}; {rate}"


def where_jobs_known(w: Words, row: answers.Funnel) -> str:
    """That jobs are those that are known, where some of a round that was held are not."""
    return w("explore.where_known") if row.known_count < row.round_count else ""


def stage_words(w: Words, row: answers.Funnel) -> str:
    """A stage of the funnel: the number, its share of whom, or why it isn't known."""
    said = [number_words(w, row)]
    if row.value is None and not row.round_count:
        return said[0]
    if of_whom := share_words(w, row):
        said.append(of_whom)
    elif row.partly_known_count:
        said.append(w("chart.n_partly_known", n=row.partly_known_count))
    if row.not_due_count:
        said.append(w("chart.n_not_yet", n=int(row.not_due_count)))
    return " · ".join(said)


def number_words(w: Words, row: answers.Funnel) -> str:
    """Its number; where there is none that its source hides it, or that it can't be known yet,
    unless rounds are overdue."""
    if row.value is not None:
        return w.shown(row.value)
    if row.round_count and row.suppressed_count == row.round_count:
        return w.code("result_status", "suppressed")
    return w("chart.missing" if row.round_count else "chart.not_yet")


def is_of_all(row: answers.Funnel) -> bool:
    """Whether the share of a stage is of all whom it counts: of rounds where one of the two is not
    known, or the one only in part, it is not."""
    return row.rated_value == row.value is not None and not row.partly_known_count


def share_words(w: Words, row: answers.Funnel) -> str:
    if row.rated_value is None or row.base_count is None:
        return ""
    whom = {"attended": "registered"}.get(row.measure, "attended")
    if row.measured_at != "exit":
        whom = "followed_up"
    if row.measure == "registered" or not number(row.base_count).high:
        return ""
    found, of = share(row.rated_value, row.base_count), x_of_y(w, row.rated_value, row.base_count)
    said = w(f"share.of_{whom}", share=w.percent(found)) if found else w(f"share.{whom}", of=of)
    if is_of_all(row):
        return said
    known = w("share.where_known")
    return f"{said} ({of} {known})" if found else f"{said} {known}"


def interval_words(w: Words, row: answers.Funnel) -> str:
    if row.measure == "registered" or not (found := share(row.rated_value, row.base_count)):
        return ""
    return bounds_words(w, *interval(found))


def rounds_words(w: Words, row: answers.Funnel) -> str:
    said = [w("chart.x_of_y", x=int(row.known_count), y=int(row.round_count + row.not_due_count))]
    if row.partly_known_count:
        said.append(w("chart.n_partly_known", n=int(row.partly_known_count)))
    if row.not_due_count:
        said.append(w("chart.n_not_yet", n=int(row.not_due_count)))
    return ", ".join(said)


# Round by round


def by_round(shown: View, programme: str) -> Figure | None:
    """The latest rounds; those of examples only where the programme has no published ones."""
    stages = of_programme(shown, answers.Funnel, programme)
    own = shown.published if any(map(is_published_stage, stages)) else shown
    found = own.rows(answers.Rounds, round_programme=programme) if stages else []
    if not found:
        return None
    every = max(row.round_count + row.not_due_count for row in stages)
    return make(
        shown,
        f"rounds-{programme}",
        by_round_chart(shown.words, found, programme, every),
        foot=foot_by_round(shown, found, every),
        measures=["placement_permanent", "placement_temporary", "apprenticeship", "retention_rate"],
        asks=["rounds"],
        cited=[
            answers.Sources("outcome", programme, r.measure, r.evidence, r.source, 1, r.source_date)
            for r in found
            if is_drawn(r)
        ],
        behind=Question("placements", rows="programme", row=programme, page="1"),
        more={"round_programme": programme, "illustrative": own.selection.illustrative},
    )


def is_published_stage(row: answers.Funnel) -> bool:
    """Whether a stage has a number that is no example."""
    return row.evidence is not None and row.evidence != "illustrative"


def is_drawn(row: answers.Rounds) -> bool:
    """Whether a stage of a round is drawn, and known."""
    is_stage = row.measure in KINDS or row.measured_at != "exit"
    return bool(is_stage and row.is_due and row.value is not None)


def by_round_chart(
    w: Words, measured: Sequence[answers.Rounds], programme: str, every: int = 0
) -> Panels:
    """Three panels over the rounds: jobs by kind, in work after 6 and after 12 months. These may be
    the latest of `every` one."""
    rounds = {r.activity_id: r for r in reversed(measured)}
    ids = list(rounds)[::-1]
    cell = {(r.activity_id, r.measure, r.measured_at): r for r in measured}
    times = [round_name(w, rounds[i]) for i in ids]
    whose = [rounds[i].association for i in ids]
    told = [*zip(times, whose if len({*whose}) > 1 else [""] * len(ids), strict=True)]
    titles_of = [rounds[i].title for i in ids]
    alike = [
        title if told.count(one) > 1 and title != one[0] else ""
        for title, one in zip(titles_of, told, strict=True)
    ]
    names = [sentences.quiet_line([*one, title]) for one, title in zip(told, alike, strict=True)]
    below = [shortened_apart(more, 10) for more in ([one for _, one in told], alike)]
    ticks = [
        "\n".join(filter(None, [time.replace(" ", "\n", 1), *more]))
        for time, *more in zip(times, *below, strict=True)
    ]
    present = [k for k in KINDS if any((i, k, "exit") in cell for i in ids)]
    series: list[Series] = []
    for kind in present:
        found = [cell.get((i, kind, "exit")) for i in ids]
        series.append(
            kind_series(
                w,
                kind,
                [r and r.value for r in found],
                names,
            )
        )
    jobs = [[cell[i, kind, "exit"] for kind in present if (i, kind, "exit") in cell] for i in ids]
    if series:
        series[-1] = replace(series[-1], labels=tuple(round_total(w, found) for found in jobs))
    titles = [w("chart.jobs_by_round")]
    for panel, point in enumerate(("6_months", "12_months"), start=1):
        found = [cell.get((i, "in_work_or_education", point)) for i in ids]
        series.append(follow_up_series(w, found, names, point, panel))
        rest = rest_series(w, found, panel)
        series += [rest] if any(rest.values) else []
        titles.append(w(f"stage.in_work_or_education.{point}"))
    listed = [s for s in series if not s.panel or s.labels]
    table = [(w("chart.round"), *(s.label for s in listed))]
    for at, (i, name) in enumerate(zip(ids, names, strict=True)):
        kinds = [stage_in_round(w, cell.get((i, kind, "exit"))) for kind in present]
        table.append((name, *kinds, *(s.labels[at] for s in listed if s.panel)))
    title = rounds_title(w, [rounds[i] for i in ids], programme, every)
    subtitle = w("chart.by_round")
    return Panels(
        *forms.base(w, title, subtitle, table),
        tuple(ticks),
        tuple(series),
        tuple(titles),
        within=forms.widest(n for r in measured for n in (r.value, r.base_count)),
    )


def follow_up_series(
    w: Words, found: Sequence[answers.Rounds | None], names: list[str], point: str, panel: int
) -> Series:
    """In work of those followed up; "not yet" for a round too young, "missing" for one overdue,
    unless its source hides it."""
    due = [r is None or r.is_due for r in found]
    known = [r.value if r is not None and r.is_due else None for r in found]
    labels = [
        unknown_in_round(w, r, d)
        if n is None
        else w.shown(n)
        if r is None or r.base_count is None
        else x_of_y(w, n, r.base_count)
        for r, n, d in zip(found, known, due, strict=True)
    ]
    label = w(f"stage.in_work_or_education.{point}")
    return Series(
        label,
        "accent",
        tuple((0 if d else 1) if n is None else n for n, d in zip(known, due, strict=True)),
        labels=tuple(labels),
        hovers=tuple(f"{n} · {label}: {t}" for n, t in zip(names, labels, strict=True)),
        unknown=tuple(place for place, n in enumerate(known) if n is None),
        pattern=tuple(
            "outline"
            if not d
            else "example"
            if r is not None and r.evidence == "illustrative"
            else "solid"
            for r, d in zip(found, due, strict=True)
        ),
        panel=panel,
    )


def unknown_in_round(w: Words, row: answers.Rounds | None, is_due: bool = True) -> str:
    """Why a number of a round is not known."""
    if row is not None and is_suppressed(row):
        return w.code("result_status", "suppressed")
    return w("chart.missing" if is_due else "chart.not_yet")


def stage_in_round(w: Words, row: answers.Rounds | None) -> str:
    """A number of a round, or why there is none; nothing where its source says nothing of it."""
    if row is None:
        return ""
    return unknown_in_round(w, row, row.is_due) if row.value is None else w.shown(row.value)


def round_total(w: Words, jobs: Sequence[answers.Rounds]) -> str:
    """The jobs of a round, at least so many where a kind is not known and another gave any; ""
    where they are rounded, since each kind is off by its own."""
    known = [row.value for row in jobs if row.value is not None]
    total = number(sum(known))
    unknown = [row for row in jobs if row.value is None]
    if not known or not total.is_exact:
        return unknown_in_round(w, jobs[0]) if any(map(is_suppressed, jobs)) and not known else ""
    if unknown and not total:
        return unknown_in_round(w, unknown[0])
    said = w.shown(total)
    return w("chart.at_least", number=said) if unknown else said


def rest_series(w: Words, found: Sequence[answers.Rounds | None], panel: int) -> Series:
    """Those followed up who are not in work: an outline on those who are, where both are known
    exactly."""
    rest = tuple(
        None
        if r is None or not r.is_due or r.value is None or r.base_count is None
        else not_in_work(r.base_count, r.value)
        for r in found
    )
    label = w("chart.followed_up_only")
    return Series(label, "before", rest, pattern="outline", panel=panel)


def not_in_work(followed: float, in_work: float) -> float | None:
    rest = number(followed - in_work)
    return rest if rest > 0 and rest.is_exact else None


def round_name(w: Words, row: answers.Rounds) -> str:
    """Spring 2024: the half of the working year that a round begins in, or June 2024, in the
    holidays between them; by its own name where nothing says which."""
    if row.begins_on is None:
        return shortened(row.title, 16)
    month = row.begins_on.month
    if not row.is_of_year and month in HOLIDAYS:
        return sentences.capital(w.day(f"{row.begins_on:%Y-%m}"))
    half = row.season if row.is_of_year else HALVES_OF_YEAR[month > HOLIDAYS[-1]]
    if half not in HALVES_OF_YEAR:
        return shortened(row.title, 16)
    return w(f"chart.{half}", year=str(row.begins_on.year))


def rounds_title(w: Words, rounds: Sequence[answers.Rounds], programme: str, every: int = 0) -> str:
    shared = sum(row.is_shared for row in rounds)
    said = w("headline.rounds", n=len(rounds), programme=programme)
    if len(rounds) < every:
        said = w("headline.latest_rounds", n=len(rounds), of=every, programme=programme)
    if all(row.evidence == "illustrative" for row in rounds):
        said = w("claim.example") + ": " + said
    return said + (w("headline.rounds_shared", n=shared) if shared else "")
