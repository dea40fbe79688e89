#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  Does a component (st.components.v2) that is given a dictionary of lists, and nothing that has to do with frames, load pandas?
# Guess:     No: Streamlit loads pandas where it is needed.
# Behaviour: Each value of the dictionary that is a list, a dictionary or an object is asked whether it is like a frame, and for that pandas
#            and pyarrow are loaded, by the first page that is shown. What is no dictionary, such as a list with the dictionary in it, is sent as it is.
# Seen:      the libraries that are loaded: {"rows": [1]} pandas and pyarrow, [{"rows": [1]}] none; some 70 MB.
# Matters:   to whoever has components of their own and a server with little memory.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/page.py" <<'PY'
import os

import streamlit as st

rows = {"rows": [1]}
shown = st.components.v2.component("shown", js="export default () => {}\n")
shown(data=rows if os.environ["GIVEN"] == "dictionary" else [rows])
PY
cat > "$folder/look.py" <<'PY'
import os
import sys

from streamlit.testing.v1 import AppTest

page = AppTest.from_file("page.py", default_timeout=60).run()
assert not page.exception, page.exception
loaded = sorted({"pandas", "pyarrow"} & sys.modules.keys())
print(os.environ["GIVEN"], loaded)
assert loaded == (["pandas", "pyarrow"] if os.environ["GIVEN"] == "dictionary" else [])
PY
cd "$folder"
for given in dictionary list; do
    GIVEN=$given "$folder/venv/bin/python" look.py 2> /dev/null
done
