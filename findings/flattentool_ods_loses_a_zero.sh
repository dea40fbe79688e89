#!/usr/bin/env bash
# Version:   flattentool 0.28.0 (360Giving's and Open Contracting's converter), from PyPI
# Question:  A grant in JSON (0 given, not open, in the municipality 0301) is made a table and JSON again, as CSV, XLSX and ODS. Is it the same?
# Guess:     As CSV all becomes text where no schema is given; as XLSX and ODS numbers stay numbers and text stays text.
# Behaviour: XLSX does so, but for false, which is "False". ODS does not: what is 0 or false is written as an empty cell and is gone, and a text of
#            digits is written as a number: 0301 is 301, with a schema that says text "301.0".
# Seen:      csv "0" "False" "0301"; xlsx 0 "False" "0301"; ods no amount, no answer, 301; ods with a schema: "301.0"
# Matters:   to whoever opens grants in LibreOffice: nothing given is not known any longer, and codes and organisation numbers lose their zeros.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check flattentool==0.28.0
cat > "$folder/look.py" <<'PY'
import json
import tempfile
import warnings
from pathlib import Path

import flattentool

warnings.simplefilter("ignore")
folder = Path(tempfile.mkdtemp(dir=Path(__file__).parent))
GRANT = {"id": "a", "amountAwarded": 0, "isOpen": False, "code": "0301"}
SCHEMA = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "code": {"type": "string"}},
}
given, schema = folder / "grants.json", folder / "schema.json"
given.write_text(json.dumps({"grants": [GRANT]}))
schema.write_text(json.dumps(SCHEMA))
flattentool.flatten(
    str(given), output_name=str(folder / "out"), root_list_path="grants", main_sheet_name="grants"
)


def back(kind, **how):
    table = folder / ("out" if kind == "csv" else f"out.{kind}")
    made = folder / "back.json"
    flattentool.unflatten(
        str(table), input_format=kind, root_list_path="grants", output_name=str(made), **how
    )
    return json.loads(made.read_text())["grants"][0]


seen = {kind: back(kind) for kind in ("csv", "xlsx", "ods")}
seen["ods with a schema"] = back("ods", schema=str(schema))
for how, grant in seen.items():
    print(how, grant)
assert seen["csv"] == {"id": "a", "amountAwarded": "0", "isOpen": "False", "code": "0301"}
assert seen["xlsx"] == {"id": "a", "amountAwarded": 0, "isOpen": "False", "code": "0301"}
assert seen["ods"] == {"id": "a", "code": 301}
assert seen["ods with a schema"] == {"id": "a", "code": "301.0"}
PY
"$folder/venv/bin/python" "$folder/look.py"
