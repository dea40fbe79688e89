#!/usr/bin/env bash
# Version:   pandera 0.35.0 with pandas 3.1.1 and Polars 2.1.0, from PyPI
# Question:  Agreements begin in a year and may have no end yet. Does `Check(lambda d: d.begins <= d.ends)`, whose `ignore_na` is True unless told otherwise, take an
#            agreement without an end? And does a column that is nullable and unique take two keys that are missing?
# Guess:     Both are taken, by pandas and by Polars: what isn't known is no failure to such a check, as in SQL, where a check that is null holds and nulls are no duplicates.
# Behaviour: The first by the kind of column: where pandas keeps years as Int64, and by Polars, it passes; as the float that pandas makes of such a column by itself, or of
#            days without time zone (NaT), it is refused, the row that has an end before its beginning beside it in the same way. Two missing keys are refused by both,
#            by pandas with a table of failures that has no row.
# Seen:      no end: Int64 passes, float refused (1 failure), days refused (1), polars passes; two keys missing: pandas refused (0 failures), polars refused (2)
# Matters:   to whoever holds files against a contract by it: the same file passes or not by how it was read. Write `(begins <= ends) | ends.isna()`.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "pandera[pandas,polars]==0.35.0" pandas==3.1.1 polars==2.1.0
cat > "$folder/look.py" <<'PY'
import pandas as pd
import pandera.pandas as of_pandas
import pandera.polars as of_polars
import polars as pl

YEARS = {"begins": [2021, 2022], "ends": [2022, None]}
KEYS = {"key": ["a", None, None]}


def failures(schema, frame):
    """None where it passes, else how many failures are told."""
    try:
        schema.validate(frame, lazy=True)
    except (of_pandas.errors.SchemaErrors, of_polars.errors.SchemaErrors) as refused:
        return len(refused.failure_cases)
    return None


in_order = of_pandas.DataFrameSchema(checks=of_pandas.Check(lambda d: d.begins <= d.ends))
floats = pd.DataFrame(YEARS)
integers = floats.astype("Int64")
days = floats.apply(lambda years: pd.to_datetime(years.map("{:.0f}-01-01".format), errors="coerce"))
backwards = pd.DataFrame({"begins": [2022], "ends": [2021]}).astype("Int64")
by_polars = of_polars.DataFrameSchema(
    checks=of_polars.Check(lambda d: d.lazyframe.select(pl.col("begins") <= pl.col("ends")))
)
no_end = {
    "Int64": failures(in_order, integers),
    "float": failures(in_order, floats),
    "days": failures(in_order, days),
    "polars": failures(by_polars, pl.DataFrame(YEARS)),
    "guarded": failures(
        of_pandas.DataFrameSchema(checks=of_pandas.Check(lambda d: (d.begins <= d.ends) | d.ends.isna())), floats
    ),
}
unique = {"nullable": True, "unique": True}
no_keys = {
    "pandas": failures(of_pandas.DataFrameSchema({"key": of_pandas.Column(str, **unique)}), pd.DataFrame(KEYS)),
    "polars": failures(of_polars.DataFrameSchema({"key": of_polars.Column(pl.String, **unique)}), pl.DataFrame(KEYS)),
}
print("no end", no_end, "no keys", no_keys, "backwards", failures(in_order, backwards), dict(days.dtypes))
assert no_end == {"Int64": None, "float": 1, "days": 1, "polars": None, "guarded": None}
assert no_keys == {"pandas": 0, "polars": 2}
assert failures(in_order, backwards)
PY
"$folder/venv/bin/python" -W ignore "$folder/look.py"
