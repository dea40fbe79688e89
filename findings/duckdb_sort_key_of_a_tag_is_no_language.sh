#!/usr/bin/env bash
# Version:   DuckDB 2.0.0, from PyPI
# Question:  In which order does icu_sort_key put Norwegian names for the languages nb, nb_NO, nb-NO (as browsers and HTML write it) and nb-u-kn (numbers by what they are)?
# Guess:     All with Å last; the last one with "Kurs 2" before "Kurs 10", as ICU and Intl.Collator do, or an error where it isn't known.
# Behaviour: A name with a hyphen, or with wishes as nb-u-kn or nb@colNumeric=yes, is no error and no Norwegian either: the order is that of no
#            language, with Å among the A, and numbers are sorted by their first digit. So is it for a language that there isn't. nb, nb_NO and NB are Norwegian.
# Seen:      nb, nb_NO, NB: Kurs 10, Kurs 2, Zoe, Åse; nb-NO, nb-u-kn, nb@colNumeric=yes, xx: Åse, Kurs 10, Kurs 2, Zoe
# Matters:   to whoever gives it the language of a page (`<html lang="nb-NO">`, Accept-Language): lists are sorted, only not as its readers look for names.
#            Give it the part before the hyphen, and write numbers with leading zeros for the key.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
"$folder/venv/bin/python" - <<'PY'
import sys

import duckdb

NORWEGIAN = ["Kurs 10", "Kurs 2", "Zoe", "Åse"]
OF_NONE = ["Åse", "Kurs 10", "Kurs 2", "Zoe"]
EXPECTED = dict.fromkeys(("nb", "nb_NO", "NB"), NORWEGIAN) | dict.fromkeys(
    ("nb-NO", "nb-u-kn", "nb@colNumeric=yes", "xx"), OF_NONE
)
asked = "select list(name order by icu_sort_key(name, $language)) from unnest($names) as t(name)"
seen = {
    language: duckdb.execute(asked, {"language": language, "names": NORWEGIAN}).fetchall()[0][0]
    for language in EXPECTED
}
for language, order in seen.items():
    print(f"{language:20}", ", ".join(order))
sys.exit(seen != EXPECTED)
PY
