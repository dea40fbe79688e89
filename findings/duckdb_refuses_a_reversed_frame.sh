#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 with pandas 3.1.1 and NumPy 2.4.6, PyArrow 26.0.1, from PyPI
# Question:  The newest rows first: is a frame that was turned round by df[::-1] read as any other that is registered?
# Guess:     Yes, every frame is: a slice is a frame.
# Behaviour: A reversed view of columns that NumPy holds (numbers, days, Int64 with its mask) is refused with "std::bad_cast", an error of no kind of
#            its own; text, which Arrow holds, and Arrow's numbers are read. Every second row (df[::2]), a sorted frame and a copy are read, too.
# Seen:      int64, float64, Int64, datetime64: std::bad_cast; string, int64[pyarrow]: read; [::2], sort_values, copy: read
# Matters:   to whoever shows the latest first and hands the frame on to DuckDB: .copy() after [::-1], or order by in the question.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0 pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1
cat > "$folder/look.py" <<'PY'
import duckdb
import pandas as pd


def outcome(frame):
    with duckdb.connect() as connection:
        try:
            connection.register("given", frame)
            found = [one for (one,) in connection.sql("select one from given").fetchall()]
        except duckdb.Error as error:
            return str(error)
    assert found == [*frame.one], found
    return "read"


COLUMNS = {
    "int64": pd.Series([1, 2, 3]),
    "float64": pd.Series([1.5, 2.5, 3.5]),
    "Int64": pd.Series([1, 2, 3], dtype="Int64"),
    "datetime64": pd.Series(pd.to_datetime(["2024-01-01", "2025-01-01", "2026-01-01"])),
    "string": pd.Series(["a", "b", "c"]),
    "int64[pyarrow]": pd.Series([1, 2, 3], dtype="int64[pyarrow]"),
}
whole = COLUMNS["int64"].to_frame("one")
seen = {name: outcome(column.to_frame("one")[::-1]) for name, column in COLUMNS.items()}
others = {
    "every second": outcome(whole[::2]),
    "sorted": outcome(whole.sort_values("one", ascending=False)),
    "copy": outcome(whole[::-1].copy()),
}
print(seen, others)
refused = {name for name, said in seen.items() if said == "std::bad_cast"}
assert refused == {"int64", "float64", "Int64", "datetime64"}, refused
assert {*others.values(), seen["string"], seen["int64[pyarrow]"]} == {"read"}
PY
"$folder/venv/bin/python" "$folder/look.py"
