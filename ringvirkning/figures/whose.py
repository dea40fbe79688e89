"""Which association a page is about, and what it says of itself."""

from pathlib import Path

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.figures.filters import every_choice
from ringvirkning.figures.view import View, cached_answer


class NoSuchAssociation(LookupError):
    """There is none of this name in the version; the names of those that there are."""


def associations_shown(shown: View) -> tuple[str, ...]:
    """Those that are chosen, or all that there are, in the order of the language."""
    if chosen := shown.selection.association:
        return chosen
    every = every_choice(shown.database)["association"]
    return tuple(alphabetical(every, shown.words.language))


def chosen_association(shown: View) -> str | None:
    """The one association that is chosen, or the only one there is; None where there are several
    and none, or more than one, is chosen."""
    chosen = associations_shown(shown)
    return chosen[0] if len(chosen) == 1 else None


def named_association(database: Path, named: str) -> str:
    """The association of this name or short name. Raises NoSuchAssociation, also where several have
    the short name."""
    names = [*every_choice(database)["association"]]
    short = {
        row.association: row.short_name for row in cached_answer(database, answers.AssociationWords)
    }
    wanted = named.strip().casefold()
    called = [name for name in names if name.casefold() == wanted]
    called = called or [name for name in names if (short.get(name) or "").casefold() == wanted]
    if not wanted or len(called) != 1:
        raise NoSuchAssociation(names)
    return called[0]


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
