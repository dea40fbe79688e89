#!/usr/bin/env bash
# Version:   openpyxl 3.1.5, from PyPI
# Question:  Is book.calculation.fullCalcOnLoad of a workbook what its file says?
# Guess:     Yes: false or None where the file has no such attribute, since its default in the standard (ISO/IEC 29500-1, 18.2.2) is false.
# Behaviour: It is True wherever the attribute is absent, as in what Excel and LibreOffice save, and is written as true when the workbook is saved again.
#            The default of a new workbook is that of a read one: a file that says "0" is read right.
# Seen:      file: <calcPr calcId="191029"/>, read: True, saved again: <calcPr calcId="191029" fullCalcOnLoad="1"/>; fullCalcOnLoad="0": False
# Matters:   to whoever tells formulas that were never calculated (XlsxWriter writes 0 for each, and this attribute) from those whose result is 0: all
#            that Excel has calculated to 0 look like the former. And a large workbook that is only opened and saved is calculated anew by Excel each time.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cat > "$folder/look.py" <<'PY'
import re
import sys
import zipfile
from pathlib import Path

import openpyxl

place, BOOK = Path(sys.argv[1]), "xl/workbook.xml"
openpyxl.Workbook().save(place / "new.xlsx")


def said(path):
    return re.search("<calcPr[^>]*>", zipfile.ZipFile(path).read(BOOK).decode())[0]


def saying(words, name):
    """The workbook with these words in the place of what openpyxl writes of calculation."""
    with zipfile.ZipFile(place / "new.xlsx") as old, zipfile.ZipFile(place / name, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == BOOK:
                content = content.replace(said(place / "new.xlsx").encode(), words.encode())
            new.writestr(part, content)
    return place / name


for words, read in (
    ('<calcPr calcId="191029"/>', True),
    ('<calcPr calcId="191029" fullCalcOnLoad="0"/>', False),
):
    path = saying(words, "a.xlsx")
    assert said(path) == words
    book = openpyxl.load_workbook(path)
    book.save(place / "again.xlsx")
    print(words, book.calculation.fullCalcOnLoad, said(place / "again.xlsx"))
    assert bool(book.calculation.fullCalcOnLoad) is read
    assert ('fullCalcOnLoad="1"' in said(place / "again.xlsx")) is read
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
