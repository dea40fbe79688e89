#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  What do many widgets with keys cost when a page runs again: do twice as many cost twice as much?
# Guess:     Yes: each looks up its own value.
# Behaviour: Checkboxes do. Each selectbox and radio builds a copy of the whole session state (`filtered_state`) to see whether its key is in it:
#            the values read grow with the square. 200 selectboxes read 40 000 values in each run, a second of a page's time, and the browser
#            draws for two more.
# Seen:      {'checkbox': [205, 405, 805], 'radio': [3055, 11105, 42205], 'selectbox': [3055, 11105, 42205]}
# Matters:   to whoever draws a widget for each column of an upload: draw those of one sheet, when they are asked for.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/page.py" <<'PY'
import streamlit as st

kind, number = st.session_state.get("asked", ("checkbox", 1))
for place in range(number):
    if kind == "checkbox":
        st.checkbox(f"{place}", key=f"w{place}")
    else:
        getattr(st, kind)(f"{place}", ["a", "b"], key=f"w{place}")
PY
cat > "$folder/look.py" <<'PY'
import logging

from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

logging.disable()
read, before = [0], SessionState.__getitem__


def counted(state, key):
    read[0] += 1
    return before(state, key)


def values_read(kind, number):
    """In the second run, when all widgets are known."""
    page = AppTest.from_file("page.py")
    page.session_state["asked"] = (kind, number)
    page.run()
    read[0] = 0
    SessionState.__getitem__ = counted
    page.run()
    SessionState.__getitem__ = before
    return read[0]


seen = {kind: [values_read(kind, n) for n in (50, 100, 200)] for kind in ("checkbox", "radio", "selectbox")}
print(seen)
assert seen["checkbox"][2] < 3 * seen["checkbox"][1]
assert seen["selectbox"][2] > 3 * seen["selectbox"][1] and seen["selectbox"][2] > 20_000
PY
cd "$folder" && "$folder/venv/bin/python" "$folder/look.py" 2>/dev/null
