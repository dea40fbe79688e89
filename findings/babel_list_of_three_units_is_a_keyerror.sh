#!/usr/bin/env bash
# Version:   babel 2.19.0 and 2.18.0, from PyPI
# Question:  `format_list(["1 år", "2 md.", "3 d."], style="unit", locale="nb")`: how is a list of a quantity's parts written?
# Guess:     "1 år, 2 md. og 3 d.", as style "standard" has it, and as English does; where a language has no such style, the ValueError of its documentation.
# Behaviour: KeyError: 'start'. CLDR gives such a style only what differs from another and inherits the rest; babel keeps what is given, and asks for the
#            rest all the same. Two items need one pattern and are written, by it or by two that are left out, too; three are not. So it is
#            in nb, nn, sv, de and fi, not in en and da; in da it is so of style "or-short".
# Seen:      two, in nb: "1 a og 2 b"; three: nb, nn, sv, de, fi KeyError('start'), en, da worded
# Matters:   to whoever writes lengths of time or measures in parts: what is tested in English, or with two parts, fails where there are three.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
from babel.lists import format_list


def worded(items, style, locale):
    try:
        return format_list(items, style=style, locale=locale)
    except KeyError as error:
        return repr(error)


TWO, THREE = ["1 a", "2 b"], ["1 a", "2 b", "3 c"]
seen = {
    locale: tuple(worded(items, "unit", locale) for items in (TWO, THREE))
    for locale in ("en", "nb", "nn", "sv", "de", "fi", "da")
}
print(seen, {"da, or-short": worded(THREE, "or-short", "da")})
failed = {one: [said.startswith("KeyError") for said in found] for one, found in seen.items()}
print(failed)
assert failed == {
    "en": [False, False],
    "nb": [False, True],
    "nn": [False, True],
    "sv": [False, True],
    "de": [False, True],
    "fi": [False, True],
    "da": [False, False],
}
assert worded(THREE, "or-short", "da") == "KeyError('start')"
assert worded(THREE, "standard", "nb") == "1 a, 2 b og 3 c"
PY
for version in 2.19.0 2.18.0; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "babel==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
