"""Every partner from A to Å, and a page of each: what we did together, and what came of it."""

from collections.abc import Mapping

from ringvirkning.export.report import PartnerTold, told_of_partner
from ringvirkning.export.site.pages import BOTH_SIZES, Told, drawings, framed
from ringvirkning.export.site.places import PARTNERS_PAGE, Home, dashed, stems_apart
from ringvirkning.figures import feet, partners
from ringvirkning.figures.view import View

OF_PARTNERS = "partners/"


def partner_pages(shown: View, home: Home) -> dict[str, str]:
    """By their names in the folder of the language; none where there is no partner."""
    listed = partners.every_partner(shown)
    if not listed:
        return {}
    ids = sorted(row.partner_id for row in listed)
    stems = stems_apart(ids, lambda name: dashed(name) or "1", set())
    pages = {
        f"{OF_PARTNERS}{stem}.html": partner_page(shown, home, f"{OF_PARTNERS}{stem}.html", told)
        for name, stem in stems.items()
        for told in [told_of_partner(shown, name, is_paper=False)]
    }
    return pages | {PARTNERS_PAGE: list_of_partners(shown, home, stems)}


def partner_page(shown: View, home: Home, path: str, of: PartnerTold) -> str:
    drawn = [
        Told(chart, (), foot, (), drawings(chart, BOTH_SIZES), "") for chart, foot in of.figures
    ]
    return framed(
        "partner.html",
        shown,
        home,
        path,
        title=of.title,
        description=of.under,
        label="",
        figures=drawn,
        sections=of.sections,
    )


def list_of_partners(shown: View, home: Home, stems: Mapping[str, str]) -> str:
    w = shown.words
    return framed(
        "partners.html",
        shown,
        home,
        PARTNERS_PAGE,
        title=partners.headline(shown),
        description=feet.under_headline(shown),
        label="",
        subtitle=feet.under_headline(shown),
        columns=[w(f"partner_list.column.{name}") for name in partners.PARTNER_COLUMNS],
        listed=[
            (f"{OF_PARTNERS}{stems[row.partner_id]}.html", partners.partner_words(w, row))
            for row in partners.every_partner(shown)
        ],
    )
