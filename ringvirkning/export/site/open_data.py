"""The tables themselves: CSV, and what is in it as a Data Package and as CSVW."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from ringvirkning.export.site.funders import funded_files
from ringvirkning.export.site.places import Home
from ringvirkning.figures.open_data import OpenTable, open_tables
from ringvirkning.figures.view import View
from ringvirkning.texts import Words
from ringvirkning.texts.safe import cell_text

OPEN_DATA = "data/"
# What types of the contract are called (https://datapackage.org/standard/table-schema/); CSVW has
# the same names. All else is text: a day may be known as a year.
OPEN_TYPES = {"INTEGER": "integer", "DECIMAL": "number"}
TEXT = "string"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
CONTEXT = "http://www.w3.org/ns/csvw"


def data_files(views: Sequence[View], home: Home, is_of_all: bool) -> dict[str, bytes]:
    """By their names: a file for each table and two that tell of them, where it is of all; and
    what partners fund. What can be told in several languages is; the rest is told in the first."""
    shown = views[0]
    funded = funded_files(views, home)
    if not is_of_all:
        return {OPEN_DATA + name: content for name, content in funded.items()}
    tables = open_tables(shown)
    files = {one.table.file: table_csv(one) for one in tables}
    told = {
        "datapackage.json": data_package(shown, home, tables, [*funded]),
        "csv-metadata.json": csvw(views, home, tables),
    }
    files |= {
        name: json.dumps(of, ensure_ascii=False, indent=1).encode() for name, of in told.items()
    }
    return {OPEN_DATA + name: content for name, content in (files | funded).items()}


def table_csv(one: OpenTable) -> bytes:
    """RFC 4180 but for its line ends, as the files of the contract are."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([column.name for column in one.table.columns])
    lines.writerows([cell_text(cell or "") for cell in row] for row in one.rows)
    return text.getvalue().encode()


def type_of_column(kind: str) -> str:
    return OPEN_TYPES.get(kind.split("(")[0], TEXT)


def named_column(w: Words, name: str) -> str:
    return w(f"column.{name}") if w.has(f"column.{name}") else name


def noted_column(w: Words, name: str) -> str:
    return w(f"column_note.{name}") if w.has(f"column_note.{name}") else ""


def key_column(one: OpenTable) -> str | None:
    return next((column.name for column in one.table.columns if column.is_key), None)


def referred_by(one: OpenTable, tables: Sequence[OpenTable]) -> list[tuple[str, str, str]]:
    """Columns that hold the key of another row, its table and its key. A list of keys can't be said
    in either standard; its note says it."""
    keys = {other.table.name: key_column(other) for other in tables}
    return [
        (column.name, column.refers_to, key)
        for column in one.table.columns
        if column.refers_to and not column.is_list and (key := keys.get(column.refers_to))
    ]


def data_package(
    shown: View, home: Home, tables: Sequence[OpenTable], funded: Sequence[str]
) -> dict[str, Any]:
    """https://datapackage.org/standard/data-package/. The standard has a type for lists; its own
    profile 2.0, which the file names, has none: a list is text, and what stands between is said."""
    w = shown.words
    told = {
        "$schema": PROFILE,
        "name": "ringvirkning",
        "title": home.who.name or w("website.title"),
        "description": f"{w('about.licence_what')} {w('website.data_what')}",
        "version": shown.version.name,
        "created": shown.version.published_at,
        "resources": [
            *(resource(w, one, tables) for one in tables),
            *(whole_file(w("website.funded"), name) for name in funded),
        ],
    }
    return told | ({"homepage": home.address} if home.address else {})


def whole_file(title: str, name: str) -> dict[str, str]:
    """A file that is no table, and tells of itself by a standard of its own."""
    stem, kind = name.split(".")
    told = {"name": stem, "title": title, "path": name, "format": kind}
    return told | {"mediatype": f"application/{kind}", "encoding": "utf-8"}


def resource(w: Words, one: OpenTable, tables: Sequence[OpenTable]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                "title": named_column(w, column.name),
                "description": noted_column(w, column.name),
                "type": TEXT if column.is_list else type_of_column(column.type),
                "constraints": {
                    "required": column.required,
                    **({"unique": True} if column.is_key else {}),
                    **({"enum": column.codes} if column.codes else {}),
                },
            }
            for column in one.table.columns
        ],
        "missingValues": [""],
    }
    if key := key_column(one):
        schema["primaryKey"] = [key]
    if found := referred_by(one, tables):
        schema["foreignKeys"] = [
            {
                "fields": [name],
                "reference": {
                    "resource": "" if table == one.table.name else table,
                    "fields": [other],
                },
            }
            for name, table, other in found
        ]
    return {
        "name": one.table.name,
        "type": "table",
        "title": w(f"sheet.{one.table.name}"),
        "path": one.table.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def csvw(views: Sequence[View], home: Home, tables: Sequence[OpenTable]) -> dict[str, Any]:
    """https://www.w3.org/TR/tabular-metadata/. A list is text here, too: an empty cell of a column
    with a separator would be read as a list of nothing, where it is not known. A foreign key is
    only what no row may lack: by the standard's model (6.6) each row has to refer to another."""
    languages = [shown.words for shown in views]

    def said(key: str) -> list[dict[str, str]]:
        return [{"@value": w(key), "@language": w.language} for w in languages if w.has(key)]

    return {
        "@context": [CONTEXT, {"@language": languages[0].language}],
        "dc:title": home.who.name or said("website.title"),
        "dc:description": said("website.data_what"),
        "dc:modified": views[0].version.published_at,
        "dc:rights": said("about.licence_what"),
        "tables": [
            {
                "url": one.table.file,
                "dc:title": said(f"sheet.{one.table.name}"),
                "tableSchema": {
                    "columns": [
                        {
                            "name": column.name,
                            "titles": [column.name],
                            "datatype": type_of_column(column.type),
                            "required": column.required,
                            "dc:title": said(f"column.{column.name}"),
                            "dc:description": said(f"column_note.{column.name}"),
                        }
                        for column in one.table.columns
                    ],
                    **({"primaryKey": key} if (key := key_column(one)) else {}),
                    "foreignKeys": [
                        {
                            "columnReference": name,
                            "reference": {"resource": f"{table}.csv", "columnReference": other},
                        }
                        for name, table, other in referred_by(one, tables)
                        if name in {column.name for column in one.table.columns if column.required}
                    ],
                },
            }
            for one in tables
        ],
    }
