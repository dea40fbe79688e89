#!/usr/bin/env bash
# Version:   svy 0.35.0 with Polars 2.1.0, beside SciPy 1.17.1 and statsmodels 0.15.0, from PyPI
# Question:  None of ten who were asked has got a job. What is the interval of the share, by `prop("job", ci_method="wilson")` and by "beta"?
# Guess:     From 0 to 0.28 by Wilson and to 0.31 by beta, as SciPy and statsmodels have it: these methods are chosen since they work at none and at all, where
#            "logit", the default, does not.
# Behaviour: nan to nan by both, as by logit: the share's variance, which is 0, goes before the method. Only "korn-graubard" has an interval, to 0.31. Of
#            shares between none and all Wilson's is right.
# Seen:      none of 10: logit, beta, wilson nan, korn-graubard 0–0.308; 3 of 10: wilson 0.087–0.658; none of 10 by scipy and statsmodels: 0–0.278
# Matters:   to whoever tells small groups with their uncertainty: those of which nobody or everybody has, which are the most striking, have none.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check svy==0.35.0 polars==2.1.0 scipy==1.17.1 statsmodels==0.15.0
cat > "$folder/look.py" <<'PY'
from math import isnan

import polars as pl
from scipy.stats import binomtest
from statsmodels.stats.proportion import proportion_confint
from svy import Design, Sample


def interval(having, method):
    """Of those of ten who haven't: none having, there is no other category."""
    answers = [1] * having + [0] * (10 - having)
    rows = pl.DataFrame({"job": answers, "weight": [1.0] * 10})
    told = Sample(rows, Design(wgt="weight")).estimation.prop("job", ci_method=method)
    (lacking,) = [one for one in told.estimates if one.y_level == 0]
    return round(lacking.lci, 3), round(lacking.uci, 3)


METHODS = ("logit", "beta", "wilson", "korn-graubard")
none = {method: interval(0, method) for method in METHODS}
some = {method: interval(3, method) for method in METHODS}
by_scipy = [round(one, 3) for one in binomtest(0, 10).proportion_ci(method="wilson")]
by_statsmodels = {how: round(proportion_confint(0, 10, method=how)[1], 3) for how in ("wilson", "beta")}
print(none, some, by_scipy, by_statsmodels, sep="\n")
assert all(isnan(end) for method in METHODS[:3] for end in none[method])
assert none["korn-graubard"] == (0.692, 1.0)
assert some["wilson"] == (0.342, 0.913)
assert by_scipy == [0.0, 0.278] and by_statsmodels == {"wilson": 0.278, "beta": 0.308}
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
