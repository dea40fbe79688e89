#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  Is what a scalar macro is given worked out once, however often the macro uses its parameter?
# Guess:     Yes, as for a function; `pair(x) as [x, x]` gives two equal ones.
# Behaviour: No: the argument is written out at each use. What is the same each time (a sum, a subquery) the optimizer finds
#            and works out once; what changes is another value at each use: random(), uuid(), nextval(), also as a
#            subquery. A lambda over a list of one binds it once.
# Seen:      pair(random()) 2 different, pair((select random())) 2, pair(nextval('s')) [1, 2]; by a lambda 1, 1, [1, 1]
# Matters:   to whoever makes keys, samples or noise through macros: two fields of one row disagree, without an error.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb

BODIES = {"pair": "[x, x]", "bound": "list_transform([x], lambda y: [y, y])[1]"}


def seen(body):
    con = duckdb.connect()
    con.execute(f"create macro pair(x) as {body}")
    con.execute("create sequence s")
    return [
        con.execute(f"select {asked}").fetchone()[0]
        for asked in (
            "list_unique(pair(random()))",
            "list_unique(pair((select random())))",
            "pair(nextval('s'))",
        )
    ]


found = {name: seen(body) for name, body in BODIES.items()}
print(duckdb.__version__, found)
assert found == {"pair": [2, 2, [1, 2]], "bound": [1, 1, [1, 1]]}
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
