"""A role for some associations: what of a version is theirs, and what their editor may publish."""

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import settings

import queries
from queries.contract import tables, workbench
from ringvirkning import ROOT, child
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import merging, ownership, publishing
from ringvirkning.intake.changes import differences
from ringvirkning.intake.merging import How
from ringvirkning.intake.publishing import anew, own_rows
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.intake.uploads import looking
from ringvirkning.server.sign_in import Person, role_in_file
from ringvirkning.store import taking_back, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import words
from tests import frames
from tests.test_merging import part
from tests.test_queries import KNOWN

pytestmark = pytest.mark.slow  # a version is published in nearly every test

IG, NFDR = "Innovasjon Gardermoen", "Næringsforeningen i Drammensregionen"
AS_OF = date(2026, 11, 23)
Rows = list[dict[str, str]]
# What only an edition as a whole can answer: of what may be chosen, whatever is chosen; and of one
# thing by its id.
OF_THE_WHOLE = {"association_words", "choices", "examples", "explore_measures", "span"}
BY_ID = {
    "missing", "names", "neighbours", "partner_results", "partnership", "partnership_activities",
    "partnership_partners", "partnership_results",
}  # fmt: skip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("editor", Person("editor")),
        ({"role": "viewer", "associations": [IG]}, Person("viewer", associations=(IG,))),
        ({"role": "editor", "associations": [IG, f" {NFDR} ", IG]},
         Person("editor", associations=(IG, NFDR))),
        ("owner", None),
        (["editor"], None),
        ({"role": "editor"}, None),
        ({"role": "owner", "associations": [IG]}, None),
        ({"role": "editor", "associations": []}, None),
        ({"role": "editor", "associations": [""]}, None),
        ({"role": "editor", "associations": [IG, 1]}, None),
        ({"role": "editor", "associations": IG}, None),
        ({"role": "editor", "associations": [IG], "assosiations": [NFDR]}, None),
    ],
)  # fmt: skip
def test_a_role_is_for_all_or_for_those_that_are_named(said: object, expected: Person | None):
    assert role_in_file(said) == expected


def test_what_is_of_all_is_not_for_a_role_of_some():
    everybody, some = Person("viewer"), Person("viewer", associations=(IG,))
    for of, expected in (((), False), ((IG,), True), ((NFDR,), False), ((IG, NFDR), False)):
        assert everybody.sees(of)
        assert some.sees(of) == expected


# What is theirs


@pytest.fixture
def var(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "var"))


def now(var: Path) -> Version:
    found = versions.current(var)
    assert found
    return found


def written(name: str, folder: Path) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, rows: Rows, folder: Path) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        lines.writeheader()
        lines.writerows(rows)


def edited(folder: Path, into: Path, **edits: Callable[[Rows], Rows]) -> Path:
    """A copy of a folder, the rows of some of its tables edited."""
    shutil.copytree(folder, into)
    for name, edit in edits.items():
        write(name, edit(written(name, into)), into)
    return into


def test_every_table_is_somebodys_or_shared():
    """A table that is new to the contract stands here, so that somebody has thought of it."""
    assert ownership.belonging() >= {"partnerships", "activities", "outcomes", "targets"}
    assert not ownership.belonging() & {"measures", "partners"}


NUMBERS = {"target_id", "link_id", "facet_id", "place"}  # of the database's own


@pytest.mark.parametrize("own", [IG, NFDR])
def test_the_part_of_an_association_answers_as_the_whole_where_that_is_chosen(own: str, var: Path):
    version = now(var)
    assert anew.make_own(version, var, [own]) == []
    part, values = version.own(var, [own]) / "exact.duckdb", {**KNOWN, "association": [own]}
    differing = []
    with queries.opened(version.exact(var)) as of_all, queries.opened(part) as own_part:
        for name in sorted({*queries.questions()} - OF_THE_WHOLE - BY_ID):
            answers = [frames.ask(connection, name, values) for connection in (of_all, own_part)]
            ids = [column for column in answers[0].columns if column in NUMBERS]
            whole, alone = (sorted(map(str, a.drop(columns=ids).values.tolist())) for a in answers)
            if whole != alone:
                differing.append(name)
    assert differing == []


def test_in_the_part_of_an_association_is_nothing_of_another(var: Path):
    version = now(var)
    anew.make_own(version, var, [IG])
    part = version.own(var, [IG])
    whole = {name: written(name, version.files(var)) for name in ("activities", "outcomes")}
    others = {row["activity_id"] for row in whole["activities"] if row["association"] == NFDR}
    assert others and any(row["association"] == NFDR for row in whole["outcomes"])
    for table in tables():
        for row in (row for _, row in ownership.folder_rows(table, part / "files")):
            assert NFDR not in row.values(), table.name
            assert row.get("activity_id") not in others, table.name
    assert versions.is_whole(part)
    with queries.opened(part / "exact.duckdb") as connection:
        found = connection.execute("select distinct association from facets").fetchall()
    assert found == [(IG,)]


def test_a_note_on_a_shared_partner_goes_with_those_who_use_it(tmp_path: Path):
    def noted(rows: Rows) -> Rows:
        return [row | {"note": f"om {row['partner_id']}"} for row in rows]

    whole, part = edited(ROOT / "data", tmp_path / "whole", partners=noted), tmp_path / "part"
    part.mkdir()
    ownership.write_own(whole, part, [IG])
    notes = {row["partner_id"]: row["note"] for row in written("partners", part)}
    assert notes["ullensaker"] == "om ullensaker"
    # IG's plan leads to Viken, which is told as Buskerud elsewhere.
    assert notes["buskerud"] == "" and "stromsgodset" not in notes
    # An office leads to its head, not the head to the offices that others work with.
    assert "nav" in notes and "nav_drammen" not in notes
    assert written("measures", part) == written("measures", whole)


def test_a_folder_of_the_former_contract_says_the_same(tmp_path: Path):
    def former(rows: Rows) -> Rows:
        return [
            {"caveat" if k == "caveat_nb" else k: v for k, v in row.items() if k != "caveat_en"}
            for row in rows
        ]

    before, part = edited(ROOT / "data", tmp_path / "before", measures=former), tmp_path / "part"
    part.mkdir()
    ownership.write_own(before, part, [IG])
    said = {row["measure"]: row["caveat_nb"] for row in written("measures", ROOT / "data")}
    assert {row["measure"]: row["caveat_nb"] for row in written("measures", part)} == said
    ground = ownership.Ground(before, [IG])
    now = edited(before, tmp_path / "now", measures=now_called)
    assert ownership.trespasses(ground, before, now) == []


def now_called(rows: Rows) -> Rows:
    return [{"caveat_nb" if k == "caveat" else k: v for k, v in row.items()} for row in rows]


def test_the_part_goes_with_its_version(var: Path):
    version = now(var)
    anew.make_own(version, var, [IG])
    assert version.own(var, [IG]).is_dir()
    taking_back.withdraw(var, [version.name], why="feil")
    assert not version.own(var, [IG]).exists()
    assert [found.rule for found in anew.make_own(version, var, [IG])]
    assert not version.own(var, [IG]).exists()


# What their editor publishes


@pytest.fixture
def editing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Whoever asks is an editor of these; of all where none is named."""

    def take(*own: str) -> None:
        monkeypatch.setenv(child.ASSOCIATIONS, json.dumps(own))

    return take


def looked(
    path: Path, var: Path, whole: Path, how: Mapping[str, How], of: tuple[str, ...] = ()
) -> looking.Look:
    whole.mkdir()
    with workbench() as connection:
        asked = looking.Asked({}, how, of)
        return looking.look(connection, [path], var, versions.current(var), whole, AS_OF, asked)


def sheet_of(name: str, rows: Rows, into: Path) -> Path:
    """A spreadsheet with a table's rows, as a form has them."""
    w, book = words("nb"), openpyxl.Workbook()
    sheet = book.active
    sheet.title = w(f"sheet.{name}")
    sheet.append([w(f"column.{column}") for column in rows[0]])
    for row in rows:
        sheet.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)
    into.write_bytes(content.getvalue())
    return into


def of(name: str, association: str, folder: Path = ROOT / "data") -> Rows:
    return [row for row in written(name, folder) if row["association"] == association]


def rules(seen: looking.Look) -> list[tuple[str, str | None]]:
    return [(f.rule, f.found) for f in seen.findings if f.level == "must_fix"]


def test_to_replace_all_replaces_ones_own(var: Path, tmp_path: Path, editing):
    editing(IG)
    kept = of("activities", IG)[0]
    path = sheet_of("activities", [kept], tmp_path / "egne.xlsx")
    seen = looked(path, var, tmp_path / "whole", {"activities": "replace"})
    # Results of those that are gone refer to nothing, which is told of them.
    assert {rule for rule, _ in rules(seen)} == {"unknown_reference"}
    after = written("activities", tmp_path / "whole")
    assert [row for row in after if row["association"] == IG] == [kept]
    assert [row for row in after if row["association"] == NFDR] == of("activities", NFDR)


def test_to_replace_all_context_leaves_what_is_of_others_and_of_nobody(
    var: Path, tmp_path: Path, editing
):
    editing(IG)
    kept = of("context", IG)[0]
    path = sheet_of("context", [kept], tmp_path / "egne.xlsx")
    seen = looked(path, var, tmp_path / "whole", {"context": "replace"})
    assert rules(seen) == []
    after = written("context", tmp_path / "whole")
    assert [row for row in after if row["association"] == IG] == [kept]
    for others in (NFDR, ""):
        assert others in {row["association"] for row in after}
        assert [r for r in after if r["association"] == others] == of("context", others)


def test_to_replace_all_leaves_others_in_files_of_the_former_contract_too(tmp_path: Path):
    def then(rows: Rows) -> Rows:
        return [row | {"succeeded_by": "usn" * (row["partner_id"] == "hsn")} for row in rows]

    before, into = edited(ROOT / "data", tmp_path / "before", partners=then), tmp_path / "into"
    (before / "successions.csv").unlink()
    into.mkdir()
    given = [part("targets", of("targets", IG)[:1])]
    merging.unite(given, before, into, {"targets": "replace"}, ownership.Ground(before, [IG]))
    assert of("targets", IG, into) == of("targets", IG)[:1]
    assert of("targets", NFDR, into) == of("targets", NFDR) != []


def test_to_replace_all_of_one_leaves_the_others_also_for_who_has_them_all(
    var: Path, tmp_path: Path, editing
):
    """As in the form that was taken under the choice of that one."""
    kept = of("targets", IG)[0]
    path = sheet_of("targets", [kept], tmp_path / "egne.xlsx")
    for number, own in enumerate(([], [IG, NFDR])):
        editing(*own)
        looked(path, var, tmp_path / f"{number}", {"targets": "replace"}, of=(IG,))
        after = written("targets", tmp_path / f"{number}")
        assert [row for row in after if row["association"] == IG] == [kept]
        assert [row for row in after if row["association"] == NFDR] == of("targets", NFDR)


def test_to_replace_all_partners_leaves_those_that_others_use(var: Path, tmp_path: Path, editing):
    editing(IG)
    ours = [row for row in written("partners", ROOT / "data") if row["partner_id"] == "ullensaker"]
    path = sheet_of("partners", ours, tmp_path / "egne.xlsx")
    looked(path, var, tmp_path / "whole", {"partners": "replace"})
    left = {row["partner_id"] for row in written("partners", tmp_path / "whole")}
    ground = ownership.Ground(ROOT / "data", [IG])
    used = {id for name, id in ground.used[False] if name == "partners"}
    assert used <= left and "stromsgodset" in used
    assert "grip" not in left, "it was IG's alone"


def changed_row(name: str, of_whom: str, /, **values: str) -> Rows:
    return [of(name, of_whom)[0] | values]


def partner(id: str, **values: str) -> Rows:
    (found,) = (row for row in written("partners", ROOT / "data") if row["partner_id"] == id)
    return [found | values]


OTHERS = "of_other_association"
# What the editor of IG uploads, and what that is told; an empty list where it is written.
UPLOADS: dict[str, tuple[str, Callable[[], Rows], list[tuple[str, str | None]]]] = {
    "one's own changed": ("activities", lambda: changed_row("activities", IG, title="Ny"), []),
    "another's changed": (
        "activities", lambda: changed_row("activities", NFDR, title="Ny"), [(OTHERS, NFDR)],
    ),
    "another's as it is": ("activities", lambda: of("activities", NFDR)[:1], [(OTHERS, NFDR)]),
    "another's taken over": (
        "activities", lambda: changed_row("activities", NFDR, association=IG), [(OTHERS, NFDR)],
    ),
    "one's own given away": (
        "activities", lambda: changed_row("activities", IG, association=NFDR), [(OTHERS, NFDR)],
    ),
    "new, of another": (
        "targets", lambda: changed_row("targets", IG, association=NFDR, year="2031"),
        [(OTHERS, NFDR)],
    ),
    "new, of one that isn't there": (
        "targets", lambda: changed_row("targets", IG, association="Tredje", year="2031"),
        [(OTHERS, "Tredje")],
    ),
    "a result of another's activity": (
        "outcomes",
        lambda: [
            {**dict.fromkeys(written("outcomes", ROOT / "data")[0], ""), "outcome_id": "x",
             "activity_id": of("activities", NFDR)[0]["activity_id"], "association": IG,
             "measure": "mentors", "value": "3", "evidence": "register"}
        ],
        [(OTHERS, NFDR)],
    ),
    "of another's agreement": (
        "activities", lambda: changed_row("activities", IG, partnership_ids="nfdr_usn"),
        [(OTHERS, NFDR)],
    ),
    "a shared partner as it is": ("partners", lambda: partner("nav"), []),
    "a partner that only IG uses": ("partners", lambda: partner("ullensaker", name="Ny"), []),
    "a partner that others use": (
        "partners", lambda: partner("usn", name="Ny"),
        [("used_by_others", "Universitetet i Sørøst-Norge (USN)")],
    ),
    "a new partner": ("partners", lambda: partner("ullensaker", partner_id="ny", name="Ny"), []),
    "a measure that others use": (
        "measures",
        lambda: [
            row | {"name_nb": "Noe annet"}
            for row in written("measures", ROOT / "data")
            if row["measure"] == "mentors"
        ],
        [("used_by_others", "Mentorer")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "rows", "expected"), UPLOADS.values(), ids=UPLOADS.keys())
def test_what_an_upload_may_change(
    table: str,
    rows: Callable[[], Rows],
    expected: list[tuple[str, str | None]],
    var: Path,
    tmp_path: Path,
    editing,
):
    editing(IG)
    path = sheet_of(table, rows(), tmp_path / "opplastet.xlsx")
    seen = looked(path, var, tmp_path / "whole", {})
    assert rules(seen) == expected
    assert [f.row for f in seen.findings if f.rule in (OTHERS, "used_by_others")] == [2] * len(
        expected
    )


REFUSED = {name: upload for name, upload in UPLOADS.items() if upload[2]}
# One of each rule; all where many examples are tried.
FEW_REFUSED = ("another's changed", "a measure that others use")


@pytest.mark.parametrize("name", REFUSED if settings().max_examples > 100 else FEW_REFUSED)
def test_who_has_the_role_for_all_may_upload_any_of_it(
    name: str, var: Path, tmp_path: Path, editing
):
    editing()
    table, rows, _ = REFUSED[name]
    path = sheet_of(table, rows(), tmp_path / "opplastet.xlsx")
    seen = looked(path, var, tmp_path / "whole", {})
    assert not {rule for rule, _ in rules(seen)} & {OTHERS, "used_by_others"}


def publishes(var: Path, folder: Path, parent: Version, *own: str) -> list[Finding]:
    def publish(place: Path, parent: str) -> list[Finding]:
        def ask(code: str | None) -> list[Finding]:
            return publishing.publish(place, var, way="upload", parent=parent, confirmed=code)

        found = ask(None)
        waiting = [f.expected for f in found if f.rule == "waits_for_confirmation"]
        return ask(waiting[0]) if waiting else found

    return own_rows.publish_looked_at(folder, var, parent.name, own, publish)


def titled(association: str, title: str) -> Callable[[Rows], Rows]:
    def edit(rows: Rows) -> Rows:
        place = next(n for n, row in enumerate(rows) if row["association"] == association)
        return [row | {"title": title} if n == place else row for n, row in enumerate(rows)]

    return edit


def with_partner(rows: Rows) -> Rows:
    return [*rows, rows[-1] | {"partner_id": "ny", "name": "Ny partner"}]


def titles(var: Path) -> set[str]:
    return {row["title"] for row in written("activities", now(var).files(var))}


def test_two_editors_of_different_associations_both_come_through(var: Path, tmp_path: Path):
    parent, files = now(var), now(var).files(var)
    mine = edited(files, tmp_path / "a", activities=titled(IG, "IGs"), partners=with_partner)
    theirs = edited(files, tmp_path / "b", activities=titled(NFDR, "NFDRs"))
    assert not must_fix(publishes(var, theirs, parent, NFDR))
    assert not must_fix(publishes(var, mine, parent, IG))
    assert {"IGs", "NFDRs"} <= titles(var)
    after = now(var).files(var)
    assert (
        after.joinpath("outcomes.csv").read_bytes() == files.joinpath("outcomes.csv").read_bytes()
    )
    assert written("partners", after)[-1]["name"] == "Ny partner"
    found = differences(files, after)
    assert {d.table: dict(d.counts) for d in found} == {
        "partners": {"added": 1},
        "activities": {"changed": 2},
    }


def test_two_editors_of_the_same_association_do_not_write_over_each_other(
    var: Path, tmp_path: Path
):
    parent, files = now(var), now(var).files(var)
    first = edited(files, tmp_path / "a", activities=titled(IG, "Den første"))
    second = edited(files, tmp_path / "b", targets=lambda rows: rows[:-1])
    assert rows_of_ig(files, "targets") != rows_of_ig(second, "targets")
    assert not must_fix(publishes(var, first, parent, IG))
    assert [found.rule for found in publishes(var, second, parent, IG)] == ["overtaken"]
    assert "Den første" in titles(var)


def rows_of_ig(folder: Path, name: str) -> Rows:
    return of(name, IG, folder)


def test_two_partners_that_were_given_the_same_id_are_told(var: Path, tmp_path: Path):
    """By editors who did not know of each other."""
    parent, files = now(var), now(var).files(var)

    def other(rows: Rows) -> Rows:
        return [*rows, with_partner(rows)[-1] | {"partner_type": "county"}]

    for number, edit in enumerate((with_partner, other)):
        folder = edited(files, tmp_path / f"{number}", partners=edit)
        found = publishes(var, folder, parent, (IG, NFDR)[number])
    assert [f.rule for f in found] == ["overtaken"]


def test_publishing_asks_again_what_the_role_allows(var: Path, tmp_path: Path):
    """A role may have become another's since the files were looked at."""
    parent = now(var)
    folder = edited(parent.files(var), tmp_path / "a", activities=titled(IG, "IGs"))
    assert {f.rule for f in publishes(var, folder, parent, NFDR)} == {OTHERS}
    assert now(var) == parent


# Going back


@pytest.fixture
def later(var: Path, tmp_path: Path) -> Iterator[Path]:
    """Where IG has published, and NFDR after it."""
    for number, own in enumerate((IG, NFDR)):
        files = now(var).files(var)
        folder = edited(files, tmp_path / f"{number}", activities=titled(own, f"Ny {own}"))
        assert not must_fix(publishes(var, folder, now(var), own))
    yield var


def test_going_back_gives_back_ones_own_rows_alone(later: Path, published: Path):
    first, *_, last = versions.history(later)
    found = own_rows.version_of_others([IG], last, versions.history(later), later)
    assert found == first
    assert not must_fix(own_rows.publish_as_then(later, first, [IG], "Kari", None) or [])
    assert f"Ny {NFDR}" in titles(later) and f"Ny {IG}" not in titles(later)
    line = now(later)
    assert (line.way, line.who) == ("undo", "Kari") and line.name not in (first.name, last.name)
    for name in ("activities", "outcomes", "partners"):
        files = now(later).files(later)
        assert [r for r in written(name, files) if r.get("association") != NFDR] == [
            r for r in written(name, first.files(later)) if r.get("association") != NFDR
        ]


def test_there_is_nothing_to_go_back_to_where_ones_own_rows_were_the_same(later: Path):
    *_, before, _ = versions.history(later)  # since which only NFDR has published
    assert own_rows.publish_as_then(later, before, [IG], None, None) is None
    assert (
        own_rows.version_of_others([IG], versions.history(later)[0], versions.history(later), later)
        is None
    )


def test_what_ones_own_rows_need_comes_back_with_them(var: Path, tmp_path: Path):
    """Somebody with the role for all has tidied a partner away that the rows were without."""
    first, files = now(var), now(var).files(var)

    def without(rows: Rows) -> Rows:
        return [row for row in rows if row.get("partnership_id") != "ig_naeringsplan"]

    def untied(rows: Rows) -> Rows:
        return [row | {"partnership_ids": "", "partner_ids": ""} for row in rows]

    def no_grip(rows: Rows) -> Rows:
        return [row for row in rows if row["partner_id"] != "grip"]

    folder = edited(
        files, tmp_path / "a", partnerships=without, activities=untied, partners=no_grip
    )
    found = publishing.publish(folder, var)
    code = next((f.expected for f in found if f.rule == "waits_for_confirmation"), None)
    assert not must_fix(publishing.publish(folder, var, confirmed=code) if code else found)
    assert not must_fix(own_rows.publish_as_then(var, first, [IG], None, None) or [])
    partners = {row["partner_id"] for row in written("partners", now(var).files(var))}
    assert "grip" in partners
    assert {"ig_naeringsplan"} <= {
        row["partnership_id"] for row in written("partnerships", now(var).files(var))
    }


def test_a_row_of_two_associations_is_for_who_has_the_role_for_both(tmp_path: Path):
    (activity, *_) = of("activities", NFDR)
    result = {"activity_id": activity["activity_id"], "association": IG, "measure": "mentors"}
    table = table_named("outcomes")
    row = ownership.whole_row(table, result)
    for own, expected in (([IG], False), ([NFDR], False), ([IG, NFDR], True)):
        assert ownership.Ground(ROOT / "data", own).may_change(table, row) == expected
