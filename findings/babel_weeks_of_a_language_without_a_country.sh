#!/usr/bin/env bash
# Version:   babel 2.19.0 and 2.18.0, from PyPI
# Question:  `format_date(day, "'uke' w", locale="nb")`: is that the week of a Norwegian calendar, which is ISO's?
# Guess:     Yes: whoever reads Bokmål lives by those weeks, and names of months and days need no more than the language, either.
# Behaviour: No. The first week of a year is a matter of the country, and a locale without one has the world's rule, by which a year's first day is in its
#            week 1. Where 1 January is a Friday, Saturday or Sunday, all weeks of the year are one too many. "nb_NO" has ISO's; so it is with
#            nn, da, sv, fi and de.
# Seen:      days that differ from ISO's: 2024 to 2026 4 (28 to 31 December 2026), 2027 and 2028 all; nb_NO, sv_SE, de_DE: none
# Matters:   to whoever names languages without a country, as texts do: right for years on end, tests and all, and wrong from one New Year on.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys
from datetime import date, timedelta

from babel.dates import format_date


def days_that_differ(locale, year):
    days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    return sum(
        format_date(day, "Y w", locale=locale) != "{} {}".format(*day.isocalendar()[:2])
        for day in days
    )


YEARS = range(2024, 2029)
seen = {
    locale: [days_that_differ(locale, year) for year in YEARS]
    for locale in ("nb", "nn", "sv", "de", "nb_NO", "sv_SE", "de_DE")
}
print([*YEARS], seen)
print("1 January 2027:", *(format_date(date(2027, 1, 1), "'uke' w, Y", locale=of) for of in ("nb", "nb_NO")))
without = [0, 0, 4, 365, 366]
sys.exit(seen != {of: without if len(of) == 2 else [0] * 5 for of in seen})
PY
for version in 2.18.0 2.19.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check babel==$version
    echo "babel $version" && "$folder/$version/bin/python" "$folder/look.py"
done
