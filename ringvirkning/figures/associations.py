"""Which association a page is about, and what it says of itself."""

from pathlib import Path

from queries import answers
from ringvirkning.figures.filters import every_choice
from ringvirkning.figures.view import View, cached_answer


def chosen_association(shown: View) -> str | None:
    """The one association that is chosen, or the only one there is; None where there are several
    and none, or more than one, is chosen."""
    chosen = shown.selection.association or (*every_choice(shown.database)["association"],)
    return chosen[0] if len(chosen) == 1 else None


def association_row(database: Path, association: str) -> answers.Associations | None:
    """What an association says of itself; None where it says nothing."""
    rows = cached_answer(database, answers.Associations)
    return next((row for row in rows if row.association == association), None)
