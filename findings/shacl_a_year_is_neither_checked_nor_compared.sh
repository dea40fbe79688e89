#!/usr/bin/env bash
# Version:   pyshacl 0.40.1 with rdflib 7.6.0, from PyPI
# Question:  DCAT-AP lets a period begin with a year (xsd:gYear). Does a SHACL shape that asks for one, from 2020 on, take 2024 and refuse 2019 and "24"?
# Guess:     Yes: sh:datatype refuses what is no such year, and sh:minInclusive compares years as it compares dates and numbers.
# Behaviour: Neither. For years and months of a year rdflib has no values, only their letters: any of them has the datatype, "24" and the thirteenth month,
#            too. And none but 2020 itself is 2020 or later: 2024 is refused as 2019 is, by the shape and by a filter of SPARQL. Of dates both work,
#            though "2024-W01" is a date as well, and is the 1 January when the graph is written again.
# Seen:      gYear 24 and gYearMonth 2024-13 conform; gYear from 2020 on: 2020 conforms, 2019, 2020Z and 2024 refused; date from 2020 on: 2019 refused,
#            2024 conforms; date 2024-02-30 refused, date 2024-W01 conforms and is read as 2024-01-01
# Matters:   to whoever has a catalogue checked: what passes may be no year, and a good one is refused. Write dates, or sh:pattern for years.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyshacl==0.40.1 rdflib==7.6.0
cat > "$folder/look.py" <<'PY'
from pyshacl import validate
from rdflib import Graph

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
"""
SHAPE = "[] a sh:NodeShape ; sh:targetClass dct:PeriodOfTime ; sh:property [ sh:path dcat:startDate ; %s ] ."
DATA = '<urn:a> a dct:PeriodOfTime ; dcat:startDate "%s"^^xsd:%s .'


def seen(begins, kind, least=""):
    data = Graph().parse(data=PREFIXES + DATA % (begins, kind), format="turtle")
    asked = f"sh:datatype xsd:{kind}" + (f' ; sh:minInclusive "{least}"^^xsd:{kind}' if least else "")
    shape = Graph().parse(data=PREFIXES + SHAPE % asked, format="turtle")
    (read,) = (str(o) for o in data.objects(predicate=None) if o.__class__.__name__ == "Literal")
    conforms = validate(data, shacl_graph=shape)[0]
    print(f"{kind} {begins}{f', {least} or later' * bool(least)}: {conforms}, read as {read}")
    return conforms, read


assert seen("24", "gYear")[0]
assert seen("2024-13", "gYearMonth")[0]
assert seen("2020", "gYear", "2020")[0]
assert not any(seen(year, "gYear", "2020")[0] for year in ("2019", "2024", "2020Z"))
assert not seen("2019-01-01", "date", "2020-01-01")[0]
assert seen("2024-01-01", "date", "2020-01-01")[0]
assert not seen("2024-02-30", "date")[0]
assert seen("2024-W01", "date") == (True, "2024-01-01")
years = Graph().parse(data=PREFIXES + DATA % ("2024", "gYear"), format="turtle")
later = 'select ?y { ?s dcat:startDate ?y filter(?y >= "2020"^^xsd:gYear) }'
print("2024 by a filter of SPARQL:", len(years.query(later)))
assert len(years.query(later)) == 0
PY
"$folder/venv/bin/python" "$folder/look.py" 2> /dev/null
