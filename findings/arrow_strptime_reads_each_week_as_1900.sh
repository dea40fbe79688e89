#!/usr/bin/env bash
# Version:   PyArrow 26.0.1, from PyPI, on Linux with glibc; beside it pandas 3.1.1, Polars 2.1.0 and DuckDB 2.0.0
# Question:  A column of weeks, "2026-W05-1", is read by the format "%G-W%V-%u", by `compute.strptime` or as a timestamp parser of Arrow's CSV reader.
#            And what of a day that isn't there, 31.02.2026 by "%d.%m.%Y"?
# Guess:     The Monday of the week, as from pandas, Polars and DuckDB, or an error that the format isn't known. The day that isn't there is null
#            (`error_is_null`), or for the CSV reader no timestamp at all.
# Behaviour: Each week is 1 January 1900. And 31 February is 3 March, for the CSV reader, too. A 54th week is no week and a 32nd day no day.
# Seen:      weeks: arrow and its CSV 1900-01-01, pandas, polars and duckdb 2026-01-26; 31.02.2026: arrow and its CSV 2026-03-03, the others none
# Matters:   to whoever reads days or weeks by Arrow for speed: faults in a file become other days, and all weeks one day, without a word.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1 polars==2.1.0 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import io

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

WEEK, DAY = "%G-W%V-%u", "%d.%m.%Y"


def of_csv(text, form):
    options = csv.ConvertOptions(timestamp_parsers=[form])
    read = csv.read_csv(io.BytesIO(f"day,n\n{text},1\n".encode()), convert_options=options)
    return read["day"][0].as_py()


def readings(text, form):
    found = {
        "arrow": pc.strptime(pa.array([text]), format=form, unit="s", error_is_null=True)[0].as_py(),
        "its csv": of_csv(text, form),
        "pandas": pd.to_datetime(pd.Series([text]), format=form, errors="coerce")[0],
        "polars": pl.Series([text]).str.to_date(form, strict=False)[0],
        "duckdb": duckdb.sql(f"select try_strptime('{text}', '{form}')").fetchall()[0][0],
    }
    return {name: None if pd.isna(one) else str(one)[:10] for name, one in found.items()}


OTHERS = ("pandas", "polars", "duckdb")
ARROW = ("arrow", "its csv")
weeks = readings("2026-W05-1", WEEK)
last = readings("2026-W20-3", WEEK)
absent = readings("31.02.2026", DAY)
there = readings("28.02.2026", DAY)
print(weeks, last, absent, there, sep="\n")
assert weeks == dict.fromkeys(ARROW, "1900-01-01") | dict.fromkeys(OTHERS, "2026-01-26")
assert last == dict.fromkeys(ARROW, "1900-01-01") | dict.fromkeys(OTHERS, "2026-05-13")
assert absent == dict.fromkeys(ARROW, "2026-03-03") | dict.fromkeys(OTHERS)
assert {*there.values()} == {"2026-02-28"}
for text, form in (("2026-W54-1", WEEK), ("32.01.2026", DAY)):
    read = pc.strptime(pa.array([text]), format=form, unit="s", error_is_null=True)
    assert read[0].as_py() is None, (text, read)
PY
"$folder/venv/bin/python" "$folder/look.py"
