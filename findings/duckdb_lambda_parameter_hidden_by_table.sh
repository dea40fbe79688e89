#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  In `list_transform(l, lambda n: n.value)`, is `n.value` the field of the lambda's parameter, whatever tables the
#            query is asked of?
# Guess:     Yes; the innermost name counts, as for the parameter itself.
# Behaviour: A table (or alias, or CTE) called as the parameter goes first, if it has such a column: its value is taken,
#            without an error. Without such a column it is the field. The bare parameter and `n['value']` are never the table.
# Seen:      no such table 1, table n without the column 1, table n with it 7, n['value'] 1, n {'value': 1}
# Matters:   to whoever keeps structs in lists, and lambdas in macros or views that others ask from: a CTE of the same name
#            in the query that asks changes the answer. Write n['field'] in every lambda.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb


def first(body, source):
    asked = f"select list_transform([{{'value': 1}}], lambda n: {body})[1] from {source}"
    return duckdb.execute(asked).fetchone()[0]


seen = (
    first("n.value", "(select 7 as value) as other"),
    first("n.value", "(select 7 as another) as n"),
    first("n.value", "(select 7 as value) as n"),
    first("n['value']", "(select 7 as value) as n"),
    first("n", "(select 7 as value) as n"),
)
print(duckdb.__version__, "no table n, n without value, n with it, n['value'], n:", seen)
assert seen == (1, 1, 7, 1, {"value": 1})
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
