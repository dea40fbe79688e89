#!/usr/bin/env bash
# Version:   DuckDB 2.0.0, from PyPI
# Question:  Can grouped rows be ordered by a macro that looks their place up in another table, however the groups are written?
# Guess:     Yes: "group by all" groups by what stands in the select, as "group by k" does.
# Behaviour: With "group by k" it works. With "group by all" the same order is refused: the macro's subquery refers to the column, which "must appear
#            in the GROUP BY clause". The subquery written out behaves as the macro does; an outer select that orders works.
# Seen:      group by k: b, a; group by all: BinderException, by macro and written out; ordered outside: b, a
# Matters:   to whoever keeps the order of codes in a table and orders grouped rows by it: name the groups, or order in a select around them.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.0
cat > "$folder/look.py" <<'PY'
import duckdb

connection = duckdb.connect()
connection.execute("""
    create table given as from (values ('a'), ('b')) as v (k);
    create table places as from (values ('a', 2), ('b', 1)) as v (code, n);
    create macro place(x) as (select n from places where code = x);
""")


def outcome(question):
    try:
        return ", ".join(row[0] for row in connection.sql(question).fetchall())
    except duckdb.Error as error:
        assert "GROUP BY" in str(error), error
        return type(error).__name__


seen = {
    "group by k": outcome("select k, count(*) from given group by k order by place(k)"),
    "group by all": outcome("select k, count(*) from given group by all order by place(k)"),
    "written out": outcome(
        "select k, count(*) from given group by all"
        " order by (select n from places where code = k)"
    ),
    "ordered outside": outcome(
        "select * from (select k, count(*) from given group by all) order by place(k)"
    ),
}
print(seen)
assert seen == {
    "group by k": "b, a",
    "group by all": "BinderException",
    "written out": "BinderException",
    "ordered outside": "b, a",
}
PY
"$folder/venv/bin/python" "$folder/look.py"
