#!/usr/bin/env bash
# Version:   Polars 2.1.0, DuckDB 2.0.0, PyArrow 26.0.1, pandas 3.1.1, from PyPI
# Question:  Jobs are counted by two weeks at a time. Do `dt.truncate("2w")`, `time_bucket(interval 2 weeks, …)`, `floor_temporal(multiple=2, unit="week")` and
#            `resample("2W-MON", closed="left", label="left")` put the Mondays 23 and 30 December 2024 together?
# Guess:     All do, or none: for all a week begins on Monday, and what two weeks are counted from is the epoch.
# Behaviour: Polars does, and DuckDB and Arrow do not: theirs begin on 16 and on 30 December, Polars' on the Mondays between. pandas' begin with the first row, so
#            that they change with a filter. By 14 days ("14d") Polars and Arrow agree on Thursdays, DuckDB has Mondays. Of one week all agree.
# Seen:      of 23 and 30 December and 6 January: polars 23 23 6, duckdb and arrow 16 30 30, pandas 23 23 6, without 23 December: pandas 30 30
# Matters:   to whoever compares fortnights of two programs, or filters and counts them: the same rows make other columns. Number the weeks, and halve.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.0 pyarrow==26.0.1 pandas==3.1.1
cat > "$folder/look.py" <<'PY'
from datetime import date, timedelta

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

MONDAYS = [date(2024, 12, 23) + timedelta(weeks=n) for n in range(3)]


def begins(days, weeks):
    """The first day of what each is counted in."""
    question = f"select time_bucket(interval {weeks} weeks, day) from (select unnest($1) as day)"
    column = pd.Series(days, pd.DatetimeIndex(days))
    by_pandas = column.groupby(pd.Grouper(freq=f"{weeks}W-MON", closed="left", label="left"))
    return {
        "polars": pl.Series(days).dt.truncate(f"{weeks}w").to_list(),
        "duckdb": [day for (day,) in duckdb.execute(question, [days]).fetchall()],
        "arrow": pc.floor_temporal(pa.array(days), multiple=weeks, unit="week").to_pylist(),
        "pandas": [start.date() for start, rows in by_pandas for _ in rows],
    }


two, one, filtered = begins(MONDAYS, 2), begins(MONDAYS, 1), begins(MONDAYS[1:], 2)
for name in two:
    print(name, *two[name])
early, first, second, third = MONDAYS[0] - timedelta(weeks=1), *MONDAYS
assert two["polars"] == [first, first, third]
assert two["duckdb"] == two["arrow"] == [early, second, second]
assert two["pandas"] == [first, first, third]
assert filtered["pandas"] == [second, second] and filtered["polars"] == [first, third]
assert all(found == MONDAYS for found in one.values())
by_days = pl.Series(MONDAYS).dt.truncate("14d")[0]
by_arrow = pc.floor_temporal(pa.array(MONDAYS), multiple=14, unit="day")[0].as_py()
assert by_days == by_arrow and by_days.isoweekday() == 4
PY
"$folder/venv/bin/python" "$folder/look.py"
