"""What was decided about how a file is read, in words (intake.sheets.Choice)."""

from ringvirkning.intake.sheets import Choice
from ringvirkning.intake.sheets.wide import fixed, is_across
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


# Kinds whose question names the column, or asks about none.
TELL_COLUMN = ("column", "word", "words", "every_row", "year", "cube", "cell")


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
    return "" if choice.kind == "word" else choice.found or ""


def decided_by(w: Words, choice: Choice) -> str:
    """Who decided: "lest ut av filen"; nobody yet: ""."""
    return "" if choice.value is None else w(f"choice.by.{choice.by}")


def answer_words(w: Words, choice: Choice, option: str) -> str:
    """An answer as it is shown; one without words (a row number, an encoding) is its own."""
    if choice.kind in ("word", "words") and option not in ("leave_out", "each"):
        return w.code(choice.about.partition(":")[0], option)
    if choice.kind == "every_row" and option != "leave_out":
        return w.code(choice.about.partition(":")[2], option)
    if choice.kind == "column" and option.startswith("followed_up:"):
        point = w.code("measuring_point", option.removeprefix("followed_up:"))
        return f"{w('column.followed_up_count')}, {point}"
    if choice.kind == "column" and is_across(option):
        said = fixed(option)
        names = [w.code(kind, said.pop(k)) for kind, k in OF_CODES.items() if k in said]
        return w("choice.measure", name=", ".join([*names, *said.values()]))
    keys = {"table": f"sheet.{option}", "column": f"column.{option}"}
    named = f"choice.answer.{SIGN_NAMES.get(option, option)}"
    return next((w(key) for key in (keys.get(choice.kind, ""), named) if w.has(key)), option)
