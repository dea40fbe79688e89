#!/usr/bin/env bash
# Version:   vegafusion 2.0.3 with Altair 6.3.0, vl-convert-python 1.9.0.post1 (Vega itself) with pandas 3.1.1 and PyArrow 26.0.1, from PyPI
# Question:  An Altair chart tells the median of a count, 1 and 2, and draws a box plot of it. Does `alt.data_transformers.enable("vegafusion")`, which works the
#            same specification out in Python so that large data need not go to the browser, change what is drawn?
# Guess:     No: 1.5 by both. What VegaFusion can't work out it leaves to Vega, as it does for `stderr` and `ci0`.
# Behaviour: Yes: of whole numbers the median is cut to a whole number, 1, while quartiles have their places: the line of the box plot lies at 1, outside its box from
#            1.25 to 1.75. Of -2 and -1 it is -1. The same numbers as floats have 1.5. `chart.transformed_data()`, which goes by VegaFusion whatever is enabled, says 1
#            beside a chart on which Vega shows 1.5.
# Seen:      Vega 1.5; vegafusion 1, of floats 1.5, of -2 and -1 -1; transformed_data 1; box from 1.25 to 1.75, median 1
# Matters:   to whoever shows medians of counts, of people or months: up to half too low once the data are many enough to need the transformer. Make counts floats.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check vegafusion==2.0.3 altair==6.3.0 vl-convert-python==1.9.0.post1 pandas==3.1.1 pyarrow==26.0.1
cat > "$folder/look.py" <<'PY'
import re

import altair as alt
import pandas as pd
import vl_convert


def chart(numbers):
    frame = pd.DataFrame({"place": "Bø", "count": numbers})
    return alt.Chart(frame).transform_aggregate(middle="median(count)", groupby=["place"]).mark_text().encode(
        y="place:N", text="middle:Q"
    )


def by_vega(numbers):
    drawn = vl_convert.vegalite_to_svg(chart(numbers).to_dict())
    return float(re.search(r"middle: ([-\u2212\d.]+)", drawn)[1].replace("\u2212", "-"))


def by_vegafusion(numbers):
    with alt.data_transformers.enable("vegafusion"):
        data = chart(numbers).to_dict(format="vega")["data"]
    return next(row["middle"] for one in data for row in one.get("values", ()) if "middle" in row)


with alt.data_transformers.enable("vegafusion"):
    frame = pd.DataFrame({"place": "Bø", "count": [1, 2]})
    boxes = alt.Chart(frame).mark_boxplot().encode(y="place:N", x="count:Q").to_dict(format="vega")["data"]
box = next(row for one in boxes for row in one.get("values", ()) if "mid_box_count" in row)
drawn = by_vega([1, 2]), by_vega([-2, -1])
worked_out = by_vegafusion([1, 2]), by_vegafusion([1.0, 2.0]), by_vegafusion([-2, -1])
told = chart([1, 2]).transformed_data()["middle"][0]
print("vega", drawn, "vegafusion", worked_out, "transformed_data", told, "box", box)
assert drawn == (1.5, -1.5)
assert worked_out == (1, 1.5, -1)
assert told == 1
assert (box["lower_box_count"], box["mid_box_count"], box["upper_box_count"]) == (1.25, 1, 1.75)
PY
"$folder/venv/bin/python" "$folder/look.py"
