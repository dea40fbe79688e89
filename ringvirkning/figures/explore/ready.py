"""Questions that are ready, and what is answered to each."""

from dataclasses import replace
from datetime import date

from queries import answers
from ringvirkning.figures.explore.figure import answer_to, measure_title
from ringvirkning.figures.filters import every_choice
from ringvirkning.figures.question import Question
from ringvirkning.figures.targets import target_measure
from ringvirkning.figures.view import File, Selection, View, file_now, forgetting

READY = {
    "jobs": Question(measure="placements", split="kind"),
    "placement_rate": Question(measure="placement_rate", rows="programme"),
    "retention": Question(measure="retention_rate", point="6_months"),
    "attended": Question(measure="attended", rows="activity_type"),
    "who": Question(rows="partner"),
    "network": Question(rows="partner", split="partner"),
    "partner_results": Question(measure="placements", rows="partner"),
    "types": Question(measure="active_partnerships", split="partner_type"),
    "quarters": Question(grain="season"),
    "evidence": Question(rows="evidence"),
    "targets": Question(target="yes"),  # of the measure that targets are set for
    "rounds": Question(measure="placement_rate", rows="round"),
    "associations": Question(rows="activity_type", split="association"),
}


def ready_questions(shown: View) -> dict[str, Question]:
    """Those of `READY` that there are measures for, that of targets for the measure that most
    targets, or those of the chosen association, are set for; how associations differ, where there
    are several."""
    measure = target_measure(shown)
    chosen = shown.selection.association or every_choice(shown.database)["association"]
    can = {(row.measure, row.point) for row in shown.rows(answers.ExploreMeasures)}
    found = {
        name: replace(question, measure=measure) if name == "targets" and measure else question
        for name, question in READY.items()
        if (name != "targets" or measure) and (name != "associations" or len(chosen) > 1)
    }
    return {name: one for name, one in found.items() if (one.measure, one.point) in can}


# What was said, and all that it depends on: one line each, of as many visits' filters as may be.
AskedUnder = tuple[File, str, Selection, date, Question]
said_before: dict[AskedUnder, str] = {}
MOST_KEPT = 2_000
forgetting.append(said_before.clear)


def asked_now(shown: View, asked: Question) -> AskedUnder:
    return file_now(shown.database), shown.words.language, shown.selection, shown.as_of, asked


def known_answer(shown: View, asked: Question) -> str:
    """What the title of an answer says, where somebody has asked before; else nothing."""
    return said_before.get(asked_now(shown, asked), "")


def ready_answer(shown: View, asked: Question) -> str:
    """The same, answered now where nobody has: it takes some 0.1 s of CPU."""
    if said := known_answer(shown, asked):
        return said
    w, key = shown.words, asked_now(shown, asked)
    answer = answer_to(shown, asked)
    nothing = w("explore.nothing_said", measure=w.code("measure", asked.measure))
    if len(said_before) >= MOST_KEPT:
        said_before.clear()
    said_before[key] = measure_title(w, answer) if answer.cells else nothing
    return said_before[key]
