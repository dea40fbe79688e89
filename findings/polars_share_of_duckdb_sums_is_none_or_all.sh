#!/usr/bin/env bash
# Version:   Polars 2.1.0 with DuckDB 2.0.0 and PyArrow 26.0.1, from PyPI
# Question:  A question sums whole numbers in DuckDB, and `.pl()` hands the rows to Polars. What share of all has each: n / n.sum()?
# Guess:     0.33 and 0.67 of 1 and 2: DuckDB's own frame (`.df()`) has floats, and a count that is divided is a float in Polars.
# Behaviour: 0 and 1. DuckDB's sum of integers comes as decimal[38, 0], and what Polars divides of decimals has as many places as they have, and is
#            rounded: half of 1 is 0, too. By a float (/ 2.0) it is a float, `mean` is one, and Polars' own SQL gives six places more.
# Seen:      {'by sum': ['0', '1'], 'by 2': ['0', '1'], 'by 2.0': [0.5, 1.0], 'mean': 1.5, 'sql': ['0.333333', '0.666667'], 'count': [0.5, 0.5], 'df': [0.333, 0.667]}
# Matters:   to whoever works out shares of what a database has summed: each is none or all, without a word. Cast sums to double or bigint in the question.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.0 pyarrow==26.0.1 pandas==3.1.1
cat > "$folder/look.py" <<'PY'
import duckdb
import polars as pl

QUESTION = "select k, sum(n) as n, count(*) as c from (values ('a', 1), ('b', 2)) t(k, n) group by k order by k"
asked = duckdb.sql(QUESTION)
sums = asked.pl()
assert sums.schema["n"] == pl.Decimal(38, 0), sums.schema


def told(share):
    return [str(one) if not isinstance(one, float) else one for one in share.to_list()]


by_pandas = asked.df()
seen = {
    "by sum": told(sums["n"] / sums["n"].sum()),
    "by 2": told(sums["n"] / 2),
    "by 2.0": told(sums.select(pl.col.n / 2.0)["n"]),
    "mean": sums["n"].mean(),
    "sql": told(pl.SQLContext(sums=sums, eager=True).execute("select n / sum(n) over () as s from sums")["s"]),
    "count": told(sums["c"] / sums["c"].sum()),
    "df": [round(one, 3) for one in by_pandas.n / by_pandas.n.sum()],
}
print(seen)
assert sums.select((pl.col.n / pl.col.n.sum()).cast(pl.String))["n"].to_list() == ["0", "1"]
assert seen == {
    "by sum": ["0", "1"],
    "by 2": ["0", "1"],
    "by 2.0": [0.5, 1.0],
    "mean": 1.5,
    "sql": ["0.333333", "0.666667"],
    "count": [0.5, 0.5],
    "df": [0.333, 0.667],
}
# Cast in the question, a share is a share.
cast = duckdb.sql(f"select k, n::bigint as n from ({QUESTION})").pl()
assert [round(one, 3) for one in cast["n"] / cast["n"].sum()] == [0.333, 0.667]
PY
"$folder/venv/bin/python" "$folder/look.py"
