"""What was decided about how a file is read, in words (intake.sheets.Choice)."""

from ringvirkning.intake.sheets import Choice
from ringvirkning.intake.sheets.firms import OF_PARTNER
from ringvirkning.intake.sheets.wide import (
    FOLLOWED_UP,
    TARGET,
    fixed,
    is_across,
    is_of_figures,
    is_target,
)
from ringvirkning.intake.uploads.new_partners import ASKED_KIND, MEANT
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


# Kinds whose question names the column, or asks about none.
TELL_COLUMN = ("column", "word", "words", "every_row", "year", "cube", "cell", ASKED_KIND)


def question_words(w: Words, choice: Choice) -> str:
    """What is asked, and where if it doesn't say so itself: "Hva står i kolonnen «Rom»?"."""
    column = choice.column or ""
    if choice.kind == "every_row":
        name = column if w.has(f"choice.every_row.{column}") else "any"
        column = w(f"column.{column}")
        asked = w(f"choice.every_row.{name}", column=column)
    else:
        asked = w(f"choice.{choice.kind}", column=column, found=choice.found or "")
    in_column = column and choice.kind not in TELL_COLUMN
    where = [w("choice.in_column", column=column)] if in_column else []
    where += [w("choice.in_sheet", sheet=choice.sheet)] if choice.sheet else []
    return f"{asked} ({', '.join(where)})" if where else asked


def found_words(w: Words, choice: Choice) -> str:
    """What stands there, where the question doesn't say it ("B2, B3"), or where the cells are."""
    if choice.kind == "cell":
        column, row = choice.column or "", f"{choice.row}"
        return w("choice.in_cells", n=len(choice.marks), column=column, row=row)
    return "" if choice.kind in ("word", "heading", ASKED_KIND) else choice.found or ""


def decided_by(w: Words, choice: Choice) -> str:
    """Who decided: "lest ut av filen"; nobody yet: ""."""
    return "" if choice.value is None else w(f"choice.by.{choice.by}")


def figure_name(w: Words, name: str) -> str:
    """A column, or the figures in it by what is said of them: "Fast jobb, 2023"."""
    if name.startswith(FOLLOWED_UP):
        point = w.code("measuring_point", name.removeprefix(FOLLOWED_UP))
        return f"{w('column.followed_up_count')}, {point}"
    if not is_across(name):
        return w(f"column.{name}")
    said = {key: text for key, text in fixed(name).items() if key != TARGET}
    names = [w.code(kind, said.pop(k)) for kind, k in OF_CODES.items() if k in said]
    return ", ".join([*names, *said.values()])


def answer_words(w: Words, choice: Choice, option: str) -> str:
    """An answer as it is shown; one without words (a row number, an encoding) is its own."""
    if choice.kind in ("word", "words", "heading") and option not in (
        "leave_out",
        "each",
        "new_measure",
        "results",
        "targets",
    ):
        return w.code(choice.about.partition(":")[0], option)
    if choice.kind == ASKED_KIND and option != "leave_out":
        if option.startswith(MEANT):
            return w("choice.meant", name=option.removeprefix(MEANT))
        return w("choice.new_of_type", type=w.code("partner_type", option))
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
        if is_target(option):
            return w("choice.target", name=name) if name else w("choice.answer.targets")
        return w("choice.measure", name=name) if is_across(option) else name
    keys = {"table": f"sheet.{option}", "column": f"column.{option.removeprefix(OF_PARTNER)}"}
    named = f"choice.answer.{SIGN_NAMES.get(option, option)}"
    return next((w(key) for key in (keys.get(choice.kind, ""), named) if w.has(key)), option)
