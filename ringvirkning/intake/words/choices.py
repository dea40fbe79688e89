"""What was decided about how a file is read, in words (intake.sheets.Choice)."""

from collections.abc import Sequence

from ringvirkning.intake.sheets import Choice
from ringvirkning.intake.sheets.wide import FOLLOWED_UP, fixed, is_across, is_of_figures
from ringvirkning.texts import Words

# Answers that are signs or numbers, and what they are called.
SIGN_NAMES = {
    ";": "semicolon",
    ",": "comma",
    ".": "point",
    "\t": "tab",
    "|": "bar",
    "1900": "system_1900",
    "1904": "system_1904",
}

# What a heading says of its figures in codes, by the kind of code.
OF_CODES = {"measure": "measure", "measuring_point": "measured_at"}

# The kinds of codes that say what a new measure is.
OF_MEASURE = {"measure_adds": "adds", "measure_level": "level"}


def choice_label(w: Words, choice: Choice) -> str:
    """What a choice is about: "Desimaltegn"."""
    if choice.kind == "every_row":
        return w("choice.every_row", column=w(f"column.{choice.column}"))
    return w(f"choice.{choice.kind}")


def choice_place(choice: Choice) -> str:
    """Where it is, and what stands there: "Ark1 · Dato · 03/04/2025"."""
    column = None if choice.kind in ("every_row", "year") else choice.column
    return " · ".join(filter(None, [choice.sheet, column, choice.found]))


def decided_by(w: Words, choice: Choice) -> str:
    """Who decided: "lest ut av filen"."""
    return w("choice.open") if choice.value is None else w(f"choice.by.{choice.by}")


def meant_by(written: str, names: Sequence[str]) -> str:
    """The only name of which the beginning was written, up to within a word; else what was. Up to
    the end of a word it may be a name of its own."""
    begun = [
        name
        for name in names
        if name.casefold().startswith(written.casefold()) and name[len(written) :][:1].isalnum()
    ]
    is_one = len(begun) == 1 and written not in names
    return begun[0] if is_one and written.strip() else written


def figure_name(w: Words, name: str) -> str:
    """A column, or the figures in it by what is said of them: "Fast jobb, 2023"."""
    if name.startswith(FOLLOWED_UP):
        point = w.code("measuring_point", name.removeprefix(FOLLOWED_UP))
        return f"{w('column.followed_up_count')}, {point}"
    if not is_across(name):
        return w(f"column.{name}")
    said = fixed(name)
    names = [w.code(kind, said.pop(k)) for kind, k in OF_CODES.items() if k in said]
    return ", ".join([*names, *said.values()])


def answer_words(w: Words, choice: Choice, option: str) -> str:
    """An answer as it is shown; one without words (a row number, an encoding) is its own."""
    if choice.kind in ("word", "words") and option not in ("leave_out", "each", "new_measure"):
        return w.code(choice.about.partition(":")[0], option)
    if choice.kind == "measure_unit":
        unit, _, scale = option.partition(":")
        return " ".join(filter(None, [w.code("unit", unit), scale]))
    if choice.kind in OF_MEASURE:
        return w.code(OF_MEASURE[choice.kind], option)
    if choice.kind == "every_row" and option != "leave_out":
        return w.code(choice.about.partition(":")[2], option)
    if choice.kind in ("stage", "other_stages") and not w.has(f"choice.answer.{option}"):
        return w.code("measure", option)
    if choice.kind == "column" and is_of_figures(option):
        name = figure_name(w, option)
        return w("choice.measure", name=name) if is_across(option) else name
    keys = {"table": f"sheet.{option}", "column": f"column.{option}"}
    named = f"choice.answer.{SIGN_NAMES.get(option, option)}"
    return next((w(key) for key in (keys.get(choice.kind, ""), named) if w.has(key)), option)
