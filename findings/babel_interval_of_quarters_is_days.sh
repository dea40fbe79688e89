#!/usr/bin/env bash
# Version:   babel 2.19.0 and 2.18.0, from PyPI
# Question:  `format_interval(first, last, "yQQQ")`: how are two quarters written, by the skeleton that writes each of them?
# Guess:     "K1–K2 2024", or where a language has no such interval, both by the skeleton: "K1 2024–K2 2024", as UTS 35 has it.
# Behaviour: As days, without a word: "1. jan. 2024–3. mai 2024", and within one quarter as that day and another. So it is for each skeleton that
#            `format_skeleton` knows and no interval is given for: quarters, weeks. The function that is to fall back on the skeleton asks for it, but
#            is given None in its place. Months and years, which have intervals, are written as such.
# Seen:      {'yQQQ': '1. jan. 2024–3. mai 2024', 'yQQQQ': '1. jan. 2024–3. mai 2024', 'yw': '1. jan. 2024–3. mai 2024', 'yMMM': 'jan.–mai 2024'}
# Matters:   to whoever writes periods of statistics: more is said than the figures know, and the last day is the one that was given, be it the
#            quarter's first.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import sys
from datetime import date

from babel.dates import format_interval, format_skeleton

FIRST, LAST = date(2024, 1, 1), date(2024, 5, 3)
SKELETONS = ("yQQQ", "yQQQQ", "yw", "yMMM")
each = {of: format_skeleton(of, LAST, locale="nb") for of in SKELETONS}
both = {of: format_interval(FIRST, LAST, of, locale="nb") for of in SKELETONS}
print("each:", each)
print("both:", both)
days = "1. jan. 2024–3. mai 2024"
assert each["yQQQ"] == "K2 2024" and each["yw"] == "uke 18 i 2024", each
sys.exit(both != dict(yQQQ=days, yQQQQ=days, yw=days, yMMM="jan.–mai 2024"))
PY
for version in 2.18.0 2.19.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check babel==$version
    echo "babel $version" && "$folder/$version/bin/python" "$folder/look.py"
done
