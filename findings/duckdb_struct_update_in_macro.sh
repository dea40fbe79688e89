#!/usr/bin/env bash
# Version:   DuckDB 2.0.0 and 1.5.6, from PyPI
# Question:  Can a macro change one field of a struct that it is given, by struct_update?
# Guess:     Yes: a macro is text put in the place of its call, so the struct's type is known when it is used.
# Behaviour: No. The body is bound when the macro is created, where the parameter has no type yet, and struct_update wants a
#            STRUCT at that moment. Its sibling struct_insert is accepted by 2.0.0 and refused by 1.5.6, so that a macro
#            with it works on the newer only. A struct written out field by field is accepted by both.
# Seen:      2.0.0: update refused, insert [5, 1, 9], written out [5, 0]; 1.5.6: update refused, insert refused, written out [5, 0]
# Matters:   to whoever carries a number with its bounds as a struct: write the struct out, also to be able to go back.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import duckdb

NUMBER = "{'value': 5, 'low': 1}"
BODIES = {
    "struct_update": "struct_update(n, low := 0)",
    "struct_insert": "struct_insert(n, high := 9)",
    "written out": "{'value': n['value'], 'low': 0}",
}


def tried(body):
    con = duckdb.connect()
    try:
        con.execute(f"create macro f(n) as {body}")
    except duckdb.Error as error:
        assert "must be a STRUCT" in str(error), error
        return "refused when created"
    return list(con.execute(f"select f({NUMBER})").fetchone()[0].values())


seen = {name: tried(body) for name, body in BODIES.items()}
print(duckdb.__version__, seen)
assert seen["struct_update"] == "refused when created"
assert seen["struct_insert"] == ([5, 1, 9] if duckdb.__version__ == "2.0.0" else "refused when created")
assert seen["written out"] == [5, 0]
PY
for version in 2.0.0 1.5.6; do
  python3 -m venv "$folder/$version"
  "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "duckdb==$version"
  "$folder/$version/bin/python" "$folder/look.py"
done
