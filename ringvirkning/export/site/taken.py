"""What a figure can be taken as: a picture, a table, and all that is known of it as JSON."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from ringvirkning.charts import Chart, Numbers
from ringvirkning.charts.paper.drawing import Size
from ringvirkning.charts.paper.signs import with_printable
from ringvirkning.charts.paper.svg import svg
from ringvirkning.export.site.pages import site_size, whole_or_shorter, whose_and_when
from ringvirkning.export.site.places import (
    FIGURES_FOLDER,
    FOLDERS,
    PREVIEW,
    TAKEN_AS,
    TAKEN_UNDRAWN,
    Home,
)
from ringvirkning.export.tables import plain_csv
from ringvirkning.export.typeset import Files, legend, number_fields, pictures
from ringvirkning.figures import Figure, feet
from ringvirkning.figures.filters import filter_summary
from ringvirkning.figures.view import View
from ringvirkning.texts import Percent, Words, sentences

SHARED_SIZE = Size(1100, 400, 21)  # of a drawing that is seen where an address is shared


def figure_files(shown: View, home: Home, found: Mapping[str, Figure]) -> dict[str, bytes]:
    """By their names in the folder of the language: all that these figures can be taken as."""
    drawn = drawn_files(shown, home, found)
    return undrawn_files(shown, home, found, FIGURES_FOLDER, TAKEN_AS) | {
        f"{FIGURES_FOLDER}{name}": content for name, content in drawn.items()
    }


def undrawn_files(
    shown: View,
    home: Home,
    found: Mapping[str, Figure],
    folder: str,
    kinds: Sequence[str] = TAKEN_UNDRAWN,
) -> dict[str, bytes]:
    """The same without pictures, in a `folder`; of these `kinds` there are files there."""
    files: dict[str, bytes] = {}
    for stem, figure in found.items():
        files[f"{folder}{stem}.csv"] = plain_csv(shown.words, figure.chart.rows)
        files[f"{folder}{stem}.json"] = all_as_json(shown, home, figure, f"{folder}{stem}", kinds)
    return files


def all_as_json(
    shown: View, home: Home, figure: Figure, name: str, beside: Sequence[str] = TAKEN_AS
) -> bytes:
    """What a figure shows, as numbers, and what they mean and rest on. `name` is that of its files,
    before the dot, in the folder of the language; of the kinds `beside` there are such."""
    w, chart = shown.words, figure.chart
    heading, *body = chart.rows
    own, stem = f"{FOLDERS[w.language]}{name}", name.rpartition("/")[2]
    kinds: Counter[str] = Counter()
    for row in figure.cited:
        kinds[row.evidence or "unstated"] += row.record_count
    said = {
        "id": stem,
        "language": w.language,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "selection": filter_summary(w, shown.selection, shown.span),
        "measures": [
            {name: meant[name] for name in ("measure", "name", "definition", "unit", "caveat")}
            for meant in map(shown.measure, figure.measures)
        ],
        "columns": heading,
        "rows": [[value_in(w, cell) for cell in row] for row in body],
        "basis": figure.foot,
        "evidence": {kind: kinds[kind] for kind in sentences.WEAKER if kinds[kind]},
        "sources": [*dict.fromkeys(row.source for row in figure.cited if row.source)],
        "rounding": feet.rounding(shown, figure.measures, chart.within),
        "happened": figure.every,
        "as_of": shown.as_of.isoformat(),
        "version": shown.version.name,
        "published_at": str(shown.version.published_at),
        "edition": "protected",
        "publisher": home.who.name,
        "licence": w("about.licence_what"),
        "page": home.own(f"{own}.html", f"{stem}.html"),
        "files": {kind: home.own(f"{own}.{kind}", f"{stem}.{kind}") for kind in beside},
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def value_in(w: Words, cell: str) -> str | float | None:
    """A number as one, a share from 0 to 1; words as they are, and nothing as null."""
    value = cell.share if isinstance(cell, Percent) else w.value(cell)
    return (cell or None) if value is None else value


def drawn_files(shown: View, home: Home, found: Mapping[str, Figure]) -> dict[str, bytes]:
    """Each figure as a picture with its words, and as it is seen where its address is shared."""
    if not found:
        return {}
    files: Files = {}
    said: dict[str, object] = {
        "language": shown.words.language,
        "strong": home.who.colours[0],
        "whose": whose_and_when(shown, home.who),
        "figures": [drawn_figure(shown, figure, files) for figure in found.values()],
    }
    drawn = pictures("site/figure.typ", said, files)
    made: dict[str, bytes] = {}
    for at, stem in enumerate(found):
        (whole_svg, whole_png), (_, shared) = drawn[2 * at : 2 * at + 2]
        made |= {f"{stem}.svg": whole_svg, f"{stem}.png": whole_png, f"{stem}{PREVIEW}": shared}
    return made


def drawn_figure(shown: View, figure: Figure, files: Files) -> dict[str, object]:
    chart = whole_or_shorter(shown.words, figure.chart)
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "picture": add_outlined(files, chart, site_size(chart, "wide")),
        "wide": add_outlined(files, chart, SHARED_SIZE),
        "numbers": number_fields(chart) if isinstance(chart, Numbers) else [],
        "legend": legend(chart),
        "rows": chart.rows,
        "foot": figure.under,
    }


def add_outlined(files: Files, chart: Chart, size: Size) -> str:
    """The name of the drawing among the files: its letters are outlines, since a picture is taken
    to where the typeface is not."""
    drawn = svg(with_printable(chart), size, is_outlined=True)
    name = f"{len(files)}.svg" if drawn else ""
    if drawn:
        files[name] = drawn.encode()
    return name
