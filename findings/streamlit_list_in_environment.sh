#!/usr/bin/env bash
# Version:   Streamlit 1.67.0, from PyPI
# Question:  How is a setting that is a list (server.folderWatchList) written in the environment?
# Guess:     With commas, or as the list that stands in config.toml.
# Behaviour: With blanks. A comma belongs to the entry, and so do brackets and quotes: one entry that means nothing, without
#            a word about it. A folder with a blank in its name can't be said at all.
# Seen:      'one,two' 1 entry, '["one", "two"]' 2 entries '["one",' and '"two"]', 'one two' the two meant
# Matters:   to whoever sets up Streamlit in a container or a unit, by the environment alone.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/look.py" <<'PY'
import os
import re
import subprocess
import sys
import tomllib

ASKED = ("one,two", '["one", "two"]', "one two")


def understood(written):
    command = [sys.executable, "-m", "streamlit", "config", "show"]
    environment = {**os.environ, "STREAMLIT_SERVER_FOLDER_WATCH_LIST": written}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    (entries,) = re.findall(r"^folderWatchList = \[.*?^\]", shown.stdout, re.MULTILINE | re.DOTALL)
    return tomllib.loads(entries)["folderWatchList"]


seen = [understood(written) for written in ASKED]
for written, entries in zip(ASKED, seen):
    print(written, "->", entries)
assert seen == [["one,two"], ['["one",', '"two"]'], ["one", "two"]]
PY
cd "$folder" && "$folder/venv/bin/python" "$folder/look.py"
