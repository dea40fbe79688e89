"""`python -m intake check FOLDER` says what is to be done with the files in a folder, and
`python -m intake publish FOLDER` makes them the current version.

Exit 0 when nothing must be fixed, 1 when something must, 2 when a file can't be read. With --json
also what was found, on the output: of `publish` a list of findings, of `check` of groups of them.
"""

import argparse
import io
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from intake import publishing, report, versions
from texts import LANGUAGES, finding_words, words
from texts.report import report_words


def check(asked: argparse.Namespace) -> int:
    """Tell what is found, in three levels; nothing is written."""
    version = versions.current(asked.var)
    before = version.exact(asked.var) if version else None
    try:
        found = report.groups(report.checked(asked.folder, before, today()))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.json:
        print(json.dumps([asdict(group) for group in found]))
    else:
        print(report_words(words(asked.lang), found))
    if any(group.rule in report.UNREADABLE for group in found):
        return 2
    return 1 if any(group.level == "must_fix" for group in found) else 0


def publish(asked: argparse.Namespace) -> int:
    """Make the files the current version; what must be fixed is told on the error output."""
    found = publishing.publish(asked.folder, asked.var)
    for finding in found:
        print(finding_words(words(asked.lang), finding), file=sys.stderr)
    if asked.json:
        print(json.dumps([asdict(finding) for finding in found]))
    return 1 if publishing.must_fix(found) else 0


def today() -> date:
    """RINGVIRKNING_AS_OF rehearses another day, here as on the pages."""
    asked = os.environ.get("RINGVIRKNING_AS_OF")
    return date.fromisoformat(asked) if asked else date.today()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m intake",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for act in (check, publish):
        action = actions.add_parser(act.__name__, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        action.add_argument("folder", type=Path)
        action.add_argument("--var", type=Path, default=Path("var"))
        action.add_argument("--lang", choices=LANGUAGES, default="nb")
        action.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # whatever Windows takes a pipe for
    return asked.act(asked)


if __name__ == "__main__":
    sys.exit(main())
