"""Aktiviteter: per year and type, registered against attended, by programme."""

from typing import Any

from ringvirkning.charts import activities
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences
from ringvirkning.texts.certainty import number


def dated(shown: View) -> list[Any]:
    return [row for row in shown.rows("activities_by_year") if row.year is not None]


def undated(shown: View) -> list[Any]:
    return [row for row in shown.rows("activities_by_year") if row.year is None]


def headline(shown: View) -> str:
    return sentences.activities_in(shown.words, dated(shown), shown.year)


def by_type(shown: View) -> Figure | None:
    if not dated(shown):
        return None
    return feet.rounded(
        shown,
        "activities-by-type",
        activities.by_type(shown.words, shown.rows("activities_by_type"), shown.as_of),
        feet.activities(
            shown,
            shown.rows("activities_by_year"),
            "foot.unit_activities",
            {"undated_activities": sum(row.activity_count for row in undated(shown))},
        ),
        ["activities_held"],
        ["activities_by_type"],
        feet.cited(shown, "activities_held", single_years=True),
        Question(split="activity_type", page="1"),
    )


def registered_and_attended(shown: View) -> Figure | None:
    """None where no year has a count of either."""
    held = shown.rows("activities_by_year")
    is_example = number(sum(row.activity_count for row in held)).is_example
    counted = [
        row
        for row in held
        if row.attended_count is not None and row.attended_count.is_example == is_example
    ]
    known = sum(row.attended_known for row in counted)
    if not any(row.attended_known or row.registered_known for row in dated(shown)):
        return None
    return feet.rounded(
        shown,
        "registered-and-attended",
        activities.registered_and_attended(shown.words, held, shown.as_of),
        feet.activities(
            shown,
            held,
            "foot.unit_attendances",
            {
                "not_counted": int(sum(row.activity_count for row in held)) - known,
                "undated_activities": sum(r.attended_known for r in counted if r.year is None),
            },
        ),
        ["registered", "attended"],
        ["activities_by_year"],
        feet.cited(shown, "registered", "attended", single_years=True),
        Question("attended", page="1"),
    )


def by_programme(shown: View) -> Figure | None:
    found = shown.rows("activities_by_programme")
    if not found:
        return None
    return feet.rounded(
        shown,
        "activities-by-programme",
        activities.by_programme(shown.words, found),
        feet.activities(shown, shown.rows("activities_by_year"), "foot.unit_activities", {}),
        ["activities_held"],
        ["activities_by_programme"],
        feet.cited(shown, "activities_held"),
        Question(rows="programme", page="1"),
    )


def figures(shown: View) -> list[Figure | None]:
    return [of(shown) for of in (by_type, registered_and_attended, by_programme)]
