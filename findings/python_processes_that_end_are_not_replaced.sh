#!/usr/bin/env bash
# Version:   Python 3.11, concurrent.futures of its standard library
# Question:  Does `ProcessPoolExecutor(2, max_tasks_per_child=2)` do twelve tasks that are there from the start?
# Guess:     Yes: a process that has done two ends, and another begins in its place.
# Behaviour: None begins. Four tasks are done, eight wait for ever.
# Seen:      4 done, 8 wait
# Matters:   to whoever would give memory back that way: what is left is never written, and who waits for it waits for ever.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
cat > "$folder/look.py" <<'PY'
import os
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context

if __name__ == "__main__":
    pool = ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=2)
    done, waiting = wait([pool.submit(os.getpid) for _ in range(12)], timeout=20)
    print(f"{len(done)} done, {len(waiting)} wait", flush=True)
    os._exit((len(done), len(waiting)) != (4, 8))
PY
python3.11 -W ignore "$folder/look.py"
