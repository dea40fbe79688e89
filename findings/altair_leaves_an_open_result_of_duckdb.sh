#!/usr/bin/env bash
# Version:   Altair 6.3.0 with DuckDB 2.0.1 and narwhals 2.29.0, beside Plotly 7.1.0, from PyPI
# Question:  Both chart a DuckDB relation as it is. What does `alt.Chart(connection.sql("…")).to_dict()` give of one that has just been asked for?
# Guess:     A chart with its three rows, as `px.bar` of the same relation.
# Behaviour: DuckDB's ResourceInUseException, though nothing else was asked: Altair tries the names of methods until one returns a table. `arrow`, the first, returns a
#            reader in DuckDB 2, which Altair lets go of unread; the result behind it stays open, and the next method is refused by the connection. By
#            `to_arrow_table()` before it, the chart is made.
# Seen:      Altair: ResourceInUseException; its table: 3 rows; Plotly: 3 rows
# Matters:   to whoever draws what DuckDB answers: the error names the connection, and one looks for another thread. Nothing has to be shared for it.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  altair==6.3.0 duckdb==2.0.1 narwhals==2.29.0 plotly==7.1.0 pyarrow==26.0.1 pandas==2.3.3
cat > "$folder/look.py" <<'PY'
import altair
import duckdb
import plotly.express as px

ASKED = "select * from (values (2023, 3), (2024, 11), (2025, 9)) as t (year, jobs)"


def rows_of(relation):
    drawn = altair.Chart(relation).mark_bar().encode(x="year:O", y="jobs:Q").to_dict()
    ((rows,),) = [drawn["datasets"].values()]
    return len(rows)


try:
    told = rows_of(duckdb.connect().sql(ASKED))
except duckdb.Error as error:
    told = type(error).__name__
table = rows_of(duckdb.connect().sql(ASKED).to_arrow_table())
(bars,) = px.bar(duckdb.connect().sql(ASKED), x="year", y="jobs").data
print(f"Altair: {told}; its table: {table} rows; Plotly: {len(bars.y)} rows")
assert told == "ResourceInUseException"
assert table == len(bars.y) == 3
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
