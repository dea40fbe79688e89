#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, beside pandas 3.1.1 and Polars 2.1.0, from PyPI
# Question:  Which status had each agreement at a visit: `asof join` on `visited >= since`. Two changes are of the same day, "paused" and then "ended". Which is found?
# Guess:     The last one in the table, as by pandas' merge_asof and Polars' join_asof: it is the newest that is not later.
# Behaviour: The first: "paused". So it is for any number of equals, and an order in the query that is joined turns it: the one that its `order by` puts first is
#            taken. pandas and Polars take the last. Looking forwards, to the next change, pandas and Polars take the first, and DuckDB does so, too.
# Seen:      backwards: DuckDB paused, of 3 000 the first, ordered newest first ended; pandas and Polars ended. Forwards: all paused
# Matters:   to whoever keeps states by day: what was decided last that day is lost, and another tool has it. Make the time exact, or one row per day first.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb
import pandas as pd
import polars as pl

states = pd.DataFrame({"since": [1, 5, 5], "state": ["begun", "paused", "ended"]})
visits, early = pd.DataFrame({"visited": [5, 7]}), pd.DataFrame({"visited": [2]})
keys = {"left_on": "visited", "right_on": "since"}
connection = duckdb.connect()
for name, frame in {"states": states, "visits": visits, "early": early}.items():
    connection.execute(f"create table {name} as from frame")
connection.execute("create table many as select 1 as since, range as state from range(3000)")


def asked(sql):
    return [row[0] for row in connection.execute(sql).fetchall()]


JOINED = "select state from visits asof join {} on visited >= since order by visited"
by_duckdb = asked(JOINED.format("states"))
turned = asked(JOINED.format("(from states order by since desc, state) as t"))
of_many = asked(JOINED.format("many"))
forwards = asked("select state from early asof join states on visited <= since")
by_pandas = pd.merge_asof(visits, states, **keys)["state"].tolist()
by_polars = pl.from_pandas(visits).join_asof(pl.from_pandas(states), **keys)["state"].to_list()
forwards_pandas = pd.merge_asof(early, states, direction="forward", **keys)["state"].tolist()
forwards_polars = pl.from_pandas(early).join_asof(pl.from_pandas(states), strategy="forward", **keys)["state"].to_list()
print(duckdb.__version__, by_duckdb, turned, of_many, forwards, by_pandas, by_polars)
assert by_duckdb == ["paused"] * 2 and turned == ["ended"] * 2 and of_many == [0, 0]
assert by_pandas == by_polars == ["ended"] * 2
assert forwards == forwards_pandas == forwards_polars == ["paused"]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1
  "$folder/$version/bin/python" "$folder/look.py"
done
