"""Partners that nobody knows: asked about by name, and added along with what names them."""

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from queries.contract import workbench
from ringvirkning.finding import Finding
from ringvirkning.intake.references import known_names
from ringvirkning.intake.sheets import LEAVE_OUT, Choice, memory
from ringvirkning.intake.sheets.vocabulary import table_named
from ringvirkning.intake.uploads import looking
from ringvirkning.intake.uploads.new_partners import MOST_NEW, is_alike, likely_names
from ringvirkning.intake.words import choices
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests.habits import shipped

pytestmark = pytest.mark.slow  # there is a published version

HEAD = "Forening;Partnerskap;Partnerskapstype;Startdato;Partnere\n"
WHOSE = "Innovasjon Gardermoen"
NAME = "avtaler.csv"


@pytest.fixture(scope="module")
def var(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("partners") / "var"))


def looked(
    var: Path, folder: Path, *files: tuple[str, str], **answers: Mapping[str, str]
) -> looking.Look:
    paths = []
    for name, text in files:
        paths.append(folder / name)
        paths[-1].write_text(text, encoding="utf-8")
    whole = folder / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    whole.mkdir()
    asked = looking.Asked(answers={f"{name}.csv": said for name, said in answers.items()})
    with workbench() as connection:
        now = versions.current(var)
        return looking.look(connection, paths, var, now, whole, date(2026, 11, 23), asked)


def agreements(*partners: str) -> tuple[str, str]:
    rows = (f"{WHOSE};Avtale {n};Annet;2026;{of}\n" for n, of in enumerate(partners, 1))
    return NAME, HEAD + "".join(rows)


def asked_in(seen: looking.Look) -> dict[str, Choice]:
    made = [choice for read in seen.reads for choice in read.choices]
    return {choice.about: choice for choice in made if choice.kind == "new_partner"}


def to_fix(seen: looking.Look) -> list[Finding]:
    return [finding for finding in seen.findings if finding.level == "must_fix"]


def written(seen: looking.Look, table: str) -> list[dict[str, str]]:
    assert seen.whole, to_fix(seen)
    with (seen.whole / f"{table}.csv").open(encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def test_each_unknown_name_is_asked_about_once(var: Path, tmp_path: Path):
    listed = agreements("NAV|Hurdal Verk AS", "hurdal  verk as|Tolga kommune", "Drammen komune")
    seen = looked(var, tmp_path, listed)
    asked = asked_in(seen)
    assert [*asked] == ["Hurdal Verk AS", "Tolga kommune", "Drammen komune"]
    assert (asked["Tolga kommune"].options[0], asked["Tolga kommune"].row) == ("municipality", 3)
    assert asked["Hurdal Verk AS"].options[0] == "company"
    # The likely names are first, then to add it, then all others that it may mean; which was meant
    # is not taken for sure. An agreement has a partner.
    near = asked["Drammen komune"]
    others = near.options[near.options.index("other") + 1 :]
    assert near.options[0] == "=Drammen kommune" and "=NAV" in others
    assert all(option.startswith("=") for option in others)
    assert not any(LEAVE_OUT in choice.options for choice in asked.values())
    assert not near.is_guessed
    assert {(f.rule, f.found) for f in to_fix(seen)} == {
        ("ask_new_partner", name) for name in asked
    }
    assert seen.whole is None


def test_both_tables_come_in_one_version(var: Path, tmp_path: Path):
    listed = agreements("NAV|Hurdal Verk AS", "hurdal  verk as|Tolga kommune", "Drammen komune")
    first = asked_in(looked(var, tmp_path, listed))
    said = {
        first["Hurdal Verk AS"].key: "company",
        first["Tolga kommune"].key: "municipality",
        first["Drammen komune"].key: "=Drammen kommune",
    }
    seen = looked(var, tmp_path, listed, avtaler=said)
    partners = {row["partner_id"]: row for row in written(seen, "partners")}
    assert (partners["hurdal_verk_as"]["name"], partners["hurdal_verk_as"]["partner_type"]) == (
        "Hurdal Verk AS",
        "company",
    )
    assert [row["partner_ids"] for row in written(seen, "partnerships")][-3:] == [
        "nav|hurdal_verk_as",
        "hurdal_verk_as|tolga_kommune",
        "drammen",
    ]
    # What is said of a new partner is said of the row that names it, among those of the sheet.
    assert {finding.of for finding in seen.findings} <= {3, None}


def test_one_of_several_may_be_left_out(var: Path, tmp_path: Path):
    (asked,) = asked_in(looked(var, tmp_path, listed := agreements("NAV|Hurdal Verk AS"))).values()
    assert LEAVE_OUT in asked.options and asked.options[0] == "company"
    seen = looked(var, tmp_path, listed, avtaler={asked.key: LEAVE_OUT})
    assert written(seen, "partnerships")[-1]["partner_ids"] == "nav"


def test_one_that_is_listed_along_with_them_is_known(var: Path, tmp_path: Path):
    partners = ("partnere.csv", "Navn;Partnertype\nHurdal Verk AS;Bedrift\n")
    seen = looked(var, tmp_path, agreements("Hurdal Verk AS|NAV"), partners)
    assert asked_in(seen) == {}
    assert written(seen, "partnerships")[-1]["partner_ids"] == "hurdal_verk_as|nav"


def test_one_that_two_files_name_is_added_once(var: Path, tmp_path: Path):
    name, text = agreements("Hurdal Verk AS")
    again = ("mer.csv", text.replace("Avtale 1", "Avtale 9"))
    first = looked(var, tmp_path, (name, text), again)
    key = asked_in(first)["Hurdal Verk AS"].key
    seen = looked(var, tmp_path, (name, text), again, avtaler={key: "company"})
    names = [row["name"] for row in written(seen, "partners")]
    assert names.count("Hurdal Verk AS") == 1
    assert [row["partner_ids"] for row in written(seen, "partnerships")[-2:]] == [
        "hurdal_verk_as"
    ] * 2


def activities(*partners: str) -> tuple[str, str]:
    rows = (
        f"{WHOSE};Møte {n};Konferanse;2026;Ikke oppgitt;{of}\n" for n, of in enumerate(partners, 1)
    )
    head = "Forening;Tittel;Aktivitetstype;Startdato;Grunnlag;Partnere\n"
    return "aktiviteter.csv", head + "".join(rows)


def alone(seen: looking.Look) -> list[tuple[int | None, str | None]]:
    told = (f for f in seen.findings if f.rule == "partner_without_agreement")
    return [(finding.row, finding.found) for finding in told]


def test_a_partner_of_an_activity_is_asked_about_and_never_added_unasked(var: Path, tmp_path: Path):
    """Whoever came to a meeting is no partner for that: it is meant, left out or new."""
    listed = activities("Drammen komune|Tolga kommune", "Diverse", "tolga kommune|NAV", "Kommunen")
    asked = asked_in(looked(var, tmp_path, listed))
    assert [*asked] == ["Drammen komune", "Tolga kommune", "Diverse", "Kommunen"]
    assert [asked[name].options[0] for name in asked] == ["=Drammen kommune"] + [LEAVE_OUT] * 3
    assert not any(choice.is_guessed for choice in asked.values())
    said = {
        asked["Drammen komune"].key: "=Drammen kommune",
        asked["Tolga kommune"].key: "municipality",
        asked["Diverse"].key: LEAVE_OUT,
        asked["Kommunen"].key: "=Drammen kommune",
    }
    seen = looked(var, tmp_path, listed, aktiviteter=said)
    assert [row["partner_ids"] for row in written(seen, "activities")][-4:] == [
        *("drammen|tolga_kommune", "", "tolga_kommune|nav", "drammen")
    ]
    # What is not known of the new one is said at the row that named it first.
    assert alone(seen) == [(2, "Tolga kommune")]
    (new,) = (row for row in written(seen, "partners") if row["partner_id"] == "tolga_kommune")
    assert (new["name"], new["partner_type"]) == ("Tolga kommune", "municipality")


@pytest.mark.parametrize("program, may_be_left", [("WorkOP", True), ("", False)])
def test_a_partner_of_a_result_is_left_out_where_something_else_tells_whose_it_is(
    var: Path, tmp_path: Path, program: str, may_be_left: bool
):
    """A sheet with a column for each measure has one question."""
    text = (
        "Forening;Program;Partner;År;Fast jobb;Læreplass;Grunnlag\n"
        f"{WHOSE};{program};Hurdal Verk AS;2025;7;2;Register\n"
    )
    name = "resultater.csv"
    (asked,) = asked_in(looked(var, tmp_path, (name, text))).values()
    assert (LEAVE_OUT in asked.options) == may_be_left
    answer = LEAVE_OUT if may_be_left else "company"
    seen = looked(var, tmp_path, (name, text), resultater={asked.key: answer})
    new = [row["partner_id"] for row in written(seen, "outcomes")][-2:]
    assert new == ["" if may_be_left else "hurdal_verk_as"] * 2
    assert alone(seen) == [] if may_be_left else [(2, "Hurdal Verk AS")]


@pytest.mark.parametrize("giver", ["association", "partners"])
def test_a_partner_of_a_contribution_is_asked_about(var: Path, tmp_path: Path, giver: str):
    text = (
        "Avtale;Bidragsyter;Partnere;Type bidrag;Beløp;Valuta;Status\n"
        f"Strategisk samarbeid med USN;{giver};Hurdal Verk AS;cash;5000;NOK;paid\n"
    )
    (asked,) = asked_in(looked(var, tmp_path, ("bidrag.csv", text))).values()
    assert (LEAVE_OUT in asked.options) == (giver == "association")


def test_what_is_left_out_of_an_activity_is_asked_of_its_agreement(var: Path, tmp_path: Path):
    both = activities("Hurdal Verk AS"), agreements("Hurdal Verk AS")
    key = asked_in(looked(var, tmp_path, *both))["Hurdal Verk AS"].key
    seen = looked(var, tmp_path, *both, aktiviteter={key: LEAVE_OUT})
    assert [f.file for f in to_fix(seen)] == [NAME]
    seen = looked(var, tmp_path, *both, aktiviteter={key: "=NAV"})
    assert written(seen, "partnerships")[-1]["partner_ids"] == "nav"


def test_whom_a_name_meant_holds_in_the_next_file_whatever_its_headings(var: Path, tmp_path: Path):
    """What was left out holds where the headings are the same."""
    own = Path(shutil.copytree(var, tmp_path / "var"))
    first = activities("Kommunen|Diverse")
    asked = asked_in(looked(own, tmp_path, first))
    said = {asked["Kommunen"].key: "=Drammen kommune", asked["Diverse"].key: LEAVE_OUT}
    seen = looked(own, tmp_path, first, aktiviteter=said)
    memory.remember_readings(own, memory.answered_readings(seen.reads))
    kept = (own / "mappings.json").read_text(encoding="utf-8")
    assert "Kommunen" not in kept and "Diverse" not in kept, "a name may be a person's"
    again = looked(own, tmp_path, activities("NAV", "Diverse", "Kommunen"))
    assert [row["partner_ids"] for row in written(again, "activities")][-3:] == [
        *("nav", "", "drammen")
    ]
    assert {choice.by for choice in asked_in(again).values()} == {"remembered"}
    other = asked_in(looked(own, tmp_path, agreements("Kommunen", "Diverse")))
    assert [c.value for c in other.values()] == ["=Drammen kommune", None]


def test_no_more_are_asked_about_than_anyone_answers(var: Path, tmp_path: Path):
    seen = looked(var, tmp_path, agreements(*(f"Firma {n} AS" for n in range(MOST_NEW + 1))))
    assert asked_in(seen) == {}
    assert {finding.rule for finding in to_fix(seen)} == {"unknown_name"}


@pytest.mark.parametrize(
    "name, known, is_meant",
    [
        ("Drammen komune", "Drammen kommune", True),
        ("Innovasjon Norge Viken", "Innovasjon Norge", True),
        ("Tolga kommune", "Lier kommune", False),
        ("Sparebank 1", "Sparebank 2", False),
    ],
)
def test_names_are_alike_in_what_tells_them_apart(name: str, known: str, is_meant: bool):
    assert is_alike(name, known) == is_meant


@pytest.mark.parametrize(
    "name, likely",
    [
        ("USN", ["Universitetet i Sørøst-Norge (USN)"]),
        ("NAV Lier", ["NAV"]),
        ("Lier", ["Lier kommune", "Lier Næringsråd"]),
        ("Drammen komune", ["Drammen kommune"]),
        ("Tolga kommune", []),
        ("Liermat AS", []),
    ],
)
def test_what_a_name_may_mean_is_nearly_it_or_has_its_words(name: str, likely: list[str]):
    known = known_names(table_named("partners"), shipped("partners"), {name})
    assert likely_names(name, known) == likely


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_says_whether_it_adds(var: Path, tmp_path: Path, language: str):
    w = words(language)
    (asked,) = asked_in(looked(var, tmp_path, agreements("Drammen komune"))).values()
    said = [choices.answer_words(w, asked, option) for option in asked.options]
    assert said[0] == w("choice.meant", name="Drammen kommune")
    assert w("choice.new_of_type", type=w.code("partner_type", "other")) in said
    assert "Drammen komune" in choices.question_words(w, asked)


def test_what_a_list_of_firms_tells_of_them_comes_with_them(var: Path, tmp_path: Path):
    """Of a new partner and of one that is known; of one that was meant it is told, too."""
    listed = (
        NAME,
        "Forening;Firma;Orgnr;Partnertype;Partnerskapstype;Avtale inngått\n"
        f"{WHOSE};Hurdal Verk AS;923609016;;Annet;2026\n"
        f"{WHOSE};Tolga kommune;943464723;Kommune;Annet;2026\n"
        f"{WHOSE};Drammen komune;921234554;;Annet;2026\n"
        f"{WHOSE};NAV;889640782;;Annet;2026\n",
    )
    first = {"/agreement_title/": "Avtale med …"}
    asked = asked_in(looked(var, tmp_path, listed, avtaler=first))
    assert asked["Tolga kommune"].value == "municipality", "it stands in its row"
    said = {
        asked["Hurdal Verk AS"].key: "company",
        asked["Drammen komune"].key: "=Drammen kommune",
    }
    seen = looked(var, tmp_path, listed, avtaler=first | said)
    numbers = {row["name"]: row["organisation_number"] for row in written(seen, "partners")}
    assert [numbers[name] for name in ("Hurdal Verk AS", "Tolga kommune", "NAV")] == [
        *("923609016", "943464723", "889640782")
    ]
    assert numbers["Drammen kommune"] == "921234554"
    held = written(seen, "partnerships")[-4:]
    assert [row["title"] for row in held] == [
        *("Avtale med Hurdal Verk AS", "Avtale med Tolga kommune"),
        *("Avtale med Drammen kommune", "Avtale med NAV"),
    ]
    assert [row["partner_ids"] for row in held][-2:] == ["drammen", "nav"]
