#!/usr/bin/env bash
# Version:   sqlfluff 4.5.0, dialect duckdb, from PyPI, with DuckDB 2.0.0
# Question:  DuckDB lets a query begin with "from". Does the linter see an alias that is only used in such a query, within "exists"?
# Guess:     Either it sees it, or it can't read the query and says so.
# Behaviour: It reads the query, calls the alias unused (AL05), and its fix takes the alias away: SQL that ran no longer does. With
#            "select 1 from" in the same place it sees the use.
# Seen:      from first: AL05, fixed: a Binder Error; select first: nothing, fixed: runs
# Matters:   to whoever lets a linter mend SQL in DuckDB's own way of writing it.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sqlfluff==4.5.0 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import duckdb
import sqlfluff

INNER = {"from first": "from c where c.x = a.x", "select first": "select 1 from c where c.x = a.x"}
connection = duckdb.connect()
connection.execute("create table b (x integer); create table c (x integer)")


def outcome(sql):
    try:
        connection.execute(sql)
    except duckdb.Error as error:
        return type(error).__name__
    return "runs"


seen = {}
for name, inner in INNER.items():
    sql = f"select 1 as one from b as a where exists ({inner});\n"
    said = {found["code"] for found in sqlfluff.lint(sql, dialect="duckdb")} & {"AL05", "PRS"}
    fixed = sqlfluff.fix(sql, dialect="duckdb", rules=["AL05"])
    seen[name] = (outcome(sql), *said, outcome(fixed))
print(seen)
assert seen == {"from first": ("runs", "AL05", "BinderException"), "select first": ("runs", "runs")}
PY
"$folder/venv/bin/python" "$folder/look.py"
