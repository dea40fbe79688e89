#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, python-dateutil 4.0.0, Python 3.11; beside them pandas 3.1.1 and Polars 2.1.0, from PyPI
# Question:  2027 has 52 weeks. What is "2027-W53-1", a slip of the pen, by the format "%G-W%V-%u" and `try_strptime`, which is null of what is no day?
# Guess:     Null, as 31.02.2027 is.
# Behaviour: 3 January 2028, the first week of the year after: its year by ISO is another than the one that was read. So it is for
#            datetime.strptime of Python 3.11 and for dateutil's isoparse. pandas and Polars have none; date.fromisoformat and
#            date.fromisocalendar refuse it.
# Seen:      2027-W53-1: duckdb, strptime and dateutil 2028-01-03, pandas and polars None, fromisoformat ValueError; 31.02.2027: duckdb None
# Matters:   to whoever reads weeks that people typed: such a row counts in the next year, and in a week that has its own rows. Compare
#            isoyear() with the year that was read.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
from datetime import date, datetime

import duckdb
import pandas as pd
import polars as pl
from dateutil.parser import isoparse

FORM = "%G-W%V-%u"


def refused(ask, text):
    try:
        return str(ask(text))[:10]
    except ValueError:
        return "ValueError"


def readings(text):
    by_pandas = pd.to_datetime(pd.Series([text]), format=FORM, errors="coerce")[0]
    return {
        "duckdb": str(duckdb.sql(f"select try_strptime('{text}', '{FORM}')::date").fetchall()[0][0]),
        "strptime": refused(lambda one: datetime.strptime(one, FORM), text),
        "dateutil": refused(isoparse, text),
        "pandas": "None" if pd.isna(by_pandas) else str(by_pandas)[:10],
        "polars": str(pl.Series([text]).str.to_date(FORM, strict=False)[0]),
        "fromisoformat": refused(date.fromisoformat, text),
    }


absent, there = readings("2027-W53-1"), readings("2026-W53-1")
day = duckdb.sql("select try_strptime('31.02.2027', '%d.%m.%Y')").fetchall()[0][0]
print(duckdb.__version__, absent, there, {"31.02.2027": day}, sep="\n")
assert {*there.values()} == {"2026-12-28"}
assert absent == {
    "duckdb": "2028-01-03",
    "strptime": "2028-01-03",
    "dateutil": "2028-01-03",
    "pandas": "None",
    "polars": "None",
    "fromisoformat": "ValueError",
}
assert day is None
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" pandas==3.1.1 polars==2.1.0 python-dateutil==4.0.0
  "$folder/$version/bin/python" "$folder/look.py"
done
