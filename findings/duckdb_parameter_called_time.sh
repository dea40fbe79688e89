#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  May a macro's parameter be called `time` (or timestamp, interval, values, precision, row), without quotes?
# Guess:     Yes in both, or no in both: a column, an alias and a lambda's parameter may be, in both.
# Behaviour: 2.0.0 takes it; for 1.5.6 it is a syntax error in the list of parameters, though it could be used in the body
#            all the same: in quotes there alone, it works in both. `date` and `year` are free in both.
# Seen:      2.0.0: all three work; 1.5.6: m(time) refused, m("time") [1], m(date) [1]
# Matters:   to whoever writes macros on 2.0 and may have to go back: the whole file of macros is refused, by its first such name.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb

MACROS = ("m(time) as [time]", 'm("time") as [time]', "m(date) as [date]")
ELSEWHERE = "select time, list_transform([1], lambda time: time) from (select 1 as time)"


def tried(macro):
    con = duckdb.connect()
    try:
        con.execute(f"create macro {macro}")
    except duckdb.ParserException:
        return "refused"
    return con.execute("select m(1)").fetchone()[0]


seen = [tried(macro) for macro in MACROS]
print(duckdb.__version__, seen, "elsewhere:", duckdb.execute(ELSEWHERE).fetchone())
assert seen == [[1] if duckdb.__version__ == "2.0.0" else "refused", [1], [1]]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
