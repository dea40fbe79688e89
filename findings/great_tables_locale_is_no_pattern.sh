#!/usr/bin/env bash
# Version:   great-tables 1.1.0 beside Babel 2.19.0, from PyPI
# Question:  What do `fmt_percent`, `fmt_date`, `fmt_currency` and compact numbers write for `locale="nb"`, which CLDR writes as "12,5 %", "5. mars 2026",
#            "1 500,00 kr" and "1,2 mill."?
# Guess:     That: the locale is taken, and decimals and thousands come out as in Norwegian.
# Behaviour: The marks and the names of months are the locale's, the patterns are English for every locale: no space before %, no point after the day, the
#            currency before the number, M for a million. `date_style` has no name that gives the Norwegian order; "iso" is the one that is right.
# Seen:      12,5%; 5 mars 2026; kr1 500,00; 1,23M; beside 12,5 %; 5. mars 2026; 1 500,00 kr; 1,23 mill.
# Matters:   to whoever prints a table of a Norwegian report: half of it looks localised, so nobody looks for the rest. A pattern of one's own is needed for each.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check great-tables==1.1.0 babel==2.19.0 pandas==2.3.3
cat > "$folder/look.py" <<'PY'
from datetime import date

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_percent
from great_tables import vals

table = [
    *vals.fmt_percent([0.125], decimals=1, locale="nb"),
    *vals.fmt_date(["2026-03-05"], date_style="day_month_year", locale="nb"),
    *vals.fmt_currency([1500], currency="NOK", locale="nb"),
    *vals.fmt_number([1234567], compact=True, locale="nb"),
]
cldr = [
    format_percent(0.125, "#,##0.#\u00a0%", locale="nb"),
    format_date(date(2026, 3, 5), "long", locale="nb"),
    format_currency(1500, "NOK", locale="nb"),
    format_compact_decimal(1234567, fraction_digits=2, locale="nb"),
]
plain = [[" ".join(said.split()) for said in told] for told in (table, cldr)]
print(*plain, sep="\n")
assert plain[0] == ["12,5%", "5 mars 2026", "kr1 500,00", "1,23M"]
assert plain[1] == ["12,5 %", "5. mars 2026", "1 500,00 kr", "1,23 mill."]
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
