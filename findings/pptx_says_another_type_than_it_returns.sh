#!/usr/bin/env bash
# Version:   python-pptx 1.0.2, from PyPI
# Question:  The package says that it is typed (py.typed). May a type checker be trusted with what `shapes.add_chart` takes and gives?
# Guess:     Yes: what is annotated is what is returned.
# Behaviour: It is annotated to give a Chart, and gives the GraphicFrame that holds one (`.chart`), as its documentation shows; it is annotated to
#            take ChartData, and is given CategoryChartData, which is none. The code that runs is the one that a checker refuses, and the one that a
#            checker likes fails.
# Seen:      annotated -> Chart, given a GraphicFrame; takes ChartData, CategoryChartData is one: False; `.plots` of it: AttributeError
# Matters:   to whoever checks the types of what makes slides: a cast at this one place, or an hour lost to it.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-pptx==1.0.2
cat > "$folder/look.py" <<'PY'
from importlib.resources import files

from pptx import Presentation
from pptx.chart.data import CategoryChartData, ChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

assert (files("pptx") / "py.typed").is_file(), "it says that it is typed"
deck = Presentation()
shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
data = CategoryChartData()
data.categories = ["2024", "2025"]
data.add_series("jobs", (12, 19))
made = shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, Inches(4), Inches(3), data)
said = type(shapes).add_chart.__annotations__
try:
    plots = str(made.plots)
except AttributeError as error:
    plots = type(error).__name__
seen = (said["return"], type(made).__name__, said["chart_data"], isinstance(data, ChartData), plots)
print(seen, len(list(made.chart.plots)))
assert seen == ("Chart", "GraphicFrame", "ChartData", False, "AttributeError"), seen
PY
"$folder/venv/bin/python" "$folder/look.py"
