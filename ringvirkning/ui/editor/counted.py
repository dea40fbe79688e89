"""What rows of participants came to, before anything of it is published."""

from collections.abc import Sequence

import streamlit as st

from ringvirkning.intake.answers import Reading
from ringvirkning.intake.sheets import CountedRounds
from ringvirkning.intake.sheets.wide import AND, fixed, is_across, is_of_figures
from ringvirkning.intake.words.choices import figure_name
from ringvirkning.texts import Words
from ringvirkning.ui.components.records import Heading, draw_records

UNKNOWN_FIGURE = "–"


def draw_counted(w: Words, reads: Sequence[Reading]) -> None:
    """A row for each round, and below one for each age group of it."""
    for read in reads:
        for counted in read.counted:
            st.subheader(w("upload.counted", n=len(counted.grid.rows) - 1), anchor=False)
            st.markdown(w("upload.counted_what"))
            key = f"counted {read.file} {counted.grid.sheet}"
            draw_rounds(w, counted, key)
            draw_ages(w, counted, key)


def draw_rounds(w: Words, counted: CountedRounds, key: str) -> None:
    names = {place: name for place, name in counted.columns.items() if not age_of(name)}
    columns = [
        Heading(name, figure_name(w, name), numeric=is_number(name))
        if name != "title"
        else Heading(name, w("upload.counted_round"), wide=True)
        for name in names.values()
    ]
    rows = [
        {name: row.cell(place).text or UNKNOWN_FIGURE for place, name in names.items()}
        for row in counted.grid.rows[1:]
    ]
    draw_records(w, rows, columns, key=key, caption=w("upload.counted_rounds"))


def draw_ages(w: Words, counted: CountedRounds, key: str) -> None:
    """The figures of each age group of a round, by their measures."""
    ages = {place: age for place, name in counted.columns.items() if (age := age_of(name))}
    if not ages:
        return
    measures = [*dict.fromkeys(measure_of(counted.columns[place]) for place in ages)]
    columns = [
        Heading("title", w("upload.counted_round"), wide=True),
        Heading("age_group", w("column.age_group")),
        *(Heading(name, figure_name(w, name), numeric=True) for name in measures),
    ]
    title = next(place for place, name in counted.columns.items() if name == "title")
    rows = []
    for row in counted.grid.rows[1:]:
        for age in sorted({*ages.values()}):
            said = {
                measure_of(counted.columns[place]): row.cell(place).text
                for place in ages
                if ages[place] == age and row.cell(place).text
            }
            if said:
                shown = {"title": row.cell(title).text, "age_group": age.replace("_", "–")}
                rows.append(dict.fromkeys(measures, UNKNOWN_FIGURE) | shown | said)
    draw_records(w, rows, columns, key=f"{key} ages", caption=w("upload.counted_ages"))


def age_of(name: str) -> str:
    return fixed(name).get("age_group", "") if is_across(name) else ""


def measure_of(name: str) -> str:
    """The choice of a figure of all ages, for one of an age group."""
    return name.partition(AND)[0]


def is_number(name: str) -> bool:
    return is_of_figures(name) or name.endswith("_count")
