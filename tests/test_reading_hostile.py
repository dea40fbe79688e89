"""Files made to harm, or that are not what they are called: refused or said, at once."""

import io
import struct
import unicodedata
import zipfile
from functools import partial
from pathlib import Path

import pytest

from ringvirkning.intake.sheets import Read, reading
from tests.habits import workbook

read = partial(reading.read_file, names=None)
SHEET = "xl/worksheets/sheet1.xml"
HEAD = "Tittel;Aktivitetstype;Deltakere\n"


def rules(found: Read) -> list[str]:
    return [finding.rule for finding in found.findings]


def book(folder: Path, sheet: bytes | None = None, **parts: bytes) -> Path:
    """A small workbook with the XML of its sheet, or other parts, exchanged."""
    plain = io.BytesIO()
    workbook({"Aktiviteter": [["Tittel", "Deltakere"], ["A", 1]]}).save(plain)
    path = folder / "bok.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, sheet if name == SHEET and sheet is not None else content)
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def sheet_xml(rows: str, before: str = "", after: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = f"<sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{space}">{before}{data}{after}</worksheet>'.encode()


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


TABLE = (
    f'<row r="1">{cell("A1", "Tittel")}{cell("B1", "Deltakere")}</row>'
    f'<row r="2">{cell("A2", "A")}<c r="B2"><v>7</v></c></row>'
)


def test_the_workbook_these_are_made_from_is_read(tmp_path: Path):
    found = read(book(tmp_path, sheet_xml(TABLE)))
    assert found.findings == ()
    assert found.parts[0].rows == [{"title": "A", "attended_count": "7"}]


@pytest.mark.parametrize(
    "name, content, rule",
    [
        ("tom.csv", b"", "empty_file"),
        ("tom.csv", b" \r\n\r\n", "empty_file"),
        ("bare-overskrifter.csv", HEAD.encode(), "no_rows"),
        ("apen.csv", (HEAD + 'A;"Kurs;1\nB;Kurs;2\n').encode(), "row_unquoted_value"),
        ("nul.csv", HEAD.encode() + b"A;Kurs;\0\0\0", "not_spreadsheet"),
        ("bilde.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "not_spreadsheet"),
        ("gammel.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken_file"),
        (
            "last.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + bytes(600)
            + "EncryptedPackage".encode("utf-16-le"),
            "encrypted_file",
        ),
        ("side.xls", b"<html><table><tr><td>Tittel</td></tr></table></html>", "not_spreadsheet"),
        ("a.parquet", b"PAR1" + bytes(50), "not_spreadsheet"),
        ("a.duckdb", bytes(8) + b"DUCK" + bytes(50), "not_spreadsheet"),
        ("halv.xlsx", b"PK\x03\x04" + b"halv" * 100, "broken_file"),
    ],
)
def test_a_file_that_is_no_spreadsheet(tmp_path: Path, name: str, content: bytes, rule: str):
    path = tmp_path / name
    path.write_bytes(content)
    assert rule in rules(read(path))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OTHER_KINDS = {
    "brev.doc": (OLE + "WordDocument".encode("utf-16-le"), "not_spreadsheet", "Word"),
    "e-post.msg": (OLE + "__substg1.0_0037001F".encode("utf-16-le"), "not_spreadsheet", "Outlook"),
    "med-brev.xls": (OLE + "Workbook\0WordDocument".encode("utf-16-le"), "broken_file", None),
    "pakket.csv.gz": (b"\x1f\x8b\x08" + bytes(20), "packed_file", "gzip"),
    "pakket.7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "packed_file", "7z"),
    "lenke.url": (b"[InternetShortcut]\r\nURL=https://a.no/\r\n", "link_file", None),
    "ark.gsheet": (b'{"":"WARNING!","doc_id":"1x","email":""}', "link_file", None),
    "lenke.webloc": (
        b'<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "x" "y">\n<plist/>',
        "link_file",
        None,
    ),
    "flatt.fods": (b'<?xml version="1.0"?>\n<office:document x="y"/>', "broken_file", None),
    "bank.xls": (b"MIME-Version: 1.0\r\nX-Type: Workbook\r\n\r\n<html>", "not_spreadsheet", "MIME"),
    "e-post.eml": (b"From: a\r\nTo: b\r\n c\r\nMIME-Version: 1.0\r\n", "not_spreadsheet", "MIME"),
    "ark.dif": (b'TABLE\r\n0,1\r\n"EXCEL"\r\nDATA\r\n', "not_spreadsheet", "DIF"),
    "ark.slk": (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "not_spreadsheet", "SYLK"),
    "bart.csv": (b'ID;PSCALC3\nC;X1;Y1;K"Tittel"\nE\n', "not_spreadsheet", "SYLK"),
    "kontakter.vcf": (b"BEGIN:VCARD\r\nFN:Kari\r\n", "not_spreadsheet", "vCard"),
    "kalender.csv": (b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n", "not_spreadsheet", "iCalendar"),
    "~$runder.xlsx": (b"\x04Kari" + bytes(20), "lock_file", None),
}


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_a_file_of_another_kind_is_named_for_what_it_is(tmp_path: Path, name: str):
    data, rule, kind = OTHER_KINDS[name]
    path = tmp_path / name
    path.write_bytes(data)
    assert [(f.rule, f.found) for f in read(path).findings] == [(rule, kind)]


@pytest.mark.parametrize(
    "parts, rule, kind",
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.presentation"},
            *("not_spreadsheet", "OpenDocument"),
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text"},
            "not_spreadsheet",
            "OpenDocument",
        ),
        ({"Index/Document.iwa": "x", "Data/a.jpg": "x"}, "numbers_file", None),
        ({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}, "not_spreadsheet", "Word"),
        ({"runder.csv": "Tittel;Dato\nA;2024\n"}, "packed_file", "ZIP"),
    ],
)
def test_an_archive_of_another_kind_is_named_for_what_it_is(
    tmp_path: Path, parts: dict[str, str], rule: str, kind: str | None
):
    path = tmp_path / "runder.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert [(f.rule, f.found) for f in read(path).findings] == [(rule, kind)]


@pytest.mark.parametrize(
    "name, text",
    [
        ("deltakere", HEAD + "A;Kurs;1\n"),  # without an ending
        ("deltakere.tsv", (HEAD + "A;Kurs;1\n").replace(";", "\t")),
        ("id.csv", "ID;Partner;Type\nnav;NAV;Stat\n"),  # as SYLK begins
        ("fra.csv", "From;To;Title\n2024;2025;A\n"),  # and a letter
        ("from.csv", "From: a\n\nTittel;Dato\nMIME;2024\n"),
        ("mime.csv", "Tittel;Merknad\nA;MIME-Version: 1.0\n"),
        ("html.csv", "Tittel;Merknad\nA;<html>\n"),
    ],
)
def test_a_table_that_is_much_like_another_kind_is_read(tmp_path: Path, name: str, text: str):
    path = tmp_path / name
    path.write_text(text)
    kinds = {"not_spreadsheet", "packed_file", "link_file", "broken_file", "no_rows"}
    assert kinds.isdisjoint(rules(read(path)))


def test_a_table_from_numbers_is_read(tmp_path: Path):
    """Its letters in two parts each, below the name of the table."""
    text = "Aktiviteter på Værøy\n\nTittel;Påmeldte;Møtt;Dato\nFrokost på Ås;41;27;12.03.2024\n"
    path = tmp_path / "Aktiviteter-Tabell 1.csv"
    path.write_text(unicodedata.normalize("NFD", text), encoding="utf-8")
    found = read(path)
    assert found.findings == ()
    (row,) = found.parts[0].rows
    assert (row["title"], row["registered_count"]) == ("Frokost på Ås", "41")


def test_a_file_is_what_it_holds_and_not_what_it_is_called(tmp_path: Path):
    as_csv = book(tmp_path).rename(tmp_path / "aktiviteter.csv")
    as_xlsx = tmp_path / "aktiviteter.xlsx"
    as_xlsx.write_bytes((HEAD + "A;Kurs;1").encode())
    for path, holds in ((as_csv, "XLSX"), (as_xlsx, "CSV")):
        found = read(path)
        assert [(f.rule, f.found, f.level) for f in found.findings] == [
            ("named_as_other", holds, "should_look")
        ]
        assert len(found.parts[0].rows) == 1


@pytest.mark.parametrize("other", ["xl/workbook.bin", "xl/vbaProject.bin", "mimetype"])
def test_other_workbooks_are_refused(tmp_path: Path, other: str):
    assert rules(read(book(tmp_path, **{other: b"x"}))) == ["not_spreadsheet"]


def test_columns_are_counted_before_anything_is_made_of_them(tmp_path: Path):
    path = tmp_path / "bred.csv"
    path.write_text(";".join("x" * 200_000) + "\n" + ";" * 200_000)
    found = read(path)
    assert [(f.rule, f.found) for f in found.findings] == [("too_many_columns", "200000")]
    path.write_text(HEAD + "A;Kurs;1" + ";" * 500)
    assert read(path).findings == (), "empty ones are none"


def test_a_cell_far_to_the_right_is_refused(tmp_path: Path):
    far = '<row r="3"><c r="XFD3"><v>1</v></c></row>'
    assert rules(read(book(tmp_path, sheet_xml(TABLE + far)))) == ["too_many_columns"]


def test_a_bomb_is_not_unpacked(tmp_path: Path):
    found = read(book(tmp_path, sheet_xml(TABLE + " " * 60_000_000)))
    assert rules(found) == ["unzipped_too_large"]


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path: Path):
    path = book(tmp_path, sheet_xml(TABLE + " " * 60_000_000))
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        real = archive.getinfo(SHEET).file_size
    at = 0
    while (at := data.find(struct.pack("<L", real), at)) >= 0:
        data[at : at + 4] = struct.pack("<L", 1000)
        at += 4
    path.write_bytes(data)
    assert rules(read(path)) == ["broken_file"]


def test_entities_are_refused(tmp_path: Path):
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY a0 "ha">{levels}]>'.encode()
    assert rules(read(book(tmp_path, bomb + sheet_xml(TABLE)))) == ["broken_file"]


def test_rows_of_nothing_but_style_are_none(tmp_path: Path):
    styled = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="0"/></row>' for n in range(3, 20_000))
    found = read(book(tmp_path, sheet_xml(TABLE + styled)))
    assert found.findings == ()
    assert len(found.parts[0].rows) == 1


@pytest.mark.parametrize("size", ["A1:XFD1048576", "A1", "nonsense"])
def test_the_size_a_sheet_says_it_has_is_not_believed(tmp_path: Path, size: str):
    found = read(book(tmp_path, sheet_xml(TABLE, before=f'<dimension ref="{size}"/>')))
    if size != "nonsense":
        assert found.findings == ()
        assert found.parts[0].rows == [{"title": "A", "attended_count": "7"}]


@pytest.mark.parametrize(
    "broken",
    [
        b"<worksheet",
        sheet_xml('<row r="1"><c r="A1" t="s"><v>999</v></c></row>'),
        sheet_xml('<row r="x"><c r="A1"><v>1</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1"><v>en</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" s="77"><v>1</v></c></row>'),
        sheet_xml(TABLE, after='<mergeCells><mergeCell ref="B1:"/></mergeCells>'),
    ],
)
def test_a_broken_sheet_is_a_finding(tmp_path: Path, broken: bytes):
    assert rules(read(book(tmp_path, broken))) == ["broken_file"]


def test_comments_are_said_to_be_left_out(tmp_path: Path):
    from openpyxl.comments import Comment

    made = workbook({"Aktiviteter": [["Tittel", "Deltakere"], ["A", 1]]})
    made["Aktiviteter"]["A1"].comment = Comment("x", "Ringvirkning")  # as in the forms
    made.save(tmp_path / "k.xlsx")
    assert rules(read(tmp_path / "k.xlsx")) == []
    made["Aktiviteter"]["B2"].comment = Comment("spør Kari", "y")
    made.save(tmp_path / "k.xlsx")
    assert rules(read(tmp_path / "k.xlsx")) == ["comments_left_out"]
