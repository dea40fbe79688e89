#!/usr/bin/env bash
# Version:   SciPy 1.17.1 (HiGHS in it), from PyPI
# Question:  `milp(..., options={"node_limit": n})` ends at its limit. What does `status` say, and what is `x`?
# Guess:     1, "iteration or time limit reached", with the best answer found so far in `x`.
# Behaviour: 4, with the words "The HiGHS status code was not recognized", as for a fault; `success` is False. `x` may be the best
#            answer, and by chance the best there is (a limit of 2 proves it, having counted one node), or None. A limit of time is told as 1.
# Seen:      0 nodes: status 4, no x; 1 node: status 4, x of 50.166; 2 nodes: status 0, 50.166, 1 node counted
# Matters:   to whoever stops by nodes, so that the same is found on every machine (a limit of time is chance), and asks `success` or `status`:
#            good answers are thrown away. Ask whether there is an `x`.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check scipy==1.17.1 numpy==2.4.6
cat > "$folder/look.py" <<'PY'
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

ROWS, COLUMNS = 30, 60
chance = np.random.default_rng(3)
matrix = chance.integers(-3, 4, (ROWS, COLUMNS))
near = matrix @ chance.integers(0, 2, COLUMNS)
cost = chance.uniform(1, 2, COLUMNS)


def solved(**options):
    return milp(
        cost,
        integrality=np.ones(COLUMNS),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, near - 1, near + 1),
        options=options,
    )


seen = {}
for nodes in (0, 1, 2):
    answer = solved(node_limit=nodes)
    found = None if answer.x is None else round(answer.fun, 3)
    seen[nodes] = answer.status, answer.success, found, answer.mip_node_count
    print(nodes, "nodes:", *seen[nodes], answer.message)
timed = solved(time_limit=0.0)
print("no time:", timed.status, timed.success, timed.message)
assert [status for status, *_ in seen.values()] == [4, 4, 0]
assert [success for _, success, *_ in seen.values()] == [False, False, True]
assert seen[0][2] is None
assert seen[1][2] == seen[2][2] is not None
assert seen[2][3] == 1
assert timed.status == 1
PY
"$folder/venv/bin/python" "$folder/look.py"
