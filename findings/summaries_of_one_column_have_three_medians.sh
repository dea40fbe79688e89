#!/usr/bin/env bash
# Version:   Polars 2.1.0, DuckDB 2.0.0 and pandas 3.1.1, from PyPI
# Question:  What "50%" does a first look at a column of 1, 2, 3 and 4 say: `describe()` of pandas and of Polars, `summarize` of DuckDB? And "25%" and "75%"?
# Guess:     2.5 by all, their median, as Polars' own `median()` and DuckDB's `median(x)` have it; quartiles may differ a little, by method.
# Behaviour: 2.5 by pandas, 3 by Polars, 2 by DuckDB. Polars' describe takes the value at the nearest place, the upper of two, DuckDB's an approximate one that is
#            given in the column's type, so a whole number for whole numbers, a half made even: of 1 and 2 both say 2. Of two shares, 0.125 and 0.5, Polars says 0.5, and DuckDB of
#            decimals with three places 0.312. `quantile(0.5)` of Polars is 3 as well, and of DuckDB 2.
# Seen:      of 1 to 4: pandas 1.75 2.5 3.25, Polars 2 3 3, DuckDB 2 2 4; of 1 and 2: 1.5, 2, 2; of the shares: 0.3125, 0.5, 0.312
# Matters:   to whoever copies a figure from a first look, or compares two of them: with few values the middle is off by half a step, up by one tool and down by another.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.0 pandas==3.1.1
cat > "$folder/look.py" <<'PY'
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl

QUARTERS = ("25%", "50%", "75%")


def by_pandas(values):
    told = pd.Series([float(value) for value in values]).describe()
    return tuple(float(told[quarter]) for quarter in QUARTERS)


def by_polars(values):
    told = dict(pl.Series(values).describe().rows())
    return tuple(float(told[quarter]) for quarter in QUARTERS)


def by_duckdb(values, kind):
    connection = duckdb.connect()
    connection.execute(f"create table known (value {kind})")
    connection.executemany("insert into known values (?)", [[value] for value in values])
    told = connection.execute("select q25, q50, q75 from (summarize known)").fetchone()
    return tuple(map(float, told)), float(connection.execute("select median(value) from known").fetchone()[0])


four, two, shares = [1, 2, 3, 4], [1, 2], [Decimal("0.125"), Decimal("0.5")]
seen = {
    "four": (by_pandas(four), by_polars(four), by_duckdb(four, "integer")),
    "two": (by_pandas(two), by_polars(two), by_duckdb(two, "integer")),
    "shares": (by_pandas(shares)[1], by_polars([float(share) for share in shares])[1]),
    "decimals": by_duckdb(shares, "decimal(4, 3)")[0],
}
asked = pl.Series(four).median(), pl.Series(four).quantile(0.5), duckdb.sql("select quantile(x, 0.5) from range(1, 5) as t (x)").fetchall()
print(seen, asked)
assert seen["four"] == ((1.75, 2.5, 3.25), (2, 3, 3), ((2, 2, 4), 2.5))
assert [one[1] for one in seen["two"][:2]] == [1.5, 2] and seen["two"][2][0][1] == 2
assert seen["shares"] == (0.3125, 0.5) and seen["decimals"][1] == 0.312
assert asked == (2.5, 3, [(2,)])
PY
"$folder/venv/bin/python" "$folder/look.py"
