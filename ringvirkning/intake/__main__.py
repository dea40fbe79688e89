"""`python -m ringvirkning.intake check PATH …` says what is to be done with a folder or with
spreadsheets, and `publish PATH …` makes them the current version.

Exit 0 when nothing must be fixed, 1 when something must or nothing could be done, 2 when a file
can't be read or written or the program fails. With --json also what was found, on the output: of
`publish` a list of findings, of `check` of groups of them.
"""

import argparse
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from ringvirkning.child import is_child, take_limits
from ringvirkning.intake.actions import history, spreadsheets, workbooks
from ringvirkning.intake.personal import personal
from ringvirkning.store import storage
from ringvirkning.texts import LANGUAGES, finding_words, words

ARGUMENTS: dict[str, dict[str, Any]] = {
    "folder": {"type": Path},
    "paths": {"type": Path, "nargs": "+", "help": "a folder of CSV files, or spreadsheets"},
    "--answers": {"default": "{}", "help": "JSON: choices by file and key, how by table"},
    "--parent": {"help": "the version that the spreadsheets were looked at against"},
    "--place": {"type": Path, "help": "where to keep what is being looked at"},
    "file": {"type": Path, "help": "the XLSX file to write; it must not exist"},
    "partner": {"help": "the partner_id"},
    "--filled": {"action": "store_true"},
    "--var": {
        "type": Path,
        "default": os.environ.get("RINGVIRKNING_VAR", "var"),
        "help": "what the app writes to; else RINGVIRKNING_VAR",
    },
    "--lang": {"choices": LANGUAGES, "default": "nb"},
    "--json": {"action": "store_true"},
    "--progress": {"action": "store_true", "help": "say as JSON how far it is, a line each"},
    "--note": {"help": "what has changed"},
    "--who": {"help": "who publishes"},
    "--version": {"metavar": "NAME", "help": "the version to tell of; else the current one"},
    "--since": {"metavar": "NAME|DAY", "help": "compare with this; else the one before"},
    "--issuer": {"help": "of an account: the provider's issuer, and with it"},
    "--sub": {"help": "what the provider calls the account"},
    "names": {"nargs": "+", "metavar": "NAME"},
    "name": {"metavar": "NAME"},
    "key_file": {"type": Path, "metavar": "FILE", "help": "with the key; without --take a new one"},
    "--take": {"action": "store_true", "help": "round with the key in FILE from now on"},
    "--why": {"required": True, "help": "why it is withdrawn; staff see it in the history"},
    "--destroy": {"action": "store_true", "help": "its files, too; there is no way back"},
    "--settings": {
        "type": Path,
        "default": Path(".streamlit"),
        "help": "where identity.toml and roles.toml are",
    },
    "--confirm": {"metavar": "CODE", "help": "publish what it asks to confirm, by its code"},
    "--by-itself": {"action": "store_true", "help": argparse.SUPPRESS},
    "--to": {"metavar": "NAME", "help": "the version to go back to"},
    "--remarks": {"type": Path, "metavar": "DIR", "help": "write copies with remarks there"},
}
SPREADSHEETS = ("paths", "--json", "--progress", "--answers", "--place")
ACTIONS: dict[str, tuple[Any, ...]] = {
    "check": (spreadsheets.check, *SPREADSHEETS, "--remarks"),
    "publish": (
        spreadsheets.publish,
        *SPREADSHEETS,
        "--note",
        "--who",
        "--confirm",
        "--parent",
        "--by-itself",
    ),
    "look": (spreadsheets.look, *SPREADSHEETS),
    "versions": (history.list_versions,),
    "changes": (history.changes, "--version", "--since", "--json", "--progress"),
    "audit": (history.list_deeds, "--issuer", "--sub"),
    "undo": (history.undo, "--to", "--note", "--who"),
    "withdraw": (history.withdraw, "names", "--why", "--who", "--destroy", "--json", "--progress"),
    "renew": (history.renew, "name", "--json", "--progress"),
    "backup": (history.backup, "folder", "--settings"),
    "restore": (history.restore, "folder", "--settings"),
    "key": (history.key, "key_file", "--take"),
    "template": (workbooks.template, "file", "--filled"),
    "follow-up": (workbooks.ask_partner, "partner", "file", "--json", "--progress"),
}


def personal_said(asked: argparse.Namespace) -> list[str]:
    """Why what the history would keep and show is refused: what it is, and never the value."""
    w, said = words(asked.lang), vars(asked)
    return [
        w(f"publication.personal.{kind}", field=f"--{name}")
        for name in ("who", "note", "why")
        if (kind := personal(said.get(name) or ""))
    ]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ringvirkning.intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, (act, *given) in ACTIONS.items():
        action = actions.add_parser(name, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        for argument in (*given, "--var", "--lang"):
            action.add_argument(argument, **ARGUMENTS[argument])
    asked = parser.parse_args(arguments)
    take_limits()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    if refused := personal_said(asked):
        print(*refused, sep="\n", file=sys.stderr)
        return 1
    try:
        with storage.kept_to(asked.var):
            return int(asked.act(asked))
    except OSError as error:
        found = storage.finding(error, asked.var)
        # Of a child it is logged, and a file may be called after somebody.
        said = error.strerror if is_child() else error
        print(finding_words(words(asked.lang), found) if found else said, file=sys.stderr)
        return 2
    except Exception as error:  # only where and which: its message may quote what was read
        where = traceback.format_tb(error.__traceback__)
        print(*where, type(error).__name__, sep="", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
