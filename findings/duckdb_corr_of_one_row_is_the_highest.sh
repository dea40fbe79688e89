#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  Which groups go together most: `select place, corr(x, y) … group by place having corr(x, y) > 0.5 order by 2 desc`. What of a place with one
#            row, and of one whose y is always the same?
# Guess:     No row of them: corr is null there, as in PostgreSQL and as `stddev` of one row is, so that `> 0.5` leaves them out.
# Behaviour: It is NaN, which is not null, and greater than any number: both places pass, and stand first. `coalesce` doesn't mend it, `greatest` and
#            `max` give NaN. regr_r2 of the same is null for one row, and 1.0 where y never changes.
# Seen:      one row: corr nan, r2 None; flat: corr nan, r2 1.0; b: corr 0.866, r2 0.75; above 0.5, highest first: flat and one row, b
# Matters:   to whoever ranks or filters relations: the places of which nothing is known lead the list. nullif(corr(x, y), 'nan').
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import math
import sys

import duckdb

GIVEN = """(values ('flat', 1, 1), ('flat', 2, 1), ('flat', 3, 1), ('b', 1, 1), ('b', 2, 3), ('b', 3, 3), ('one row', 1, 2))
    as t(place, x, y)"""


def asked(more, of="corr(x, y), regr_r2(y, x)"):
    return duckdb.sql(f"select place, {of} from {GIVEN} group by place {more}").fetchall()


seen = {place: (corr, r2) for place, corr, r2 in asked("order by place")}
above = [place for place, *_ in asked("having corr(x, y) > 0.5 order by 2 desc, place")]
mended = [place for place, *_ in asked("having corr > 0.5", "nullif(corr(x, y), 'nan') as corr")]
print(seen, "above 0.5:", above, "without NaN:", mended)
as_told = (
    math.isnan(seen["flat"][0])
    and math.isnan(seen["one row"][0])
    and (seen["flat"][1], seen["one row"][1]) == (1, None)
    and [round(number, 3) for number in seen["b"]] == [0.866, 0.75]
)
sys.exit(not as_told or above != ["flat", "one row", "b"] or mended != ["b"])
PY
for version in 1.5.6 2.0.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check duckdb==$version
    echo "DuckDB $version" && "$folder/$version/bin/python" "$folder/look.py"
done
