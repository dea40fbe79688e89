#!/usr/bin/env bash
# Version:   csvw 4.1.0 and frictionless 5.21.0, from PyPI
# Question:  A CSV file is described twice, by CSVW (separator) and as a Data Package (type list). Is an empty cell of a column of lists the same
#            to a reader of either?
# Guess:     Yes: like any other empty cell, not known.
# Behaviour: No. By CSVW it is a list of nothing, while an empty cell of a number or a text in the same row is not known (None); frictionless gives
#            None for all three. Within a list, CSVW's empty item is None and frictionless's an empty text.
# Seen:      csvw: [] beside None; frictionless: None beside None. "a||b": csvw ['a', None, 'b'], frictionless ['a', '', 'b']
# Matters:   to who publishes lists of which some are not known, such as an activity's partners: whoever counts them by CSVW reads "none". What
#            an empty cell means has to be said in words.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvw==4.1.0 frictionless==5.21.0
cd "$folder"
printf 'id,partners,persons,place\n1,,,\n2,a||b,3,Lier\n' > activities.csv
cat > activities.csv-metadata.json <<'JSON'
{"@context": "http://www.w3.org/ns/csvw", "url": "activities.csv", "tableSchema": {"primaryKey": "id", "columns": [
  {"name": "id", "datatype": "string"}, {"name": "partners", "datatype": "string", "separator": "|"},
  {"name": "persons", "datatype": "integer"}, {"name": "place", "datatype": "string"}]}}
JSON
cat > datapackage.json <<'JSON'
{"name": "activities", "resources": [{"name": "activities", "path": "activities.csv", "schema": {"fields": [
  {"name": "id", "type": "string"}, {"name": "partners", "type": "list", "delimiter": "|"},
  {"name": "persons", "type": "integer"}, {"name": "place", "type": "string"}]}}]}
JSON
cat > look.py <<'PY'
from csvw import CSVW
from frictionless import Package

(table,) = CSVW("activities.csv-metadata.json", validate=True).tables
(resource,) = Package("datapackage.json").resources
seen = {
    "csvw": [dict(row) for row in table.iterdicts(strict=True)],
    "frictionless": [row.to_dict() for row in resource.read_rows()],
}
for name, rows in seen.items():
    print(f"{name}: {rows}")
empty = {name: [rows[0][column] for column in ("partners", "persons", "place")] for name, rows in seen.items()}
assert empty == {"csvw": [[], None, None], "frictionless": [None, None, None]}, empty
inner = {name: rows[1]["partners"] for name, rows in seen.items()}
assert inner == {"csvw": ["a", None, "b"], "frictionless": ["a", "", "b"]}, inner
PY
"$folder/venv/bin/python" look.py
