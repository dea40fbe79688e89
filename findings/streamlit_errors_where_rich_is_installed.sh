#!/usr/bin/env bash
# Version:   Streamlit 1.67.0 with rich 15.0.0, from PyPI
# Question:  An error that a page does not catch is logged. Does a package that is installed beside, and never imported by us, change
#            how?
# Guess:     No; and a setting would, given in config.toml or in the environment alike.
# Behaviour: Where rich can be imported, the error no longer comes to logging: it is printed, message and all, past every handler and
#            filter. logger.enableRich is then true by itself; false in config.toml gives logging back.
# Seen:      without rich: logged; with rich: printed; with rich and enableRich = false in config.toml: logged
# Matters:   to whoever ships or filters the log of a Streamlit server: a tool for development brings rich along.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check streamlit==1.67.0
cat > "$folder/look.py" <<'PY'
import logging
import sys

from streamlit.testing.v1 import AppTest


class Kept(logging.Handler):
    def emit(self, record):
        told.append(record)


told = []
app = AppTest.from_string("raise ValueError('a secret')")
for name in list(logging.root.manager.loggerDict):
    if name.startswith("streamlit"):
        logging.getLogger(name).handlers = [Kept()]
app.run()
print("logged" if any(record.exc_info for record in told) else "not logged", file=sys.stderr)
PY
cd "$folder"
look() { "$folder/venv/bin/python" "$folder/look.py" 2>&1 >/dev/null | tail -1; }
seen="without rich: $(look)"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rich==15.0.0
seen="$seen; with rich: $(look)"
mkdir .streamlit && printf '[logger]\nenableRich = false\n' > .streamlit/config.toml
seen="$seen; switched off: $(look)"
echo "$seen"
test "$seen" = "without rich: logged; with rich: not logged; switched off: logged"
