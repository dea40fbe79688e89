#!/usr/bin/env bash
# Version:   Plotly 7.1.0, with and without orjson 3.13.0, from PyPI
# Question:  A bar chart of numbers that are a subclass of float (with a unit, a bound, a currency). Does `to_json` take it?
# Guess:     Yes: it does, and what else is installed has no say in it.
# Behaviour: Without orjson it does, and the subclass is written as the float that it is. As soon as orjson is installed, for whatever reason, Plotly uses
#            it by itself, and the same figure raises TypeError ("Type is not JSON serializable"), for orjson takes no subclass of float. With
#            `plotly.io.json.config.default_engine = "json"` it is taken again.
# Seen:      {'without orjson': 'taken', 'with orjson': 'TypeError', 'with orjson, engine json': 'taken'}
# Matters:   to whoever draws numbers of a kind of their own: a page that works breaks where a package beside it brings orjson along.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check plotly==7.1.0
cat > "$folder/look.py" <<'PY'
import sys

import plotly.graph_objects as go
import plotly.io as pio


class Amount(float):
    """A number with a unit."""


if len(sys.argv) > 1:
    pio.json.config.default_engine = sys.argv[1]
figure = go.Figure(go.Bar(x=["2024", "2025"], y=[Amount(3), Amount(5)]))
try:
    assert '"y":[3.0,5.0]' in figure.to_json().replace(" ", "")
    print("taken")
except TypeError as error:
    print(type(error).__name__)
PY
without=$("$folder/venv/bin/python" "$folder/look.py")
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check orjson==3.13.0
with=$("$folder/venv/bin/python" "$folder/look.py")
by_json=$("$folder/venv/bin/python" "$folder/look.py" json)
echo "{'without orjson': '$without', 'with orjson': '$with', 'with orjson, engine json': '$by_json'}"
[ "$without" = taken ] && [ "$with" = TypeError ] && [ "$by_json" = taken ]
