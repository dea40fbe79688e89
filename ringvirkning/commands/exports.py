"""What is written as files: the page for everyone, a presentation, a page of paper."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from queries import contract
from ringvirkning.child import as_json, from_json
from ringvirkning.commands.action import (
    Refusal,
    Run,
    action,
    answers_json,
    association_of,
    association_option,
    require_ready,
)
from ringvirkning.export.deck import OwnDatabase
from ringvirkning.export.identity import (
    Identity,
    Unusable,
    identity_of_several,
    logo_address,
    read_identity,
)
from ringvirkning.figures.filters import address_of_associations, every_choice
from ringvirkning.figures.stories import OfOthers
from ringvirkning.figures.whose import NoSuchAssociation, associations_shown
from ringvirkning.finding import Finding
from ringvirkning.intake.publishing import anew
from ringvirkning.store import storage, versions
from ringvirkning.store.sites import Site, known_sites
from ringvirkning.store.versions import Version
from ringvirkning.texts import clock, words


@action("site")
@click.argument("folder", metavar="DIR", type=Path, help="Where the files go.")
@association_option
@click.option("--each", is_flag=True, help="And each association's, in a folder of its own there.")
@answers_json
def write_public_page(run: Run, folder: Path, association: str | None, each: bool) -> int:
    """Write the page for everyone. It is in both languages, for any web server, with protected
    numbers only; after all was withdrawn it says that. Files that are there are replaced."""
    if association is not None and each:
        raise click.UsageError("--association and --each don't go together.")
    if association is not None and not is_all_withdrawn(run):
        database = current_version(run).protected(run.var)
        association = association_of(run, database, association)
    said = write_pages(run, folder, association or "", each)
    print(as_json(()) if run.is_json else said)
    return 0


def write_pages(run: Run, folder: Path, association: str, each: bool = False) -> str:
    """What was written where, in words. What is of an association that is there no longer is taken
    down. Raises Refusal and OSError."""
    from ringvirkning.export.site import taken_down, write_site
    from ringvirkning.export.site.each import write_each_site
    from ringvirkning.export.site.folder import OfSomebodyElse, WrittenNow

    try:
        if is_all_withdrawn(run):
            written = taken_down(folder)
        else:
            version, today = current_version(run), clock.today()
            identity = partial(identity_in, run, version.protected(run.var))
            address = site_address(run, folder, association)
            if each:
                written = write_each_site(version, run.var, today, identity, folder, address)
            else:
                written = write_site(
                    version, run.var, today, identity, folder, association, address
                )
    except NoSuchAssociation:
        written = taken_down(folder)
    except LookupError as withdrawn:
        raise Refusal(run.w("website.withdrawn")) from withdrawn
    except OfSomebodyElse as theirs:
        raise Refusal(run.w("website.of_somebody_else", place=str(theirs))) from theirs
    except WrittenNow as theirs:
        raise Refusal(run.w("website.written_now", place=str(theirs))) from theirs
    n, changed, removed = written
    return run.w("website.written", n=n, place=str(folder), changed=changed, removed=removed)


def site_address(run: Run, folder: Path, association: str) -> str:
    """Where the page for everyone is, as the settings say, and an association's in a folder of it;
    "" where they don't. Raises Refusal where they can't be used."""
    address = identity_read(run, read_identity).site
    whole = f"{address.rstrip('/')}/" if address else ""
    if not whole or not association:
        return whole
    place = folder.resolve()
    return f"{whole}{place.name}/" if Site(place.parent) in known_sites(run.var) else ""


def is_all_withdrawn(run: Run) -> bool:
    return bool(not versions.history(run.var) and versions.history_lines(run.var))


@action("logo")
@click.argument("file", metavar="FILE", type=Path, help="An SVG or PNG.")
def write_logo(run: Run, file: Path) -> int:
    """Print a logo as it stands in associations.csv."""
    try:
        address = logo_address(file)
    except Unusable as wrong:
        raise Refusal(run.w("finding.rule.is_logo")) from wrong
    if not contract.is_logo(address):
        raise Refusal(run.w("finding.rule.is_logo"))
    print(address)
    return 0


@action("deck")
@click.argument("id", help="What stands after deck= in its address.")
@click.argument("file", type=Path, help="FILE.pptx, FILE.pdf or FILE.html.")
@association_option
def write_deck(run: Run, id: str, file: Path, association: str | None) -> int:
    """Write a presentation as PowerPoint, PDF or HTML. With an association, its figures are those
    of that one. A file that is there is replaced."""
    from ringvirkning.export.deck import Deck, Maker, associations_of, narrowed
    from ringvirkning.export.pdf import pdf
    from ringvirkning.export.powerpoint import powerpoint
    from ringvirkning.export.show import show_page
    from ringvirkning.store import numbered

    kinds: dict[str, Callable[..., str | bytes]]
    kinds = {".pptx": powerpoint, ".pdf": pdf, ".html": show_page}
    w = run.w
    try:
        deck = numbered.read_numbered(run.var / "decks", id, Deck)
    except KeyError as unknown:
        raise Refusal(w("deck.unknown")) from unknown
    if withdrawal := versions.withdrawn(versions.history_lines(run.var)).get(deck.version):
        raise Refusal(w("deck.withdrawn", date=w.day(withdrawal.current_at)))
    version = versions.version_named(deck.version, versions.history(run.var))
    if version is None or file.suffix not in kinds:
        raise Refusal(w("deck.version_gone" if version is None else "export.no_kind"))
    require_ready(run, version)
    is_exact = deck.is_internal and not deck.staff_of
    database = version.exact(run.var) if is_exact else version.protected(run.var)
    if name := association_of(run, database, association):
        deck = narrowed(deck, name)
    who = identity_in(run, database, associations_of(deck, database))
    own = compiled_own(run, version) if deck.is_internal and deck.staff_of else None
    maker = Maker(words(deck.language), deck, version, database, who, own)
    if name:
        maker.drop_empty()
    content = kinds[file.suffix](maker.w, deck, maker.slides(), who)
    return write_export(run, file, content.encode() if isinstance(content, str) else content)


def compiled_own(run: Run, version: Version) -> OwnDatabase:
    def database(associations: Sequence[str]) -> Path | None:
        if anew.make_own(version, run.var, associations):
            return None
        return version.own(run.var, associations) / versions.DATABASES[0]

    return database


@action("report")
@click.argument("file", metavar="FILE.pdf", type=Path, help="Where it goes.")
@click.option("--partner", metavar="ID", help="A partner's page, by its partner_id.")
@click.option("--internal", is_flag=True, help="The board's with exact numbers, and INTERNT on it.")
@association_option
def write_report(
    run: Run, file: Path, partner: str | None, internal: bool, association: str | None
) -> int:
    """Write a page on A4, for the board or for a partner. A partner's says what we did together,
    what came of it, what is missing. A file that is there is replaced."""
    from ringvirkning.export.report import board_report, partner_report
    from ringvirkning.figures.catalogue import seen

    if partner and internal:
        raise click.UsageError("--partner and --internal don't go together.")
    version = current_version(run)
    database = version.exact(run.var) if internal else version.protected(run.var)
    name = association_of(run, database, association)
    address = address_of_associations([name] if name else [])
    shown = seen(run.w, version, database, clock.today(), address)
    who = identity_in(run, database, associations_shown(shown))
    try:
        content = partner_report(shown, who, partner) if partner else board_report(shown, who)
    except OfOthers as others:
        raise Refusal(run.w("story.of_others_what.partner", names=name)) from others
    except LookupError as unknown:
        raise Refusal(run.w("story.unknown.partner")) from unknown
    return write_export(run, file, content)


@action("records", hidden=True)
@click.argument("file", metavar="FILE.csv", type=Path, help="Where it goes.")
@click.option("--wanted", metavar="JSON", required=True, help="As a page asks for them.")
@answers_json
def write_records_file(run: Run, file: Path, wanted: str) -> int:
    """Write all records behind an answer, for a page that would keep others waiting meanwhile."""
    from ringvirkning.export.records import RecordsWanted, csv_of_records

    found: Sequence[Finding] = ()
    try:
        with file.open("wb") as made:
            made.writelines(csv_of_records(from_json(wanted, RecordsWanted)))
    except OSError as error:
        no_room = storage.finding(error, run.var)
        if no_room is None:
            raise
        found = [no_room]
    print(as_json(found))
    return 1 if found else 0


@action("archive", hidden=True)
@click.argument("file", metavar="FILE.zip", type=Path, help="Where it goes.")
@click.option("--version", "name", required=True, help="As `versions` lists.")
@click.option("--as-of", metavar="DATE", required=True, help="The day that is shown.")
@click.option("--of", metavar="NAME", multiple=True, help="An association; of all where none is.")
@answers_json
def write_archive(run: Run, file: Path, name: str, as_of: str, of: tuple[str, ...]) -> int:
    """Write the page for everyone as one file, for a page that would keep others waiting meanwhile.
    Its settings may not be usable: then it is nobody's."""
    from ringvirkning.export.site import contents
    from ringvirkning.export.site.places import Home

    version = versions.version_named(name, versions.history(run.var))
    if version is None:
        raise Refusal(run.w("deck.version_gone"))
    require_ready(run, version)
    database = version.protected(run.var)
    try:
        who = identity_of_several(database, [*of] or [*every_choice(database)["association"]])
    except Unusable:
        who = Identity()
    files = contents(version, database, date.fromisoformat(as_of), Home(who), of)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    print(as_json(()))
    return 0


def write_export(run: Run, file: Path, content: bytes) -> int:
    file.write_bytes(content)
    print(run.w("export.written", n=1, place=str(file)))
    return 0


def identity_in(run: Run, database: Path, associations: Sequence[str]) -> Identity:
    """Whose files these are. Raises Refusal where the settings can't be used."""
    return identity_read(run, partial(identity_of_several, database, associations))


def identity_read(run: Run, read: Callable[[], Identity]) -> Identity:
    """What the settings say of whose it is. Raises Refusal where they can't be used."""
    try:
        return read()
    except Unusable as wrong:
        raise Refusal(run.w(f"identity.{wrong.args[0]}", found=wrong.args[1])) from wrong


def current_version(run: Run) -> Version:
    """The current version, ready to be asked. Raises Refusal where there is none."""
    version = versions.current(run.var)
    if version is None:
        raise Refusal(run.w("export.no_version"))
    require_ready(run, version)
    return version
