#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 beside 1.4.4, from PyPI
# Question:  A page asks the same dozen questions of a small database, of which three quarters of the time goes to planning. Does PREPARE, and
#            then EXECUTE on the same connection, plan once?
# Guess:     Yes: EXECUTE runs the plan that is kept, with or without parameters.
# Behaviour: In 1.4.4 only a statement without parameters keeps its plan; one with a parameter is planned at every EXECUTE, though the type is said
#            and the same each time. In 2.0.0 neither keeps it: what is saved is reading the text.
# Seen:      CPU of EXECUTE as a share of the CPU of the plain statement, the least of ten times: 1.4.4 without parameters 0.3, with one 1.0;
#            2.0.0 without 0.7, with one 0.7.
# Matters:   to whoever hopes to make small questions quick by preparing them, and to whoever upgrades and had made them so.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import time

import duckdb


def cost(connection, sql):
    """The least CPU seconds of ten times."""
    took = []
    for _ in range(10):
        began = time.process_time()
        for _ in range(5):
            connection.execute(sql).fetchall()
        took.append(time.process_time() - began)
    return min(took)


connection = duckdb.connect(config={"threads": 1})
connection.execute("create table t as select i % 7 as a, i as b from range(100) as r (i)")
sums = ", ".join(f"sum(case when b % {i + 2} = 0 then b * {i} else a end)" for i in range(60))
plain = f"select a, {sums} from t where b > 3 group by a"
connection.execute(f"prepare without as {plain}")
connection.execute(f"prepare with_one as {plain.replace('> 3', '> $least::integer')}")
whole = cost(connection, plain)
shares = [cost(connection, f"execute {said}") / whole for said in ("without", "with_one(least := 3)")]
print(duckdb.__version__, "without parameters {:.1f}, with one {:.1f}".format(*shares))
kept = [share < 0.45 for share in shares]
assert kept == {"1.4.4": [True, False], "2.0.0": [False, False]}[duckdb.__version__], shares
PY
for version in 1.4.4 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
    "$folder/$version/bin/python" "$folder/look.py"
done
