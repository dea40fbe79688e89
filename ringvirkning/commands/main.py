"""`python -m ringvirkning`: all actions, and how they end.

What takes long to import is imported by the action that needs it: a process is started for every
upload, and need not wait for what draws slides.
"""

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ringvirkning import VERSION
from ringvirkning.child import CHILD, collect_rarely, take_order
from ringvirkning.commands import (
    exports,
    history,
    keeping,
    letters,
    parts,
    spreadsheets,
    workbooks,
)


@click.group(
    commands=[
        command
        for subject in (spreadsheets, workbooks, parts, history, exports, letters, keeping)
        for command in vars(subject).values()
        if isinstance(command, click.Command)
    ],
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="",
    subcommand_metavar="ACTION ...",
    epilog="Ends with 0 when it is done, with 1 when something must be fixed or nothing could be "
    "done, and with 2 when a file can't be read or written, or the programme fails.",
)
@click.version_option(VERSION, prog_name="Ringvirkning", message="%(prog)s %(version)s")
def actions() -> None:
    """Check, publish and take back figures, and write them as files: what the pages do, and what
    whoever runs the server needs besides. `ACTION --help` tells more of each."""


def read_ahead(var: Path) -> None:
    """In a child that is begun before it is needed: read what an upload to a folder of versions
    will need, while nobody waits for it."""
    from ringvirkning.intake.protection import protect  # noqa: F401
    from ringvirkning.intake.uploads import looking

    looking.get_ready(var)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process where none are given; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    if arguments is None:
        collect_rarely()
    name, given = "python -m ringvirkning", sys.argv[1:] if arguments is None else arguments
    if [*given[:1]] == [CHILD]:
        for var in given[1:]:
            read_ahead(Path(var))
        given = take_order()
    try:
        return int(actions.main(given, prog_name=name, standalone_mode=False))
    except click.ClickException as refused:
        refused.show()
        return refused.exit_code
    except click.Abort:
        return 130  # as a shell says of Ctrl-C
