"""What is uploaded changes what it says and nothing else; names become ids, and ids stay."""

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.contract import TYPE_TABLES, tables
from ringvirkning import ROOT
from ringvirkning.finding import Finding, must_fix
from ringvirkning.intake import former, publishing
from ringvirkning.intake.changes import Change, Difference, Edit, differences
from ringvirkning.intake.checks import report
from ringvirkning.intake.figures import FigurePair, figure_pairs
from ringvirkning.intake.merging import Merge, rows_before, unite
from ringvirkning.intake.naming import IDENTITY, key_of
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.sheets import Part
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.intake.words.changes import (
    called_words,
    cell_as_read,
    changes_words,
    reasons_words,
    title_words,
)
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, Words, words
from ringvirkning.texts.safe import slug
from tests.checked import kept_back
from tests.habits import LISTED, MEASURES, Habits, Rows, lines, named, shipped, text_file, workbook

pytestmark = pytest.mark.slow  # folders are checked in nearly every test

SHIPPED = ROOT / "data"
AS_OF = date(2026, 11, 23)
TABLES = {table.name: [c.name for c in table.columns] for table in tables()}
FREE = dict.fromkeys(TABLES, "note") | {"measures": "caveat_nb"}  # a column that may hold any text
FREE |= dict.fromkeys(TYPE_TABLES, "name_en") | {"remarks": "text_nb"}
DRAMMEN, GARDERMOEN = "Næringsforeningen i Drammensregionen", "Innovasjon Gardermoen"


def part(table: str, of: Iterable[dict[str, str]], columns: Iterable[str] = ()) -> Part:
    """Rows as they are read from a sheet with these columns, else all."""
    filled = [{k: v for k, v in row.items() if v} for row in of]
    names = {name: name for name in columns or TABLES[table]}
    return Part(table, "", names, filled, list(range(2, len(filled) + 2)))


def without(row: dict[str, str], *columns: str) -> dict[str, str]:
    return {k: v for k, v in row.items() if k not in columns}


def merge_into(
    folder: Path, *parts: Part, before: Path | None = SHIPPED, how: str = "add"
) -> Merge:
    folder.mkdir(parents=True)
    return unite(parts, before, folder, dict.fromkeys(TABLES, how))  # type: ignore[arg-type]


def table_of(folder: Path, table: str) -> Rows:
    return [dict(row) for row in rows_before(folder / f"{table}.csv")]


def told(found: Iterable[Difference]) -> Counter[tuple[object, ...]]:
    """Every change, in no order."""
    return Counter(
        (d.table, c.kind, c.key or tuple(c.called.values()), c.edits)
        for d in found
        for c in d.changes
    )


def rules(merge: Merge) -> list[tuple[str, int | None, str | None, str | None]]:
    return [(f.rule, f.row, f.found, f.expected) for f in merge.findings]


partner: "partial[dict[str, str]]" = partial(dict, partner_type="company")
activity: "partial[dict[str, str]]" = partial(
    dict, association=DRAMMEN, activity_type="course", evidence="register"
)


# Rows added, changed and removed


@st.composite
def uploads(draw: st.DrawFn) -> tuple[str, str, list[int], list[int], int, list[int]]:
    """A table, how it is uploaded, which rows are left out and changed, how many are new, and an
    order."""
    table = draw(st.sampled_from(list(TABLES)))
    places = st.integers(0, len(shipped(table)) - 1)
    left_out, changed = (draw(st.lists(places, max_size=4, unique=True)) for _ in range(2))
    new = draw(st.integers(0, 3))
    order = draw(st.permutations(range(len(shipped(table)) + new)))
    return table, draw(st.sampled_from(["add", "replace"])), left_out, changed, new, list(order)


@given(uploads())
def test_what_was_done_to_the_rows_is_what_changes(
    tmp_path_factory: pytest.TempPathFactory,
    upload: tuple[str, str, list[int], list[int], int, list[int]],
):
    table, how, left_out, changed, new, order = upload
    key, free = key_of(table_named(table)), FREE[table]
    given, expected = [], Counter[tuple[object, ...]]()

    def name(row: dict[str, str]) -> object:
        called = (row.get(c, "") for c in IDENTITY[table])
        return row[key] if key else tuple(filter(None, called))

    for place, row in enumerate(shipped(table)):
        if place in left_out:
            if how == "replace":
                expected[table, "removed", name(row), ()] += 1
        elif place in changed:
            given.append(row | {free: "Endret"})
            edit = Edit(free, "", row.get(free, ""), "Endret")
            expected[table, "changed", name(row), (edit,)] += 1
        else:
            given.append(row)
    for number in range(new):
        row = shipped(table)[0] | {key or "association": f"ny{number}"}
        given.append(row)
        expected[table, "added", name(row), ()] += 1
    given = [given[place] for place in order if place < len(given)]
    into = tmp_path_factory.mktemp("merged") / "into"
    result = merge_into(into, part(table, given), how=how)
    assert result.findings == []
    assert told(differences(SHIPPED, into)) == expected
    for row, origin in zip(table_of(into, table), result.origins[table], strict=True):
        if origin is not None:
            assert {k: v for k, v in row.items() if v} == given[origin], "traced to another row"
    if how == "add":
        known = [name(row) for row in table_of(SHIPPED, table)]
        assert [name(row) for row in table_of(into, table)][: len(known)] == known, "moved"


def test_successors_of_the_former_contract_stay_where_others_are_added(tmp_path: Path):
    before = Path(shutil.copytree(SHIPPED, tmp_path / "before"))
    (before / "successions.csv").unlink()
    then = [
        row | {"succeeded_by": "usn" * (row["partner_id"] == "hsn")} for row in shipped("partners")
    ]
    cells = [[*TABLES["partners"], "succeeded_by"]]
    cells += [[row.get(name, "") for name in cells[0]] for row in then]
    with (before / "partners.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(cells)
    row = {"predecessor_id": "grip", "successor_id": "nho"}
    assert merge_into(tmp_path / "into", part("successions", [row]), before=before).findings == []
    pairs = [
        (one["predecessor_id"], one["successor_id"])
        for one in table_of(tmp_path / "into", "successions")
    ]
    assert pairs == [("hsn", "usn"), ("grip", "nho")]
    assert [*table_of(tmp_path / "into", "partners")[0]] == TABLES["partners"]
    assert {path.name for path in (tmp_path / "into").iterdir()} == {t.file for t in tables()}


@pytest.mark.parametrize("how", ["add", "replace"])
def test_all_rows_uploaded_again_are_the_same_files(tmp_path: Path, how: str):
    merge_into(tmp_path / "into", *(part(t, shipped(t)) for t in reversed(TABLES)), how=how)
    for table in tables():
        assert (tmp_path / "into" / table.file).read_bytes() == (SHIPPED / table.file).read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_a_downloaded_file_with_one_cell_changed_is_one_change(tmp_path: Path, table: str):
    given = shipped(table)
    given[1] = given[1] | {FREE[table]: "Nytt, «sitat»; og mer"}
    cells = lines(table, given, Habits())
    workbook({"Ark": cells}).save(tmp_path / f"{table}.xlsx")
    (tmp_path / f"{table}.csv").write_bytes(text_file(cells, Habits()))
    read = []
    for kind in ("xlsx", "csv"):
        found = read_file(tmp_path / f"{table}.{kind}", listed=LISTED)
        answers = found.answers | {q.key: q.options[0] for q in found.questions}
        read.append(read_file(tmp_path / f"{table}.{kind}", answers, listed=LISTED).parts)
    of_workbook, of_text = read
    assert [one.rows for one in of_workbook] == [one.rows for one in of_text]
    merged = []
    for parts, how in ((of_workbook, "add"), (of_text, "replace")):
        into = tmp_path / how
        assert merge_into(into, *parts, how=how).findings == []
        (difference,) = differences(SHIPPED, into)
        assert (difference.table, difference.counts) == (table, {"changed": 1})
        ((edit,),) = [change.edits for change in difference.changes]
        assert (edit.column, edit.after) == (FREE[table], "Nytt, «sitat»; og mer")
        merged.append([(into / one.file).read_bytes() for one in tables()])
    assert all(files == merged[0] for files in merged)
    # One cell is another, as was just seen: what can be read is read here of some tables.
    if settings().max_examples > 100 or [*TABLES].index(table) % 4 == 0:
        assert kept_back(into) == []


def test_what_the_sheet_has_no_column_for_stays(tmp_path: Path):
    row = {"activity_id": "nfdr_innsikt_2021", "attended_count": "120"}
    sheet = part("activities", [row], ["activity_id", "attended_count", "end_date"])
    merge_into(tmp_path / "into", sheet)
    ((change,),) = [d.changes for d in differences(SHIPPED, tmp_path / "into")]
    assert change.edits == (
        Edit("end_date", "", "2021-08-26", ""),
        Edit("attended_count", "", "", "120"),
    )


def test_without_a_version_before_there_are_headings_and_the_shipped_measures(tmp_path: Path):
    row = partner(name="Kiwi")
    merge_into(tmp_path / "into", part("partners", [row]), before=None)
    assert not must_fix(report.findings_of(tmp_path / "into", None, AS_OF))
    assert table_of(tmp_path / "into", "measures") == table_of(SHIPPED, "measures")
    assert table_of(tmp_path / "into", "outcomes") == []


def test_two_rows_with_one_id_are_both_kept_for_the_check(tmp_path: Path):
    twice = [row for row in shipped("partners") if row["partner_id"] == "nav"] * 2
    merge_into(tmp_path / "into", part("partners", twice))
    found = report.findings_of(tmp_path / "into", None, AS_OF)
    assert [f.rule for f in found if f.level == "must_fix"] == ["repeated_key"]


# Ids and names


def named_by_name(table: str) -> Rows:
    """The shipped rows without ids, and with names for those of others."""
    called = {
        other: {row[f"{stem}_id"]: row[name].upper() for row in shipped(other)}
        for other, stem, name in [
            ("partners", "partner", "name"),
            ("partnerships", "partnership", "title"),
            ("activities", "activity", "title"),
        ]
    }
    given = []
    for row in shipped(table):
        for column, other in [
            ("partner_ids", "partners"),
            ("partnership_ids", "partnerships"),
            ("activity_id", "activities"),
            ("head_id", "partners"),
            ("part_of", "partnerships"),
        ]:
            if column in row and column != key_of(table_named(table)):
                row[column] = "|".join(called[other][i] for i in row[column].split("|"))
        given.append(without(row, key_of(table_named(table)) or ""))
    return given


NAMED = ("partners", "partnerships", "activities", "outcomes")


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "last first"])
@pytest.mark.parametrize("how", ["add", "replace"])
def test_names_are_known_again_and_ids_kept(tmp_path: Path, order: int, how: str):
    sheets = [part(table, named_by_name(table)) for table in NAMED[::order]]
    assert merge_into(tmp_path / "into", *sheets, how=how).findings == []
    assert differences(SHIPPED, tmp_path / "into") == []


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "last first"])
def test_made_ids_are_the_same_at_the_second_upload(tmp_path: Path, order: int):
    sheets = [part(table, named_by_name(table)) for table in NAMED[::order]]
    assert merge_into(tmp_path / "first", *sheets, before=None).findings == []
    assert not must_fix(report.findings_of(tmp_path / "first", None, AS_OF))
    again = merge_into(tmp_path / "second", *sheets, before=tmp_path / "first")
    assert again.findings == []
    assert differences(tmp_path / "first", tmp_path / "second") == []
    made = {row["name"]: row["partner_id"] for row in table_of(tmp_path / "first", "partners")}
    assert made["Øvre Eiker kommune"] == "oevre_eiker_kommune"


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8).map("a {}".format)


@given(st.lists(NAMES.map(str.strip) | st.sampled_from(["★", "Nav", "NAV ", "nav"]), max_size=8))
def test_every_name_gives_an_id_of_its_own_and_always_the_same(
    tmp_path_factory: pytest.TempPathFactory, called: list[str]
):
    folder = tmp_path_factory.mktemp("ids")
    sheet = part("partners", [partner(name=name) for name in called])
    merge_into(folder / "first", sheet, before=None)
    ids = [row["partner_id"] for row in table_of(folder / "first", "partners")]
    assert len(set(ids)) == len(called)
    assert all(re.fullmatch("[a-z0-9_]{1,60}", made) for made in ids)
    for how in ("add", "replace"):
        again = merge_into(folder / how, sheet, before=folder / "first", how=how)
        assert again.findings == []
        assert table_of(folder / how, "partners") == table_of(folder / "first", "partners")


def test_a_result_that_says_not_when_is_of_the_end(tmp_path: Path):
    """As the contract counts it, so that it is the same as one that says so."""
    id_ = "ig_workop_2023_var_placement_permanent"
    was = next(row for row in shipped("outcomes") if row["outcome_id"] == id_)
    assert was["measured_at"] == "exit"
    new = {"activity_id": "WorkOP våren 2023", "measure": was["measure"], "value": "99"}
    merge = merge_into(tmp_path / "a", part("outcomes", [new], new))
    assert not merge.findings
    assert told(differences(SHIPPED, tmp_path / "a")) == Counter(
        [("outcomes", "changed", was["outcome_id"], (Edit("value", "", was["value"], "99"),))]
    )


def test_a_row_is_known_again_by_what_it_is_called(tmp_path: Path):
    """By the year of a partnership's start; by a result's activity alone."""
    deal = next(r for r in shipped("partnerships") if r["partnership_id"] == "nfdr_usn")
    given = without(deal | {"start_date": "2019-03-01"}, "partnership_id")
    result = next(r for r in shipped("outcomes") if r.get("activity_id") and "programme" not in r)
    more = without(result | {"programme": "WorkOP", "year": "2023"}, "outcome_id")
    merge_into(tmp_path / "into", part("partnerships", [given]), part("outcomes", [more]))
    found = {d.table: [c.key for c in d.changes] for d in differences(SHIPPED, tmp_path / "into")}
    assert found == {"partnerships": ["nfdr_usn"], "outcomes": [result["outcome_id"]]}


def test_an_id_that_is_given_is_no_other_rows(tmp_path: Path):
    lier = next(row for row in shipped("partners") if row["partner_id"] == "lier")
    merge_into(tmp_path / "into", part("partners", [lier, without(lier, "partner_id")]))
    assert table_of(tmp_path / "into", "partners")[-1]["partner_id"] == "lier_kommune"


def test_a_new_id_is_none_that_is_taken(tmp_path: Path):
    given = [partner(name="Viken"), partner(name="Lier"), partner(name="x", partner_id="lier_2")]
    merge_into(tmp_path / "into", part("partners", given))
    made = [row["partner_id"] for row in table_of(tmp_path / "into", "partners")][-3:]
    assert made == ["viken_2", "lier_3", "lier_2"]


def test_an_id_is_readable_and_not_too_long():
    assert slug(" Ærlig & Søn (Ålesund) AS, Café 2") == "aerlig_soen_aalesund_as_cafe_2"
    assert len(slug("ø" * 100)) == 60


def test_a_name_that_fits_nothing_is_told_with_what_is_near(tmp_path: Path):
    given = activity(title="Kurs", partner_ids="Drammen komune|Ukjent AS|Lier  KOMMUNE")
    merge = merge_into(tmp_path / "into", part("activities", [given]))
    row = len(shipped("activities")) + 2
    assert rules(merge) == [
        ("unknown_name", row, "Drammen komune", "Drammen kommune"),
        ("unknown_name", row, "Ukjent AS", None),
    ]
    written = table_of(tmp_path / "into", "activities")[-1]["partner_ids"]
    assert written == "Drammen komune|Ukjent AS|lier"


def test_key_figures_may_be_named_by_the_names_of_measures(tmp_path: Path):
    given = {"association": "Ny forening", "key_figures": "Deltakere|placements|Jobbar"}
    result = merge_into(tmp_path / "into", part("associations", [given]))
    (written,) = table_of(tmp_path / "into", "associations")[2:]
    assert written["key_figures"] == "attended|placements|Jobbar"
    (finding,) = result.findings
    assert (finding.rule, finding.found, finding.expected) == ("unknown_name", "Jobbar", "Jobber")


def test_a_name_that_fits_two_is_not_guessed(tmp_path: Path):
    twins = [partner(name="Bakeri"), partner(name="BAKERI", note="den andre")]
    given = activity(title="Kurs", partner_ids="Bakeri")
    merge = merge_into(tmp_path / "into", part("activities", [given]), part("partners", twins))
    row = len(shipped("activities")) + 2
    assert rules(merge) == [("ambiguous_name", row, "Bakeri", "bakeri, bakeri_2")]
    one = merge_into(tmp_path / "one", part("partners", twins[:1]), before=tmp_path / "into")
    place = len(shipped("partners")) + 4
    assert rules(one) == [("ambiguous_name", place, "Bakeri", "bakeri, bakeri_2")]


def test_a_title_means_the_partnership_of_ones_own_association(tmp_path: Path):
    deal = {"title": "Avtale", "partnership_type": "other", "partner_ids": "nav"}
    deals = [deal | {"association": association} for association in (DRAMMEN, GARDERMOEN)]
    given = [activity(title="Kurs", association=a, partnership_ids="AVTALE")
             for a in (GARDERMOEN, DRAMMEN, "En tredje")]  # fmt: skip
    merge = merge_into(tmp_path / "into", part("activities", given), part("partnerships", deals))
    found = [row["partnership_ids"] for row in table_of(tmp_path / "into", "activities")][-3:]
    assert found == ["avtale_2", "avtale", "AVTALE"]
    assert [rule for rule, *_ in rules(merge)] == ["ambiguous_name"]


def test_an_id_is_never_taken_for_a_name(tmp_path: Path):
    """ "nav" is an id, even when another partner is called so."""
    given = activity(title="Kurs", partner_ids="nav")
    other = partner(name="Nav", partner_id="en_annen")
    merge_into(tmp_path / "into", part("activities", [given]), part("partners", [other]))
    assert table_of(tmp_path / "into", "activities")[-1]["partner_ids"] == "nav"


def test_of_many_findings_the_first_are_told_and_all_counted(tmp_path: Path):
    given = [activity(title=f"Kurs {n}", partner_ids=f"Ukjent {n}") for n in range(30)]
    merge = merge_into(tmp_path / "into", part("activities", given))
    assert len(merge.findings) == 20
    assert {finding.count for finding in merge.findings} == {30}


def test_a_finding_is_told_of_the_row_in_the_sheet(tmp_path: Path):
    """Of two files, the second with a title line; and of a row that was there before."""
    reads = []
    for number, titles in enumerate([(), ("Kurs i år",)]):
        course, meeting = (
            activity(title=f"{what} {number}", partner_ids=whom, activity_id=f"{what[0]}{number}")
            for what, whom in [("Kurs", "nav"), ("Treff", "nobody")]
        )
        path = tmp_path / f"kurs{number}.csv"
        path.write_bytes(
            text_file(lines("activities", [course, meeting], Habits(titles=titles)), Habits())
        )
        reads.append(read_file(path, listed=LISTED))
    merge = merge_into(tmp_path / "into", *(part for one in reads for part in one.parts))
    placed = [merge.uploaded(finding, reads) for finding in merge.findings]
    assert [(f.file, f.row, f.column) for f in placed] == [
        ("kurs0.csv", 3, "Partnere"),
        ("kurs1.csv", 4, "Partnere"),
    ]
    from_before = Finding("required", "activities.csv", 2, "title")
    assert merge.uploaded(from_before, reads) == from_before
    elsewhere = Finding("required", "partners.csv", 2, "name")
    assert merge.uploaded(elsewhere, reads) == elsewhere


# What differs


def rewritten(folder: Path, table: str, of: Iterable[dict[str, str]]) -> Path:
    """A copy of the shipped files with other rows in one."""
    shutil.copytree(SHIPPED, folder)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, TABLES[table])
        out.writeheader()
        out.writerows(of)
    return folder


def test_another_order_or_another_way_to_write_the_same_is_no_change(tmp_path: Path):
    given = [row | {"value": row["value"] + ".00"} if "value" in row else row
             for row in shipped("targets")]  # fmt: skip
    assert differences(SHIPPED, rewritten(tmp_path / "a", "targets", given[::-1])) == []
    given = [row | {"partner_ids": f" {row['partner_ids'].replace('|', ' | ')} "}
             for row in shipped("partnerships")]  # fmt: skip
    assert differences(SHIPPED, rewritten(tmp_path / "b", "partnerships", given)) == []


def test_targets_called_the_same_are_told_apart_by_what_they_say(tmp_path: Path):
    first, *rest = shipped("targets")
    a, b, c = ({**first, "value": value} for value in ("1", "2", "3"))
    before = rewritten(tmp_path / "before", "targets", [a, b, *rest])
    for number, (now, counts) in enumerate([
        ([b, a], {}), ([b, c], {"changed": 1}), ([b], {"removed": 1}), ([a, b, b], {"added": 1}),
    ]):  # fmt: skip
        after = rewritten(tmp_path / str(number), "targets", [*now, *rest])
        found = differences(before, after)
        assert [d.counts for d in found] == ([counts] if counts else [])


def test_what_has_changed_in_a_row_is_told_by_names(tmp_path: Path):
    first, *rest = shipped("partnerships")
    partners = [row["partner_id"] for row in shipped("partners")[:2]]
    names = [row["name"] for row in shipped("partners")[:2]]
    before = rewritten(
        tmp_path / "a", "partnerships", [first | {"partner_ids": partners[0]}, *rest]
    )
    changed = [first | {"partner_ids": "|".join(partners)}, *rest]
    ((difference),) = differences(before, rewritten(tmp_path / "b", "partnerships", changed))
    ((edit,),) = (change.edits for change in difference.changes)
    assert (edit.before, edit.after) == (names[0], ", ".join(names))


def test_what_is_added_is_told_as_one_reads_it():
    w = words("nb")
    assert cell_as_read(w, "start_date", "", "2026-03-12") == "12. mars 2026"
    for column in ("date", "valid_from", "due_date"):
        assert cell_as_read(w, column, "", "2026-03") == "mars 2026"
    assert cell_as_read(w, "value", "", "37.5") == "37,5"
    assert cell_as_read(w, "partner_ids", "", "Lier kommune|NAV Lier") == "Lier kommune, NAV Lier"
    assert title_words(named("nb"), "outcomes", "interviews") == "Til intervju"
    new = Difference("partners", {"added": 1}, (Change("added", "lier", {"name": "Lier"}),))
    assert reasons_words(w, [new]) == "", "the count says it"


def test_all_is_counted_though_only_the_first_are_told():
    """All that is somebody's: what figures are counted in, and types, are offered before anything
    is published."""
    found = {d.table: d for d in differences(None, SHIPPED, shown=2)}
    assert {t: d.counts for t, d in found.items()} == {
        table: {"added": len(shipped(table))}
        for table in TABLES
        if table not in former.SHIPPED_TABLES
    }
    assert [change.key for change in found["partners"].changes] == ["buskerud", "akershus"]


@pytest.fixture(scope="module")
def databases(watch: Watch, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The shipped version, one with a course of 20 and an example more, and the latter's files."""
    folder = tmp_path_factory.mktemp("figures")
    given = [activity(title="Kurs", start_date="2025-03-01", attended_count="20"),
             activity(title="Øvelse", start_date="2025", attended_count="5",
                      evidence="illustrative")]  # fmt: skip
    assert merge_into(folder / "files", part("activities", given)).findings == []
    assert publishing.publish(folder / "files", folder / "var") == []
    before, after = watch.version, versions.current(folder / "var")
    assert before and after
    return before.exact(watch.var), after.exact(folder / "var"), folder / "files"


def test_key_figures_before_and_after(databases: tuple[Path, Path, Path]):
    found = {(f.measure, f.with_illustrative): f for f in figure_pairs(*databases[:2], AS_OF)}
    assert found["activities_held", False] == FigurePair("activities_held", 47, 48)
    attended = found["attended", False]
    assert (attended.after or 0) - (attended.before or 0) == 20
    assert not {measure for measure, with_examples in found if with_examples}, (
        "examples are never added to what is published"
    )
    assert found["placements", False].before == found["placements", False].after


def test_without_a_version_before_no_figure_is_known(databases: tuple[Path, Path, Path]):
    assert {f.before for f in figure_pairs(None, databases[0], AS_OF)} == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_what_would_change(databases: tuple[Path, Path, Path], language: str):
    names = {row["measure"]: {"name": row[f"name_{language}"]} for row in MEASURES}
    w = Words(language, names)
    found = differences(SHIPPED, databases[2])
    said = changes_words(w, found, figure_pairs(*databases[:2], AS_OF))
    assert w("difference.added", n=2) in said
    assert f"+ Kurs, {w.day('2025-03-01')}" in said
    assert f"{names['activities_held']['name']}: 47 → 48" in said
    assert names["placements"]["name"] not in said, "it is as before"
    assert changes_words(w, []) == w("difference.none")


def test_why_a_row_differs(tmp_path: Path):
    """Since 1 June 2025: a figure of a round that was there is late, a later activity is new."""
    activities, outcomes = shipped("activities"), shipped("outcomes")
    free = {"association": GARDERMOEN, "activity_type": "course", "evidence": "unstated"}
    counted = next(row for row in activities if not row.get("attended_count"))
    late = free | {"activity_id": "late", "title": "Før", "start_date": "2025-05-31"}
    new = free | {"activity_id": "new", "title": "Etter", "start_date": "2025-06"}
    renamed, withdrawn = activities[0]["activity_id"], outcomes[0]["outcome_id"]
    after = [
        row
        | ({"attended_count": "12"} if row is counted else {})
        | ({"title": "Nytt navn"} if row["activity_id"] == renamed else {})
        for row in activities
    ]
    into = rewritten(tmp_path / "after", "activities", [*after, late, new])
    result = {"measure": "people_trained", "value": "7", "evidence": "employer"}
    more = [
        result | {"outcome_id": f"of_{of['activity_id']}", "activity_id": of["activity_id"]}
        for of in (counted, new)
    ]
    shutil.copyfile(
        rewritten(tmp_path / "outcomes", "outcomes", [*outcomes[1:], *more]) / "outcomes.csv",
        into / "outcomes.csv",
    )
    since = differences(SHIPPED, into, since="2025-06-01")
    found = {change.key: change.why for difference in since for change in difference.changes}
    assert found == {
        "late": "late",
        "new": "new",
        counted["activity_id"]: "late",
        renamed: "corrected",
        withdrawn: "withdrawn",
        f"of_{counted['activity_id']}": "late",
        "of_new": "new",
    }


def test_a_row_is_named_by_what_its_ids_are_called(tmp_path: Path):
    """A result by its measure, its round, programme and year; also of a round that is gone, and of
    an agreement and its partner."""
    first, second = [row for row in shipped("activities") if row.get("programme")][:2]
    agreed = next(row for row in shipped("partnerships") if "|" not in row["partner_ids"])
    partner = next(p for p in shipped("partners") if p["partner_id"] == agreed["partner_ids"])
    rest = [row for row in shipped("outcomes") if row.get("activity_id") != first["activity_id"]]
    own = {"measure": "work_training", "value": "3", "evidence": "register"}
    before = rewritten(
        tmp_path / "before",
        "outcomes",
        [*rest, own | {"outcome_id": "x1", "activity_id": first["activity_id"]}],
    )
    after = rewritten(
        tmp_path / "after",
        "outcomes",
        [
            *rest,
            own | {"outcome_id": "x2", "activity_id": second["activity_id"]},
            own
            | {"outcome_id": "x3", "partnership_id": agreed["partnership_id"], "year": "2024"}
            | {"partner_id": partner["partner_id"], "association": agreed["association"]},
        ],
    )
    (difference,) = differences(before, after)
    said = {change.key: called_words(named("nb"), change) for change in difference.changes}
    what = {
        key: f"Arbeidstrening, {row['title']}, {row['programme']}, {row['start_date'][:4]}"
        for key, row in {"x1": first, "x2": second}.items()
    }
    of = f"{agreed['association']}, 2024, {agreed['title']}, {partner['name']}"
    assert said == what | {"x3": f"Arbeidstrening, {of}"}
    with (after / "activities.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, TABLES["activities"], restval="")
        out.writeheader()
        out.writerows(r for r in shipped("activities") if r["activity_id"] != first["activity_id"])
    (told,) = (d for d in differences(before, after) if d.table == "outcomes")
    assert {c.key: called_words(named("nb"), c) for c in told.changes} == said, "as it was called"


def test_an_edit_says_codes_in_words_and_of_long_texts_what_differs(tmp_path: Path):
    long = "ord " * 50
    given = [row | {"partner_type": "other", "note": long + "B"} for row in shipped("partners")[:1]]
    before = rewritten(
        tmp_path / "before", "partners", [given[0] | {"partner_type": "county", "note": long + "A"}]
    )
    after = rewritten(tmp_path / "after", "partners", given)
    said = changes_words(named("nb"), differences(before, after)).splitlines()
    assert said[-4:-2] == [
        "      Partnertype: Fylkeskommune → Andre",
        "      Merknad: …rd ord ord ord A → …rd ord ord ord B",
    ]
