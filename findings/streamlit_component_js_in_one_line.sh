#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  `st.components.v2.component(name, js="…")` takes JavaScript as a text. When is the text taken for a file's path?
# Guess:     When such a file is there, or the text ends in .js.
# Behaviour: When it is one line with a slash, bracket, star or question mark in it, whatever else it says: a comment is enough. The
#            error speaks of pyproject.toml and asset_dir, and not of a path. With a second line it is JavaScript.
# Seen:      plain: taken; comment, list, optional: "must be declared in pyproject.toml with asset_dir"; two lines: taken
# Matters:   to whoever writes a small component in place, or gives it minified, which is one line.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/look.py" <<'PY'
import logging

import streamlit as st
from streamlit.errors import StreamlitAPIException

logging.disable()
ASKED = {
    "plain": "export default () => 1",
    "comment": "export default () => 1 // one",
    "list": "export default () => [1]",
    "optional": "export default (given) => given?.key",
    "two lines": "// one\nexport default () => [1]",
}


def tried(name, js):
    try:
        st.components.v2.component(name.replace(" ", "_"), js=js)
    except StreamlitAPIException as error:
        return "path" if "pyproject.toml with asset_dir" in str(error) else str(error)
    return "taken"


seen = {name: tried(name, js) for name, js in ASKED.items()}
print(seen)
assert seen == {
    "plain": "taken", "comment": "path", "list": "path", "optional": "path", "two lines": "taken"
}
PY
cd "$folder" && "$folder/venv/bin/python" "$folder/look.py" 2>/dev/null
