#!/usr/bin/env bash
# Version:   Matplotlib 3.11.2, from PyPI
# Question:  A figure with layout="constrained" is saved as SVG. Is it drawn once, its layout worked out before?
# Guess:     Once: the layout asks the sizes of what is written, and no more.
# Behaviour: `savefig` draws the whole figure twice, once only to be laid out. Without a layout of its own, and laid out by executing the same engine
#            before saving, it is drawn once, to the same drawing.
# Seen:      drawings per savefig: layout="constrained" 2, executed before 1; the same size of drawing
# Matters:   to whoever makes many drawings: a quarter to a half of the work is the one that is thrown away.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check matplotlib==3.11.2
cat > "$folder/look.py" <<'PY'
import io
import re

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

mpl.rcParams["svg.hashsalt"] = "same"
drawn = 0
draw = Figure.draw


def counting(self, renderer):
    global drawn
    drawn += 1
    return draw(self, renderer)


Figure.draw = counting


def saved(**how):
    """How often a figure is drawn to be saved, and the drawing."""
    global drawn
    figure = Figure((5, 3), **how)
    FigureCanvasSVG(figure)
    axes = figure.subplots()
    axes.bar(range(5), [3, 1, 4, 1, 5])
    axes.set_title("Jobs by year")
    if not how:
        ConstrainedLayoutEngine().execute(figure)
    drawn, out = 0, io.StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None})
    return drawn, out.getvalue()


twice, once = saved(layout="constrained"), saved()
paths = [re.findall(r' d="([^"]+)"', text) for _, text in (twice, once)]
print("drawings per savefig:", twice[0], "and, laid out before,", once[0], "; same paths:", paths[0] == paths[1])
assert (twice[0], once[0]) == (2, 1)
assert paths[0] == paths[1]
PY
"$folder/venv/bin/python" "$folder/look.py"
