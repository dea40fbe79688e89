#!/usr/bin/env bash
# Version:   obstore 0.12.1, fsspec 2026.9.0, from PyPI
# Question:  A program reads files by fsspec, of `s3://` by obstore. Which exceptions tell that a file is not there, and that nobody answers?
# Guess:     FileNotFoundError and ConnectionRefusedError, both an OSError: fsspec's users catch OSError, whatever the file system.
# Behaviour: A file that is not there is a FileNotFoundError. A refused connection is obstore's GenericError, whose only base is its own
#            BaseError: no OSError. Who catches OSError ends with a traceback. Its text is of many lines, the first of which says what.
# Seen:      local: FileNotFoundError, an OSError: True; refused: GenericError, an OSError: False
# Matters:   to whoever tells people that a place can't be reached: catch `obstore.exceptions.BaseError` beside OSError.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check obstore==0.12.1 fsspec==2026.9.0
cat > "$folder/look.py" <<'PY'
import socket
import sys

from fsspec.core import url_to_fs
from obstore.fsspec import register

register("s3")
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
refusing = {
    "endpoint": f"http://127.0.0.1:{port}",
    "access_key_id": "a",
    "secret_access_key": "b",
    "region": "us-east-1",
    "client_options": {"allow_http": True},
    "retry_config": {"max_retries": 0},
}
seen = {}
for name, (place, options) in {
    "local": ("/nowhere/at/all", {}),
    "refused": ("s3://bucket/file", refusing),
}.items():
    fs, path = url_to_fs(place, **options)
    try:
        fs.cat_file(path)
    except Exception as error:
        seen[name] = (type(error).__name__, isinstance(error, OSError))
print("; ".join(f"{name}: {kind}, an OSError: {is_os}" for name, (kind, is_os) in seen.items()))
sys.exit(seen != {"local": ("FileNotFoundError", True), "refused": ("GenericError", False)})
PY
"$folder/venv/bin/python" "$folder/look.py"
