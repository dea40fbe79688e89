"""The page for everyone, as files: written anew at each new version, or taken as one archive."""

import io
import logging
import os
import zipfile
from pathlib import Path
from threading import Lock, Thread

from ringvirkning.figures.view import View
from ringvirkning.server import published
from ringvirkning.store import versions
from ringvirkning.store.versions import Version
from ringvirkning.ui.present.decks import identity_or_none

log = logging.getLogger(__name__)
writing = Lock()
written: dict[str, Version] = {}  # the line of the history that was written last, by folder


def keep_up(latest: Version, shown: View) -> None:
    """Write the files that RINGVIRKNING_SITE names whenever another version is current; nobody
    waits for it. What failed is tried again after a while."""
    folder = os.environ.get("RINGVIRKNING_SITE")
    if folder and written.get(folder) != latest and published.watch().pauses.is_over(folder):
        written[folder] = latest
        Thread(target=write_meanwhile, args=(latest, shown, folder), daemon=True).start()


def write_meanwhile(version: Version, shown: View, folder: str) -> None:
    from ringvirkning.export.site import write_site

    try:
        with writing:
            write_site(
                version, published.watch().var, shown.as_of, identity_or_none(), Path(folder)
            )
        published.watch().pauses.end(folder)
    except Exception:
        written.pop(folder, None)
        if version.name in versions.withdrawn(versions.history_lines(published.watch().var)):
            return  # while it was being written: the one that is current now is written next
        published.watch().pauses.begin(folder, [])
        log.exception("the page for everyone was not written to %s", folder)


def archive(shown: View) -> bytes:
    """All its files as a ZIP."""
    from ringvirkning.export.site import contents

    made = io.BytesIO()
    database = shown.version.protected(published.watch().var)
    files = contents(shown.version, database, shown.as_of, identity_or_none())
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return made.getvalue()
