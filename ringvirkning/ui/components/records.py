"""A searchable, sortable, paged HTML table of display-ready rows (components v2)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from numbers import Real

from ringvirkning.texts import Words
from ringvirkning.ui.components.component import component

_TABLE = component(__file__, isolate_styles=True)
TABLE_WORDS = ("search", "rows", "previous", "next", "page", "none", "empty", "sort_by", "clear")


@dataclass(frozen=True)
class Heading:
    """One column: ``name`` is the key in the rows, ``label`` the heading shown."""

    name: str
    label: str
    numeric: bool = False
    wide: bool = False


def _sort_value(value: object) -> str | float | None:
    """Only what JSON can carry; None (and NaN) means missing, and sorts last."""
    if isinstance(value, Real | Decimal):
        return float(value) if math.isfinite(value) else None
    return str(value) if value else None


def draw_records(
    w: Words,
    rows: Sequence[Mapping[str, object]],
    columns: Sequence[Heading],
    *,
    key: str,
    caption: str,
    opens: str | None = None,
) -> str | None:
    """Show ``rows`` as a table; return the id of the row opened in this run, else None.

    A row holds a display string per column name, an ``id``, optionally ``name + "_sort"``
    (number or ISO text) and a ``href`` such as "?a=b", on
    another page "./page?a=b". Search, sort and page live in the
    browser under ``key``; not for ``st.form``.
    """
    body = [
        {
            "id": str(row.get("id") or ""),
            "href": str(row.get("href") or ""),
            "cells": [str(row.get(column.name) or "") for column in columns],
            "sort": {
                str(place): _sort_value(row[column.name + "_sort"])
                for place, column in enumerate(columns)
                if column.name + "_sort" in row
            },
        }
        for row in rows
    ]
    data = {
        "key": key,
        "rows": body,
        "columns": [asdict(column) for column in columns],
        "words": {word: w.pattern(f"table.{word}") for word in TABLE_WORDS}
        | {"language": w.language},
        "caption": caption,
        "opens": opens,
    }
    opened = _TABLE(key=key, data=data, on_opened_change=lambda: None).get("opened")
    return opened if opened and any(row["id"] == opened for row in body) else None
