#!/usr/bin/env bash
# Version:   markitdown 0.1.9 with pandas 3.1.1 and openpyxl 3.1.5, from PyPI
# Question:  A workbook is made Markdown, as what a language model or a search reads: a place called "NA", a municipality 0301 as text, a year, a count that
#            is not known, a share that is shown as 37 %, a yes. What stands there, and what of a sheet that is hidden?
# Guess:     What the cells hold: 0301, 2024, an empty cell, 0.375 or 37 %, True; the hidden sheet is left out, or said to be hidden.
# Behaviour: Otherwise, but for the share: text of digits is a number, and where one cell of a column is empty all its numbers have a decimal: 301.0 and 2024.0. What is
#            empty is NaN, and so is the place NA. A yes beside an empty cell is 1.0. The hidden sheet stands there like any other.
# Seen:      | NaN | 301.0 | 2024.0 | NaN | 0.375 | 1.0 | 2026-02-03 |; ## Skjult, with its row
# Matters:   to whoever has files read to a model before they are answered from: numbers of places are no longer those of any register, and what was hidden is told.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "markitdown[xlsx]==0.1.9" pandas==3.1.1 openpyxl==3.1.5
cat > "$folder/look.py" <<'PY'
import sys
from datetime import date

import openpyxl
from markitdown import MarkItDown

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Tall"
sheet.append(["Sted", "Nummer", "År", "Antall", "Andel", "Avtale", "Dag"])
sheet.append(["NA", "0301", 2024, None, 0.375, True, date(2026, 2, 3)])
sheet.append(["Bø", None, None, 5, 0.5, None, None])
sheet["E2"].number_format = sheet["E3"].number_format = "0%"
hidden = book.create_sheet("Skjult")
hidden.sheet_state = "hidden"
hidden.append(["Navn"])
hidden.append(["Kari"])
path = f"{sys.argv[1]}/book.xlsx"
book.save(path)
told = MarkItDown().convert(path).text_content
print(told)
rows = told.splitlines()
assert "| NaN | 301.0 | 2024.0 | NaN | 0.375 | 1.0 | 2026-02-03 |" in rows
assert "| Bø | NaN | NaN | 5.0 | 0.500 | NaN | NaT |" in rows
assert "## Skjult" in rows and "| Kari |" in rows
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py" "$folder"
