#!/usr/bin/env bash
# Version:   Polars 2.1.0, from PyPI
# Question:  `select round(x, 0)` by Polars' SQL: what are 0.5 and 2.5, and is it the same for a column of floats, one of decimals and a number that stands in
#            the question?
# Guess:     1 and 3 for all, as in other SQL; or 0 and 2 for all, as `x.round(0)` of Polars has it, floats and decimals alike.
# Behaviour: By the kind: floats go to the even number, 0 and 2, decimals away from zero, 1 and 3. A number that is written with a point is a decimal, so
#            round(2.5) is 3 and round(x) of a column with 2.5 in it is 2. The expression `round(0)` of the same decimals gives 0 and 2.
# Seen:      sql: float [0.0, 2.0], decimal ['1.0', '3.0'], written 3.0; expression: float [0.0, 2.0], decimal ['0.0', '2.0']
# Matters:   to whoever tries a question with a number in it, or moves between SQL and expressions: halves are frequent in means of two and in shares of forty.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0
cat > "$folder/look.py" <<'PY'
import polars as pl

rows = pl.DataFrame({"float": [0.5, 2.5]}).with_columns(decimal=pl.col("float").cast(pl.Decimal(5, 1)))
asked = pl.SQLContext(rows=rows, eager=True).execute(
    'select round("float", 0) as f, round("decimal", 0) as d, round(2.5, 0) as w from rows'
)
by_expression = rows.select(pl.all().round(0))
seen = {
    "sql": (asked["f"].to_list(), [str(one) for one in asked["d"]], float(asked["w"][0])),
    "expression": (by_expression["float"].to_list(), [str(one) for one in by_expression["decimal"]]),
}
print(seen)
assert seen == {
    "sql": ([0.0, 2.0], ["1.0", "3.0"], 3.0),
    "expression": ([0.0, 2.0], ["0.0", "2.0"]),
}
PY
"$folder/venv/bin/python" "$folder/look.py"
