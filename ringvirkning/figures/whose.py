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


def own_row(shown: View) -> answers.AssociationWords | None:
    """What the chosen association says of itself; None where none is chosen, or it says nothing."""
    association = chosen_association(shown)
    return association_row(shown.database, association) if association else None


def flagships(shown: View) -> set[str]:
    """The programmes that come first: of the associations that are chosen, or of all."""
    chosen = shown.selection.association
    rows = cached_answer(shown.database, answers.AssociationWords)
    return {
        row.flagship_programme
        for row in rows
        if row.flagship_programme and (not chosen or row.association in chosen)
    }


def association_row(database: Path, association: str) -> answers.AssociationWords | None:
    """What an association says of itself; None where it says nothing."""
    rows = cached_answer(database, answers.AssociationWords)
    return next((row for row in rows if row.association == association), None)
