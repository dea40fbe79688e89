#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, beside Polars 2.1.0 and pandas 3.1.1, from PyPI
# Question:  A CSV file has days as Norwegians write them in short, 05.06.26 for 5 June 2026. DuckDB reads it by itself, Polars with
#            try_parse_dates=True. Which day is it?
# Guess:     5 June 2026, as both read 05.06.2026; or text, since it might be meant otherwise.
# Behaviour: By DuckDB 26 June 2005, with a slash and a dash as well: of two digits it takes the year first. Nothing in the file can show it: as long as years are below 32,
#            each day is a day that way, too; 31.12.26 is 26 December 2031. One of 1999 turns the whole column, and 05.06.26 beside it is right. By Polars 5 June of the
#            year 26, with any of the three marks. pandas leaves it as text.
# Seen:      05.06.26 2005-06-26, 31.12.26 2031-12-26; beside 01.01.99: 2026-06-05; 05.06.2026 2026-06-05; Polars 0026-06-05; pandas text
# Matters:   to whoever reads what people type or export: starts and ends lie decades or ages off, in the right type, without an error. Say the format, as dateformat='%d.%m.%y'.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import io
import sys

import duckdb
import pandas as pd
import polars as pl

path = f"{sys.argv[1]}/days.csv"


def text_of(*days):
    return "\n".join(["day,count", *(f"{day},{place}" for place, day in enumerate(days))]) + "\n"


def by_duckdb(*days, more=""):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text_of(*days))
    rows = duckdb.execute(f"select day from read_csv('{path}'{more}) order by count").fetchall()
    return [str(day) for (day,) in rows]


short = {mark: by_duckdb(f"05{mark}06{mark}26", f"31{mark}12{mark}26") for mark in "./-"}
turned = by_duckdb("05.06.26", "31.12.26", "01.01.99")
whole = by_duckdb("05.06.2026", "31.12.2026")
told = by_duckdb("05.06.26", "31.12.26", more=", dateformat='%d.%m.%y'")
as_polars = {
    str(pl.read_csv(io.StringIO(text_of(f"05{mark}06{mark}{year}")), try_parse_dates=True)["day"][0])
    for mark in "./-"
    for year in ("26", "2026")
}
as_pandas = pd.read_csv(io.StringIO(text_of("05.06.26")))["day"].tolist()
print(duckdb.__version__, short, turned, whole, told, as_polars, as_pandas)
assert all(found == ["2005-06-26", "2031-12-26"] for found in short.values())
assert turned == ["2026-06-05", "2026-12-31", "1999-01-01"]
assert whole == told == ["2026-06-05", "2026-12-31"]
assert as_polars == {"0026-06-05", "2026-06-05"}
assert as_pandas == ["05.06.26"]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" polars==2.1.0 pandas==3.1.1
  "$folder/$version/bin/python" "$folder/look.py" "$folder"
done
