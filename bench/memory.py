"""The server's memory at a million activities: `python -m bench.memory [RERUNS]`.

After all five pages and 20 filter changes (target: 350 MB); then over thousands of reruns, most of
them to new states and by a new session each 50, with Streamlit's full collection after each run
off, as the app has it, and with `--collect` on.
"""

import sys
import time
from itertools import islice

import pages
import queries
from bench.common import LARGE, address, codes, cpu, data, database, load, memory, selections, var
from bench.session import Session
from tests.server import serve

RERUNS, EACH = 3000, 250
VISIT = 50  # reruns of one session


def main(reruns: int, collect: bool) -> None:
    connection = queries.opened(database(LARGE))
    chosen = selections(codes(connection), seed=3)
    connection.close()
    setting = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"} if collect else {}
    with serve(data(LARGE), var=var(LARGE), env=setting) as server:
        pid = server.process.pid
        print(f"started: {memory(pid):.0f} MB")
        session = Session(server.url)
        for page in pages.MENU:
            seen = session.run([], page)
            print(f"after {page}: {memory(pid):.0f} MB, {seen['errors'] or 'no error'}")
        for values in islice(chosen, 20):
            session.run(address(values), "overview")
        session.close()
        peak = memory(pid, "VmHWM")
        print(f"after 20 filter changes: {memory(pid):.0f} MB, peak {peak:.0f} MB", flush=True)
        began, used = time.perf_counter(), cpu(pid)
        for turn, values in enumerate(islice(chosen, reruns)):
            if turn % VISIT == 0:
                session = Session(server.url)
            session.run(address(values), pages.MENU[turn // VISIT % len(pages.MENU)])
            if turn % VISIT == VISIT - 1:
                session.close()
            if (turn + 1) % EACH == 0:
                each = 1000 * (cpu(pid) - used) / (turn + 1)
                wall = 1000 * (time.perf_counter() - began) / (turn + 1)
                print(
                    f"{turn + 1:6d} reruns: {memory(pid):.0f} MB"
                    f" ({each:.0f} ms CPU, {wall:.0f} ms wall each; {load()})",
                    flush=True,
                )


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:] if a.isdecimal()]
    main(numbers[0] if numbers else RERUNS, "--collect" in sys.argv)
