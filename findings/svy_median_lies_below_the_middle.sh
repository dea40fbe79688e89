#!/usr/bin/env bash
# Version:   svy 0.35.0 (which samplics names as its successor) with Polars 2.1.0, from PyPI
# Question:  `Sample(…).estimation.median("y", q_method=…)` has five methods: higher, lower, nearest, linear, middle. What is the median of 1 and 2, of 1, 2 and
#            3, and of 1 to 4, all with the same weight?
# Guess:     2 of three, by each of them. Of two and of four they differ: the higher, the lower, and by linear and middle 1.5 and 2.5.
# Behaviour: None is above the middle, and most are below it. Of two all five say 1. Of 1, 2 and 3 "linear" and "middle" say 1.5 and "lower" 1. Of 1 to 4
#            "higher", which is the default, "nearest" and "linear" say 2, "middle" 1.5 and "lower" 1: the value before the one at which half is reached is
#            taken for the lower neighbour of the half. With so few there is no interval.
# Seen:      1, 2: all 1.0; 1, 2, 3: higher and nearest 2.0, linear and middle 1.5, lower 1.0; 1 to 4: higher, nearest, linear 2.0, middle 1.5, lower 1.0
# Matters:   to whoever tells medians of pay, age or months from few answers: they are too low, up to a whole step between two answers.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check svy==0.35.0 polars==2.1.0
cat > "$folder/look.py" <<'PY'
import statistics

import polars as pl
from svy import Design, Sample

METHODS = ("higher", "lower", "nearest", "linear", "middle")


def medians(answers):
    rows = pl.DataFrame({"y": [float(one) for one in answers], "weight": [1.0] * len(answers)})
    asked = Sample(rows, Design(wgt="weight")).estimation
    found = {how: asked.median("y", q_method=how).estimates[0].est for how in METHODS}
    assert asked.median("y").estimates[0].est == found["higher"]
    return found


seen = {number: medians(range(1, number + 1)) for number in (2, 3, 4)}
for number, found in seen.items():
    middle = statistics.median(range(1, number + 1))
    print(number, found, middle)
    assert max(found.values()) <= middle
assert set(seen[2].values()) == {1.0}
assert seen[3] == {"higher": 2.0, "lower": 1.0, "nearest": 2.0, "linear": 1.5, "middle": 1.5}
assert seen[4] == {"higher": 2.0, "lower": 1.0, "nearest": 2.0, "linear": 2.0, "middle": 1.5}
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
