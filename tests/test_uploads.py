"""From someone's files to a folder to publish, and what is refused on the way."""

import io
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from queries.contract import workbench
from ringvirkning import ROOT
from ringvirkning.child import as_json, from_json
from ringvirkning.finding import MOST_SHOWN, must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.answers import UploadAnswer
from ringvirkning.intake.changes import Difference, differences
from ringvirkning.intake.checks import report, rules
from ringvirkning.intake.checks.report import groups
from ringvirkning.intake.figures import figure_pairs, totals_of
from ringvirkning.intake.forms import templates
from ringvirkning.intake.publishing import prebuilt
from ringvirkning.intake.sheets import memory
from ringvirkning.intake.uploads import looking
from ringvirkning.intake.words.report import report_words
from ringvirkning.store import keys, versions
from ringvirkning.store.versions import DATABASES
from ringvirkning.texts import LANGUAGES, words
from tests.command import run

pytestmark = pytest.mark.slow  # a version is published in nearly every test

SHIPPED = ROOT / "data"
AS_OF = date(2026, 11, 23)
ACTIVITIES = (
    "Aktiviteter i Næringsforeningen;;;;\n;;;;\n"
    "Forening;Tittel;Aktivitetstype;Startdato;Deltakere;Grunnlag;Partnere\n"
    "Innovasjon Gardermoen;Frokostmøte;Konferanse;12.03.2026;1 234;Ikke oppgitt;NAV\n"
)
NOTHING = looking.Asked()


@pytest.fixture(scope="module")
def var(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("uploads") / "var"))


def looked(
    path: Path,
    var: Path,
    tmp_path: Path,
    asked: looking.Asked = NOTHING,
    shown: int = MOST_SHOWN,
) -> looking.Look:
    whole, now = tmp_path / "whole", versions.current(var)
    whole.mkdir()
    with workbench() as connection:
        return looking.look(
            *(connection, [path], var, now, whole, AS_OF, asked), is_compared=True, shown=shown
        )


def changes(seen: looking.Look) -> list[Difference]:
    assert seen.whole
    return differences(seen.before, seen.whole)


def saved(tmp_path: Path, text: str, name: str = "aktiviteter.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode("cp1252"))
    return path


def test_one_new_row(var: Path, tmp_path: Path):
    seen = looked(saved(tmp_path, ACTIVITIES), var, tmp_path)
    assert not must_fix(seen.findings)
    (difference,) = changes(seen)
    assert (difference.table, dict(difference.counts)) == ("activities", {"added": 1})
    assert seen.whole
    # What is said is of this row and no other.
    assert {finding.file for finding in seen.findings} == {"aktiviteter.csv"}
    assert all(finding.of in (1, None) for finding in seen.findings)


def test_what_changes_is_found_while_it_is_checked(var: Path, tmp_path: Path):
    """The same as one after the other: rows, and figures of a database that is compiled alone."""
    current = versions.current(var)
    assert current
    seen = looked(saved(tmp_path, ACTIVITIES), var, tmp_path)
    assert seen.whole
    assert list(seen.changes.differences) == changes(seen)
    assert not publishing.compile_draft(seen.whole, tmp_path / "alone.duckdb")
    alone = figure_pairs(current.exact(var), tmp_path / "alone.duckdb", AS_OF)
    assert list(seen.changes.figures) == alone
    (moved,) = (
        pair for pair in alone if pair.measure == "activities_held" and not pair.with_illustrative
    )
    assert moved.before is not None
    assert moved.after == moved.before + 1


def test_what_is_known_early_is_of_no_other_version(published: Path, tmp_path: Path):
    """What changes is against the version that is current when a file comes."""
    var = Path(shutil.copytree(published, tmp_path / "var"))
    early = versions.current(var)
    looking.get_ready(var)
    added = looked(saved(tmp_path, ACTIVITIES), var, tmp_path)
    assert early and added.whole and not must_fix(publishing.publish(added.whole, var))
    (place := tmp_path / "again").mkdir()
    again = saved(place, ACTIVITIES.replace("Frokostmøte", "Lunsjmøte"))
    seen, now = looked(again, var, place), versions.current(var)
    assert now and now != early
    begun = totals_of(now.exact(var), AS_OF)
    assert {(f.measure, f.with_illustrative): f.before for f in seen.changes.figures}.items() <= (
        begun.items()
    )
    assert begun != totals_of(early.exact(var), AS_OF)


def test_nothing_is_added_to_a_version_with_a_flipped_byte(var: Path, tmp_path: Path):
    damaged = Path(shutil.copytree(var, tmp_path / "var"))
    before = versions.current(damaged)
    assert before
    partners = before.files(damaged) / "partners.csv"
    whole = bytearray(partners.read_bytes())
    whole[len(whole) // 2] ^= 1
    partners.write_bytes(whole)
    seen = looked(saved(tmp_path, ACTIVITIES), damaged, tmp_path)
    assert [(f.rule, f.file) for f in seen.findings] == [("version_damaged", before.name)]
    assert seen.whole is None
    run("publish", saved(tmp_path, ACTIVITIES), var=damaged, expected=1)
    assert versions.current(damaged) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_download_change_one_cell_upload_is_one_change(language: str, var: Path, tmp_path: Path):
    version = versions.current(var)
    assert version
    book = openpyxl.load_workbook(
        io.BytesIO(templates.filled_form(version.files(var), words(language)))
    )
    sheet = book[words(language)("sheet.partners")]
    (cell,) = (c for row in sheet for c in row if c.value == "Lier kommune")
    cell.value = f"{cell.value} (nytt navn)"
    path = tmp_path / "data.xlsx"
    book.save(path)
    seen = looked(path, var, tmp_path)
    assert not must_fix(seen.findings), seen.findings
    (difference,) = changes(seen)
    (change,) = difference.changes
    (edit,) = change.edits
    assert (difference.table, change.kind, edit.column) == ("partners", "changed", "name")
    assert edit.after == f"{edit.before} (nytt navn)"


def test_personal_data_in_any_sheet_stops_all_and_is_not_said(var: Path, tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Navn", "Partnertype"])
    hidden = book.create_sheet("Skjult")
    hidden.sheet_state = "hidden"
    hidden.append(["Deltaker", "010170 00027"])
    book.save(tmp_path / "b.xlsx")
    seen = looked(tmp_path / "b.xlsx", var, tmp_path)
    (found,) = seen.findings
    assert (found.rule, found.sheet, found.found) == ("personal_national_id", "Skjult", None)
    assert seen.reads == () and seen.whole is None


def test_wording_that_tells_of_few_persons_is_shown_with_its_row(var: Path, tmp_path: Path):
    text = (
        "Program;Næringsforening;År;Mål;Ordlyd;Bygger på;Kilde\n"
        "WorkOP;Innovasjon Gardermoen;2021;Faste jobber;Mange er i jobb;Register;Rapport\n"
        "WorkOP;Innovasjon Gardermoen;2022;Faste jobber;3 av 4 deltakere fikk fast jobb, én er"
        " sykmeldt;Register;Intern rapport 2022\n"
    )
    asked = looking.Asked({"aktiviteter.csv": {"/table/": "outcomes"}})
    seen = looked(saved(tmp_path, text), var, tmp_path, asked)
    told = [(f.level, f.row, f.column) for f in seen.findings if f.rule == "few_persons_in_text"]
    assert told == [("should_look", 3, "Ordlyd")] and seen.whole


@pytest.mark.parametrize("written", ["nfdr_usn", "strategisk samarbeid med USN"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agreement_that_is_part_of_anothers_is_told_which_and_whose(
    language: str, written: str, var: Path, tmp_path: Path
):
    """However it is named; what differs in programme alone is none of this."""
    heading = "Forening;Tittel;Type partnerskap;Partnere;Program;Del av avtalen\n"
    rows = [
        f"Innovasjon Gardermoen;Ny avtale;Prosjekt;NAV;Eget;{written}",
        f"Næringsforeningen i Drammensregionen;Ny avtale;Prosjekt;NAV;Eget;{written}",
    ]
    path = saved(tmp_path, heading + "\n".join(rows), "avtaler.csv")
    found = [f for f in looked(path, var, tmp_path).findings if f.level == "must_fix"]
    (finding,) = found
    assert (finding.rule, finding.row) == ("part_of_other_association", 2)
    w, groups = words(language), report.groups(found)
    said = " ".join(report_words(w, groups).split())
    for told in (
        "Strategisk samarbeid med USN (nfdr_usn), Næringsforeningen i Drammensregionen",
        {"nb": "en avtale i samme forening", "en": "one of the same association"}[language],
        {"nb": "la feltet stå tomt", "en": "leave the field empty"}[language],
    ):
        assert told in said, said


def test_a_question_can_be_answered(var: Path, tmp_path: Path):
    path = saved(tmp_path, ACTIVITIES.replace("Tittel", "Kjært barn"))
    seen = looked(path, var, tmp_path)
    (question,) = (choice for choice in seen.reads[0].choices if choice.value is None)
    assert must_fix(seen.findings)
    answers = {path.name: {question.key: "title"}}
    (tmp_path / "again").mkdir()
    seen = looked(path, var, tmp_path / "again", looking.Asked(answers))
    assert not must_fix(seen.findings)
    assert sum(sum(d.counts.values()) for d in changes(seen)) == 1


def test_on_the_command_line(published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path, own = saved(tmp_path, ACTIVITIES), shutil.copytree(published, tmp_path / "var")
    first = versions.current(own)
    run("check", path, var=own)
    capsys.readouterr()
    run("publish", path, var=own, note="Ny", who="Kari")
    now = versions.current(own)
    assert now and (now.way, now.who, now.note) == ("upload", "Kari", "Ny")
    # What was looked at against an older version is not published over a newer one.
    assert first
    other = saved(tmp_path, ACTIVITIES.replace("Frokostmøte", "Middag"), "b.csv")
    run("publish", other, var=own, parent=first.name, expected=1)
    assert versions.current(own) == now


@dataclass
class Seen:
    """A look that was kept, of a sheet that is gone since, and how to publish it."""

    var: Path
    said: UploadAnswer
    folder: Path

    def publish(self, expected: int = 0, parent: str | None = None) -> versions.Version | None:
        seen_against = self.said.parent if parent is None else parent
        given = ("publish", self.folder, "--looked-at", f"--parent={seen_against}")
        run(*given, var=self.var, expected=expected)
        return versions.current(self.var)

    @property
    def before(self) -> versions.Version:
        return next(v for v in versions.history(self.var) if v.name == self.said.parent)


@pytest.fixture(scope="module")
def kept_look(var: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, UploadAnswer]:
    """The place of a look, and what it answered: copied, never written to."""
    place = tmp_path_factory.mktemp("looked")
    own, path = shutil.copytree(var, place / "var"), saved(place, ACTIVITIES)
    with redirect_stdout(io.StringIO()) as out:
        run("look", path, "--json", var=own, place=place)
    path.unlink()
    return place, from_json(out.getvalue(), UploadAnswer)


@pytest.fixture
def seen(kept_look: tuple[Path, UploadAnswer], tmp_path: Path) -> Seen:
    place, said = kept_look
    assert said.whole
    shutil.copytree(place, tmp_path, dirs_exist_ok=True)
    own = Seen(tmp_path / "var", said, tmp_path / said.whole)
    built = own.folder / prebuilt.PREBUILT / prebuilt.BUILT  # it names the version that it keeps to
    built.write_text(built.read_text().replace(str(place.resolve()), str(tmp_path.resolve())))
    return own


def test_what_was_seen_is_published_without_being_read_again(seen: Seen):
    now = seen.publish()
    assert now and (now.way, now.source_hash) == ("upload", seen.said.whole)
    assert differences(seen.before.files(seen.var), now.files(seen.var))
    assert memory.remembered_readings(seen.var), "how its headings were understood"


def test_what_was_built_while_it_was_read_is_placed_as_it_is(seen: Seen, tmp_path: Path):
    """And is the same as what is built when it is published."""
    other = Path(shutil.copytree(seen.var, tmp_path / "other"))
    anew = Path(shutil.copytree(seen.folder, tmp_path / "anew" / seen.folder.name))
    shutil.rmtree(anew / prebuilt.PREBUILT)
    hashes = [versions.file_hash(seen.folder / prebuilt.PREBUILT / name) for name in DATABASES]
    now = seen.publish()
    assert now
    assert hashes == [versions.file_hash(now.folder(seen.var) / name) for name in DATABASES]
    built = Seen(other, seen.said, anew).publish()
    assert built and built.name.split("-")[1] == now.name.split("-")[1], "of what is in it"


@pytest.mark.parametrize(
    "what", ["another key", "half built", "taken already", "of another version"]
)
def test_what_was_built_of_other_things_is_built_anew(what: str, seen: Seen):
    built = seen.folder / prebuilt.PREBUILT
    if what == "another key":
        keys.take(seen.var, saved(seen.var, "0123456789abcdefghijklmnopqrstuv", "key"))
    elif what == "half built":
        (built / prebuilt.BUILT).unlink()
    elif what == "taken already":  # by a publication that could not end
        (built / DATABASES[1]).unlink()
    else:
        said = from_json((built / prebuilt.BUILT).read_text(), prebuilt.Built)
        before = replace(said.made_of, before="elsewhere")
        (built / prebuilt.BUILT).write_text(as_json(replace(said, made_of=before)))
    now = seen.publish()
    assert now and now != seen.before
    assert (built / DATABASES[0]).is_file(), "not taken"


def test_nothing_is_built_of_what_would_change_nothing(var: Path, tmp_path: Path):
    version = versions.current(var)
    assert version
    path = saved(tmp_path, "Navn;Partnertype\nLier kommune;Kommune\n", "partnere.csv")
    run("look", path, "--json", var=var, place=tmp_path)
    assert not [*tmp_path.rglob(prebuilt.BUILT)]


def test_what_was_seen_against_another_version_is_refused(
    seen: Seen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    refused = words("en")("finding.rule.overtaken")
    assert seen.publish(1, parent="") == seen.before, "not that on the screen"
    assert refused in capsys.readouterr().err
    path = saved(tmp_path, "Navn;Partnertype\nEnergi AS;Bedrift\n", "partnere.csv")
    run("publish", path, var=seen.var)
    other = versions.current(seen.var)
    assert seen.publish(1) == other != seen.before
    assert refused in capsys.readouterr().err


def test_what_was_changed_since_it_was_seen_is_refused(seen: Seen):
    with (seen.folder / "activities.csv").open("a", encoding="utf-8") as file:
        file.write(",,,\n")
    assert seen.publish(2) == seen.before
    shutil.rmtree(seen.folder)
    assert seen.publish(2) == seen.before


def test_personal_data_is_looked_for_again(seen: Seen, capsys: pytest.CaptureFixture[str]):
    partners = seen.folder / "partners.csv"
    told = partners.read_text("utf-8").replace("Lier kommune", "Kari 010170 00027")
    partners.write_text(told, encoding="utf-8")
    seen.folder = seen.folder.rename(seen.folder.with_name(versions.source_hash(seen.folder)))
    assert seen.publish(1) == seen.before
    said = capsys.readouterr().err
    assert words("en")("finding.rule.personal_national_id") in said and "Kari" not in said


def test_first_upload_of_a_new_association(tmp_path: Path):
    """Nothing is published: one file of partners is enough to begin."""
    path = saved(tmp_path, "Navn;Partnertype\nLier kommune;Kommune\n", "partnere.csv")
    run("publish", path, var=tmp_path / "var")
    assert versions.current(tmp_path / "var")


def test_every_one_of_many_findings_has_its_row(var: Path, tmp_path: Path):
    rows = "".join(f"Bedrift {n};Kommune\n" for n in range(10_000))
    path = saved(tmp_path, "Navn;Partnertype\n" + rows, "partnere.csv")
    seen = looked(path, var, tmp_path, shown=rules.ALL)
    found = [f for f in seen.findings if f.rule == "no_organisation_number"]
    assert [f.row for f in found] == [*range(2, 10_002)]


def test_findings_are_counted_of_each_sheet_and_the_first_of_them_told(var: Path, tmp_path: Path):
    book = openpyxl.Workbook()
    for name, count in (("Nord", 30), ("Sør", 25)):
        sheet = book.create_sheet(name)
        sheet.append(["Navn", "Partnertype"])
        for n in range(count):
            sheet.append([f"Bedrift {name} {n}", "Kommune"])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "partnere.xlsx")
    seen = looked(tmp_path / "partnere.xlsx", var, tmp_path)
    # Without those from before, which lack a number, too.
    told = {
        g.findings[0].sheet: g for g in groups(seen.findings) if g.rule == "no_organisation_number"
    }
    assert {sheet: (g.count, g.of) for sheet, g in told.items()} == {
        "Nord": (30, 30), "Sør": (25, 25)
    }  # fmt: skip
    assert all([f.row for f in g.findings] == [*range(2, 22)] for g in told.values())
    assert (
        sum(finding.rule == "no_organisation_number" for finding in seen.findings) == 2 * MOST_SHOWN
    )


def test_rows_left_out_of_the_form_are_said_to_stay(var: Path, tmp_path: Path):
    version = versions.current(var)
    assert version
    book = openpyxl.load_workbook(
        io.BytesIO(templates.filled_form(version.files(var), words("nb")))
    )
    sheet = book[words("nb")("sheet.partners")]
    (cell,) = (c for row in sheet for c in row if c.value == "Lier kommune")
    sheet.delete_rows(cell.row)
    path = tmp_path / "data.xlsx"
    book.save(path)
    seen = looked(path, var, tmp_path)
    (finding,) = (f for f in seen.findings if f.rule == "rows_kept")
    assert (finding.found, finding.sheet) == ("1", sheet.title)
    assert changes(seen) == []


def test_the_association_is_asked_once_with_those_there_are(var: Path, tmp_path: Path):
    path = saved(tmp_path, "Tittel;Aktivitetstype;Startdato\nFrokost;Konferanse;2025\n")
    (question,) = (
        c for c in looked(path, var, tmp_path).reads[0].questions if c.about == "association:"
    )
    assert "Innovasjon Gardermoen" in question.options
