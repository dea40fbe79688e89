#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  In a scalar macro, is `n.low` the field `low` of the parameter `n`, wherever in the macro it stands?
# Guess:     Yes; a parameter hides whatever the caller's tables and columns are called.
# Behaviour: Only outside subqueries. Inside one, the same `n.low` is looked up among the CALLER's names: an error where
#            there is none ("Referenced table "n" not found"), and a silent other value where the caller happens to have a
#            table or a column called n. `n['low']` is the parameter's field in both places.
# Seen:      outside 1, inside with a table n 99, inside with a column n 77, inside as n['low'] 1 (the parameter's low is 1)
# Matters:   to whoever keeps a measure's bounds or other structs behind macros that look something up: a wrong number
#            without an error. Write n['field'] in every macro.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb

CALLER_TABLE = "(select {'low': 1} as x, 99 as low) as n"
CALLER_COLUMN = "(select {'low': 1} as x, {'low': 77} as n)"


def low(body, caller):
    con = duckdb.connect()
    con.execute("create table margins as select 1 as k")
    con.execute(f"create macro f(n) as {body}")
    return con.execute(f"select f(x) from {caller}").fetchone()[0]


seen = (
    low("n.low", CALLER_TABLE),
    low("(select n.low from margins where k = 1)", CALLER_TABLE),
    low("(select n.low from margins where k = 1)", CALLER_COLUMN),
    low("(select n['low'] from margins where k = 1)", CALLER_COLUMN),
)
try:
    low("(select n.low from margins where k = 1)", "(select {'low': 1} as x) as t")
    refused = False
except duckdb.BinderException as error:
    refused = "not found" in str(error)
print(duckdb.__version__, "outside, table n, column n, n['low']:", seen, "refused without either:", refused)
assert seen == (1, 99, 77, 1) and refused
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
