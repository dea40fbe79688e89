#!/usr/bin/env bash
# Version:   distributed 2026.8.0, from PyPI
# Question:  A function of a package of ours is handed to workers that have the package. Must the scheduler have it, too?
# Guess:     No: it hands on what it is given, and the workers do it.
# Behaviour: It reads the functions itself. Where it can't import their package, each task fails with a RuntimeError about environments that
#            differ, whose cause is the ModuleNotFoundError; no worker is asked. With the package in its PYTHONPATH the same task is done.
# Seen:      scheduler without the package: RuntimeError, caused by ModuleNotFoundError; with it: done
# Matters:   to whoever writes how a cluster is started: the scheduler is started where the workers are, with the same path.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check distributed==2026.8.0
mkdir "$folder/package"
printf 'def told():\n    return "done"\n' > "$folder/package/ours.py"
cat > "$folder/look.py" <<'PY'
import os
import socket
import subprocess
import sys

sys.path.insert(0, sys.argv[1])
import ours
from distributed import Client


def asked(path_of_scheduler):
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    known = {**os.environ, "PYTHONPATH": sys.argv[1]}
    dask = [os.path.join(os.path.dirname(sys.executable), "dask")]
    port = address.rpartition(":")[2]
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]
    worker = [*dask, "worker", address, "--nthreads", "1", "--no-dashboard"]
    started = [
        subprocess.Popen(scheduler, env={**os.environ, "PYTHONPATH": path_of_scheduler}, **quiet),
        subprocess.Popen(worker, env=known, **quiet),
    ]
    try:
        with Client(address, timeout=60) as client:
            client.wait_for_workers(1, timeout=60)
            try:
                return client.submit(ours.told).result(timeout=60)
            except Exception as error:
                return f"{type(error).__name__}, caused by {type(error.__cause__).__name__}"
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


seen = asked(""), asked(sys.argv[1])
print(f"scheduler without the package: {seen[0]}; with it: {seen[1]}")
sys.exit(seen != ("RuntimeError, caused by ModuleNotFoundError", "done"))
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder/package"
