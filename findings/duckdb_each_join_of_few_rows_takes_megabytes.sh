#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 (Python package), from PyPI
# Question:  How much of `memory_limit` does one question over 50 rows take, on one thread?
# Guess:     Less than a megabyte, however many parts it has: the rows are a few kilobytes.
# Behaviour: Reading and grouping do. Each join takes two to four megabytes, of empty hash tables for the most part, and all of a plan's are held
#            at once: eight grouped parts in a row of full joins need 28 MB. Six readers at once are more than a limit of 160 MB, and the seventh
#            gets an OutOfMemoryException for 50 rows.
# Seen:      {'scan': 0.5, 'group': 0.5, 'join': 4.0, '2 parts': 4.5, '4 parts': 12.0, '8 parts': 28.0}
# Matters:   to whoever serves many readers from one open database with a limit: how many ask at once is to be limited, too.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import duckdb


def needed(question):
    """The least memory limit, in megabytes, under which it is answered."""
    for half in range(1, 200):
        connection = duckdb.connect(config={"threads": 1})
        connection.execute("create table t as select i, i % 7 as k, i::varchar as s from range(50) as r(i)")
        connection.execute(f"set memory_limit = '{half * 500}KB'")
        try:
            connection.execute(question).fetchall()
            return half / 2
        except duckdb.OutOfMemoryException:
            pass
        finally:
            connection.close()


def parts(number):
    grouped = ", ".join(
        f"g{n} as (select k, list(s order by i) as l{n} from t where i > {n} group by k)" for n in range(number)
    )
    return f"with {grouped} from g0 " + " ".join(f"full join g{n} using (k)" for n in range(1, number))


seen = {
    "scan": needed("from t"),
    "group": needed("select k, count(*) from t group by k"),
    "join": needed("from t join t as u using (i)"),
    **{f"{number} parts": needed(parts(number)) for number in (2, 4, 8)},
}
print(seen)
assert seen["scan"] <= 1 and seen["group"] <= 1
assert 2 <= seen["join"] <= 8 and 20 <= seen["8 parts"] <= 40
PY
"$folder/venv/bin/python" "$folder/look.py"
