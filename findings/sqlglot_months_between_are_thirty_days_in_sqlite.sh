#!/usr/bin/env bash
# Version:   sqlglot 30.30.0 with DuckDB 2.0.0, from PyPI, and the sqlite3 of Python
# Question:  `date_diff('month', begins, ends)`, by which agreements of a year or a month are told, is written for another database by `sqlglot.transpile(…,
#            read="duckdb", write="sqlite")`, and for MySQL, both with `unsupported_level=ErrorLevel.RAISE`. Is it the same number?
# Guess:     Yes, or it is refused: there is no such function in SQLite, and years and months can be told by strftime.
# Behaviour: Neither. SQLite is asked for the days by 30 and by 365, cut: 15 December to 2 March is 2 months and not 3, New Year's Eve to New Year's Day no year, and from
#            1 January 2021 to 31 December 2025 it is 5 years and 60 months, where it is 4 and 59. Of weeks and quarters it is refused; unless that is asked for, they are
#            days, 77 for 11 weeks. For MySQL every unit is DATEDIFF, days, and nothing is said.
# Seen:      DuckDB, SQLite: months 3 2, 0 0, 59 60; years 1 0, 1 0, 4 5; weeks 11, 77 (refused where asked); MySQL: DATEDIFF for week, month, quarter and year
# Matters:   to whoever keeps queries for two databases by one text: terms, ages and waiting times are another number, by one where years are few. Test both with real rows.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqlglot==30.30.0 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import sqlite3

import duckdb
import sqlglot

SPANS = (("2025-12-15", "2026-03-02"), ("2025-12-31", "2026-01-01"), ("2021-01-01", "2025-12-31"))


def between(unit, span):
    return "select date_diff('{}', date '{}', date '{}')".format(unit, *span)


def written(sql, dialect, level=sqlglot.ErrorLevel.RAISE):
    return sqlglot.transpile(sql, read="duckdb", write=dialect, unsupported_level=level)[0]


def in_duckdb(sql):
    return duckdb.execute(sql).fetchone()[0]


def in_sqlite(sql):
    return sqlite3.connect(":memory:").execute(sql).fetchone()[0]


both = {
    unit: [(in_duckdb(sql), in_sqlite(written(sql, "sqlite"))) for sql in (between(unit, span) for span in SPANS)]
    for unit in ("day", "month", "year")
}
weeks = between("week", SPANS[0])
unless_asked = in_duckdb(weeks), in_sqlite(written(weeks, "sqlite", sqlglot.ErrorLevel.IGNORE))
refused = []
for unit in ("week", "quarter"):
    try:
        written(between(unit, SPANS[0]), "sqlite")
    except sqlglot.UnsupportedError:
        refused.append(unit)
mysql = {written(between(unit, SPANS[0]), "mysql") for unit in ("day", "week", "month", "quarter", "year")}
print(both, "weeks", unless_asked, "refused", refused, "mysql", mysql, sep="\n")
assert both["day"] == [(77, 77), (1, 1), (1825, 1825)]
assert both["month"] == [(3, 2), (1, 0), (59, 60)]
assert both["year"] == [(1, 0), (1, 0), (4, 5)]
assert unless_asked == (11, 77) and refused == ["week", "quarter"]
assert mysql == {"SELECT DATEDIFF(CAST('2026-03-02' AS DATE), CAST('2025-12-15' AS DATE))"}
PY
"$folder/venv/bin/python" "$folder/look.py"
