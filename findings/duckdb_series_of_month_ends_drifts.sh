#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, pandas 3.1.1, Polars 2.1.0, python-dateutil 4.0.0, from PyPI
# Question:  Reports are due on the last day of each month: `generate_series(date '2024-01-31', …, interval 1 month)`. Which days are these?
# Guess:     31 January, 29 February, 31 March, 30 April: each is the first and so many months, as `date + n * interval 1 month` has it.
# Behaviour: 31 January, 29 February, 29 March, 29 April: each is the one before and a month, so that what a short month takes away is gone for all that
#            follow. pandas' date_range by a DateOffset of a month does the same. Polars' date_range and dateutil's relativedelta by n have 31 March.
#            dateutil's rrule, as of a calendar, leaves February and April out.
# Seen:      generate_series and pandas: 31, 29, 29, 29, 29; n * interval and Polars: 31, 29, 31, 30, 31; from the 30th: 30, 29, 29 beside 30, 29, 30
# Matters:   to whoever lays out deadlines or spells by months: from March on each is two days early. Take range() of numbers times the interval, or last_day().
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
from datetime import date

import duckdb
import pandas as pd
import polars as pl
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule

END = date(2024, 5, 31)
ASKED = {
    "generate_series": "select d::date from generate_series($start, $end, interval 1 month) t(d)",
    "n * interval": "select ($start + n * interval 1 month)::date from range(5) t(n)",
}


def days(start):
    found = {
        name: duckdb.execute(question, {"start": start} | ({"end": END} if "$end" in question else {})).fetchall()
        for name, question in ASKED.items()
    }
    seen = {name: [day.day for (day,) in rows] for name, rows in found.items()}
    by_pandas = pd.date_range(start, END, freq=pd.DateOffset(months=1))
    return seen | {
        "pandas": [day.day for day in by_pandas],
        "polars": [day.day for day in pl.date_range(start, END, "1mo", eager=True)],
        "relativedelta": [(start + relativedelta(months=n)).day for n in range(5)],
        "rrule": [f"{day:%d.%m}" for day in rrule(MONTHLY, dtstart=start, until=pd.Timestamp(END))],
    }


last, thirtieth = days(date(2024, 1, 31)), days(date(2024, 1, 30))
print(duckdb.__version__, last, thirtieth, sep="\n")
assert last["generate_series"] == last["pandas"] == [31, 29, 29, 29, 29]
assert last["n * interval"] == last["polars"] == last["relativedelta"] == [31, 29, 31, 30, 31]
assert last["rrule"] == ["31.01", "31.03", "31.05"]
assert thirtieth["generate_series"] == [30, 29, 29, 29, 29]
assert thirtieth["n * interval"] == [30, 29, 30, 30, 30]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" pandas==3.1.1 polars==2.1.0 python-dateutil==4.0.0
  "$folder/$version/bin/python" "$folder/look.py"
done
