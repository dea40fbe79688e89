"""A process that publishes, begun by one that has imported what that takes: most of two seconds
otherwise, a dozen times."""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ringvirkning.intake import publishing
from ringvirkning.intake.protection import protect  # noqa: F401
from ringvirkning.store import versions

PATIENCE = 120


@dataclass
class Publisher:
    """One that is ready, and publishes when it is told to."""

    process: Any
    told: Connection

    def go(self) -> None:
        self.told.send("go")

    def ended(self) -> int | None:
        """How: 0 where all is published, 1 where something was found, less than 0 by a signal."""
        self.process.join(PATIENCE)
        return self.process.exitcode


def publisher(folder: Path, var: Path, stage: str = "") -> Publisher:
    """It ends by itself, as if it were killed, once it has come to a stage that is named."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    ours, its = context.Pipe()
    process = context.Process(target=publish_when_told, args=(its, folder, var, stage))
    process.start()
    its.close()
    assert ours.recv() == "ready"
    return Publisher(process, ours)


def publish_when_told(told: Connection, folder: Path, var: Path, stage: str) -> None:
    build, point_at = publishing.build, versions.point_at

    def built_then_die(*given: Any) -> None:
        build(*given)
        die()

    def point_half(version: versions.Version, var: Path) -> None:
        with (var / versions.HISTORY).open("ab") as file:
            file.write(b'\n{"name": "' + version.name.encode())
        die()

    def point_then_die(version: versions.Version, var: Path) -> None:
        point_at(version, var)
        die()

    stages: dict[str, tuple[Any, str, Callable[..., None]]] = {
        "built": (publishing, "build", built_then_die),
        "renamed": (versions, "point_at", die),
        "half a line": (versions, "point_at", point_half),
        "a line": (versions, "point_at", point_then_die),
    }
    if stage:
        setattr(*stages[stage])
    told.send("ready")
    told.recv()
    sys.exit(1 if publishing.publish(folder, var) else 0)


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
