#!/usr/bin/env bash
# Version:   pandas 3.1.1, beside DuckDB 2.0.0, from PyPI
# Question:  A CSV file as office programs write it here: semicolons, 1.234,5 for a number. It is read by `read_csv(sep=";", decimal=",", thousands=".")`. What
#            becomes of a column of days, 01.02.2026, and of one of chapters, 1.2.3?
# Guess:     They stay text: a point between thousands has three digits after it, and days have no such groups.
# Behaviour: They are numbers, 1022026 and 123: points are taken out wherever they stand, if what is left is a number, and so 12.25 is 1225. With
#            parse_dates=["day"] the days are right, since what stands there is asked first. DuckDB's read_csv with decimal_separator=',' and thousands='.' has the
#            day, 12.25 is 1225 there, too, and the chapter is the first of February in the year 3.
# Seen:      pandas 1022026, 123, 1225, with parse_dates 2026-02-01; DuckDB 2026-02-01, 0003-02-01, 1225
# Matters:   to whoever reads files of people by what their numbers look like: a day is a number that can be added and has no error. Name the columns of days.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import sys

import duckdb
import pandas as pd

path = f"{sys.argv[1]}/office.csv"
with open(path, "w", encoding="utf-8") as file:
    file.write("amount;day;chapter;score;place\n1.234,5;01.02.2026;1.2.3;12.25;Bø\n2,5;13.04.2026;1.2.4;3.5;Ås\n")
SIGNS = {"sep": ";", "decimal": ",", "thousands": "."}
COLUMNS = ["amount", "day", "chapter", "score"]
by_pandas = pd.read_csv(path, **SIGNS)[COLUMNS].values.tolist()
with_days = pd.read_csv(path, parse_dates=["day"], date_format="%d.%m.%Y", **SIGNS)["day"]
by_duckdb = duckdb.execute(
    f"select columns(['amount', 'day', 'chapter', 'score']) from read_csv('{path}', decimal_separator=',', thousands='.')"
).fetchall()
print(by_pandas, [str(day)[:10] for day in with_days], by_duckdb)
assert by_pandas == [[1234.5, 1022026, 123, 1225], [2.5, 13042026, 124, 35]]
assert [str(day)[:10] for day in with_days] == ["2026-02-01", "2026-04-13"]
assert [(row[0], str(row[1]), str(row[2]), row[3]) for row in by_duckdb] == [
    (1234.5, "2026-02-01", "0003-02-01", 1225), (2.5, "2026-04-13", "0004-02-01", 35)
]
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
