"""A question asked and answered: its cells, their names, and the chart that they make."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from queries import Value, answers
from ringvirkning.charts import Chart
from ringvirkning.charts.shorter import MOST
from ringvirkning.figures import Figure, feet, make
from ringvirkning.figures.explore import basis, comparisons, statement, wording
from ringvirkning.figures.explore import chart as charts
from ringvirkning.figures.explore.answer import TOTAL, Answer, Key, is_made_up, running_period
from ringvirkning.figures.question import WORKED_OUT, Question, has_places
from ringvirkning.figures.titles import titles_apart
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import number

NAMED = ("partner", "partner_head", "partnership", "round", "municipality", "county")
FILTERED = ("association", "partner_type", "partnership_type", "programme")


def question_values(asked: Question) -> dict[str, Value]:
    """What a question is asked with beside the selection."""
    names = ("measure", "point", "divisor", "rows", "split", "grain", "borders")
    places = (asked.place,) if asked.place else ()
    asked_of = {"focus_area": asked.focus, "places": places}
    return {name: getattr(asked, name) for name in names} | asked_of


def key(text: str | None, is_total: bool) -> Key:
    return TOTAL if is_total else text


def answer_to(shown: View, asked: Question) -> Answer:
    cells = {
        (key(row.row, row.is_row_total), key(row.split, row.is_split_total)): row
        for row in shown.rows(answers.Explore, **question_values(asked))
    }
    answer = Answer(
        measure=shown.measure(asked.measure),
        point=asked.point,
        rows=asked.rows,
        split=asked.split,
        grain=asked.grain,
        divisor=shown.measure(asked.divisor)["name"] if asked.divisor else "",
        only=(),
        cells=cells,
        running=running_period(asked.grain, shown.as_of.year, shown.as_of.month),
        language=shown.words.language,
        names=names(shown, asked, [*cells]),
        order=shown.words.types,
        targets=targets_by_row(shown, asked),
    )
    if not asked.compare:
        return answer
    chosen = tuple(one for one in asked.only if one in answer.all_splits)
    return replace(answer, only=chosen if len(chosen) == 2 else answer.two)


def names(shown: View, asked: Question, keys: Sequence[tuple[Key, Key]]) -> dict[str, str]:
    """The names of the partners, partnerships and rounds that stand in the answer; whose they are,
    too, where several are called the same."""
    found: dict[str, str] = {}
    for dimension, place in ((asked.rows, 0), (asked.split, 1)):
        if dimension in NAMED:
            ids = tuple(sorted({key for pair in keys if isinstance(key := pair[place], str)}))
            rows = shown.rows(answers.Names, dimension=dimension, ids=ids)
            called = {
                row.id: [
                    row.name,
                    sentences.date_words(shown.words, row.day, row.date_qualifier),
                ]
                for row in rows
            }
            count = Counter(map(tuple, called.values()))
            if dimension == "partnership" and max(count.values(), default=0) > 1:
                apart = titles_apart(shown.words, shown.rows(answers.AgreementNames))
                called = {id: [apart.get(id, name), day] for id, (name, day) in called.items()}
                count = Counter(map(tuple, called.values()))
            found |= {
                row.id: sentences.quiet_line(
                    [*called[row.id], (row.association or "") * (count[*called[row.id]] > 1)]
                )
                for row in rows
            }
    return found


def targets_by_row(shown: View, asked: Question) -> dict[Key, answers.Explore]:
    """The targets for the same rows, where they are asked for."""
    if not asked.target or asked.split or asked.divisor or asked.measure in WORKED_OUT:
        return {}
    of = replace(asked, measure="target_attainment", point=asked.measure)
    return {
        key(row.row, row.is_row_total): row
        for row in shown.rows(answers.Explore, **question_values(of))
    }


def of_question(shown: View, asked: Question, name: str = "explore") -> Figure | None:
    """A question as a figure, on the page Utforsk or, by another name, among those of a page; None
    where there is nothing to answer it from."""
    answer = answer_to(shown, asked)
    return answer_figure(shown, asked, answer, name) if answer.cells else None


def answer_figure(shown: View, asked: Question, answer: Answer, name: str = "explore") -> Figure:
    """The figure of a question that is answered already."""
    offered = shown.rows(answers.ExploreMeasures)
    return make(
        shown,
        name,
        answer_chart(shown, asked, answer),
        foot=foot(shown, asked, answer, offered),
        measures=[asked.measure],
        asks=["explore"],
        cited=cited(shown, asked, answer),
        more=question_values(asked),
    )


def answer_chart(shown: View, asked: Question, answer: Answer) -> Chart:
    w = shown.words
    offered = charts.forms_for(answer)
    form = asked.form if asked.form in offered else offered[0]
    subtitle = subtitle_words(w, answer)
    if asked.place:
        found = shown.rows(answers.Names, dimension="county", ids=(asked.place,))
        subtitle += w("explore.only_place", place=found[0].name if found else asked.place)
    known, there = len(charts.rows_with_numbers(answer)), len(answer.row_keys)
    if answer.is_network:
        known = there = len(answer.pairs)
    most = MOST if answer.is_network else charts.most_drawn(known)
    if answer.rows != "time" and known > most and form != "table":
        first = "first_of" if answer.is_exact else "first_rounded"
        subtitle += ". " + w(f"explore.{first}", n=most, all=there)
    return charts.chart_in_form(w, answer, form, measure_title(w, answer), subtitle + ".")


def subtitle_words(w: Words, answer: Answer) -> str:
    """What is measured, and by what."""
    measure = wording.asked_words(w, answer)
    if answer.is_network:
        return w("explore.in_common", measure=measure)
    season = {"time": "season"} if answer.grain == "season" else {}
    by = [w(f"explore.by.{season.get(n, n)}") for n in (answer.rows, answer.split) if n]
    return w("explore.subtitle", measure=measure, by=w.listed(by)) if by else measure


def measure_title(w: Words, answer: Answer) -> str:
    return comparisons.comparison(w, answer) if answer.only else statement.headline(w, answer)


def foot(
    shown: View, asked: Question, answer: Answer, offered: Sequence[answers.ExploreMeasures]
) -> str:
    """Unit, n of N, overlap, why there is no total, evidence and source of an answer."""
    w = shown.words
    record = next((row.record for row in offered if row.measure == asked.measure), "activity")
    is_agreed = asked.measure == "partners_with_agreement"  # what agreements rest on isn't told
    kinds = [c.evidence for c in answer.cells.values() if c.evidence and not is_agreed]
    # Examples that stand beside published figures don't count, and are told for themselves.
    stated = [kind for kind in kinds if kind != sentences.WEAKER[-1]]
    weakest = sentences.weakest(stated or kinds) if kinds else ""
    return sentences.quiet_line(
        [
            wording.unit_words(w, answer),
            w("explore.of_focus", areas=w.listed(asked.focus)) if asked.focus else "",
            *basis.basis(w, answer, record),
            basis.examples_beside(w, answer),
            basis.targets_apart(w, answer),
            w("explore.order_rounded") if is_ranked(answer) and not answer.is_exact else "",
            w("explore.unconfirmed") if answer.is_stock and answer.split else "",
            basis.overlap(w, answer),
            w(f"explore.within_borders.{asked.borders}") if has_places(asked) else "",
            basis.no_total(w, answer),
            w("explore.weakest", kind=w.code("evidence", weakest)) if weakest else "",
        ]
    )


def is_ranked(answer: Answer) -> bool:
    """Whether its rows stand in the order of their numbers."""
    return answer.rows not in ("", "time") and len(answer.row_keys) > 1


def cited(shown: View, asked: Question, answer: Answer) -> feet.Cited:
    """Where the records are from that the answer counts, and the targets it is set against. Sources
    are not known by place: there, each record behind says its own."""
    if asked.place:
        return []
    has_time = "time" in (asked.rows, asked.split)
    is_latest = answer.measure["adds"] == "latest" and not has_time
    year = shown.year if answer.is_stock and not has_time else None
    counted = [feet.counted_in(asked.measure, asked.point)]
    if asked.divisor:
        counted.append(feet.counted_in(asked.divisor, "exit"))
    found = [
        row
        for one in compared_views(shown, asked, answer)
        for row in feet.cited(one, *counted, year=year, latest=is_latest)
    ]
    if not tells_examples(answer):
        found = [row for row in found if row.evidence != sentences.WEAKER[-1]]
    if not answer.targets:
        return feet.without_unmet(found)
    aims = feet.cited(shown, feet.counted_in("target_attainment", asked.measure))
    return [*found, *(row for row in aims if row.record == "target")]


def tells_examples(answer: Answer) -> bool:
    """Whether a number in it is an example: what stands beside published figures is in none."""
    if answer.is_network:
        return any(number(value).is_example for *_, value in answer.pairs)
    return any(map(is_made_up, answer.cells.values()))


def compared_views(shown: View, asked: Question, answer: Answer) -> list[View]:
    """The selections that an answer is of: of two parts that are compared, each where the filters
    can choose it."""
    chosen = shown.selection
    if answer.only and asked.split in FILTERED and all(isinstance(k, str) for k in answer.only):
        parts: list[dict[str, Any]] = [{asked.split: (key,)} for key in answer.only]
        return [replace(shown, selection=replace(chosen, **part)) for part in parts]
    years = [str(key) for key in answer.only if asked.split == "time" and str(key).isdecimal()]
    if len(years) == 2:
        return [
            replace(shown, selection=replace(chosen, years=(int(year), int(year))))
            for year in years
        ]
    return [shown]
