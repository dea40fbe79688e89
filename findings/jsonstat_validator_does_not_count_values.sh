#!/usr/bin/env bash
# Version:   jsonstat-validator 0.4.6, from PyPI
# Question:  A cube of JSON-stat says that it is 2 x 3. What of its order does the validator hold it to, on which all of the standard rests?
# Guess:     Six values, in a list or by their places 0 to 5, and places of the categories that are each one once: 0, 1, 2.
# Behaviour: None of it. Three values pass, and so do a value in place 9, two categories in place 0, places 0, 1 and 5. What it counts are the
#            categories, and a list of signs, which has to be as long as the values: a cube of three values and three signs passes, one of six
#            values and three signs doesn't.
# Seen:      plain, 3 values, place 9, two in place 0, place 5, 3 values and 3 signs: valid; 6 values and 3 signs, 2 categories: refused
# Matters:   to whoever publishes or takes in what passes here: a reader puts the numbers in other cells, or stops. Count them yourself.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jsonstat-validator==0.4.6
cat > "$folder/look.py" <<'PY'
import sys

from jsonstat_validator import JSONStatValidationError, validate_jsonstat


def outcome(year=None, **changed):
    dimension = {
        "place": {"category": {"index": ["a", "b"], "label": {"a": "Fjord", "b": "Nord"}}},
        "year": {"category": {"index": year or {"2022": 0, "2023": 1, "2024": 2}}},
    }
    cube = {
        "version": "2.0", "class": "dataset", "label": "Unemployed", "id": ["place", "year"],
        "size": [2, 3], "value": [12, 9, 8, 7, 0, 5], "dimension": dimension,
    }  # fmt: skip
    try:
        return validate_jsonstat(cube | changed)
    except JSONStatValidationError as error:
        return str(error)


seen = {
    "plain": outcome(),
    "3 values": outcome(value=[12, 9, 8]),
    "place 9": outcome(value={"0": 12, "9": 8}),
    "two in place 0": outcome({"2022": 0, "2023": 0, "2024": 2}),
    "place 5": outcome({"2022": 0, "2023": 1, "2024": 5}),
    "3 values, 3 signs": outcome(value=[12, 9, 8], status=["", "", "p"]),
    "6 values, 3 signs": outcome(status=["", "", "p"]),
    "2 categories": outcome({"2022": 0, "2023": 1}),
}
for name, told in seen.items():
    print(f"{name}: {told}")
sys.exit([name for name, told in seen.items() if told is not True] != ["6 values, 3 signs", "2 categories"])
PY
"$folder/venv/bin/python" "$folder/look.py"
