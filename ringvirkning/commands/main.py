"""`python -m ringvirkning`: which actions there are, and where each stands."""

import io
import sys
from collections.abc import Sequence
from types import ModuleType

import click

from ringvirkning import VERSION
from ringvirkning.child import take_limits

# As `--help` lists them, which imports none; what only pages ask for (`look`, `renew`) isn't there.
ACTIONS = {
    "check": "Tell what is to be done with files; nothing is published.",
    "publish": "Make files the current version.",
    "template": "Write a workbook to fill in.",
    "follow-up": "Write a workbook that asks a partner for what is missing.",
    "versions": "List what was published.",
    "changes": "Tell what a version changed.",
    "undo": "Make an earlier version current again.",
    "withdraw": "Take versions from everyone.",
    "site": "Write the page for everyone.",
    "deck": "Write a presentation as PowerPoint, PDF or HTML.",
    "report": "Write a page of paper, for the board or a partner.",
    "backup": "Copy what can't be made anew to a new folder.",
    "restore": "Copy a backup back.",
    "key": "Pass the key of the roundings on to another installation.",
    "audit": "List who did what, and when.",
}


class Actions(click.Group):
    """The module of an action is imported when it is asked for: a process is started for every
    upload, and need not wait for what draws slides."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [*ACTIONS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        found = vars(subject(name)).values()
        commands = (one for one in found if isinstance(one, click.Command))
        return next((command for command in commands if command.name == name), None)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Actions"):
            formatter.write_dl([*ACTIONS.items()])


def subject(action: str) -> ModuleType:
    match action:
        case "check" | "publish" | "look":
            from ringvirkning.commands import spreadsheets

            return spreadsheets
        case "template" | "follow-up":
            from ringvirkning.commands import workbooks

            return workbooks
        case "changes":
            from ringvirkning.commands import changes

            return changes
        case "site" | "deck" | "report":
            from ringvirkning.commands import exports

            return exports
        case "backup" | "restore" | "key" | "audit":
            from ringvirkning.commands import keeping

            return keeping
        case _:
            from ringvirkning.commands import history

            return history


@click.group(
    cls=Actions,
    subcommand_metavar="ACTION ...",
    options_metavar="",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when it is done, with 1 when something must be fixed or nothing could be "
    "done, and with 2 when a file can't be read or written, or the programme fails.",
)
@click.version_option(VERSION, prog_name="Ringvirkning", message="%(prog)s %(version)s")
def actions() -> None:
    """Check, publish and take back figures, and write them as files: what the pages do, and what
    whoever runs the server needs besides. `ACTION --help` tells more of each."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say, those of the process where none are given; the exit code."""
    take_limits()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    name = "python -m ringvirkning"
    try:
        return int(actions.main(arguments, prog_name=name, standalone_mode=False))
    except click.ClickException as refused:
        refused.show()
        return refused.exit_code
    except click.Abort:
        return 130  # as a shell says of Ctrl-C
