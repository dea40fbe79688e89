#!/usr/bin/env bash
# Version:   sdmx1 2.28.0 and pysdmx 1.21.0 with pandas 3.1.1, from PyPI
# Question:  A series of four years, of which one is confidential and has no number, is written by one library for SDMX and read by the other. Is it the
#            same by SDMX-ML and by SDMX-CSV?
# Guess:     Yes: the year is there in both, NaN, with its status C beside it.
# Behaviour: By SDMX-ML it is. By SDMX-CSV 2.0, where what is missing is an empty cell, the file is read, and `to_pandas` stops at it: "could not convert
#            string to float: ''". With NaN written out the same file works. SDMX-CSV 1.0, which begins with DATAFLOW, is refused; pysdmx reads both.
# Seen:      sdmx1: ML [12.5, nan, 0.0, 3.0] ['A', 'C', '', 'A'], CSV 2.0 ValueError, with NaN as ML, CSV 1.0 ValueError; pysdmx: '', C in all
# Matters:   to whoever takes figures of a statistical office from CSV, as the smallest of its formats: one number that is hidden, and none is read.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sdmx1==2.28.0 "pysdmx[data,xml]==1.21.0" pandas==3.1.1
cat > "$folder/look.py" <<'PY'
import math

import pandas as pd
import sdmx
from pysdmx.io import read_sdmx, write_sdmx
from pysdmx.io.format import Format
from pysdmx.io.pd import PandasDataset
from pysdmx.model import Component, Components, Concept, DataType, Role, Schema
from sdmx.model.common import Agency
from sdmx.model.v30 import DataAttribute, DataStructureDefinition, Measure

DIMENSIONS, VALUE, STATUS = ("REF_AREA", "TIME_PERIOD"), "OBS_VALUE", "OBS_STATUS"


def component(name, role, kind, level=None):
    is_key = role is Role.DIMENSION
    about = Concept(name, dtype=kind)
    return Component(name, is_key, role, about, kind, attachment_level=level)


components = [component(name, Role.DIMENSION, DataType.STRING) for name in DIMENSIONS]
components.append(component(VALUE, Role.MEASURE, DataType.DOUBLE))
components.append(component(STATUS, Role.ATTRIBUTE, DataType.STRING, "O"))
schema = Schema("datastructure", "A", "D", components=Components(components), version="1.0")
frame = pd.DataFrame({
    "REF_AREA": ["0301"] * 4, "TIME_PERIOD": ["2022", "2023", "2024", "2025"],
    VALUE: [12.5, math.nan, 0.0, 3.0], STATUS: ["A", "C", None, "A"],
})  # fmt: skip
given = PandasDataset(structure=schema, data=frame)

structure = DataStructureDefinition(id="D", maintainer=Agency(id="A"), version="1.0")
for name in DIMENSIONS:
    structure.dimensions.getdefault(id=name)
structure.measures.append(Measure(id=VALUE))
structure.attributes.append(DataAttribute(id=STATUS))


def by_sdmx1(text, name, **kw):
    path = f"data.{name}"
    with open(path, "w") as file:
        file.write(text)
    try:
        found = sdmx.to_pandas(sdmx.read_sdmx(path, **kw).data[0], attributes="o")
    except ValueError as error:
        return str(error).partition(":")[0]
    return [*map(float, found["value"])], [*map(str, found[STATUS])]


def by_pysdmx(text):
    found = read_sdmx(text, validate=False).data[0].data
    return found[VALUE][1], found[STATUS][1]


texts = {
    name: write_sdmx(given, of)
    for name, of in {
        "ML": Format.DATA_SDMX_ML_2_1_GEN,
        "CSV 2.0": Format.DATA_SDMX_CSV_2_0_0,
        "CSV 1.0": Format.DATA_SDMX_CSV_1_0_0,
    }.items()
}
print(texts["CSV 2.0"])
texts["CSV 2.0, NaN"] = texts["CSV 2.0"].replace(",,C", ",NaN,C")
seen = {
    name: by_sdmx1(text, "xml" if name == "ML" else "csv", **({} if name == "ML" else {"structure": structure}))
    for name, text in texts.items()
}
for name, found in seen.items():
    print(f"sdmx1, {name}: {found}")
of_pysdmx = {name: by_pysdmx(texts[name]) for name in ("ML", "CSV 2.0", "CSV 1.0")}
print("pysdmx:", of_pysdmx)
assert str(seen["ML"]) == "([12.5, nan, 0.0, 3.0], ['A', 'C', '', 'A'])" == str(seen["CSV 2.0, NaN"])
assert seen["CSV 2.0"] == "could not convert string to float"
assert seen["CSV 1.0"] == "Invalid SDMX-CSV 2.0.0"
assert {*of_pysdmx.values()} == {("", "C")}
PY
cd "$folder" && venv/bin/python look.py
