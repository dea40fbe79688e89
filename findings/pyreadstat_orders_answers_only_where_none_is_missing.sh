#!/usr/bin/env bash
# Version:   pyreadstat 1.3.7 with pandas 3.1.1, from PyPI
# Question:  A survey in SPSS's format has answers 1 "Lite", 2 "Middels", 3 "Høyt". Read with their labels, are they in the order of their codes, and what of
#            a respondent who didn't answer?
# Guess:     They are, as pandas reads the same from Stata: an ordered categorical, in which the answer that is missing is NaN.
# Behaviour: `pandas.read_spss` puts them in order of the alphabet, and says that they have none: Høyt, Lite, Middels, in a sorted table, a group and a
#            chart. pyreadstat itself does the same by default, and has `formats_as_ordered_category` for the order of the codes; that fails as soon as one
#            answer is missing ("Categorical categories cannot be null"). Of Stata's format pandas alone keeps the order and the missing one.
# Seen:      read_spss: Høyt, Lite, Middels, not ordered; ordered, all there: Lite, Middels, Høyt; one missing: ValueError; read_stata: Lite, Middels, Høyt, ordered
# Matters:   to whoever draws or crosses scales: bars stand in a wrong order, and the option that mends it works until the first blank.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyreadstat==1.3.7 pandas==3.1.1
cat > "$folder/look.py" <<'PY'
import sys
from pathlib import Path

import pandas as pd
import pyreadstat

LABELS = {"answer": {1: "Lite", 2: "Middels", 3: "Høyt"}}
folder = Path(sys.argv[1])


def told(read):
    try:
        column = read()
    except ValueError as error:
        return str(error)
    return [*column.cat.categories], column.cat.ordered, int(column.isna().sum())


def ordered(path, read):
    return told(lambda: read(path, apply_value_formats=True, formats_as_ordered_category=True)[0].answer)


def seen(answers):
    frame = pd.DataFrame({"answer": answers})
    sav, dta = folder / "a.sav", folder / "a.dta"
    pyreadstat.write_sav(frame, sav, variable_value_labels=LABELS)
    pyreadstat.write_dta(frame, dta, variable_value_labels=LABELS)
    return {
        "read_spss": told(lambda: pd.read_spss(sav).answer),
        "ordered": ordered(sav, pyreadstat.read_sav),
        "ordered, Stata": ordered(dta, pyreadstat.read_dta),
        "read_stata": told(lambda: pd.read_stata(dta).answer),
    }


whole, one_missing = seen([3.0, 1.0, 2.0, 1.0]), seen([3.0, 1.0, None, 2.0])
print(whole, one_missing, sep="\n")
BY_CODE, BY_LETTER = ["Lite", "Middels", "Høyt"], ["Høyt", "Lite", "Middels"]
REFUSED = "Categorical categories cannot be null"
assert whole["read_spss"] == (BY_LETTER, False, 0)
assert whole["ordered"] == whole["ordered, Stata"] == whole["read_stata"] == (BY_CODE, True, 0)
assert one_missing == {
    "read_spss": (BY_LETTER, False, 1),
    "ordered": REFUSED,
    "ordered, Stata": REFUSED,
    "read_stata": (BY_CODE, True, 1),
}
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
