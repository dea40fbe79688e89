#!/usr/bin/env bash
# Version:   ibis-framework 12.0.0 with sqlglot 30.31.0 and DuckDB 2.0.1, from PyPI
# Question:  pip takes these together. What does `create_table("jobs", rows)` give of rows in memory, and what is in the database when it can't?
# Guess:     A table; where it fails, none: who is told of an error may try again.
# Behaviour: DuckDB's ParserException at "DROP VIEW IF EXISTS": ibis gives the name of the view that it wants away as a text, which this sqlglot writes as nothing. The table
#            stands there by then, with all its rows; a second try is refused since it exists.
# Seen:      first: ParserException, with 2 rows in the table; again: CatalogException
# Matters:   to whoever loads uploads by ibis: what was said to have failed is there, and counts.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  "ibis-framework[duckdb]==12.0.0" sqlglot==30.31.0 duckdb==2.0.1 pyarrow==26.0.1
cat > "$folder/look.py" <<'PY'
import ibis
import pyarrow

rows = pyarrow.table({"year": [2024, 2025], "jobs": [11, 9]})
database = ibis.duckdb.connect()
told = []
for _ in range(2):
    try:
        database.create_table("jobs", rows)
    except Exception as error:
        told.append(type(error).__name__)
((count,),) = database.raw_sql("select count(*) from jobs").fetchall()
print(f"first: {told[0]}, with {count} rows in the table; again: {told[1]}")
assert (told, count) == (["ParserException", "CatalogException"], 2)
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
