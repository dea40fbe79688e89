#!/usr/bin/env bash
# Version:   statsmodels 0.15.0 with SciPy 1.17.1, from PyPI
# Question:  3 of 10 have got a job in one place and 5 of 12 in another. What is the interval of the difference by
#            `confint_proportions_2indep(3, 10, 5, 12, method="score")`, which is recommended where few were asked?
# Guess:     An interval, from about -0.47 to 0.28 as of the other methods; if there is trouble, then where none or all are counted.
# Behaviour: ValueError: "The function value at x=-0.6434… is NaN; solver cannot continue". Of all tables of 10 and 12 it is so for 92 of 143, of two tens for 80 of
#            121; of 30 of 100 and 50 of 120 there is one. The test by the same method has its answer, and so has the ratio's interval wherever neither none nor
#            all are counted. "newcomb" and "agresti-caffo" have an interval here, too.
# Seen:      3 of 10 and 5 of 12: score ValueError, newcomb -0.443 to 0.26, agresti-caffo -0.467 to 0.277; fail: 92 of 143, 80 of 121; ratio of 1 to 9 and 1 to 11: 0 of 99
# Matters:   to whoever compares small groups with their uncertainty: what works in trials with hundreds ends with an error in half of one's own tables. Take Newcombe's.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1
cat > "$folder/look.py" <<'PY'
import warnings

from statsmodels.stats.proportion import confint_proportions_2indep, test_proportions_2indep

warnings.simplefilter("ignore")


def interval(*table, **asked):
    try:
        low, high = confint_proportions_2indep(*table, **asked)
    except ValueError as refused:
        return str(refused)
    return round(float(low), 3), round(float(high), 3)


def failed(first, second, **asked):
    """Of all tables of so many and so many, how many have no interval by the score's method."""
    found = [
        interval(one, first, other, second, method="score", **asked)
        for one in range("compare" in asked, first + 1 - ("compare" in asked))
        for other in range("compare" in asked, second + 1 - ("compare" in asked))
    ]
    return sum(isinstance(one, str) for one in found), len(found)


TABLE = (3, 10, 5, 12)
by = {method: interval(*TABLE, method=method) for method in ("score", "newcomb", "agresti-caffo")}
p = test_proportions_2indep(*TABLE, method="score").pvalue
many = interval(30, 100, 50, 120, method="score")
fails = failed(10, 12), failed(10, 10), failed(10, 12, compare="ratio")
print(by, "p", round(float(p), 3), "30 of 100 and 50 of 120:", many, "failed:", fails)
assert "is NaN; solver cannot continue" in by["score"]
assert by["newcomb"] == (-0.443, 0.26) and by["agresti-caffo"] == (-0.467, 0.277)
assert round(float(p), 3) == 0.58
assert many == (-0.236, 0.011)
assert fails == ((92, 143), (80, 121), (0, 99))
PY
"$folder/venv/bin/python" "$folder/look.py"
