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
from ringvirkning.texts.certainty import interval, number, or_none, share
from ringvirkning.texts.sentences import bounds_words, claim, shortened, x_of_y

HALVES_OF_YEAR = ("spring", "autumn")
STAGES = (
    ("registered", "exit"),
    ("attended", "exit"),
    ("interviews", "exit"),
    ("job_offers", "exit"),
    ("placements", "exit"),
    ("in_work_or_education", "6_months"),
    ("in_work_or_education", "12_months"),
)
Stages = Sequence[answers.Funnel]
OfProgramme = TypeVar("OfProgramme", answers.Funnel, answers.Quotes, answers.ResultsByProgramme)
IN_CHAIN = {measure for measure, _ in STAGES} | set(KINDS)


def of_programme(shown: View, question: type[OfProgramme], programme: str) -> list[OfProgramme]:
    return [row for row in shown.rows(question) if row.programme == programme]


def foot(shown: View, stages: Stages) -> str:
    """Under the funnel: how many rounds, how many too young, which evidence."""
    w = shown.words
    placed = [row for row in stages if row.measure == "placements"]
    matching = sum(row.round_count + row.not_due_count for row in placed)
    known = sum(row.known_count for row in placed)
    late = [row for row in stages if row.measured_at == "12_months"]
    not_due = sum(row.not_due_count for row in late)
    not_followed_up = sum(row.round_count - row.known_count for row in late)
    return sentences.quiet_line(
        [
            w("foot.unit_persons"),
            w("foot.rounds", n=known, of=matching),
            w("foot.not_due", n=not_due) if not_due else "",
            w("foot.not_followed_up", n=not_followed_up) if not_followed_up else "",
            feet.evidence(shown, (row.evidence for row in stages)),
        ]
    )


def foot_by_round(shown: View, found: Sequence[answers.Rounds], every: int) -> str:
    """The same of the rounds that are drawn, of `every` one."""
    w = shown.words
    known = [row for row in found if row.value is not None]
    late = [row for row in found if row.measured_at == "12_months"]
    due = [row for row in late if row.is_due]
    not_due, not_followed_up = len(late) - len(due), sum(row.value is None for row in due)
    placed = {row.activity_id for row in known if row.measure in KINDS}
    return sentences.quiet_line(
        [
            w("foot.unit_persons"),
            w("foot.rounds", n=len(placed), of=every),
            w("foot.not_due", n=not_due) if not_due else "",
            w("foot.not_followed_up", n=not_followed_up) if not_followed_up else "",
            feet.evidence(shown, (row.evidence for row in known)),
        ]
    )


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
        if s in rows and (rows[s].known_count or (rows[s].not_due_count and s[1] != "exit"))
    ]
    names = [w(f"stage.{r.measure}.{r.measured_at}") for r in shown]
    values = [r.value if r.known_count else None for r in shown]
    said = [stage_words(w, r) for r in shown]
    series = Series(
        w("chart.persons"),
        "accent",
        tuple(v if v is not None else 0 for v in values),
        hovers=tuple(f"{n}: {s}" for n, s in zip(names, said, strict=True)),
        pattern=tuple("example" if r.evidence == "illustrative" else "solid" for r in shown),
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
    for name, r, value in zip(names, shown, values, strict=True):
        table.append(
            (
                name,
                w("chart.not_yet") if value is None else w.shown(value),
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
        return w("headline.funnel_unknown", programme=programme)
    said = claim(w, placed.evidence, placed.value, "placements", programme, "")
    if not (found := share(placed.rated_value, placed.base_count)):
        return said
    within = bounds_words(w, *interval(found))
    if is_of_all(placed):
        return f"{said}, {w('headline.funnel_rate', share=w.percent(found), interval=within)}"
    of = x_of_y(w, found.part, found.whole)
    rate = w("headline.funnel_rate_known", share=w.percent(found), of=of, interval=within)
    return f"{said}; {rate}"


def stage_words(w: Words, row: answers.Funnel) -> str:
    """A stage of the funnel: the number, its share of whom, or that it can't be known yet."""
    if row.value is None:
        return w("chart.not_yet")
    said = [w.shown(row.value)]
    if of_whom := share_words(w, row):
        said.append(of_whom)
    if row.not_due_count:
        said.append(w("chart.n_not_yet", n=int(row.not_due_count)))
    return " · ".join(said)


def is_of_all(row: answers.Funnel) -> bool:
    """Whether the share of a stage is of all whom it counts: of rounds where one of the two is not
    known it is not."""
    return row.rated_value is not None and row.rated_value == row.value


def share_words(w: Words, row: answers.Funnel) -> str:
    if row.rated_value is None or row.base_count is None:
        return ""
    whom = {"attended": "registered"}.get(row.measure, "attended")
    if row.measured_at != "exit":
        whom = "followed_up"
    if row.measure == "registered":
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
    said = w("chart.x_of_y", x=int(row.known_count), y=int(row.round_count + row.not_due_count))
    return said + (
        ", " + w("chart.n_not_yet", n=int(row.not_due_count)) if row.not_due_count else ""
    )


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
    names = [f"{time} · {one}" for time, one in zip(times, whose, strict=True)]
    ticks = [time.replace(" ", "\n", 1) for time in times]
    if len({*whose}) == 1:
        names = times
    else:
        ticks = [f"{tick}\n{shortened(one, 10)}" for tick, one in zip(ticks, whose, strict=True)]
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
    known = [[s.values[i] for s in series if s.values[i] is not None] for i in range(len(ids))]
    if series:
        totals = tuple(round_total(w, list(map(or_none, found))) for found in known)
        series[-1] = replace(series[-1], labels=totals)
    titles = [w("chart.jobs_by_round")]
    for panel, point in enumerate(("6_months", "12_months"), start=1):
        found = [cell.get((i, "in_work_or_education", point)) for i in ids]
        series.append(follow_up_series(w, found, names, point, panel))
        rest = rest_series(w, found, panel)
        series += [rest] if any(rest.values) else []
        titles.append(w(f"stage.in_work_or_education.{point}"))
    told = [s for s in series if not s.panel or s.labels]
    table = [(w("chart.round"), *(s.label for s in told))]
    for i, name in enumerate(names):
        cells = [
            s.labels[i] if s.panel else ("" if s.values[i] is None else w.shown(s.values[i] or 0))
            for s in told
        ]
        table.append((name, *cells))
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
    """In work of those followed up; "not yet" for a round too young, "missing" for one overdue."""
    due = [r is None or r.is_due for r in found]
    known = [r.value if r is not None and r.is_due else None for r in found]
    labels = [
        w("chart.missing" if d else "chart.not_yet")
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


def round_total(w: Words, known: Sequence[float]) -> str:
    """The jobs of a round; "" where they are rounded, since each kind is off by its own."""
    total = number(sum(known))
    return w.shown(total) if known and total.is_exact else ""


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
    """Spring 2024: the half-year a round begins in; by its own name where nothing says which."""
    if row.begins_on is None:
        return shortened(row.title, 16)
    half = row.season if row.is_of_year else HALVES_OF_YEAR[row.begins_on.month > 6]
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
