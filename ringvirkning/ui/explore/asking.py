"""Where a question is put: measure, rows, split, period, form; and questions that are ready."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures import question as questions
from ringvirkning.figures.explore import wording
from ringvirkning.figures.explore.answer import Answer
from ringvirkning.figures.explore.chart import forms_for
from ringvirkning.figures.explore.ready import READY, ready_questions
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.ui import state
from ringvirkning.ui.components.component import component

# Its lists are the browser's own: they work on a phone and with a keyboard, and know codes.
_ASKING = component(__file__)
GROUPS = {
    "partnership": "partnerships",
    "partner": "partnerships",
    "agreement": "partnerships",
    "activity": "activities",
    "outcome": "results",
}
OWN = ("focus_area", "age_group", "background")  # what only some associations tell
Option = dict[str, str]  # its code, and what is said of it
DropDown = dict[str, object]
TARGETED = ("time", "programme", "association")  # what targets are set for


def draw_asking(shown: View, asked: Question, answer: Answer) -> None:
    """The lists and the links. What is chosen is asked in the next run."""
    w, here = shown.words, state.current()
    offered = shown.rows(answers.ExploreMeasures)
    forms = forms_for(answer)
    own: dict[str, list[str]] = {}
    for choice in alphabetical(
        shown.rows(answers.ExploreChoices), w.language, lambda choice: choice.code
    ):
        own.setdefault(choice.dimension, []).append(choice.code)
    _ASKING(
        key="asking",
        data={
            "language": w.language,
            "lists": [
                *lists(w, asked, offered, forms, own),
                *divisor_list(w, asked, offered),
                *focus_list(w, asked, own),
                *where(shown, asked),
                *pair(w, answer),
            ],
            "ready": []
            if asked == questions.DEFAULT  # then they stand above, answered
            else [
                {
                    "name": f"{name} {question.measure}",
                    "said": w(f"explore.ready.{name}"),
                    "href": "?" + replace(here, question=question).query(),
                }
                for name, question in ready_questions(shown).items()
            ]
            + ([] if shown.is_protected else [elsewhere(w)]),
            "words": {"ready": w("explore.ready_title"), "ask": w("explore.ask")},
        },
        on_chosen_change=take_choice,
    )


def elsewhere(w: Words) -> dict[str, str]:
    """What has changed since the version before is told on the data page."""
    address = replace(state.current(), place="data", since="before").query()
    return {"name": "", "said": w("explore.ready.changed"), "href": f"./data?{address}"}


def lists(
    w: Words,
    asked: Question,
    offered: Sequence[answers.ExploreMeasures],
    forms: Sequence[str],
    own: Collection[str],
) -> list[DropDown]:
    """What can be chosen: each a name, a label, the code chosen, and groups of codes in words."""
    record = {row.measure: row.record for row in offered}.get(asked.measure, "activity")
    by = [
        name
        for name in questions.dimensions(
            record, asked.measure, asked.divisor, questions.told_of(offered)
        )
        if name not in OWN or name in own or name in (asked.rows, asked.split)
    ]
    grains = questions.grains(asked.measure, offered)
    has_time = "time" in (asked.rows, asked.split)
    return [
        {
            "name": "measure",
            "label": w("explore.label.measure"),
            "chosen": f"{asked.measure} {asked.point}",
            "groups": measure_groups(w, offered),
        },
        code_list(w, "rows", asked.rows, ["", *by]),
        code_list(w, "split", asked.split, ["", *questions.splits(by, asked.rows)]),
        *([code_list(w, "grain", asked.grain, grains)] if has_time and len(grains) > 1 else []),
        code_list(w, "form", asked.form if asked.form in forms else forms[0], forms),
        code_list(w, "compare", comparing(asked), comparisons(asked, by, record)),
    ]


def where(shown: View, asked: Question) -> list[DropDown]:
    """The places that there are, and the borders they are told within; nothing without any."""
    w = shown.words
    found = shown.rows(answers.ExplorePlaces, borders=asked.borders)
    if not found:
        return []
    named = alphabetical(found, w.language, lambda row: row.name)
    places = [{"code": row.number, "said": row.name} for row in named]
    groups: list[DropDown] = [
        {"label": "", "choices": [{"code": "", "said": w("explore.no_place")}]}
    ]
    groups += [
        {
            "label": w(f"explore.places.{kind}"),
            "choices": [p for p in places if len(p["code"]) == n],
        }
        for kind, n in (("county", 2), ("municipality", 4))
    ]
    label, chosen = w("explore.label.place"), asked.place
    place: DropDown = {"name": "place", "label": label, "chosen": chosen, "groups": groups}
    has_borders = questions.has_places(asked)
    borders = [code_list(w, "borders", asked.borders, questions.BORDERS)] if has_borders else []
    return [place, *borders]


def divisor_list(
    w: Words, asked: Question, offered: Sequence[answers.ExploreMeasures]
) -> list[DropDown]:
    """What the measure can be divided by."""
    names = {code: w.code("measure", code) for code in questions.divisors(asked.measure, offered)}
    if not names:
        return []
    choices = [{"code": "", "said": w("explore.no_divisor")}]
    listed = alphabetical(names, w.language, names.__getitem__)
    choices += [{"code": code, "said": names[code]} for code in listed]
    return [drop_down(w, "divisor", asked.divisor, choices)]


def focus_list(w: Words, asked: Question, own: Mapping[str, Sequence[str]]) -> list[DropDown]:
    """The themes of agreements, of which one can be chosen."""
    areas = own.get("focus_area", [])
    if not areas and not asked.focus:
        return []
    choices = [{"code": "", "said": w("explore.no_focus")}]
    choices += [{"code": area, "said": area} for area in dict.fromkeys([*areas, *asked.focus])]
    return [drop_down(w, "focus", asked.focus[0] if asked.focus else "", choices)]


def pair(w: Words, answer: Answer) -> list[DropDown]:
    """The two splits that are compared, each to be chosen among all."""
    choices = [
        {"code": str(key), "said": wording.label(w, answer, answer.split, key)}
        for key in answer.all_splits
        if isinstance(key, str)
    ]
    pairs = zip(("first", "second"), answer.only, strict=False)
    return [drop_down(w, name, key, choices) for name, key in pairs]


def comparisons(asked: Question, by: Sequence[str], record: str) -> list[str]:
    """What an answer can be compared with."""
    return [
        "",
        *(["two"] if asked.split not in ("", "time", "association", asked.rows) else []),
        "period",
        *(["association"] if "association" in by else []),
        *(["target"] if can_have_target(asked, record) else []),
    ]


def can_have_target(asked: Question, record: str) -> bool:
    return (
        record == "outcome"
        and asked.rows in TARGETED
        and not asked.split
        and not asked.divisor
        and asked.measure not in questions.WORKED_OUT
    )


def comparing(asked: Question) -> str:
    if asked.target:
        return "target"
    named = {"time": "period", "association": "association"}
    return named.get(asked.split, "two") if asked.compare else ""


def code_list(w: Words, name: str, chosen: str, codes: Sequence[str]) -> DropDown:
    kind = "dimension" if name in ("rows", "split") else name
    said = [
        {"code": code, "said": w(f"explore.{kind}.{code}") if code else w(f"explore.no_{name}")}
        for code in codes
    ]
    return drop_down(w, name, chosen, said)


def drop_down(w: Words, name: str, chosen: str, choices: list[Option]) -> DropDown:
    """A list of choices, without groups."""
    groups = [{"label": "", "choices": choices}]
    return {"name": name, "label": w(f"explore.label.{name}"), "chosen": chosen, "groups": groups}


def measure_groups(w: Words, offered: Sequence[answers.ExploreMeasures]) -> list[DropDown]:
    """The measures by their names, in groups; those of a name by when they are measured."""
    found: dict[str, list[Option]] = {}
    for row in alphabetical(offered, w.language, lambda row: w.code("measure", row.measure)):
        is_rate = row.measure in questions.WORKED_OUT
        group = "rates" if is_rate else GROUPS[row.record]
        said = wording.measure_words(w, row.measure, row.point)
        found.setdefault(group, []).append({"code": f"{row.measure} {row.point}", "said": said})
    return [
        {
            "label": w(f"explore.group.{group}"),
            "choices": choices,
        }
        for group, choices in found.items()
    ]


def take_choice() -> None:
    """Take what was chosen; the page checks it against what there is."""
    name, _, code = str(state.widget("asking").get("chosen") or "").partition(" ")
    if name == "ready":
        ask_ready(code)
    elif name == "measure":
        measure, _, point = code.partition(" ")
        state.ask(measure=measure, point=point, divisor="", form="", target="", row="*", within="*")
    elif name == "divisor":
        state.ask(divisor=code, form="", target="", compare="", only=(), row="*", within="*")
    elif name == "focus":
        state.ask(focus=(code,) if code else (), row="*", within="*")
    elif name in ("rows", "split"):
        state.ask(**{name: code}, form="", compare="", only=(), target="", row="*", within="*")
    elif name == "borders":  # in other borders a place has another number
        state.ask(borders=code, place="", only=(), row="*", within="*")
    elif name in ("grain", "form", "place"):
        state.ask(**{name: code}, only=(), row="*", within="*")
    elif name == "compare":
        compare(code)
    elif name in ("first", "second"):
        state.ask(only=tuple(code.split("\n")[:2]))


def ask_ready(chosen: str) -> None:
    """Ask a question that is ready: its name, and the measure that it is of."""
    name, _, measure = chosen.partition(" ")
    if name in READY:
        state.change(question=replace(READY[name], measure=measure))


def compare(code: str) -> None:
    """Set what is shown against the period before, another association, a target or a part."""
    asked = state.current().question
    split = {"period": "time", "association": "association", "two": asked.split}.get(code, "")
    rows = asked.rows
    if rows == split:
        rows = asked.split if asked.split not in ("", split) else "programme"
    state.ask(
        rows=rows,
        split=split or ("" if asked.compare else asked.split),
        compare="two" if split else "",
        target="yes" if code == "target" else "",
        form="",
        only=(),
        row="*",
        within="*",
    )
