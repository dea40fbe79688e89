#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6 with pandas 3.1.1, from PyPI
# Question:  How long an agreement runs, `interval 5 years` or `age(date '2026-01-01', date '2021-01-01')`, is fetched and added to the day it begins, 2021-01-01.
#            When does it end?
# Guess:     On 2026-01-01, as `date '2021-01-01' + interval 5 years` in SQL does; or there is an error, since a timedelta knows no years, or years are of 365 days.
# Behaviour: On 2025-12-06: twelve months are 360 days, by `fetchall`, in a frame and in NumPy, without a word. Within SQL it depends: `a - b` of two dates is 1826
#            days, `epoch` of the same interval has years of 365.25 days, but of 30 days for each month beyond; to compare, a year is 360 days again, so that
#            364 days are longer than a year and `max` of both is the 364 days.
# Seen:      timedelta(days=1800), Timedelta 1800 days, 2025-12-06; epoch 1826.25 days; 1 year > 364 days False, max 364 days
# Matters:   to whoever works out terms, ages or notice in Python from an interval: five days and a quarter too early for each year. Fetch days, dates or months.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
from datetime import date, timedelta

import duckdb
import pandas as pd

TERM = "age(date '2026-01-01', date '2021-01-01')"


def asked(sql):
    return duckdb.execute(sql).fetchone()


fetched = asked(f"select {TERM}, interval 5 years")
in_sql = asked(f"select date '2021-01-01' + {TERM}, {TERM}::varchar, date '2026-01-01' - date '2021-01-01'")
in_frame = duckdb.execute(f"select {TERM} as term").df()["term"][0]
in_numpy = duckdb.execute(f"select {TERM} as term").fetchnumpy()["term"][0]
epochs = asked("select epoch(interval 5 years) / 86400, epoch(interval 14 months) / 86400")
compared = asked("select interval 1 year > interval 364 days, interval 1 year = interval 360 days")
longest = asked("select max(term) from (values (interval 364 days), (interval 1 year)) as t (term)")
added = date(2021, 1, 1) + fetched[0]
print(duckdb.__version__, fetched, in_frame, in_numpy, added, in_sql, epochs, compared, longest)
assert fetched == (timedelta(days=1800),) * 2
assert in_frame == pd.Timedelta(days=1800) and pd.Timedelta(in_numpy) == in_frame
assert added == date(2025, 12, 6)
assert str(in_sql[0])[:10] == "2026-01-01" and in_sql[1:] == ("5 years", 1826)
assert epochs == (1826.25, 365.25 + 60)
assert compared == (False, True)
assert longest == (timedelta(days=364),)
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" pandas==3.1.1
  "$folder/$version/bin/python" "$folder/look.py"
done
