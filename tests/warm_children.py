"""A process that has imported what each child of ours imports (ringvirkning/child.py), and is one
of them whenever one is begun: that takes most of a second otherwise, a few hundred times. So it is
a server (tests/server.py), a few dozen times.

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ringvirkning import ROOT

WARM = Path(__file__).with_name("warm")
SERVER = "streamlit"  # the first argument of what is no child


@contextmanager
def warm_children() -> Iterator[dict[str, str]]:
    """What the environment says, where children that are begun meanwhile are its."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}
    with tempfile.TemporaryDirectory() as place:
        at = os.path.join(place, "warm")
        # Who asks before it is ready waits for it.
        with socket.socket(socket.AF_UNIX) as asked:
            asked.bind(at)
            asked.listen()
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.warm_children", f"{asked.fileno()}"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                pass_fds=[asked.fileno()],
            )
        paths = [str(WARM), *filter(None, [os.environ.get("PYTHONPATH")])]
        with process:
            yield {"WARM_AT": at, "WARM_FOR": str(ROOT), "PYTHONPATH": os.pathsep.join(paths)}
            process.communicate()


class Forked:
    """A server that the process of `environment` is asked for: what is used of a `Popen`."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], output: IO[bytes]
    ) -> None:
        self.returncode: int | None = None
        self._args = arguments
        self._asked = socket.socket(socket.AF_UNIX)
        self._asked.connect(environment["WARM_AT"])
        given = json.dumps([[SERVER, *arguments], dict(environment)]).encode()
        with open(os.devnull, "rb") as nothing:
            files = [nothing.fileno(), output.fileno(), output.fileno()]
            socket.send_fds(self._asked, [len(given).to_bytes(4)], files)
        self._asked.sendall(given)
        self.pid = int.from_bytes(self._asked.recv(4))

    def wait(self, timeout: float | None = None) -> int:
        """How it ends, as `Popen` says it; `subprocess.TimeoutExpired` where it does not."""
        if self.returncode is None:
            if not select.select([self._asked], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self._args, timeout or 0)
            code = self._asked.recv(1)
            self.returncode = code[0] if code else -signal.SIGKILL
            self._asked.close()
        return self.returncode

    def poll(self) -> int | None:
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def send_signal(self, signal: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def answer_all(asked: socket.socket) -> None:
    """Until whoever has begun this process closes its input, or ends."""
    from ringvirkning.commands.main import main
    from ringvirkning.intake.protection import protect  # noqa: F401
    from ringvirkning.intake.uploads import looking

    programs: dict[str, Callable[[], int]] = {}
    looking.read_words()
    gc.freeze()  # forked processes share what nobody looks through
    with asked:
        while sys.stdin not in select.select([asked, sys.stdin], [], [])[0]:
            connection, _ = asked.accept()
            length, files, *_ = socket.recv_fds(connection, 4, 3)
            with connection.makefile("rb") as given:
                arguments, environment = json.loads(given.read(int.from_bytes(length)))
            if arguments[0] == SERVER and SERVER not in programs:
                programs[SERVER] = streamlits_main()
            if not os.fork():
                asked.close()
                be_child(
                    connection, files, arguments, environment, programs.get(arguments[0], main)
                )
            for file in files:
                os.close(file)
            connection.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG) != (0, 0):
                    pass
    os._exit(0)


def streamlits_main() -> Callable[[], int]:
    """What `streamlit` runs, and what else of others' a server imports. Nothing of our own that it
    imports reads its settings here."""
    import jinja2  # noqa: F401
    import starlette.routing  # noqa: F401
    import streamlit.web.bootstrap  # noqa: F401
    import uvicorn  # noqa: F401
    import websockets.http11  # noqa: F401
    from streamlit.web.cli import main

    gc.freeze()
    return main


def be_child(
    asked: socket.socket,
    files: Sequence[int],
    arguments: list[str],
    environment: Mapping[str, str],
    main: Callable[[], int],
) -> None:
    """What `python -m` does, with what was given to whoever asked."""
    if arguments[0] == SERVER:
        os.setsid()
        asked.sendall(os.getpid().to_bytes(4))
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    if os.environ.get("NOTHING_AHEAD"):
        make_nothing_ahead()
    threading.Thread(target=die_with, args=[asked], daemon=True).start()
    code = 1
    try:
        code = main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        asked.sendall(bytes([code]))
        os._exit(code)


def make_nothing_ahead() -> None:
    """What is read before it is asked for, and built before somebody publishes it, is half of what
    a child does; where nobody does, it is for nothing (`nothing_ahead` in tests/conftest.py)."""
    from ringvirkning.commands import main as commands
    from ringvirkning.intake import publishing

    setattr(commands, "read_ahead", lambda var: None)  # noqa: B010
    setattr(publishing, "build_ahead", lambda *_: None)  # noqa: B010


def die_with(asked: socket.socket) -> None:
    """When whoever asked is killed or ends, what it asked for is, too."""
    asked.recv(1)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    answer_all(socket.socket(fileno=int(sys.argv[1])))
