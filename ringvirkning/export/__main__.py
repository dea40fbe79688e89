"""`python -m ringvirkning.export site DIR` writes the page for everyone; `deck ID FILE`
a presentation as the file that its name's ending says (.pptx, .pdf, .html), and `report FILE.pdf` a
page of paper.

Exit 0 when it is written, 1 when there is nothing to write it from, 2 when it can't be written.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ringvirkning.export import decks
from ringvirkning.export.deck import Maker
from ringvirkning.export.identity import Identity, Unusable, identity
from ringvirkning.export.pdf import pdf
from ringvirkning.export.powerpoint import powerpoint
from ringvirkning.export.report import board_report, partner_report
from ringvirkning.export.show import page
from ringvirkning.export.site import site, taken_down
from ringvirkning.figures.catalogue import seen
from ringvirkning.intake import anew
from ringvirkning.store import storage, versions
from ringvirkning.texts import LANGUAGES, clock, finding_words, words

KINDS: dict[str, Callable[..., str | bytes]] = {".pptx": powerpoint, ".pdf": pdf, ".html": page}


def write_site(asked: argparse.Namespace, who: Identity) -> str:
    """Write the page for everyone; after all was withdrawn, that it was"""
    w = words(asked.lang)
    if not versions.history(asked.var) and versions.lines(asked.var):
        written = taken_down(asked.folder)
    else:
        version = current(asked)
        try:
            written = site(version, asked.var, clock.today(), who, asked.folder)
        except LookupError as withdrawn:
            raise LookupError(w("website.withdrawn")) from withdrawn
    return w("export.written", n=len(written), place=str(asked.folder))


def write_deck(asked: argparse.Namespace, who: Identity) -> str:
    """Write a presentation as a file"""
    w = words(asked.lang)
    try:
        deck = decks.found(asked.var / "decks", asked.id)
    except KeyError as unknown:
        raise LookupError(w("deck.unknown")) from unknown
    if withdrawal := versions.withdrawn(versions.lines(asked.var)).get(deck.version):
        raise LookupError(w("deck.withdrawn", date=w.day(withdrawal.current_at)))
    found = versions.named(deck.version, versions.history(asked.var))
    if found is None or asked.file.suffix not in KINDS:
        raise LookupError(w("deck.version_gone" if found is None else "export.no_kind"))
    ready(asked, found)
    database = found.exact(asked.var) if deck.is_internal else found.protected(asked.var)
    maker = Maker(words(deck.language), deck, found, database, who)
    content = KINDS[asked.file.suffix](maker.w, deck, maker.slides(), who)
    asked.file.write_bytes(content.encode() if isinstance(content, str) else content)
    return w("export.written", n=1, place=str(asked.file))


def write_report(asked: argparse.Namespace, who: Identity) -> str:
    """Write a page on paper: the board's, or a partner's"""
    w = words(asked.lang)
    version = current(asked)
    database = version.exact(asked.var) if asked.internal else version.protected(asked.var)
    shown = seen(w, version, database, clock.today(), "")
    try:
        content = (
            partner_report(shown, who, asked.partner) if asked.partner else board_report(shown, who)
        )
    except LookupError as unknown:
        raise LookupError(w("story.unknown.partner")) from unknown
    asked.file.write_bytes(content)
    return w("export.written", n=1, place=str(asked.file))


def current(asked: argparse.Namespace) -> versions.Version:
    version = versions.current(asked.var)
    if version is None:
        raise LookupError(words(asked.lang)("export.no_version"))
    return ready(asked, version)


def ready(asked: argparse.Namespace, version: versions.Version) -> versions.Version:
    """See that it can be asked. Raises LookupError where it can't."""
    for found in anew.make_ready(version, asked.var):
        raise LookupError(finding_words(words(asked.lang), found))
    return version


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m ringvirkning.export",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    for name, act in (("site", write_site), ("deck", write_deck), ("report", write_report)):
        action = actions.add_parser(name, help=act.__doc__, description=act.__doc__)
        action.set_defaults(act=act)
        if act is write_site:
            action.add_argument("folder", type=Path, help="where the files go")
        elif act is write_report:
            action.add_argument("file", type=Path, help="FILE.pdf")
            which = action.add_mutually_exclusive_group()
            which.add_argument("--partner", metavar="ID", help="the partner_id; else the board's")
            which.add_argument("--internal", action="store_true", help="exact, and says so")
        else:
            action.add_argument("id", help="what stands after deck= in its address")
            action.add_argument("file", type=Path, help="FILE.pptx, FILE.pdf or FILE.html")
        action.add_argument("--var", type=Path, default=os.environ.get("RINGVIRKNING_VAR", "var"))
        action.add_argument("--lang", choices=LANGUAGES, default="nb")
    asked = parser.parse_args(arguments)
    w = words(asked.lang)
    try:
        with storage.kept_to(asked.var):
            print(asked.act(asked, identity()))
    except Unusable as wrong:
        print(w(f"identity.{wrong.args[0]}", found=wrong.args[1]), file=sys.stderr)
        return 1
    except LookupError as nothing:
        print(*nothing.args, file=sys.stderr)
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
