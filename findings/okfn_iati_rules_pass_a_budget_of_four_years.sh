#!/usr/bin/env bash
# Version:   okfn-iati 0.4.3, from PyPI
# Question:  What passes IatiValidator, which checks "1. XML schema validity, 2. IATI ruleset compliance": does it keep to the rules of IATI 2.03?
# Guess:     Yes, to those that a machine can check: a budget is of a year at most (rule 7.5.3), and an activity has a planned or an actual start
#            (6.11.1).
# Behaviour: No. Its rules are four (value dates, sectors, countries, identifiers); a budget of four years passes, and an activity with an end alone.
# Seen:      the same file with the date of the value taken away is refused; with a budget from 2017 to 2020 and no start: (True, no errors)
# Matters:   to who publishes what this validator passes: the standard's own refuses it. Hold these rules by a test of your own.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check okfn-iati==0.4.3
cat > "$folder/look.py" <<'PY'
from okfn_iati.iati_schema_validator import IatiValidator

FILE = """<iati-activities version="2.03"><iati-activity xml:lang="en"><iati-identifier>NO-BRC-974760673-a</iati-identifier>
<reporting-org ref="NO-BRC-974760673" type="90"><narrative>A</narrative></reporting-org>
<title><narrative>A</narrative></title><description><narrative>A</narrative></description>
<participating-org role="4"><narrative>A</narrative></participating-org>
<activity-status code="4"/><activity-date type="4" iso-date="2020-12-31"/><recipient-country code="NO"/>
<sector vocabulary="99" code="project"><narrative>Project</narrative></sector>
<budget><period-start iso-date="2017-01-01"/><period-end iso-date="2020-12-31"/><value currency="NOK" {}>1</value></budget>
</iati-activity></iati-activities>"""
four_years = IatiValidator().validate(FILE.format('value-date="2017-01-01"'))
undated = IatiValidator().validate(FILE.format(""))
print("a budget of four years, no start:", four_years)
print("a value without its date:", undated)
assert four_years == (True, {"schema_errors": [], "ruleset_errors": []}), four_years
assert not undated[0] and undated[1]["ruleset_errors"], undated
PY
"$folder/venv/bin/python" "$folder/look.py"
