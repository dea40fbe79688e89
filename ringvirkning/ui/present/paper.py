"""A page of paper to take along: the board's with the numbers that are on the screen (exact ones
say *INTERNT* on every page), a partner's always with protected ones, since it leaves the house."""

from collections.abc import Callable
from dataclasses import replace

from ringvirkning.export.identity import Identity
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.server import published
from ringvirkning.ui.components.menu import file_name
from ringvirkning.ui.files import draw_link
from ringvirkning.ui.present.decks import identity_or_none


def board(shown: View) -> None:
    def report() -> bytes:
        from ringvirkning.export.report import board_report

        return board_report(shown, identity(shown))

    button(
        shown, shown.words("paper.board" if shown.is_protected else "paper.board_internal"), report
    )


def partner(shown: View, partner_id: str, name: str) -> None:
    def report() -> bytes:
        from ringvirkning.export.report import partner_report

        return partner_report(protected_view(shown), identity(shown), partner_id)

    button(shown, shown.words("paper.partner"), report, name)


def identity(shown: View) -> Identity:
    return identity_or_none(shown.database, associations_shown(shown))


def protected_view(shown: View) -> View:
    return replace(shown, database=shown.version.protected(published.watch().var))


def button(shown: View, label: str, made: Callable[[], bytes], named: str = "") -> None:
    name = f"{file_name(shown, named or label)}.pdf"
    draw_link(label, name, made, is_staffs=not shown.is_protected)
