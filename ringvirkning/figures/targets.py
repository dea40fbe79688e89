"""Targets beside their results, and what may be said of a target that rounding leaves open."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import inf

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.charts import Bars, Mark, Meaning, Series, forms
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import own_row
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import Attainment, Number, attainment, number, or_none, share
from ringvirkning.texts.sentences import (
    WEAKER,
    measured_number,
    period,
    quiet_line,
    result_said,
    time_in_words,
    unknown_words,
    weakest,
    x_of_y,
)

Targets = Sequence[answers.TargetsMet]
Aim = answers.TargetsMet | answers.PartnershipTargets


def target_measure(shown: View) -> str | None:
    """What the chosen association is measured by first, or else what most targets with a result
    are set for; None where there is none."""
    row = own_row(shown)
    if row and row.target_measure:
        return row.target_measure
    aims = shown.all_years(answers.TargetsMet)
    count = Counter(row.measure for row in aims if reached_target(row))
    return next((measure for measure, _ in count.most_common(1)), None)


def targets(shown: View, programme: str) -> Figure | None:
    """Examples only where the programme has no published target."""
    own, every = shown.published, aims_of(shown, programme)
    aims = [row for row in aims_of(own, programme) if kind_of(row) != WEAKER[-1]]
    if not aims:
        own, aims = shown, every
    if not aims:
        return None
    return make(
        shown,
        f"targets-{programme}",
        targets_chart(shown.words, aims, programme),
        foot=foot(shown, aims, len(every) - len(aims)),
        measures=["target_attainment"],
        asks=["targets_met"],
        more={"illustrative": own.selection.illustrative},
        cited=feet.cited(
            own,
            *(f"target_attainment:{measure}" for measure in sorted({row.measure for row in aims})),
            programme=(programme,),
        ),
        behind=Question("target_attainment", aims[0].measure, "programme", row=programme, page="1"),
    )


def aims_of(shown: View, programme: str) -> list[answers.TargetsMet]:
    """The targets of a programme in figures."""
    rows = shown.rows(answers.TargetsMet)
    return [row for row in rows if row.programme == programme and row.target is not None]


def targets_chart(w: Words, targets: Targets, programme: str) -> Bars:
    """Actual against target, period by period; a target without a result has an empty bar. Of
    several associations each says whose it is."""
    names = [target_name(w, r) for r in targets]
    if len({r.association for r in targets}) > 1:
        names = [f"{name} · {r.association}" for name, r in zip(names, targets, strict=True)]
    # As a plain count: what is over and what is left are parts of a bar, not numbers of their own.
    actual = [0.0 if r.actual is None else float(r.actual) for r in targets]
    aims = [or_none(r.target) for r in targets]
    said = [target_words(w, r) for r in targets]
    examples: tuple[Meaning, ...] = tuple(
        "example" if kind_of(r) == "illustrative" else "solid" for r in targets
    )
    reached = Series(
        w("chart.actual"),
        "accent",
        tuple(min(a, t) for a, t in zip(actual, aims, strict=True)),
        pattern=examples,
        hovers=tuple(f"{n}: {words}" for n, words in zip(names, said, strict=True)),
        unknown=tuple(place for place, r in enumerate(targets) if r.actual is None),
    )
    left_open = [reached_target(r) in ("about", "unclear") for r in targets]
    over = [a - t for a, t in zip(actual, aims, strict=True)]

    def apart(
        label: str, colour: str, pattern: Meaning | tuple[Meaning, ...], values: Iterable[float]
    ) -> Series:
        return Series(w(label), colour, tuple(values), pattern=pattern)

    pairs = list(zip(over, left_open, strict=True))
    short = apart(
        "chart.short_of_target", "before", "outline", (max(0, -n) * (not o) for n, o in pairs)
    )
    above = apart(
        "chart.above_target", "apprenticeship", examples, (max(n, 0) * (not o) for n, o in pairs)
    )
    # No colour says that a target is met or missed where rounding leaves it open: filled, so that
    # it isn't taken for what is left to it.
    unsure = apart("chart.either_way", "unconfirmed", examples, (abs(n) * o for n, o in pairs))
    table = [(w("chart.target_for"), w("chart.actual"), w("chart.target"), w("chart.attainment"))]
    for name, r, aim in zip(names, targets, aims, strict=True):
        per_cent = share(held_against(r), aim, is_part=False)
        known = result_said(w, r.measure, r.actual, feet.unknown_counts(r))
        table.append(
            (
                name,
                known or w("chart.unknown"),
                measured_number(w, r.measure, aim),
                w.percent(per_cent) if per_cent else "",
            )
        )
    title = targets_title(w, targets, programme)
    series = [reached, *(part for part in (short, above, unsure) if any(part.values))]
    heading = w("chart.target_for")
    return forms.bars(
        w,
        title,
        w("chart.against_targets"),
        names,
        series,
        said,
        heading,
        table,
        within=forms.widest(r.actual for r in targets),
    )


def target_words(w: Words, row: answers.TargetsMet) -> str:
    """A target beside its result: 12 of 10, its per cent, what of it is unknown, and whether it is
    met."""
    unknown = unknown_words(w, feet.unknown_counts(row))
    if row.actual is None or row.target is None:
        return quiet_line([w("headline.target_unknown", target=row.target), unknown])
    said = [x_of_y(w, row.actual, row.target), unknown]
    if row.baseline is not None:
        said.append(w("target.from", baseline=row.baseline))
    if reached := share(held_against(row), row.target, is_part=False):
        said.append(w.percent(reached))
    return quiet_line([*said, unsure_words(w, row.actual, row.target)])


def unsure_words(w: Words, actual: float, target: float) -> str:
    """How near a target a result is, where rounding leaves open whether it is met; that this can't
    be told, where its source sets no bound."""
    kind, near = attainment(actual, target), number(actual)
    if kind in ("met", "not_met"):
        return ""
    if near.high == inf:
        return w("target.cannot_tell")
    return w(f"target.{kind}", low=near.low, high=near.high)


def target_marks(w: Words, aims: Iterable[tuple[int, float | None, float]]) -> tuple[Mark, ...]:
    """Targets as marks: of each its place, the result and the target."""
    aims = list(aims)
    labels = forms.spaced([w("chart.target_of", n=target) for _, _, target in aims])
    return tuple(
        Mark(place, float(target), label, mark_words(w, actual, target))
        for (place, actual, target), label in zip(aims, labels, strict=True)
    )


def mark_words(w: Words, actual: float | None, target: float) -> str:
    """A target's mark in words; where rounding leaves open whether it is met, that."""
    said = w("chart.target_of", n=target)
    is_unsure = actual is not None and unsure_words(w, actual, target)
    return f"{said} ({w('target.cannot_tell')})" if is_unsure else said


def held_against(row: Aim) -> Number | None:
    """A target's result as far as it is known: it may be any number more where one that counts has
    no number, and any less where such can be negative."""
    if row.actual is None or not any(feet.unknown_counts(row).values()):
        return row.actual
    known = number(row.actual)
    low = -inf if row.can_be_negative else known.low
    return Number(known, low, inf, known.is_example, known.is_rounded)


def reached_target(row: answers.TargetsMet) -> Attainment | None:
    """What can be said of a target; None where it has no number or no result."""
    if (actual := held_against(row)) is None or row.target is None:
        return None
    return attainment(actual, row.target, row.higher_is_better)


def target_without_result(w: Words, targets: Targets, programme: str) -> str:
    """Of targets for which no result is known at all; nothing where one is, or none is due yet."""
    if any(row.actual is not None for row in targets) or not any(row.is_over for row in targets):
        return ""
    example = any(row.is_illustrative for row in targets)
    said = w("headline.targets_no_result", n=len(targets), programme=programme)
    return (w("claim.example") + ": " if example else "") + said


def target_name(w: Words, row: answers.TargetsMet) -> str:
    """A target's measure and years, those of its result where they are others, and whether it goes
    only so far."""
    time = target_time(w, row)
    is_running = row.actual is not None and not row.is_over
    time = w("chart.year_so_far", year=time) if is_running else time
    name = f"{w.code('measure', row.measure)} {time}"
    years = (row.actual_from, row.actual_to)
    if row.actual is None or years == (row.from_year, row.to_year):
        return name
    return name + w("headline.result_of", years=period(*years))


def target_time(w: Words, row: Aim) -> str:
    return time_in_words(w, row.from_year, row.to_year, row.period)


def targets_of_partnership(shown: View, partnership_id: str) -> list[tuple[str, ...]]:
    """The targets of an agreement beside its results, heading first; nothing where it has none."""
    w = shown.words
    aims = shown.rows(answers.PartnershipTargets, partnership_id=partnership_id)
    if not aims:
        return []
    columns = ("target_for", "actual", "target", "attainment")
    return [tuple(w(f"chart.{name}") for name in columns), *(target_row(w, aim) for aim in aims)]


def target_row(w: Words, aim: answers.PartnershipTargets) -> tuple[str, ...]:
    """One of them."""
    example = f" ({w('claim.example')})" if kind_of(aim) == WEAKER[-1] else ""
    known = result_said(w, aim.measure, aim.actual, feet.unknown_counts(aim))
    reached = share(held_against(aim), aim.target, is_part=False)
    return (
        f"{w.code('measure', aim.measure)} {target_time(w, aim)}{example}",
        known or w("chart.unknown"),
        measured_number(w, aim.measure, aim.target) or f"«{aim.quote}»",
        w.percent(reached) if reached else "",
    )


def targets_title(w: Words, targets: Targets, programme: str) -> str:
    """How many of the targets whose time is over were reached, as far as that can be told."""
    if said := target_without_result(w, targets, programme):
        return said
    over = [row for row in targets if row.is_over and row.actual is not None]
    unknown = sum(row.is_over and row.actual is None for row in targets)
    if not over:
        example = any(row.is_illustrative for row in targets)
        said = w("headline.targets_running", n=len(targets), programme=programme)
        return (w("claim.example") + ": " if example else "") + said
    kinds = [reached_target(row) for row in over]
    met, missed = kinds.count("met"), kinds.count("not_met")
    if met + missed == len(over):
        key = "targets" if met else "targets_none"
    else:
        is_near = {*kinds} == {"about"}
        unsure = "targets_about" if is_near else "targets_unsure"
        key = "targets_some_met" if met else "targets_some_missed" if missed else unsure
    said = w(f"headline.{key}", n=len(over), met=met, missed=missed, programme=programme)
    said += w("headline.targets_unknown", n=unknown) if unknown else ""
    evidence = weakest([kind_of(row) for row in over])
    if evidence == WEAKER[-1]:
        return w("claim.example") + ": " + said
    is_sourced = evidence == "unstated" and key != "targets_unsure"
    return w("headline.by_source", said=said) if is_sourced else said


def kind_of(target: Aim) -> str:
    """The evidence of a target and its result: an example where either is."""
    return WEAKER[-1] if target.is_illustrative else target.evidence or "unstated"


def foot(shown: View, aims: Targets, examples: int = 0) -> str:
    """Under targets, and so many examples that aren't among them."""
    w = shown.words
    known = sum(row.actual is not None for row in aims)
    units = {w.code("unit", w.unit(row.measure)) for row in aims}
    return sentences.quiet_line(
        [
            sentences.capital(w.listed(alphabetical(units, w.language))),
            sentences.based_on(w, "targets", known, len(aims), {"no_result": len(aims) - known}),
            feet.evidence(shown, (row.evidence for row in aims)),
            w("foot.example_targets") if any(row.is_illustrative for row in aims) else "",
            w("foot.examples_beside", n=examples) if examples else "",
        ]
    )
