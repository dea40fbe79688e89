"""What publishing a folder would change, found while it is checked: on two cores at once."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Self

import duckdb

from ringvirkning import child
from ringvirkning.intake import ownership, publishing
from ringvirkning.intake.answers import Changes
from ringvirkning.intake.changes import Difference, differences
from ringvirkning.intake.figures import FigurePair, Totals, paired, totals_of
from ringvirkning.intake.publishing import anew
from ringvirkning.store.versions import DATABASES, Version

# A version stays as it is: a process that was begun early knows it when it is asked.
totals_before = cache(totals_of)


class PendingChanges:
    """Of the current version, if any, with the folder `whole`: rows, and key figures before and
    after, of one's own associations alone where the role is for those. As a context it ends with
    its work."""

    def __init__(self, var: Path, current: Version | None, whole: Path, as_of: date) -> None:
        self.var, self.current, self.whole, self.as_of = var, current, whole, as_of
        self.own = child.own_associations()
        self.beside = ThreadPoolExecutor(1)  # one thing after the other
        self.rows: Future[list[Difference]] | None = None
        self.before: Future[Totals] | None = None
        self.figures: Future[list[FigurePair]] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.beside.shutdown(cancel_futures=True)

    def begin(self) -> None:
        """The folder is written."""
        before = self.current.files(self.var) if self.current else None
        self.rows = self.beside.submit(differences, before, self.whole)
        if self.current:
            self.before = self.beside.submit(self.totals_of_current, self.current)

    def go_on(self, loaded: duckdb.DuckDBPyConnection) -> None:
        """It keeps the contract, and is in this workbench."""
        if self.before:
            self.figures = self.beside.submit(self.pairs, loaded.cursor(), self.before)

    def changes(self) -> Changes:
        """All of it, none where it wasn't begun. Raises what its work did."""
        changed = tuple(self.rows.result()) if self.rows else ()
        return Changes(changed, tuple(self.figures.result()) if changed and self.figures else ())

    def totals_of_current(self, current: Version) -> Totals:
        if not self.own:
            return totals_before(current.exact(self.var), self.as_of)
        anew.make_own(current, self.var, self.own)
        return totals_of(current.own(self.var, self.own) / DATABASES[0], self.as_of)

    def pairs(self, loaded: duckdb.DuckDBPyConnection, before: Future[Totals]) -> list[FigurePair]:
        draft = self.whole.with_name("draft.duckdb")
        with loaded:
            if self.own:
                part = self.whole.with_name("own")
                part.mkdir()
                ownership.write_own(self.whole, part, self.own)
                publishing.compile_draft(part, draft)
            else:
                publishing.draft(loaded, draft)
        return paired(before.result(), totals_of(draft, self.as_of))
