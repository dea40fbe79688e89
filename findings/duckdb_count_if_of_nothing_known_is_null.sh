#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  What is `count_if(x = 1)` of rows that all have no x, and of no row?
# Guess:     0, as `count(*) filter (x = 1)` and every other count.
# Behaviour: Null, where `count(*) filter (x = 1)` is 0; of rows that have an x, though no such one, it is 0.
# Seen:      of no x (None, 0), of one x (0, 0), of no row (None, 0)
# Matters:   to whoever adds such counts or writes them into a column that is not null: groups in which nothing is known have
#            none. Write count(*) filter.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb

ASKED = "select count_if(x = 1), count(*) filter (x = 1) from (values (null::integer), ({})) as t (x)"
all_unknown = duckdb.execute(ASKED.format("null")).fetchone()
one_known = duckdb.execute(ASKED.format("2")).fetchone()
no_row = duckdb.execute(ASKED.format("2") + " where x = 3").fetchone()
print(duckdb.__version__, "all unknown, one known, no row:", all_unknown, one_known, no_row)
assert (all_unknown, one_known, no_row) == ((None, 0), (0, 0), (None, 0))
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
