#!/usr/bin/env bash
# Version:   pyaxis 0.4.3 with pandas 3.1.1, from PyPI
# Question:  A PC-Axis file marks cells that have no number by ".", ".." or ":" between quotes. What does the Python reader make of them?
# Guess:     The same of all three: NaN, or the sign.
# Behaviour: ".." is NaN, "." an empty text, and ":" a text of three letters, its quotes among them, so that the column is of texts. A file whose rows
#            are named (KEYS), which leaves out those that are nothing but zeros, is refused: "Length of values (4) does not match length of index (6)".
# Seen:      '..': nan; '.': ''; ':': '":"'; numbers: text; KEYS: ValueError
# Matters:   to whoever reads figures of a statistical office: pd.to_numeric fails on one of the signs, and the other two look alike afterwards.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 pyaxis==0.4.3
cat > "$folder/look.py" <<'PY'
import sys
from pathlib import Path

from pyaxis import pyaxis

HEAD = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="en";
TITLE="Unemployed by place and year";
STUB="place";
HEADING="year";
VALUES("place")="Fjord","Nord","Vest";
CODES("place")="1","2","3";
VALUES("year")="2023","2024";
UNITS="persons";
"""


def parsed(name, more):
    file = Path(sys.argv[1], name)
    file.write_text(HEAD + more, encoding="iso-8859-1")
    return pyaxis.parse(uri=str(file), encoding="iso-8859-1")["DATA"]["DATA"].tolist()


cells = parsed("signs.px", 'DATA=\n12 ".."\n8 ":"\n"." 7;\n')
print(cells)
assert cells[0] == "12" and cells[2] == "8" and cells[5] == "7", cells
assert cells[1] != cells[1], cells  # NaN
assert cells[3] == '":"' and cells[4] == "", cells
try:
    parsed("keys.px", 'KEYS("place")=CODES;\nDATA=\n"1",12 14\n"3",8 7;\n')
except ValueError as error:
    print("KEYS:", error)
else:
    raise AssertionError("a file with KEYS is read")
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
