#!/usr/bin/env bash
# Version:   xlsx2csv 0.8.6 with openpyxl 3.1.5, from PyPI
# Question:  A workbook is made CSV by `xlsx2csv --floatformat %.0f`, or %.15g so that no place of a number is lost. What becomes of 10, 100 and 0?
# Guess:     10, 100 and 0: the format is that of `%`, for floats.
# Behaviour: 1, 1 and an empty text, and 1230 is 123: after the format the zeros at the end are taken away, whether or not there is a decimal point
#            before them. It is for whole numbers, too. With %.2f there is a point, and all is right. And without any option moments are cut, not rounded,
#            to the minute: 16:00 is 15:59, and so are 128 of a day's 1 440 minutes one too early; a cell that has a time alone is right.
# Seen:      %.0f: ['', '1', '1', '123', '7']; %.15g: ['', '1', '1', '123', '7.25']; %.2f and none: ['0', '10', '100', '1230', '7.25']; 16:00 15:59
# Matters:   to whoever turns workbooks into CSV on the way to a database: tens and hundreds are ones, what is none is not known, and meetings begin at 15:59.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5
cat > "$folder/look.py" <<'PY'
import csv
import io
import sys
from datetime import datetime, timedelta

import openpyxl
from xlsx2csv import Xlsx2csv

path = f"{sys.argv[1]}/book.xlsx"


def converted(values, number_format="General", **options):
    book = openpyxl.Workbook()
    for row, value in enumerate(values, 1):
        book.active.cell(row, 1, value).number_format = number_format
    book.save(path)
    told = io.StringIO()
    Xlsx2csv(path, **options).convert(told)
    return [row[0] for row in csv.reader(io.StringIO(told.getvalue()))]


NUMBERS = [0, 10, 100, 1230, 7.25]
whole = converted(NUMBERS, floatformat="%.0f")
exact = converted(NUMBERS, floatformat="%.15g")
two = converted(NUMBERS, floatformat="%.2f")
none = converted(NUMBERS)
minutes = [datetime(2026, 2, 3) + timedelta(minutes=one) for one in range(24 * 60)]
shown = converted(minutes, "dd.mm.yyyy hh:mm")
early = {
    given: told for given, told in zip(minutes, shown, strict=True) if told != f"{given:%d.%m.%Y %H:%M}"
}
print(whole, exact, two, none, len(early), early[datetime(2026, 2, 3, 16)], sep="\n")
assert whole == ["", "1", "1", "123", "7"]
assert exact == ["", "1", "1", "123", "7.25"]
assert two == none == ["0", "10", "100", "1230", "7.25"]
assert early[datetime(2026, 2, 3, 16)] == "03.02.2026 15:59"
assert len(early) == 128
assert all(told == f"{given - timedelta(minutes=1):%d.%m.%Y %H:%M}" for given, told in early.items())
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
