"""The page for everyone, as files: written anew at each new version, or taken as one archive."""

import io
import logging
import os
import zipfile
from pathlib import Path
from threading import Lock, Thread

from ringvirkning import child
from ringvirkning.figures.view import View
from ringvirkning.figures.whose import associations_shown
from ringvirkning.finding import Finding
from ringvirkning.server import published
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.ui.present.decks import identity_or_none

log = logging.getLogger(__name__)
writing = Lock()
written: dict[str, Version] = {}  # the line of the history that was written last, by folder


def keep_up(latest: Version) -> None:
    """Write the files that RINGVIRKNING_SITE names whenever another version is current, each
    association's in a folder of its own, too; nobody waits for it. What failed is tried again after
    a while."""
    folder = os.environ.get("RINGVIRKNING_SITE")
    if folder and written.get(folder) != latest and published.watch().pauses.is_over(folder):
        written[folder] = latest
        Thread(target=write_meanwhile, args=(latest, folder), daemon=True).start()


def write_meanwhile(version: Version, folder: str) -> None:
    """As the command line does it: a process of its own, since there may be many sites to draw."""
    watch = published.watch()
    try:
        with writing:
            command = ["site", str(Path(folder).resolve()), "--each", "--var", str(watch.var)]
            child.reply(list[Finding], command, child.DATA)
        watch.pauses.end(folder)
    except child.Failed as error:
        written.pop(folder, None)
        if version.name in versions.withdrawn(versions.history_lines(watch.var)):
            return  # while it was being written: the one that is current now is written next
        watch.pauses.begin(folder, [])
        log.error("the page for everyone was not written to %s:\n%s", folder, error.log)


def archive(shown: View) -> bytes:
    """All files of the chosen associations' as a ZIP."""
    from ringvirkning.export.site import contents
    from ringvirkning.export.site.places import Home

    made = io.BytesIO()
    database = shown.version.protected(published.watch().var)
    chosen = shown.selection.association
    who = identity_or_none(database, associations_shown(shown))
    files = contents(shown.version, database, shown.as_of, Home(who), chosen)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()
