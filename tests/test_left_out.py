"""A column of personal data, or of numbers taken for it, is left out by one answer.

It refused the whole file. What stands in the column is kept nowhere, and whatever stands in no such
column refuses the file as before.
"""

import json
import random
from pathlib import Path

import pytest

from ringvirkning.finding import Finding
from ringvirkning.intake.checks import guard
from ringvirkning.intake.personal import is_national_id
from ringvirkning.intake.sheets import LEAVE_OUT, Read, memory
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.uploads.looking import without_personal
from tests.command import run
from tests.habits import LISTED, workbook
from tests.test_guard import PUBLISHED

DICE = random.Random(16)
RECORDS = [f"{DICE.randrange(10**10, 10**11)}" for _ in range(300)]


def saved(folder: Path, lines: list[str], name: str = "partnere.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def with_column(heading: str, texts: list[str]) -> list[str]:
    """Partners with a column more, in the middle."""
    rows = [f"Partner {n};{text};Kommune" for n, text in enumerate(texts)]
    return [f"Navn;{heading};Partnertype", *rows]


def read(path: Path, **more: str) -> Read:
    return read_file(path, more, listed=LISTED, names=None)


def said(found: Read) -> list[tuple[str, str | None, int | None]]:
    refused = without_personal(found)
    return [(f.rule, f.column, f.row) for f in refused.findings] if refused else []


COLUMNS = {
    "email": [
        ("E-post", ["a@b.no"]),
        ("Kontakt", ["kari@eksempel.no", "ola@eksempel.no", ""]),
        ("Adr", ["mailto:kari@eksempel.no", "a@b.no, c@d.no", "post"]),
    ],
    "phone": [
        ("Telefon", ["912 34 567"]),
        ("Nås på", ["912 34 567", "22 34 51 23", "+47 91234567"]),
        ("Tlf.", ["91234567", "ring", "22345123", "22345124"]),
    ],
    "national_id": [
        ("Fødselsnr", [PUBLISHED[0]]),
        ("Id", PUBLISHED),
        ("Nr", [f"{n[:6]} {n[6:]}" for n in PUBLISHED]),
    ],
    "numbers": [
        ("Vår id", RECORDS),
        ("Arkiv", [f"{n[:6]}-{n[6:]}" for n in RECORDS]),
        ("Kode i CRM", [*RECORDS[:100], ""]),
    ],
}
CASES = [(kind, *one) for kind, some in COLUMNS.items() for one in some]


@pytest.mark.parametrize("kind, heading, texts", CASES)
def test_a_column_is_left_out_by_one_answer(
    kind: str, heading: str, texts: list[str], tmp_path: Path
):
    path = saved(tmp_path, with_column(heading, texts))
    refused = without_personal(read(path))
    assert refused and [c.kind for c in refused.choices] == [f"left_out_{kind}"]
    (question,), (finding,) = refused.choices, refused.findings
    assert (question.column, question.options) == (heading, (LEAVE_OUT,))
    assert guard.is_personal(finding) and not any(t and t in str(refused) for t in texts)
    found = read(path, **{question.key: LEAVE_OUT})
    assert without_personal(found) is None
    assert not any(text and text in str((found.parts, found.grids)) for text in texts)
    assert [row["name"] for part in found.parts for row in part.rows] == [
        f"Partner {n}" for n in range(len(texts))
    ]
    again = read_file(path, listed=LISTED, names=None, remembered=memory.readings([found]))
    assert without_personal(again) is None, "an answer is never asked again"


@pytest.mark.parametrize("heading", ["KID", "Kontonr.", "Saksnummer", "Customer ID"])
def test_a_column_headed_as_numbers_is_left_out_by_itself(heading: str, tmp_path: Path):
    """Which is said; none of it stands anywhere."""
    found = read(saved(tmp_path, with_column(heading, RECORDS)))
    assert without_personal(found) is None and not any(n in str(found) for n in RECORDS)
    assert ("numbers_left_out", heading) in [(f.rule, f.column) for f in found.findings]
    harmless = [n for n in RECORDS if not is_national_id(n) and not n.startswith("0")]
    kept = read(saved(tmp_path, with_column(heading, harmless[:20])))
    assert "numbers_left_out" not in [f.rule for f in kept.findings]


@pytest.mark.parametrize(
    "heading, shown", [("Phone Number", "Phone Number"), ("Kari Nordmann", "B")]
)
def test_a_heading_is_named_unless_it_is_a_person(heading: str, shown: str, tmp_path: Path):
    """It may be much like one."""
    path = saved(tmp_path, with_column(heading, ["912 34 567", "22 34 51 23", "+47 91234567"]))
    refused = without_personal(read(path))
    assert refused and [c.column for c in refused.choices] == [shown]


REFUSED: dict[tuple[str, ...], tuple[str, str, int]] = {
    # No column as such: what stands there is something else.
    ("Merknad", "Ring 912 34 567", "Møte i mai"): ("personal_phone", "Merknad", 2),
    ("Kommentar", "kari@eksempel.no", "ok"): ("personal_email", "Kommentar", 2),
    ("Tekst", f"Født {PUBLISHED[0]}", "x"): ("personal_national_id", "Tekst", 2),
}


@pytest.mark.parametrize("texts", REFUSED)
def test_what_stands_in_no_such_column_refuses_the_file(texts: tuple[str, ...], tmp_path: Path):
    heading, *cells = texts
    found = read(saved(tmp_path, with_column(heading, cells)))
    assert said(found) == [REFUSED[texts]]


def test_numbers_that_all_have_the_check_digits_are_no_record_numbers(tmp_path: Path):
    valid = [number for number in RECORDS * 2 if is_national_id(number)] + PUBLISHED
    for mixed in (valid, [*valid, *RECORDS[: len(valid) // 2]]):
        path = saved(tmp_path, with_column("Kunde-id", mixed))
        refused = without_personal(read(path))
        assert refused and [c.kind for c in refused.choices] == ["left_out_national_id"]


def test_one_column_is_left_out_and_another_still_refuses(tmp_path: Path):
    lines = ["Navn;E-post;Partnertype;Merknad", f"A;a@b.no;Kommune;{PUBLISHED[0]} er hennes"]
    path = saved(tmp_path, lines)
    first = without_personal(read(path))
    assert first and [f.rule for f in first.findings] == [
        "personal_national_id",
        "ask_left_out_email",
    ]
    found = read(path, **{first.choices[0].key: LEAVE_OUT})
    assert said(found) == [("personal_national_id", "Merknad", 2)]


def test_a_column_of_whoever_to_ask_is_left_out_whatever_is_written_in_it(tmp_path: Path):
    """Its heading says that it is of persons; the same below another heading refuses the file."""
    written = ["Kari, 912 34 567", "ola@eksempel.no", "ved NAV", "22 34 51 23"]
    path = saved(tmp_path, with_column("Kontakt", written))
    refused = without_personal(read(path))
    assert refused and [f.rule for f in refused.findings] == ["ask_left_out_phone"]
    assert without_personal(read(path, **{refused.choices[0].key: LEAVE_OUT})) is None
    refused = without_personal(read(saved(tmp_path, with_column("Merknad", written))))
    assert refused and {f.rule for f in refused.findings} == {"personal_phone", "personal_email"}


def test_a_first_row_with_personal_data_is_no_heading(tmp_path: Path):
    """Nor is it shown as one, or kept."""
    lines = ["Kari Eksempel;kari@eksempel.no;Vik", "Ola Eksempel;ola@eksempel.no;Vik"]
    found = read(saved(tmp_path, lines))
    assert said(found) == [("personal_email", None, 1), ("personal_email", None, 2)]


def test_a_name_is_no_heading_either(tmp_path: Path):
    lines = ["Vik;Kari Eksempel;x", "Vik;kari@eksempel.no;y", "Vik;ola@eksempel.no;z"]
    refused = without_personal(read(saved(tmp_path, lines)))
    assert refused and "Kari" not in str(refused) and refused.choices[0].column == "B"


def test_each_sheet_of_a_workbook_has_its_own(tmp_path: Path):
    sheets = {
        "A": [line.split(";") for line in with_column("E-post", ["a@b.no", "c@d.no"])],
        "B": [line.split(";") for line in with_column("Telefon", ["912 34 567", "22 34 51 23"])],
    }
    workbook(sheets).save(tmp_path / "x.xlsx")
    refused = without_personal(read(tmp_path / "x.xlsx"))
    assert refused and [c.key for c in refused.choices] == [
        "A/left_out_email/B",
        "B/left_out_phone/B",
    ]
    found = read(tmp_path / "x.xlsx", **{c.key: LEAVE_OUT for c in refused.choices})
    assert without_personal(found) is None


@pytest.mark.slow
def test_what_was_left_out_is_kept_nowhere(var: Path, tmp_path: Path, capfd):
    place = tmp_path / "sent"
    place.mkdir()
    path = saved(place, with_column("E-post", ["kanarifugl@eksempel.no", "fugl2@eksempel.no"]))
    run("publish", path, "--json", var=var, expected=1)
    refusal = capfd.readouterr()
    assert "ask_left_out_email" in refusal.out and "kanarifugl" not in str(refusal)
    copies = tmp_path / "copies"
    run("check", path, f"--remarks={copies}", var=var, expected=1)
    assert not copies.exists()
    asked = json.dumps({"answers": {path.name: {"/left_out_email/B": LEAVE_OUT}}})
    run("publish", path, f"--answers={asked}", var=var)
    held = [file for file in var.rglob("*") if file.is_file()]
    assert not any(
        b"eksempel.no" in file.read_bytes() and b"fugl" in file.read_bytes() for file in held
    )
    run("publish", saved(place, with_column("E-post", ["ny@eksempel.no"])), var=var)


def test_a_question_about_a_column_is_about_personal_data():
    assert guard.is_personal(Finding("ask_left_out_phone", "x.csv"))
    assert not guard.is_personal(Finding("ask_column", "x.csv"))
