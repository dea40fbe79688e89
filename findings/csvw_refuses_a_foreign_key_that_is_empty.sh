#!/usr/bin/env bash
# Version:   csvw 4.1.1 and frictionless 5.21.0, from PyPI
# Question:  A partner may be an office of another: a column that holds the other's key, and is empty for most. It is described twice, as a foreign key by
#            CSVW and by a Data Package. Do the rows without one pass?
# Guess:     By both: an empty foreign key is no reference, as in SQL.
# Behaviour: By a Data Package they do. By CSVW they don't, though the column is not required: each row has to have a referenced row for each foreign key
#            of its table (tabular data model, 6.6), and csvw, which is strict by itself, holds to it. Its `is_valid` does not become False, but
#            raises ValueError; `csvwvalidate` says FAIL and not of what. With strict=False it is valid. A key that nobody has is refused by both.
# Seen:      frictionless: empty True, unknown False; csvw: empty ValueError, unknown ValueError; not strict: empty True, unknown ValueError
# Matters:   to who publishes one table by both standards: keys that may be lacking can only be said in a Data Package.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvw==4.1.1 frictionless==5.21.0
cat > "$folder/look.py" <<'PY'
import json
import sys
import warnings
from pathlib import Path

from csvw import CSVW
from frictionless import Package

warnings.simplefilter("ignore")
COLUMNS = ("partner_id", "head_id")
WEB = {
    "@context": "http://www.w3.org/ns/csvw",
    "tables": [{
        "url": "partners.csv",
        "tableSchema": {
            "columns": [{"name": n, "titles": [n], "datatype": "string", "required": n == "partner_id"} for n in COLUMNS],
            "primaryKey": "partner_id",
            "foreignKeys": [{
                "columnReference": "head_id",
                "reference": {"resource": "partners.csv", "columnReference": "partner_id"},
            }],
        },
    }],
}  # fmt: skip
PACKAGE = {
    "name": "p",
    "resources": [{
        "name": "partners", "path": "partners.csv", "schema": {
            "fields": [{"name": name, "type": "string"} for name in COLUMNS], "primaryKey": ["partner_id"],
            "foreignKeys": [{"fields": ["head_id"], "reference": {"resource": "", "fields": ["partner_id"]}}],
        },
    }],
}  # fmt: skip
Path("csv-metadata.json").write_text(json.dumps(WEB))
Path("datapackage.json").write_text(json.dumps(PACKAGE))


def outcome(head, **strictly):
    Path("partners.csv").write_text(f"partner_id,head_id\nnav,\nnav-drammen,{head}\n")
    if strictly:
        try:
            return CSVW("csv-metadata.json", validate=True, **strictly).is_valid
        except ValueError:
            return "ValueError"
    return Package("datapackage.json").validate().valid


seen = {
    name: [outcome(head, **strictly) for head in ("nav", "imdi")]
    for name, strictly in {
        "frictionless": {}, "csvw": {"strict": True}, "not strict": {"strict": False},
    }.items()
}  # fmt: skip
print("a head that is there, and one that is not, below a row without:", seen)
assert CSVW.__init__.__defaults__[-1] is True, "strict by itself"
expected = {"frictionless": [True, False], "csvw": ["ValueError"] * 2, "not strict": [True, "ValueError"]}
sys.exit(seen != expected)
PY
cd "$folder" && venv/bin/python look.py
