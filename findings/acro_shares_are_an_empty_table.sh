#!/usr/bin/env bash
# Version:   acro 1.0.2 (checking of what leaves a safe room for research) with pandas 2.3.3, which it asks for, from PyPI
# Question:  `ACRO(suppress=True).crosstab(place, job, normalize="index")`: shares of each place, in a table of which no cell is of few people. What is given?
# Guess:     The shares, as pandas' crosstab with the same argument, which it takes; a cell of few people would be empty.
# Behaviour: An empty table with each column three times over. What is checked are the shares: a share of 0.45 is fewer than the ten people that a cell
#            needs, so each cell fails by columns and by the whole, too. Without suppress=True the shares are given, and marked as too few. The counts themselves are
#            given whole.
# Seen:      counts: 25 30 14 12; index, columns, all: 0 rows, no yes no yes no yes; not suppressed: 0.45 0.55 0.54 0.46
# Matters:   to whoever has shares of groups checked before they leave: ask for counts, and work the shares out of what is left.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check acro==1.0.2 pandas==2.3.3
cat > "$folder/look.py" <<'PY'
import logging

import pandas as pd
from acro import ACRO

COUNTS = {("A", "yes"): 30, ("A", "no"): 25, ("B", "yes"): 12, ("B", "no"): 14}
people = pd.DataFrame([who for who, count in COUNTS.items() for _ in range(count)], columns=["place", "job"])


def crossed(suppress, **how):
    checked = ACRO(suppress=suppress)
    logging.disable(logging.CRITICAL)
    try:
        return checked.crosstab(people.place, people.job, **how)
    finally:
        logging.disable(logging.NOTSET)


counts = crossed(True)
shares = {how: crossed(True, normalize=how) for how in ("index", "columns", True)}
given = crossed(False, normalize="index")
print(counts, given, sep="\n")
print({how: (len(table), [*table.columns]) for how, table in shares.items()})
assert counts.to_numpy().tolist() == [[25, 30], [14, 12]]
assert given.round(2).to_numpy().tolist() == [[0.45, 0.55], [0.54, 0.46]]
for table in shares.values():
    assert (len(table), [*table.columns]) == (0, ["no", "yes"] * 3)
PY
cd "$folder"
"$folder/venv/bin/python" -W ignore "$folder/look.py" 2> /dev/null
