"""Lists of firms come in as the agreements with them, and what they tell of the firms comes too."""

from functools import partial
from pathlib import Path

import pytest

from ringvirkning.intake.sheets import LEAVE_OUT, Read, memory, reading
from ringvirkning.intake.uploads.new_partners import with_new_partners
from tests.habits import LISTED

NAMES = {"association": ["Foreningen"], "programme": ["WorkOP"]}
read = partial(reading.read_file, listed=LISTED, names=NAMES)
SAID = {
    "/table/": "partnerships",
    "/header_row/": "1",
    "/every_row/association:": "Foreningen",
    "/every_row/partnership_type:partnership_type": "membership",
    "/agreement_title/": "Partneravtale med …",
}
TWO = "Fjord AS;923609016;03.02.2023\nVik AS;;2022\n"
ISO = TWO.replace("03.02.2023", "2023-02-03")
OF_TYPE = {f"/new_partner/{name}": "company" for name in ("Fjord AS", "Vik AS")}
FLAT = {
    "what was agreed when": ("avtaler.csv", f"Firma;Org.nr;Avtale inngått\n{TWO}"),
    "whose list is asked": ("x.csv", f"Virksomhet;Orgnr;Signert\n{ISO}"),
    "in English": (
        "partnerships.csv",
        f"Company;Org no;Agreement start\n{ISO}",
    ),
}


def saved(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def agreements(found: Read, table: str = "partnerships") -> list[dict[str, str]]:
    """As they are merged, with nobody known before."""
    (found,) = with_new_partners([found], None, LISTED["partner_types"], {found.file: OF_TYPE}, {})
    return [row for part in found.parts if part.table == table for row in part.rows]


@pytest.mark.parametrize("form", FLAT)
def test_a_list_of_firms_is_one_of_agreements(tmp_path: Path, form: str):
    path = saved(tmp_path, *FLAT[form])
    is_named = path.name != "x.csv"
    assert is_named == all(question.kind != "table" for question in read(path).questions)
    asked = {q.key for q in read(path, {"/table/": "partnerships"}).questions}
    known = {"/table/", "/header_row/", "/every_row/association:"}
    assert asked == {*SAID} - known, "there is one association alone"
    found = read(path, SAID)
    assert not found.questions and not found.findings
    assert agreements(found) == [
        {
            "association": "Foreningen",
            "title": "Partneravtale med Fjord AS",
            "partner_ids": "Fjord AS",
            "start_date": "2023-02-03",
        },
        {
            "association": "Foreningen",
            "title": "Partneravtale med Vik AS",
            "partner_ids": "Vik AS",
            "start_date": "2022",
        },
    ]
    assert agreements(found, "partners") == [
        {"name": "Fjord AS", "partner_type": "company", "organisation_number": "923609016"},
        {"name": "Vik AS", "partner_type": "company"},
    ]
    assert found.parts[0].defaults == {"partnership_type": "membership"}
    again = saved(tmp_path, "2027.csv", f"{FLAT[form][1]}Li AS;;2027\n")
    assert read(again, remembered=memory.readings([found])).questions == []


def test_a_list_of_nothing_but_names_can_be_one_of_agreements(tmp_path: Path):
    path = saved(tmp_path, "x.csv", "Bedrifter med partneravtale\nFjord AS\nVik AS\n")
    (table,) = read(path).questions
    assert table.kind == "table" and table.options.index("partnerships") < 6
    assert read(path, {"/table/": LEAVE_OUT}).findings[-1].rule == "no_rows"
    found = read(path, {**SAID, "/column/A": "partner_ids"})
    assert [row["title"] for row in agreements(found)] == [
        "Partneravtale med Fjord AS",
        "Partneravtale med Vik AS",
    ]
    path = saved(tmp_path, "y.csv", "Bedrift\nFjord AS\nVik AS\n")
    assert not read(path, {key: SAID[key] for key in SAID if key != "/header_row/"}).questions


@pytest.mark.parametrize(
    "said, title", [("Sponsoravtale", "Sponsoravtale A, B"), ("… og vi", "A, B og vi")]
)
def test_agreements_are_told_from_each_other_by_their_partners(
    tmp_path: Path, said: str, title: str
):
    path = saved(
        tmp_path, "avtaler.csv", "Partnere;Avtaletype\nA; B;Medlemskap\n".replace("A; B", '"A; B"')
    )
    found = read(path, {**SAID, "/agreement_title/": said})
    assert [row["title"] for row in agreements(found)] == [title]


def test_a_name_may_be_whom_an_agreement_is_with(tmp_path: Path):
    path = saved(tmp_path, "avtaler.csv", "Navn;Avtale inngått\nFjord AS;2022\n")
    (asked,) = (q for q in read(path).questions if q.kind == "column")
    assert (asked.column, asked.options[:2]) == ("Navn", ("partner_ids", "title"))
    found = read(path, {**SAID, asked.key: "partner_ids"})
    assert [row["partner_ids"] for row in agreements(found)] == ["Fjord AS"]


def test_what_is_told_of_several_partners_at_once_is_of_none_of_them(tmp_path: Path):
    text = "Firma;Orgnr;Avtale inngått\nFjord AS | Vik AS;923609016;2022\n"
    found = read(saved(tmp_path, "avtaler.csv", text), SAID)
    assert all("organisation_number" not in row for row in agreements(found, "partners"))
    # Beside whom an agreement is with a firm is somebody else.
    text = "Partner;Bedrift;Avtale inngått\nFjord AS;Vik AS;2022\n"
    found = read(saved(tmp_path, "avtaler.csv", text), SAID)
    assert [q.column for q in found.questions] == ["Bedrift"]


@pytest.mark.parametrize(
    "text, table",
    [
        ("Firma;Type\nFjord AS;Bedrift\n", "partners"),
        ("Bedrift;Org.nr;Sektor\nFjord AS;923609016;Bedrift\n", "partners"),
        ("Bedrift;Avtale inngått;Avtale utløper\nFjord AS;2022;2025\n", "partnerships"),
        ("Avtale;Partner;Type;Avtale inngått\nX;Fjord AS;Sponsing;2022\n", "partnerships"),
        ("Tittel;Partner;Avtale inngått\nX;Fjord AS;2022\n", "partnerships"),
    ],
)
def test_what_is_told_in_full_is_read_as_it_was(tmp_path: Path, text: str, table: str):
    found = read(saved(tmp_path, "x.csv", text))
    assert [part.table for part in found.parts] == [table]
    asked = {q.kind for q in found.questions}
    assert asked <= {"every_row", "agreement_title"} and not any(
        ":" in name for name in found.parts[0].rows[0]
    )


def test_a_heading_that_is_of_agreements_alone_goes_before_one_of_anything(tmp_path: Path):
    """As a customer register has it: «Type» is what the firm is. Both were asked about."""
    text = "Company name;Type;Avtaletype;Avtale fra\nKrohne AS;Bedrift;Sponsor;2024\n"
    path = saved(tmp_path, "a.csv", text)
    found = read(path, {"/table/": "partnerships"})
    columns = {c.column: c.value for c in found.choices if c.kind == "column"}
    assert columns == {
        "Company name": "partner_ids",
        "Type": "partner:partner_type",
        "Avtaletype": "partnership_type",
        "Avtale fra": "start_date",
    }
    alone = read(
        saved(tmp_path, "b.csv", "Avtale;Partner;Type\nKlima;NAV;Sponsor\n"),
        {"/table/": "partnerships"},
    )
    assert alone.parts[0].rows[0]["partnership_type"] == "sponsorship"
