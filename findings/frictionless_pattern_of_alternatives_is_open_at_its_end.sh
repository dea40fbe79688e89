#!/usr/bin/env bash
# Version:   frictionless 5.21.0 with Python 3.11, from PyPI
# Question:  A column of a Data Package may have one of two codes: "constraints": {"pattern": "NO|SE"}. Is "NOPE" refused?
# Guess:     Yes: a pattern is a regular expression of XML Schema, of the whole value, and of one alternative it is: "NO" refuses "NOPE" and "xNO".
# Behaviour: No. The ends are put around the letters of the pattern, not around what they mean: ^NO|SE$ is whatever begins with NO, and SE. Only the
#            last alternative has an end. With brackets around them all have; an enum is the whole value, too.
# Seen:      {'NO': ['NO'], 'NO|SE': ['NO', 'SE', 'NOPE'], '(NO|SE)': ['NO', 'SE'], 'enum': ['NO', 'SE']} pass of NO, SE, NOPE, xSE, xNO
# Matters:   to whoever publishes tables with a schema and has them checked: write alternatives as an enum, or in brackets.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
cat > "$folder/look.py" <<'PY'
import sys

from frictionless import Resource

VALUES = ["NO", "SE", "NOPE", "xSE", "xNO"]


def passed(**constraints):
    field = {"name": "code", "type": "string", "constraints": constraints}
    told = {"name": "t", "path": "t.csv", "schema": {"fields": [field]}}
    report = Resource.from_descriptor(told).validate()
    wrong = {error.row_number for task in report.tasks for error in task.errors}
    return [value for row, value in enumerate(VALUES, 2) if row not in wrong]


with open("t.csv", "w") as file:
    file.write("\n".join(["code", *VALUES]) + "\n")
seen = {pattern: passed(pattern=pattern) for pattern in ("NO", "NO|SE", "(NO|SE)")}
seen["enum"] = passed(enum=["NO", "SE"])
print(seen)
sys.exit(
    seen
    != {"NO": ["NO"], "NO|SE": VALUES[:3], "(NO|SE)": VALUES[:2], "enum": VALUES[:2]}
)
PY
cd "$folder" && venv/bin/python look.py
