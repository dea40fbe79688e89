#!/usr/bin/env bash
# Version:   odfpy 1.4.1 with pandas 3.1.1, from PyPI
# Question:  Does an OpenDocument spreadsheet whose content breaks off in the middle (a download that was cut, a disk that was full) fail to be read?
# Guess:     Yes: with an error of the XML parser, as openpyxl fails for XLSX.
# Behaviour: No error: odfpy's load prints the whole part of XML on the standard output, and gives the rows that came before the break. pandas, whose
#            engine for .ods it is, gives a frame with fewer rows.
# Seen:      2 of 4 rows: [['a'], ['b']]; printed: 1 245 characters, which begin with "====== SAX FAILED TO PARSE"
# Matters:   to whoever counts or sums what others send, rows are missing without a word; to whoever answers on the standard output (a filter, a child
#            process), the content of the file stands in the answer.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1 pandas==3.1.1
cat > "$folder/look.py" <<'PY'
import contextlib
import io
import sys
import zipfile
from pathlib import Path

import pandas as pd
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

place = Path(sys.argv[1])
book, table = OpenDocumentSpreadsheet(), Table(name="A")
for text in "abcd":
    row, cell = TableRow(), TableCell(valuetype="string")
    cell.addElement(P(text=text))
    row.addElement(cell)
    table.addElement(row)
book.spreadsheet.addElement(table)
book.save(place / "whole.ods")

# The archive is sound; the XML in it ends after the second row.
with zipfile.ZipFile(place / "whole.ods") as old, zipfile.ZipFile(place / "half.ods", "w") as new:
    for part in old.namelist():
        content = old.read(part)
        if part == "content.xml":
            content = content[: content.index(b">c<")]
        new.writestr(part, content)

printed = io.StringIO()
with contextlib.redirect_stdout(printed):
    frame = pd.read_excel(place / "half.ods", header=None)
print(frame.values.tolist(), len(printed.getvalue()), printed.getvalue()[:26])
assert pd.read_excel(place / "whole.ods", header=None).values.tolist() == [[t] for t in "abcd"]
assert frame.dropna().values.tolist() == [["a"], ["b"]]
assert printed.getvalue().startswith("====== SAX FAILED TO PARSE")
assert ">a<" in printed.getvalue()
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
