#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  What is the median of 1 and 2, whatever type they have, and of 0.5 and 1.0 as they are written?
# Guess:     1.5 and 0.75: of whole numbers and of floats it is a float, and `avg` of decimals is one, too.
# Behaviour: Of decimals it is a decimal with as many places as they have, and what is beyond is cut off, not rounded: of DECIMAL(5, 0) it is 1, and so is
#            each quantile_cont up to the greatest. Numbers that are written with a point are decimals: of 0.5 and 1.0 it is 0.7. Of -1 and -2 it
#            is -2 in 1.5.6 and -1 in 2.0.0.
# Seen:      integer 1.5, double 1.5, decimal(5, 1) 1.5, decimal(5, 0) 1, its quantile 0.9 1, its avg 1.5; 0.5 and 1.0: 0.7; -1 and -2 as decimals: -2, -1
# Matters:   to whoever keeps amounts or counts as decimals, as CSV files are often read: medians and quartiles are up to one too small. Cast to double.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys

import duckdb

KINDS = ("integer", "double", "decimal(5, 1)", "decimal(5, 0)")


def one(asked, given="(values (1), (2)) as t(x)"):
    return float(duckdb.sql(f"select {asked} from {given}").fetchall()[0][0])


seen = {kind: one(f"median(x::{kind})") for kind in KINDS}
seen["quantile"] = one("quantile_cont(x::decimal(5, 0), 0.9)")
seen["avg"] = one("avg(x::decimal(5, 0))")
seen["0.5 and 1.0"] = one("median(x)", "(values (0.5), (1.0)) as t(x)")
below = one("median(-x::decimal(5, 0))")
print(seen, "of -1 and -2:", below)
expected = dict(zip(KINDS, (1.5, 1.5, 1.5, 1.0)), quantile=1.0, avg=1.5)
sys.exit(seen != expected | {"0.5 and 1.0": 0.7} or below != {"2.0.0": -1, "1.5.6": -2}[duckdb.__version__])
PY
for version in 1.5.6 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check duckdb==$version
    echo "DuckDB $version" && "$folder/$version/bin/python" "$folder/look.py"
done
