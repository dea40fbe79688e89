#!/usr/bin/env bash
# Version:   openpyxl 3.1.5, from PyPI
# Question:  Does an ordinary workbook (not write_only) that is saved to an io.BytesIO touch the disk?
# Guess:     No: it is made in memory and goes to memory.
# Behaviour: Yes: each sheet is first written, unpacked, to a file `openpyxl.*` in the folder for temporary files, read back
#            into the archive and removed. Where there is no room, or nowhere to write, saving to memory fails.
# Seen:      sheets 2, files made 2, the cell's text found in one of them True, left behind 0; without such a folder: FileNotFoundError
# Matters:   to whoever makes workbooks in a read-only container, on a full disk, or with content that is not to lie on a
#            disk: give it a TMPDIR in memory, or one that is looked after.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cat > "$folder/look.py" <<'PY'
import io
import sys
import tempfile
from pathlib import Path

import openpyxl

FOLDER = Path(sys.argv[1], "passing")
FOLDER.mkdir()
tempfile.tempdir = str(FOLDER)
made, found = [], []


def look(event, arguments):
    if event == "tempfile.mkstemp":
        made.append(arguments[0])
    if event == "os.remove":  # it is whole by now
        found.append("a cell" in Path(arguments[0]).read_text())


def saved():
    book = openpyxl.Workbook()
    book.active.append(["a cell"])
    book.create_sheet("another")
    book.save(io.BytesIO())


sys.addaudithook(look)
saved()
left = list(FOLDER.iterdir())
print("files made", len(made), "the cell's text in one", any(found), "left behind", len(left))
assert (len(made), any(found), left) == (2, True, [])
FOLDER.rmdir()
try:
    saved()
except FileNotFoundError as error:
    print("without the folder:", type(error).__name__)
else:
    raise AssertionError("saved without a folder for temporary files")
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
