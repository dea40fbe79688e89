#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  `date_diff(part, a, b)` is "the number of partition boundaries between" two days. From a Sunday to the Monday after it, is it a week?
# Guess:     Yes, 1: weeks begin on Mondays (date_trunc('week', …) has them so), as from 31 December to 1 January it is a year, a month and a quarter.
# Behaviour: 0: of weeks, and of them alone, seven days are one, wherever they begin, as of `date_sub`. The year of the same weeks, `isoyear`, goes by
#            its boundary.
# Seen:      Sunday 29 to Monday 30 December 2024: day 1, week 0, isoyear 1; by date_trunc 1; Sunday to Sunday of the week after: week 1;
#            31 December to 1 January: month, quarter, year 1
# Matters:   to whoever numbers the weeks of a course or counts those in which something was held: (date_trunc('week', b) - date_trunc('week', a)) / 7.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys

import duckdb


def between(first, last, *parts):
    asked = [f"date_diff('{part}', date '{first}', date '{last}')" for part in parts]
    asked.append(f"date_diff('day', date_trunc('week', date '{first}'), date_trunc('week', date '{last}')) // 7")
    (found,) = duckdb.sql("select " + ", ".join(asked)).fetchall()
    told = dict(zip([*parts, "by date_trunc"], found, strict=True))
    print(first, last, told)
    return told


monday = between("2024-12-29", "2024-12-30", "day", "week", "isoyear")
sunday = between("2024-12-29", "2025-01-05", "week")
year = between("2024-12-31", "2025-01-01", "day", "week", "month", "quarter", "year")
sys.exit(
    monday != {"day": 1, "week": 0, "isoyear": 1, "by date_trunc": 1}
    or sunday != {"week": 1, "by date_trunc": 1}
    or year != {"day": 1, "week": 0, "month": 1, "quarter": 1, "year": 1, "by date_trunc": 0}
)
PY
for version in 1.5.6 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check duckdb==$version
    echo "DuckDB $version" && "$folder/$version/bin/python" "$folder/look.py"
done
