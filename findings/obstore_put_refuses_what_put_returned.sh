#!/usr/bin/env bash
# Version:   obstore 0.12.1, with moto 5.2.5 as S3, from PyPI
# Question:  Two write one object, each only where nobody has written since it looked: `first = put(store, …)`, then `put(store, …, mode=first)`, which
#            takes an UpdateVersion, `e_tag` and `version`, each a text or None by its type. Does it, of S3, of memory and of a folder?
# Guess:     Yes: what put returned is what the next asks for; the one that is late gets a PreconditionError.
# Behaviour: None of them takes it: a store without versions returns `version: None`, and None "is not an instance of 'str'", a TypeError. Without that
#            entry S3 and memory take it, and refuse the late one. A folder knows no such writing: NotImplementedError, though it gives e_tags, too.
#            mode="create" works with all three.
# Seen:      s3, memory: as returned TypeError, without None taken, late PreconditionError; folder: TypeError, NotImplementedError twice
# Matters:   to whoever lets several publish to one place: what is tried in a folder is no trial of S3. Drop what is None.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check obstore==0.12.1 "moto[s3,server]==5.2.5"
cat > "$folder/look.py" <<'PY'
import logging
import sys
from urllib.request import Request, urlopen

import obstore
from moto.server import ThreadedMotoServer
from obstore.store import LocalStore, MemoryStore, S3Store

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = "http://{}:{}".format(*server.get_host_and_port())
urlopen(Request(f"{endpoint}/bucket", method="PUT")).close()
s3 = S3Store(
    "bucket", endpoint=endpoint, access_key_id="a", secret_access_key="b", region="us-east-1",
    client_options={"allow_http": True}, retry_config={"max_retries": 0},
)  # fmt: skip


def outcome(store, mode):
    try:
        obstore.put(store, "a", b"2", mode=mode)
    except Exception as error:
        return type(error).__name__
    return "taken"


seen = {}
for name, store in {"s3": s3, "memory": MemoryStore(), "folder": LocalStore(sys.argv[1])}.items():
    first = obstore.put(store, "a", b"1", mode="create")
    assert outcome(store, "create") == "AlreadyExistsError"
    assert first["e_tag"] and first["version"] is None, first
    told = {key: value for key, value in first.items() if value is not None}
    seen[name] = [outcome(store, first), outcome(store, told), outcome(store, told)]
server.stop()
print(seen)
as_s3 = ["TypeError", "taken", "PreconditionError"]
sys.exit(seen != {"s3": as_s3, "memory": as_s3, "folder": ["TypeError", *["NotImplementedError"] * 2]})
PY
mkdir "$folder/store"
"$folder/venv/bin/python" "$folder/look.py" "$folder/store"
