#!/usr/bin/env bash
# Version:   odfpy 1.4.1, from PyPI
# Question:  Is an OpenDocument spreadsheet read whose manifest (META-INF/manifest.xml) does not name content.xml, as programs that write ODS by
#            hand leave it out?
# Guess:     Yes, since the part is where it always is; or an error says that the package is not valid.
# Behaviour: Neither: odfpy gives a document without any table, and says nothing. The same file with the line in its manifest has its sheet.
# Seen:      named: ['A']; not named: []
# Matters:   to whoever goes through all sheets of what others send: the file counts as one in which nothing stands.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1
cat > "$folder/look.py" <<'PY'
import re
import sys
import zipfile
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet, load
from odf.table import Table, TableCell, TableRow
from odf.text import P

place = Path(sys.argv[1])
book, table, row, cell = OpenDocumentSpreadsheet(), Table(name="A"), TableRow(), TableCell()
cell.addElement(P(text="x"))
row.addElement(cell)
table.addElement(row)
book.spreadsheet.addElement(table)
book.save(place / "named.ods")

LINE = rb'<manifest:file-entry[^>]*manifest:full-path="content.xml"[^>]*/?>(?:</manifest:file-entry>)?'
with zipfile.ZipFile(place / "named.ods") as old, zipfile.ZipFile(place / "bare.ods", "w") as new:
    for part in old.namelist():
        content = old.read(part)
        if part == "META-INF/manifest.xml":
            content, count = re.subn(LINE, b"", content)
            assert count == 1
        new.writestr(part, content)

for name, wanted in (("named.ods", ["A"]), ("bare.ods", [])):
    sheets = [one.getAttribute("name") for one in load(place / name).getElementsByType(Table)]
    print(name, sheets)
    assert "content.xml" in zipfile.ZipFile(place / name).namelist()
    assert sheets == wanted
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
