#!/usr/bin/env bash
# Version:   PyArrow 26.0.1, pandas 3.1.1 and DuckDB 2.0.0, from PyPI
# Question:  A column of decimals goes from a database to Arrow and to pandas with Arrow's types. Is its mean the same everywhere?
# Guess:     Yes: 1.5 of 1 and 2, a float or a decimal with more places.
# Behaviour: No. The mean of Arrow's decimals has as many places as they have, and is rounded: of 1 and 2 as decimal128(5, 0) it is 2, by pyarrow, by pandas
#            and by a group of either. The median and the deviation are floats. DuckDB's avg of the same column is 1.5, and so is the mean of the
#            frame that DuckDB makes itself, which has floats. `describe` of whole decimals ends with ArrowTypeError.
# Seen:      {'duckdb': 1.5, 'its frame': 1.5, 'pyarrow': 2, 'group': 2, 'pandas': 2, 'pandas group': 2, 'median': 1.5, 'describe': 'ArrowTypeError'}
# Matters:   to whoever keeps money or counts as decimals and changes to Arrow's types for speed: means change by up to half a unit, and say nothing.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyarrow==26.0.1 pandas==3.1.1 duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import sys

import duckdb
import pandas as pd
import pyarrow.compute as pc

asked = duckdb.sql("select 'a' as of, x::decimal(5, 0) as x from (values (1), (2)) as t(x)")
table = asked.to_arrow_table()
assert str(table.schema.field("x").type) == "decimal128(5, 0)", table.schema
frame = table.to_pandas(types_mapper=pd.ArrowDtype)


def described():
    try:
        return frame.x.describe()["mean"]
    except Exception as error:
        return type(error).__name__


seen = {
    "duckdb": duckdb.sql("select avg(x) from asked").fetchall()[0][0],
    "its frame": float(asked.df().x.mean()),
    "pyarrow": int(pc.mean(table["x"]).as_py()),
    "group": int(table.group_by("of").aggregate([("x", "mean")])["x_mean"][0].as_py()),
    "pandas": int(frame.x.mean()),
    "pandas group": int(frame.groupby("of").x.mean()["a"]),
    "median": float(frame.x.median()),
    "describe": described(),
}
print(seen)
places = pc.mean(table["x"]).type.scale, frame.x.mean().as_tuple().exponent
means = {"pyarrow": 2, "group": 2, "pandas": 2, "pandas group": 2}
others = {"duckdb": 1.5, "its frame": 1.5, "median": 1.5, "describe": "ArrowTypeError"}
sys.exit(seen != means | others or places != (0, 0))
PY
"$folder/venv/bin/python" "$folder/look.py"
