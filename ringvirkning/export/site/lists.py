"""A list that is read from one page to the next: each as long as a page may be."""

from collections.abc import Callable, Sequence

from ringvirkning.export.site.addresses import Link
from ringvirkning.export.site.pages import framed
from ringvirkning.export.site.places import Home
from ringvirkning.figures.view import View
from ringvirkning.texts import Words

ROWS_ON_PAGE = 500  # on a page, some 7 kB over the wire
LONGEST_PLACE = 24  # letters
ListedRow = tuple[str, Sequence[str]]  # an address, and the cells of its row
Parts = Sequence[tuple[Link, slice]]  # pages of a list, and what of it is on each


def list_parts(w: Words, page: str, count: int, place: Callable[[int], str]) -> Parts:
    """The pages of a list, the first at its own address. `place` says where
    in it a row is, such as its name. None where one page has room for all."""
    parts = [slice(at, min(at + ROWS_ON_PAGE, count)) for at in range(0, count, ROWS_ON_PAGE)]
    if len(parts) < 2:
        return []
    return [
        (
            Link(
                page if not at else f"{page.removesuffix('.html')}-{at + 1}.html",
                w(
                    "website.part",
                    first=w.number(part.start + 1),
                    last=w.number(part.stop),
                    places=" – ".join(dict.fromkeys(map(place, (part.start, part.stop - 1)))),
                ),
            ),
            part,
        )
        for at, part in enumerate(parts)
    ]


def list_pages(
    shown: View,
    home: Home,
    page: str,
    rows: Sequence[ListedRow],
    parts: Parts,
    *,
    title: str,
    description: str,
    columns: Sequence[str],
) -> dict[str, str]:
    """By their names in the folder of the language."""
    links = [link for link, _ in parts]

    def made(path: str, listed: Sequence[ListedRow], at: int) -> str:
        return framed(
            "listed.html",
            shown,
            home,
            path,
            title=title,
            description=description,
            label=links[at].name if links else "",
            columns=columns,
            listed=listed,
            links=links,
            next=links[at + 1] if at + 1 < len(links) else None,
        )

    if not parts:
        return {page: made(page, rows, 0)}
    return {link.address: made(link.address, rows[of], at) for at, (link, of) in enumerate(parts)}
