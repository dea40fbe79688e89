#!/usr/bin/env bash
# Version:   pyjstat 2.4.0 with pandas 3.1.1, from PyPI
# Question:  Does the Python reader of JSON-stat 2 tell what is suppressed apart from what is missing, and notice a cube whose size and labels differ?
# Guess:     The status is lost, since a frame has no place for it; a size that does not fit is refused, as the standard's order rests on it.
# Behaviour: The status is lost: what was marked ":" and ".." are both NaN. A cube that says it is 2 x 2 and has 2 x 3 labels and six values is read
#            as 2 x 3 without a word.
# Seen:      status: not in the frame, two NaN of six; size [2, 2]: 6 rows
# Matters:   to whoever reads figures of a statistical office: what is suppressed looks as if it were not counted.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 pyjstat==2.4.0
cat > "$folder/look.py" <<'PY'
import json

from pyjstat import pyjstat

CUBE = {
    "version": "2.0", "class": "dataset", "label": "Unemployed", "id": ["place", "year"],
    "size": [2, 3], "value": [12, None, 8, 7, 0, None], "status": {"1": ":", "5": ".."},
    "dimension": {
        "place": {"label": "place", "category": {"index": ["a", "b"],
                                                  "label": {"a": "Fjord", "b": "Nord"}}},
        "year": {"label": "year", "category": {"index": {"2022": 0, "2023": 1, "2024": 2}}},
    },
}  # fmt: skip


def frame(**changed):
    return pyjstat.Dataset.read(json.dumps(CUBE | changed)).write("dataframe")


whole = frame()
print(whole)
assert "status" not in whole.columns and ":" not in whole.to_string()
assert int(whole["value"].isna().sum()) == 2 and len(whole) == 6
small = frame(size=[2, 2])
print("size [2, 2]:", len(small), "rows")
assert len(small) == 6
PY
"$folder/venv/bin/python" "$folder/look.py"
