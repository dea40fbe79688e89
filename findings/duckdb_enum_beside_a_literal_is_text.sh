#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6 with pandas 3.1.1, from PyPI
# Question:  Answers are an enum, ('Lite', 'Middels', 'Høyt'), or a column of pandas' Categorical, which DuckDB reads as one. What is above 'Lite', and in what
#            order are `coalesce(answer, 'Lite')`, and `answer::varchar as answer` by `order by answer`?
# Guess:     In the enum's, as `order by answer`, `max`, `greatest` and `rank` are: a literal takes the type of what stands beside it, as a date's does.
# Behaviour: The enum takes that of the literal. Høyt is not above 'Lite' and nothing is between 'Middels' and 'Høyt', without an error; `coalesce`, `if`, `case`,
#            `greatest` and `union` with a literal are text for good, in a table that is made of them, too, so that max is Middels and 12_months comes before
#            6_months. `nullif` and a bare null keep the type, and so does a literal with its type, 'Lite'::answers, or one from a subquery.
# Seen:      above a literal Middels, above one of the type Høyt and Middels; max of coalesce: a literal Middels, of the type Høyt; union: Høyt, Lite, Middels
# Matters:   to whoever has codes with an order (how sure, how far, which round): one default for what is missing, and all later orders are the alphabet's.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb
import pandas as pd

ORDER = ["Lite", "Middels", "Høyt"]
connection = duckdb.connect()
connection.execute("create type answers as enum ('Lite', 'Middels', 'Høyt')")
connection.execute("create table typed as select unnest(['Høyt', 'Middels', 'Lite'])::answers as answer")
frame = pd.DataFrame({"answer": pd.Categorical(ORDER[::-1], categories=ORDER, ordered=True)})
connection.register("framed", frame)


def asked(sql):
    return [row[0] for row in connection.execute(sql).fetchall()]


for table in ("typed", "framed"):
    ordered = asked(f"select answer from {table} order by answer")
    highest = asked(f"select max(answer) from {table}")
    above = asked(f"select answer from {table} where answer > 'Lite'")
    above_typed = asked(f"select answer from {table} where answer > 'Lite'::answers")
    between = asked(f"select answer from {table} where answer between 'Middels' and 'Høyt'")
    filled = asked(f"select max(coalesce(answer, 'Lite')) from {table}")
    filled_typed = asked(f"select max(coalesce(answer, 'Lite'::answers)) from {table}")
    kept = asked(f"select max(nullif(answer, 'Lite')) from {table}")
    united = asked(f"select answer from {table} union select 'Lite' order by 1")
    renamed = asked(f"select answer::varchar as answer from {table} order by answer")
    print(duckdb.__version__, table, ordered, highest, above, above_typed, between)
    print(filled, filled_typed, kept, united, renamed)
    assert ordered == ORDER and highest == kept == filled_typed == ["Høyt"]
    assert above == ["Middels"] and sorted(above_typed) == ["Høyt", "Middels"] and not between
    assert filled == ["Middels"]
    assert united == renamed == ["Høyt", "Lite", "Middels"]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version" pandas==3.1.1
  "$folder/$version/bin/python" "$folder/look.py"
done
