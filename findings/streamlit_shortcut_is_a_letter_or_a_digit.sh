#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  Which keys may `st.button("Search", shortcut=…)` be pressed by?
# Guess:     Any that has a character: its error asks for "a single character", and "/" opens the search of many sites.
# Behaviour: Letters, "ø" among them, digits and named keys. "/", "?" and "." are refused, with a modifier, too, by the error that asks
#            for a single character. "C" and "R" are the framework's own, with a modifier, too.
# Seen:      K, 4, Enter, Ctrl+K, ø: taken; /, ?, ., Ctrl+/: "must include a single character"; R, Ctrl+R: "cannot use the keys"
# Matters:   to whoever wants a search opened by "/": it takes a script of one's own.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/look.py" <<'PY'
import logging

import streamlit as st
from streamlit.errors import StreamlitAPIException

logging.disable()
ASKED = ("K", "4", "Enter", "Ctrl+K", "ø", "/", "?", ".", "Ctrl+/", "R", "Ctrl+R")


def tried(keys):
    try:
        st.button(keys, shortcut=keys)
    except StreamlitAPIException as error:
        return "no character" if "must include a single character" in str(error) else "kept"
    return "taken"


seen = {keys: tried(keys) for keys in ASKED}
print(seen)
assert [keys for keys, said in seen.items() if said == "taken"] == ["K", "4", "Enter", "Ctrl+K", "ø"]
assert [keys for keys, said in seen.items() if said == "kept"] == ["R", "Ctrl+R"]
PY
cd "$folder" && "$folder/venv/bin/python" "$folder/look.py" 2>/dev/null
