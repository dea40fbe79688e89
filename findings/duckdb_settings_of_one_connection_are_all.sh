#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  Two `duckdb.connect(file, read_only=True)` in one process, each followed by the same two `set` statements that
#            end with lock_configuration: does the second work like the first?
# Guess:     Yes: each connect gives a connection of its own, that begins unlocked.
# Behaviour: Only if the first is closed by then. Both share one database as long as one of them is open, so the second finds
#            it locked and its first `set` is refused, though it would change nothing. Said in `config=` at connect, the same
#            settings are taken as often as one likes; a connect without them is refused while those are open.
# Seen:      set, first open: InvalidInputException; set, first closed: works; config=: works; none beside config=: ConnectionException
# Matters:   to whoever opens a database in several threads or again before the old one is closed: a start that fails now and then.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys

import duckdb

FILE = sys.argv[1]
SETTINGS = {"preserve_insertion_order": "false", "lock_configuration": "true"}


def opened_then_set():
    con = duckdb.connect(FILE, read_only=True)
    for name, value in SETTINGS.items():
        con.execute(f"set {name} = {value}")
    return con


def opened_with():
    return duckdb.connect(FILE, read_only=True, config=SETTINGS)


def tried(how):
    try:
        how()
    except duckdb.Error as error:
        return type(error).__name__
    return "works"


duckdb.connect(FILE).close()
first = opened_then_set()
seen = [tried(opened_then_set)]
first.close()
seen.append(tried(opened_then_set))
first = opened_with()
seen += [tried(opened_with), tried(lambda: duckdb.connect(FILE, read_only=True))]
print(duckdb.__version__, "set, first open, first closed; config=, none beside it:", seen)
assert seen == ["InvalidInputException", "works", "works", "ConnectionException"]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py" "$folder/$version.duckdb"
done
