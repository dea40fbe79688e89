"""What each figure means, and where its data are: a page, and the same for programmes."""

import json
import re
from collections.abc import Sequence

from markupsafe import Markup

from ringvirkning.export.show import html_table
from ringvirkning.export.site.funders import IATI_FILE, iati_line
from ringvirkning.export.site.open_data import OPEN_DATA
from ringvirkning.export.site.pages import Told, framed
from ringvirkning.export.site.places import ABOUT_PAGE, FIGURES_FOLDER, FOLDERS, Home
from ringvirkning.figures import feet
from ringvirkning.figures.view import View
from ringvirkning.texts import Words

CHAPTERS = ("counting", "privacy", "evidence", "licence")
MEASURE_LEVELS = ("outcome", "output")


def about_page(shown: View, home: Home, found: Sequence[Told], data: Sequence[str]) -> str:
    """`data` are the names of the data's files, none where they are not on the site."""
    w = shown.words
    tables = [name for name in data if name != IATI_FILE]
    up = "../" * FOLDERS[w.language].count("/")
    return framed(
        "about.html",
        shown,
        home,
        ABOUT_PAGE,
        title=w("about.title"),
        description=w("about.what"),
        label="",
        what=w("about.what"),
        chapters=[(w(f"about.{name}"), as_html(w, w(f"about.{name}_what"))) for name in CHAPTERS],
        levels=[
            (
                w(f"about.level.{level}"),
                [
                    one | {"line": feet.measure_line(shown, one)}
                    for one in feet.measures_by_name(shown, level)
                ],
            )
            for level in MEASURE_LEVELS
        ],
        data_what=w("website.data_what"),
        tables=[(f"{up}{OPEN_DATA}{name}", table_label(w, name)) for name in tables],
        iati=f"{up}{OPEN_DATA}{IATI_FILE}" if IATI_FILE in data else "",
        iati_what=iati_line(shown) if IATI_FILE in data else "",
        figures=[(one.address, one.chart.title) for one in found],
    )


def table_label(w: Words, file: str) -> str:
    """What a file of the data holds; one that tells of them by its name."""
    key = f"sheet.{file.removesuffix('.csv')}"
    return w(key) if w.has(key) else file


def as_html(w: Words, text: str) -> Markup:
    """A text of ours that has paragraphs, a list or a table: no other Markdown is in them."""
    return Markup("").join(block_as_html(w, block) for block in text.strip().split("\n\n"))


def block_as_html(w: Words, block: str) -> Markup:
    lines = block.splitlines()
    if lines[0].startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        table = html_table(w, [row for row in rows if not re.fullmatch("-+", row[0])])
        around = '<div class="rows" tabindex="0" role="region" aria-label="{}">{}</div>'
        return Markup(around).format(rows[0][0], table)
    if lines[0].startswith("- "):
        items = [Markup("<li>{}</li>").format(line.removeprefix("- ")) for line in lines]
        return Markup("<ul>{}</ul>").format(Markup("").join(items))
    return Markup("<p>{}</p>").format(block)


def index_json(shown: View, home: Home, found: Sequence[Told]) -> bytes:
    """Every figure of the site in a language, with the addresses of what it can be taken as."""
    folder = f"{FOLDERS[shown.words.language]}{FIGURES_FOLDER}"

    def address(name: str) -> str:
        return home.own(folder + name, name)

    listed = [
        {
            "id": one.stem,
            "title": one.chart.title,
            "subtitle": one.chart.subtitle,
            "page": address(f"{one.stem}.html"),
            "files": {kind: address(f"{one.stem}.{kind}") for kind in home.kinds},
        }
        for one in found
    ]
    said = {
        "language": shown.words.language,
        "publisher": home.who.name,
        "version": shown.version.name,
        "as_of": shown.as_of.isoformat(),
        "figures": listed,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
