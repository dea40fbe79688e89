#!/usr/bin/env bash
# Version:   pandas 3.1.1 with odfpy 1.4.1 and python-calamine 0.8.0, from PyPI
# Question:  Is a true cell of an OpenDocument spreadsheet true to pandas whatever language it was shown in, and with a comment on it, too?
# Guess:     Yes: the file has the value itself (office:boolean-value="true") beside what is shown, and numbers and dates are read by theirs.
# Behaviour: By its own engine ("odf", chosen by itself for .ods) it is true only where "TRUE" is shown and nothing else: what LibreOffice saves in
#            Norwegian (SANN), German or French is False, and so is TRUE with a comment. With engine="calamine" all are true.
# Seen:      odf: [True, False, False, False]; calamine: [True, True, True, True]; shown: TRUE, SANN, WAHR, TRUE with a comment
# Matters:   to whoever reads what others filled in: a column of yes is a column of no, without a word.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.8.0
cat > "$folder/look.py" <<'PY'
import sys
from pathlib import Path

import pandas as pd
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

book = OpenDocumentSpreadsheet()
table = Table(name="A")
for shown, comment in (("TRUE", ""), ("SANN", ""), ("WAHR", ""), ("TRUE", "Asked by phone")):
    row, cell = TableRow(), TableCell(valuetype="boolean", booleanvalue="true")
    if comment:
        note = Annotation()
        note.addElement(P(text=comment))
        cell.addElement(note)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
book.spreadsheet.addElement(table)
path = Path(sys.argv[1]) / "a.ods"
book.save(path)


def read(**how):
    (column,) = pd.read_excel(path, header=None, **how).T.values.tolist()
    print(how, column)
    return column


assert read() == [True, False, False, False]
assert read(engine="calamine") == [True, True, True, True]
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
