"""What the editor of some associations publishes: their rows, upon what there is of others'.

So going back makes a version of its own, checked and rounded as every other; and who publishes at
the same time for others comes through, too.
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from ringvirkning.finding import Finding
from ringvirkning.intake import ownership, publishing
from ringvirkning.intake.publishing import confirming
from ringvirkning.store import taking_back, versions
from ringvirkning.store.leftovers import INBOX
from ringvirkning.store.versions import Version

# What somebody who has seen both versions could tell, has been told by them before.
TOLD_BEFORE = "few_persons_changed"
MOST_TRIES = 9  # upon what others publish meanwhile


def version_of_others(
    own: Sequence[str], version: Version, published: list[Version], var: Path
) -> Version | None:
    """The version before this one in which the rows of these associations were others."""
    now = version.files(var)
    earlier = versions.earlier_than(version, published)
    return next((v for v in earlier if ownership.has_changed(v.files(var), now, own)), None)


def publish_looked_at(
    folder: Path, var: Path, parent: str, own: Sequence[str], publish: Callable[..., list[Finding]]
) -> list[Finding]:
    """Publish a folder that was made from the version `parent` ("" for none), as far as the role
    allows; what keeps it from that. `publish` takes a folder and the name of what it replaces."""
    seen = taking_back.kept_version(parent, var) if parent else None
    before = seen.files(var) if seen else None
    if found := ownership.trespasses(ownership.Ground(before, own), before, folder):
        return found
    for _ in range(MOST_TRIES):
        now = versions.current(var)
        if now is None or before is None or now.name == parent:
            found = publish(folder, parent=parent)
        else:
            with tempfile.TemporaryDirectory(prefix=INBOX, dir=var) as place:
                if not ownership.rebase(folder, before, now.files(var), Path(place), own):
                    return [Finding("overtaken", now.name)]
                found = publish(Path(place), parent=now.name)
        if not is_overtaken(found):
            break
    return found


def is_overtaken(found: Sequence[Finding]) -> bool:
    return any(finding.rule == "overtaken" for finding in found)


def publish_as_then(
    var: Path, then: Version, own: Sequence[str], who: str | None, note: str | None
) -> list[Finding] | None:
    """Make it current; what keeps it from that. None where there is nothing to go back to. Raises
    as `publishing.publish` does."""
    for _ in range(MOST_TRIES):
        now = versions.current(var)
        if now is None or not ownership.has_changed(then.files(var), now.files(var), own):
            return None
        with tempfile.TemporaryDirectory(prefix=INBOX, dir=var) as place:
            ownership.take_back(then.files(var), now.files(var), Path(place), own)
            found = publish_and_confirm(Path(place), var, now, who, note)
        if not is_overtaken(found):
            break
    return found


def publish_and_confirm(
    folder: Path, var: Path, now: Version, who: str | None, note: str | None
) -> list[Finding]:
    """Where it is to be confirmed, that is done unless it tells something new."""

    def ask(confirmed: str | None) -> list[Finding]:
        return publishing.publish(
            folder, var, way="undo", who=who, note=note, parent=now.name, confirmed=confirmed
        )

    found = ask(None)
    is_known = all(finding.rule == TOLD_BEFORE for finding in confirming.to_confirm(found))
    code = confirming.waiting_code(found)
    return ask(code) if code and is_known else found
