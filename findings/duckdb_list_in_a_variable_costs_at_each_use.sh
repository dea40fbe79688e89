#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 (Python package), from PyPI
# Question:  A variable holds which of 50 000 rows are wanted, as a list of booleans. What does each statement pay that asks it, over a table of no rows?
# Guess:     Nothing: a variable is a value that is there already, and the plan refers to it.
# Behaviour: The list is put into the plan as a constant, element by element: each statement takes some forty times as long as the same over a BIT of as
#            many places (`get_bit`), which is one small value. A hundred rules that each ask it take seconds so, be their tables ever so small.
#            Asking it twice in a statement costs as much as asking once.
# Seen:      {'bit': 1.0, 'list, once': 40.9, 'list, twice': 42.6}
# Matters:   to whoever passes the rows that are wanted to many statements: as a BIT, or as a table to join, not as a list in a variable.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import time

import duckdb

ROWS, TIMES = 50_000, 20
connection = duckdb.connect(config={"threads": 1})
connection.execute("create table none (line integer)")
connection.execute("create table few as select (1 + i * 7)::integer as line from range(20) as r(i)")
wanted = [line % 2 == 1 for line in range(1, ROWS + 1)]
connection.execute("set variable wanted = $wanted::boolean[]", {"wanted": wanted})
connection.execute("set variable bits = $bits::bit", {"bits": "".join("01"[one] for one in [False, *wanted])})
asked = {
    "bit": "get_bit(getvariable('bits'), line) = 1",
    "list, once": "getvariable('wanted')[line]",
    "list, twice": "len(getvariable('wanted')) > 0 and getvariable('wanted')[line]",
}
answers = {how: connection.execute(f"from few where {said} order by all").fetchall() for how, said in asked.items()}
assert len({tuple(rows) for rows in answers.values()}) == 1 and len(answers["bit"]) == 10


def seconds(said):
    began = time.process_time()
    for _ in range(TIMES):
        connection.execute(f"select count(*) from none where {said}").fetchall()
    return time.process_time() - began


took = {how: min(seconds(said) for _ in range(3)) for how, said in asked.items()}
seen = {how: round(time_ / took["bit"], 1) for how, time_ in took.items()}
print(seen)
assert seen["list, once"] > 8 and seen["list, twice"] < 1.5 * seen["list, once"]
PY
"$folder/venv/bin/python" "$folder/look.py"
