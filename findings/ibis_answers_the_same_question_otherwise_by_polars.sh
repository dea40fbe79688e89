#!/usr/bin/env bash
# Version:   ibis 12.0.0 with DuckDB 2.0.0 and Polars 2.1.0, from PyPI
# Question:  One expression of ibis, "the portable dataframe library", is asked of the same Parquet file by DuckDB and by Polars. Is the answer the same?
# Guess:     Yes, or a backend says that it can't: how text is measured, numbers are rounded and what isn't known is counted belongs to the expression.
# Behaviour: No, in what is asked daily, and without a word. By Polars what isn't known counts as one more in `nunique`; `any` and `all` of nothing known
#            are False and True, not null; `length` is of bytes, so that å is two; `round` goes to the even number; `%` of a negative is not
#            negative; a decimal that is divided keeps its places. The mean of whole decimals is a whole number by both.
# Seen:      duckdb, polars: nunique 0, 1; any None, False; all None, True; length of "Åse" 3, 4; round of 0.5 and 2.5 1 and 3, 0 and 2; -4 % 3 -1, 2;
#            2 / 3 of decimals 0.667, 1.0; mean of the decimals 1 and 2: 2, 2
# Matters:   to whoever tries a question on a small frame and asks it of a database, or changes the backend for speed: the numbers change.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "ibis-framework[duckdb,polars]==12.0.0" duckdb==2.0.0 polars==2.1.0 pyarrow==26.0.1
cat > "$folder/look.py" <<'PY'
import sys
from decimal import Decimal

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

path = f"{sys.argv[1]}/rows.parquet"
whole = pa.decimal128(5, 0)
rows = pa.table(
    {
        "group": ["known", "known", "unknown"],
        "number": pa.array([1, 2, None], pa.int64()),
        "yes": pa.array([True, False, None]),
        "name": ["Åse", "b", None],
        "half": [0.5, 2.5, None],
        "amount": pa.array([Decimal(1), Decimal(2), None], whole),
    }
)
pq.write_table(rows, path)
EACH = {
    "nunique": lambda t: t.number.nunique(),
    "any": lambda t: t.yes.any(),
    "all": lambda t: t.yes.all(),
    "mean": lambda t: t.amount.mean(),
}
OF_ROWS = {
    "length": lambda t: t.name.length(),
    "round": lambda t: t.half.round(),
    "mod": lambda t: (t.number - 5) % 3,
    "third": lambda t: t.amount / 3,
}


def seen(backend):
    t = backend.read_parquet(path, table_name="rows")
    found = {}
    for name, ask in EACH.items():
        asked = t.group_by("group").agg(answer=ask(t)).to_pyarrow().to_pylist()
        found[name] = {one["group"]: one["answer"] for one in asked}
    for name, ask in OF_ROWS.items():
        asked = t.select(at=t.number, answer=ask(t)).to_pyarrow().to_pylist()
        by_number = sorted((one for one in asked if one["at"]), key=lambda one: one["at"])
        found[name] = [one["answer"] for one in by_number]
    return found


duckdb, polars = seen(ibis.duckdb.connect()), seen(ibis.polars.connect())
for name in duckdb:
    print(name, duckdb[name], polars[name])
assert (duckdb["nunique"], polars["nunique"]) == ({"known": 2, "unknown": 0}, {"known": 2, "unknown": 1})
assert (duckdb["any"]["unknown"], polars["any"]["unknown"]) == (None, False)
assert (duckdb["all"]["unknown"], polars["all"]["unknown"]) == (None, True)
assert (duckdb["length"], polars["length"]) == ([3, 1], [4, 1])
assert (duckdb["round"], polars["round"]) == ([1, 3], [0, 2])
assert (duckdb["mod"], polars["mod"]) == ([-1, 0], [2, 0])
assert [round(one, 3) for one in duckdb["third"]] == [0.333, 0.667]
assert polars["third"] == [0.0, 1.0]
assert duckdb["mean"]["known"] == polars["mean"]["known"] == Decimal(2)
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
