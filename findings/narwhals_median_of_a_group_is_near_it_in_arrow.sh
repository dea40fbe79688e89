#!/usr/bin/env bash
# Version:   narwhals 2.29.0 with PyArrow 26.0.1, Polars 2.1.0, pandas 3.1.1 and DuckDB 2.0.0, from PyPI
# Question:  One expression of narwhals, `group_by(…).agg(col("x").median())`, by each kind of table that it takes: is the median of 1 and 2 the same?
# Guess:     1.5 by all, or a backend says that it can't, as it does for quantiles of groups in Arrow.
# Behaviour: In Arrow's tables the median of a group is Arrow's approximate one, without a word: 1.0 of 1 and 2, and of 200 numbers one that lies beside
#            the median. Without a group the same expression of the same table is exact.
# Seen:      of 1 and 2: pyarrow 1.0, polars, pandas, duckdb 1.5, pyarrow without a group 1.5; of 200: pyarrow 55.83, the others 56.0
# Matters:   to whoever takes any frame, as libraries of charts and tables do by narwhals: what is in pairs, such as two years or two sites, shows the lower.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check narwhals==2.29.0 pyarrow==26.0.1 polars==2.1.0 pandas==3.1.1 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import random
import statistics

import duckdb
import narwhals as nw
import polars as pl
import pyarrow as pa

random.seed(1)
GIVEN = {"two": [1, 2], "many": [random.randint(0, 100) for _ in range(200)]}


def grouped(native):
    asked = nw.from_native(native).group_by("group").agg(median=nw.col("x").median())
    if isinstance(asked, nw.LazyFrame):
        asked = asked.collect()
    (median,) = asked["median"].to_list()
    return round(median, 2)


seen = {}
for name, numbers in GIVEN.items():
    counted = table = pa.table({"group": ["a"] * len(numbers), "x": numbers})
    seen[name] = {
        "pyarrow": grouped(table),
        "polars": grouped(pl.from_arrow(table)),
        "pandas": grouped(table.to_pandas()),
        "duckdb": grouped(duckdb.sql("select * from counted")),
        "without a group": nw.from_native(table)["x"].median(),
    }
    print(name, seen[name], statistics.median(numbers))
    exact = {one for by, one in seen[name].items() if by != "pyarrow"}
    assert exact == {statistics.median(numbers)}, exact
assert seen["two"]["pyarrow"] == 1.0
assert seen["many"]["pyarrow"] == 55.83 and seen["many"]["polars"] == 56.0
PY
"$folder/venv/bin/python" "$folder/look.py"
