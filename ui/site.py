"""The page for everyone, as files: written anew at each new version, or taken as one archive."""

import io
import logging
import os
import zipfile
from pathlib import Path
from threading import Lock, Thread

from figures.view import View
from intake.versions import Version
from ui.decks import identity_or_none
from ui.published import watch

log = logging.getLogger(__name__)
writing = Lock()
written: set[str] = set()


def keep_up(latest: Version, shown: View) -> None:
    """Write the files that RINGVIRKNING_SITE names once for each version; nobody waits for it."""
    folder = os.environ.get("RINGVIRKNING_SITE")
    if folder and latest.name not in written:
        written.add(latest.name)
        Thread(target=write, args=(latest, shown, Path(folder)), daemon=True).start()


def write(version: Version, shown: View, into: Path) -> None:
    from export.site import site

    try:
        with writing:
            place = version.protected(watch().var)
            site(version, place, shown.as_of, identity_or_none(), into)
    except Exception:
        log.exception("the page for everyone was not written to %s", into)


def archive(shown: View) -> bytes:
    """All its files as a ZIP."""
    from export.site import contents

    made = io.BytesIO()
    database = shown.version.protected(watch().var)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in contents(
            shown.version, database, shown.as_of, identity_or_none()
        ).items():
            packed.writestr(name, content)
    return made.getvalue()
