#!/usr/bin/env bash
# Version:   python-calamine 0.8.0 with openpyxl 3.1.5 and odfpy 1.4.1, from PyPI
# Question:  Does the fast reader of workbooks give an error cell, a formula that was never calculated and a length of time as what they are, whether
#            the file is XLSX or ODS?
# Guess:     An error comes as its text ("#DIV/0!") or as an exception, a formula without a result as empty, a length of time as a timedelta in both.
# Behaviour: All three are an empty text: an error cannot be told from a cell in which nothing stands. A length of time is a timedelta from XLSX, and
#            the text "PT30H00M00S" from ODS, which a column of text takes for words.
# Seen:      xlsx: ['A', '', '', '', timedelta(days=1, seconds=21600)]; ods: ['A', '', '', '', 'PT30H00M00S'], where the second cell is the error
# Matters:   to whoever changes readers for speed: a column of errors becomes "not known" without a word.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.8.0 openpyxl==3.1.5 odfpy==1.4.1
cat > "$folder/look.py" <<'PY'
import sys
from datetime import timedelta
from pathlib import Path

import odf.opendocument
import openpyxl
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

LONG = timedelta(hours=30)
place = Path(sys.argv[1])

# A name, an error, a formula without a result, nothing, and thirty hours.
book = openpyxl.Workbook()
book.active.append(["A", "#DIV/0!", "=1+1", None, LONG])
book.active["B1"].data_type = "e"
book.save(place / "a.xlsx")

text = odf.opendocument.OpenDocumentSpreadsheet()
table, row = Table(name="A"), TableRow()
cells = [
    TableCell(valuetype="string"),
    # As LibreOffice writes an error: what is shown, and no value.
    TableCell(valuetype="string", stringvalue="", formula="of:=1/0"),
    TableCell(formula="of:=1+1"),
    TableCell(),
    TableCell(valuetype="time", timevalue="PT30H00M00S"),
]
for cell, shown in zip(cells, ["A", "#DIV/0!", "", "", "30:00"]):
    if shown:
        cell.addElement(P(text=shown))
    row.addElement(cell)
table.addElement(row)
text.spreadsheet.addElement(table)
text.save(place / "a.ods")


def read(name):
    (row,) = CalamineWorkbook.from_path(place / name).get_sheet_by_index(0).to_python()
    print(name, row)
    return row


assert openpyxl.load_workbook(place / "a.xlsx").active["B1"].data_type == "e"
assert read("a.xlsx") == ["A", "", "", "", LONG]
assert read("a.ods") == ["A", "", "", "", "PT30H00M00S"]
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
