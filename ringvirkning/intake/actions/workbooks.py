"""The workbooks that are written: the form, empty or filled, and what a partner is asked."""

import argparse
import json
import sys

from ringvirkning import ROOT
from ringvirkning.intake import report, templates
from ringvirkning.intake.follow_up import follow_up
from ringvirkning.store import versions
from ringvirkning.texts import clock, words
from ringvirkning.texts.safe import terminal_text

SHIPPED = ROOT / "data"


def template(asked: argparse.Namespace) -> int:
    """Write a workbook to fill in: empty, or --filled with what is published."""
    w, version = words(asked.lang), versions.current(asked.var)
    if asked.filled and version is None:
        print(w("form.nothing_published"), file=sys.stderr)
        return 1
    folder = version.files(asked.var) if version else SHIPPED
    if asked.filled:
        content = templates.filled(folder, w)
    else:
        measures = templates.numbered(folder / "measures.csv")
        content = templates.template(w, [*measures.values()])
    with asked.file.open("xb") as file:  # never over what someone has filled in
        file.write(content)
    return 0


def ask_partner(asked: argparse.Namespace) -> int:
    """Write a workbook to send to a partner, which asks for what is missing of its."""
    w, version = words(asked.lang), versions.current(asked.var)
    if version is None:
        print(w("form.nothing_published"), file=sys.stderr)
        return 1
    folder = version.files(asked.var)
    found = report.checked(folder, None, clock.today(), report.ALL)
    try:
        content = follow_up(folder, found, asked.partner, w)
    except KeyError:
        print(w("form.no_partner", partner=terminal_text(asked.partner)), file=sys.stderr)
        return 1
    with asked.file.open("xb") as file:
        file.write(content)
    if asked.json:
        print(json.dumps([]))
    return 0
