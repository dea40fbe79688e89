"""What is asked about files, in tables of alike questions, each answered by the browser's own list.

The framework's lists read out the backslashes of a safe label, offer "Add:" before what there is,
and are one block each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from ringvirkning.intake.sheets import LEAVE_OUT, Choice
from ringvirkning.intake.sheets.corrections import CORRECTION
from ringvirkning.intake.uploads.new_partners import ASKED_KIND, MEANT
from ringvirkning.intake.words import choices
from ringvirkning.texts import Words
from ringvirkning.ui import state
from ringvirkning.ui.components.component import component

_QUESTIONS = component(__file__)
ALIKE = ("word", "column", ASKED_KIND, CORRECTION)  # kinds of which there are many alike
HEADS = {CORRECTION: ("where", "corrected")}
QUESTION_WORDS = ("open", "likely", "others", "write")


@dataclass
class Answered:
    """What a session has said of its files: answers by file and key of a choice."""

    answers: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asking:
    """A choice of a file, to be drawn."""

    file: str
    choice: Choice

    @property
    def likeness(self) -> tuple[str, str, str, str]:
        """What questions in one table have in common."""
        of = self.choice
        if of.kind not in ALIKE:
            return self.file, "", "single", ""
        return self.file, of.sheet, of.kind, of.column or "" if of.kind == "word" else ""


def draw_questions(w: Words, asked: Sequence[Asking], *, key: str, title: str) -> None:
    """Draw them, those of one kind together; what is answered is kept before the next run."""
    likes = [one.likeness for one in asked]
    # What was corrected comes after what is asked.
    ordered = sorted(asked, key=lambda o: (o.choice.kind == CORRECTION, likes.index(o.likeness)))
    # Who hears a question hears of which file it is, where several may ask the same.
    names_file = len({one.file for one in asked}) > 1
    data = {
        "language": w.language,
        "title": title,
        "groups": [
            group_data(w, kind, [*same], names_file)
            for (_, _, kind, _), same in groupby(ordered, key=lambda one: one.likeness)
        ],
        "words": {word: w(f"choice.{word}") for word in QUESTION_WORDS},
    }
    _QUESTIONS(key=key, data=data, on_answered_change=partial(keep_answers, key))


def group_data(w: Words, kind: str, same: Sequence[Asking], names_file: bool) -> dict[str, object]:
    """A table of them. Several open ones can be left out, or taken as they seem, at once."""
    first = same[0].choice
    is_open = [one for one in same if one.choice.value is None]
    guessed = sum(one.choice.is_guessed for one in is_open)
    are_many = kind in ALIKE and len(is_open) > 1
    left = sum(LEAVE_OUT in one.choice.options for one in is_open) if are_many else 0
    for_all = [one for one in is_open if may_be_all(one.choice)] if are_many else []
    return {
        "title": w(f"choice.many.{kind}", column=first.column or ""),
        "file": " · ".join(filter(None, [same[0].file, first.sheet])),
        "heads": [
            w(f"choice.head.{head}") for head in (kind, *HEADS.get(kind, ("found", "answer")))
        ],
        "accept": w("choice.accept", n=guessed) if guessed > 1 else "",
        "leave": w("choice.leave_rest", n=left) if left else "",
        "rest": rest_data(w, for_all) if len(for_all) > 1 else None,
        "rows": [row_data(w, kind, one, names_file) for one in same],
    }


def may_be_all(choice: Choice) -> bool:
    """Whether one answer may be for it and others: no known partner is called nearly so."""
    return choice.kind == ASKED_KIND and not choice.options[0].startswith(MEANT)


def rest_data(w: Words, is_open: Sequence[Asking]) -> dict[str, object]:
    """One answer for all that are open: the type that they are added with."""
    own = is_open[0].choice.options
    codes = [code for code in w.types.get("partner_type", own) if code in own]
    return {
        "label": w("choice.add_all", n=len(is_open)),
        "options": [("", w("choice.open")), *((c, w.code("partner_type", c)) for c in codes)],
        "take": w("choice.take"),
    }


def row_data(w: Words, kind: str, one: Asking, names_file: bool) -> dict[str, object]:
    of, asked = one.choice, choices.question_words(w, one.choice)
    question = f"{asked} ({one.file})" if names_file else asked
    named = {"word": of.found, "column": of.column, ASKED_KIND: of.found}
    said = {**named, CORRECTION: of.found or "–"}.get(kind) or asked
    return {
        "file": one.file,
        "key": of.key,
        "said": said,
        "question": question,
        "found": choices.found_words(w, of),
        "by": "" if of.by == "asked" else choices.decided_by(w, of),
        "options": [(option, choices.answer_words(w, of, option)) for option in of.options],
        "value": of.value,
        "is_guessed": of.is_guessed,
        "may_be_all": may_be_all(of),
        "leave": LEAVE_OUT if LEAVE_OUT in of.options else "",
        "written": w("choice.written", question=question) if of.is_free else "",
        "search": w("choice.search", question=question) if of.is_many else "",
        "undo": w("choice.undo") if kind == CORRECTION else "",
        "was": of.found or "",
    }


def keep_answers(key: str) -> None:
    """Keep what the browser says was answered: answers by file and key of a choice."""
    given = (state.widget(key) or {}).get("answered")
    for file, answers in given.items() if isinstance(given, Mapping) else ():
        if isinstance(answers, Mapping):
            said = {k: v for k, v in answers.items() if isinstance(k, str) and isinstance(v, str)}
            state.memory(Answered).answers.setdefault(file, {}).update(said)
