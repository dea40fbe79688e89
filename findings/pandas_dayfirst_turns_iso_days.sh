#!/usr/bin/env bash
# Version:   pandas 3.1.1 and 2.3.3, from PyPI
# Question:  A file has days as 2026-05-06, by ISO 8601, another as 06.05.2026. Both are read with `dayfirst=True`, which is for the second. What is the first?
# Guess:     6 May: ISO's order can't be meant otherwise, and a year in front leaves nothing that could be first.
# Behaviour: 5 June: after the year the day is taken first, of 2026/05/06 and of a moment as well, by `to_datetime` and by `read_csv` with parse_dates, in both
#            versions. Where one day of the column is above 12, which tells that it is no month, to_datetime ends with an error that names the format "%Y-%d-%m",
#            and read_csv leaves all as text. With format="mixed" each is taken by itself, in 3.1.1 as 5 June beside 13 May, in 2.3.3 rightly. With
#            format="ISO8601" all are right.
# Seen:      2026-05-06 2026-06-05; with 2026-05-13 ValueError, mixed 2026-06-05 and 2026-05-13 (2.3.3: 2026-05-06), ISO8601 2026-05-06
# Matters:   to whoever reads files of several makers by one setting: what is in the safest format of all is turned, where all days are below 13 without a word.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import io
import warnings

import pandas as pd

warnings.simplefilter("ignore")


def read(*texts, **how):
    try:
        return [str(day)[:10] for day in pd.to_datetime(pd.Series(texts), dayfirst=True, **how)]
    except ValueError as refused:
        return type(refused).__name__, "%Y-%d-%m" in str(refused)


def from_csv(*texts):
    file = io.StringIO("\n".join(["day", *texts]))
    days = pd.read_csv(file, parse_dates=["day"], dayfirst=True)["day"]
    return [str(day)[:10] for day in days], days.dtype.kind


iso, later = "2026-05-06", "2026-05-13"
seen = {
    "norwegian": read("06.05.2026"),
    "iso": read(iso),
    "slash": read("2026/05/06"),
    "moment": read("2026-05-06 10:00"),
    "alone": str(pd.to_datetime(iso, dayfirst=True))[:10],
    "with later": read(iso, later),
    "mixed": read(iso, later, format="mixed"),
    "told": read(iso, later, format="ISO8601"),
    "csv": from_csv(iso),
    "csv with later": from_csv(iso, later),
}
print(pd.__version__, seen)
assert seen["norwegian"] == ["2026-05-06"]
assert seen["iso"] == seen["slash"] == seen["moment"] == ["2026-06-05"] == [seen["alone"]]
assert seen["with later"] == ("ValueError", True)
assert seen["mixed"] == ["2026-05-06" if pd.__version__ == "2.3.3" else "2026-06-05", later]
assert seen["told"] == [iso, later]
assert seen["csv"] == (["2026-06-05"], "M")
assert seen["csv with later"][0] == [iso, later] and seen["csv with later"][1] != "M"
PY
for version in 3.1.1 2.3.3; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "pandas==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
