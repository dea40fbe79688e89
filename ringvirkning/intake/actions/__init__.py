"""What the command does: a function for each action, from arguments to exit code."""

import argparse
import json
import sys
import time
from pathlib import Path

from ringvirkning.intake import anew
from ringvirkning.intake.publishing import Progress
from ringvirkning.store import versions
from ringvirkning.texts import words


def told_progress(asked: argparse.Namespace) -> Progress:
    """Say what a long run is at: on a terminal, or to whoever reads JSON line by line."""
    w, began = words(asked.lang), time.monotonic()

    def tell(stage: str, part: float) -> None:
        if asked.progress:
            print(json.dumps({"stage": stage, "part": part}), flush=True)
        elif sys.stderr.isatty() and time.monotonic() - began > 1:
            end = "\n" if part == 1 else ""
            print(f"\r{w(f'version.stage.{stage}')} {w.percent(part)}", end=end, file=sys.stderr)

    return tell


def exact(asked: argparse.Namespace) -> Path | None:
    """The exact database of the current version, ready to be asked; None where there is none."""
    now = versions.current(asked.var)
    if now is None or anew.make_ready(now, asked.var):
        return None
    return now.exact(asked.var)
