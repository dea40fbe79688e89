#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, SciPy 1.17.1, pandas 3.1.1, from PyPI
# Question:  `sem(x)` "returns the standard error of the mean". Is it that of SciPy and pandas, the deviation of the sample by the root of n?
# Guess:     Yes: `stddev` without a word is of the sample, as theirs are, and a standard error is of a sample, or it isn't one.
# Behaviour: No: it is stddev_pop(x) / sqrt(count(x)), as if all there are had been asked. Of three numbers it is a fifth too small, of two a
#            third, and of one it is 0, where the others have none.
# Seen:      of 1, 2, 4: sem 0.7201, stddev(x) / sqrt(count(x)) 0.8819, SciPy and pandas 0.8819; of 1: 0.0, None, nan and nan
# Matters:   to whoever draws intervals of few answers: they are too narrow, and one answer alone is told as sure.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys
import warnings
from math import isnan

import duckdb
import pandas as pd
from scipy.stats import sem

warnings.simplefilter("ignore")  # SciPy says that one number has no deviation


def seen(*numbers):
    given = pd.DataFrame({"x": [float(n) for n in numbers]})
    (of_db,) = duckdb.sql("select sem(x), stddev(x) / sqrt(count(x)) from given").fetchall()
    others = float(sem(given.x)), float(given.x.sem())
    print(f"of {numbers}: sem {of_db[0]}, of the sample {of_db[1]}, SciPy and pandas {others}")
    return (*of_db, *others)


few, one = seen(1, 2, 4), seen(1)
as_told = [round(number, 4) for number in few] == [0.7201, 0.8819, 0.8819, 0.8819]
sys.exit(not (as_told and one[:2] == (0, None) and isnan(one[2]) and isnan(one[3])))
PY
for version in 1.5.6 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check duckdb==$version scipy==1.17.1 pandas==3.1.1
    echo "DuckDB $version" && "$folder/$version/bin/python" "$folder/look.py"
done
