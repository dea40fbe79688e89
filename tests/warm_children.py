"""A process that has imported what each child of ours imports (ringvirkning/child.py), and is one
of them whenever one is begun: that takes most of a second otherwise, a few hundred times.

Each has its own process, limits, files and environment, as it has without: tests/warm asks for it.
It ends with whoever has begun it.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ringvirkning import ROOT

WARM = Path(__file__).with_name("warm")


@contextmanager
def warm_children() -> Iterator[dict[str, str]]:
    """What the environment says, where children that are begun meanwhile are its."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    with tempfile.TemporaryDirectory() as place:
        at = os.path.join(place, "warm")
        command = [sys.executable, "-m", "tests.warm_children", at]
        paths = [str(WARM), *filter(None, [os.environ.get("PYTHONPATH")])]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE) as process:
            yield {"WARM_AT": at, "WARM_FOR": str(ROOT), "PYTHONPATH": os.pathsep.join(paths)}
            process.communicate()


def answer_all(at: str) -> None:
    """Until whoever has begun this process closes its input, or ends."""
    from ringvirkning.commands.main import main
    from ringvirkning.intake import protect, uploads  # noqa: F401

    gc.freeze()  # forked processes share what nobody looks through
    with socket.socket(socket.AF_UNIX) as asked:
        asked.bind(at)
        asked.listen()
        while sys.stdin not in select.select([asked, sys.stdin], [], [])[0]:
            connection, _ = asked.accept()
            if not os.fork():
                asked.close()
                be_child(connection, main)
            connection.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass
    os._exit(0)


def be_child(asked: socket.socket, main: Callable[[], int]) -> None:
    """What `python -m ringvirkning` does, with what was given to whoever asked."""
    length, files, *_ = socket.recv_fds(asked, 4, 3)
    arguments, environment = json.loads(asked.makefile("rb").read(int.from_bytes(length)))
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["ringvirkning", *arguments]
    threading.Thread(target=die_with, args=[asked], daemon=True).start()
    code = 1
    try:
        code = main()
    except SystemExit:  # nobody asks any more
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asked.sendall(bytes([code]))
        os._exit(code)


def die_with(asked: socket.socket) -> None:
    """When whoever asked is killed or ends, what it asked for is, too."""
    asked.recv(1)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    answer_all(sys.argv[1])
