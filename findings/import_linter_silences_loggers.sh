#!/usr/bin/env bash
# Version:   import-linter 2.17, from PyPI
# Question:  The contracts on imports are checked by `lint_imports()` within a test. Does it leave the process as it was?
# Guess:     Yes: it reads files and answers with a code.
# Behaviour: It sets up logging by a dictConfig that disables every logger there is already. In the same process nothing that was imported before
#            is logged any more: a test that expects a line fails, and one that expects a secret to stay out of the log passes whatever is logged.
# Seen:      before: "before" is logged; after: disabled True, nothing is logged
# Matters:   to whoever calls it within pytest: run it in a process of its own.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check import-linter==2.17
mkdir -p "$folder/project/house"
cd "$folder/project"
touch house/__init__.py house/upper.py house/lower.py
cat > pyproject.toml <<'TOML'
[tool.importlinter]
root_package = "house"

[[tool.importlinter.contracts]]
name = "the upper stands on the lower"
type = "layers"
layers = ["house.upper", "house.lower"]
TOML
cat > look.py <<'PY'
import io
import logging
import sys

sys.path.insert(0, ".")
written = io.StringIO()
logging.basicConfig(level="INFO", stream=written, format="%(message)s")
log = logging.getLogger("ours")
log.error("before")
from importlinter.cli import lint_imports  # noqa: E402

code = lint_imports(no_cache=True)
log.error("after")
print("code", code, "disabled", log.disabled, "logged", written.getvalue().split())
assert (code, log.disabled, written.getvalue().split()) == (0, True, ["before"])
PY
"$folder/venv/bin/python" look.py
