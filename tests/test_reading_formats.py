"""Workbooks of other kinds than XLSX: read as that is, within the same limits.

`tests/workbooks` has two workbooks with cells of each kind, one with the days of the old Mac, as
LibreOffice 7.4 saved them in each format.
"""

import io
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from ringvirkning import ROOT
from ringvirkning.finding import Finding
from ringvirkning.intake.sheets import Cell, Decisions, Grid, Read, Row, reading
from ringvirkning.intake.sheets.files import file_bytes, grids
from ringvirkning.intake.sheets.old_workbook import old_workbook_grids
from ringvirkning.intake.uploads.remarks import book_of, copy_name, copy_with_remarks, write_copies
from ringvirkning.texts import words

read = partial(reading.read_file, names=None)
BOOKS = Path(__file__).parent / "workbooks"
OPEN = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        **{name: name for name in ("office", "table", "text", "style", "chart")},
        "number": "datastyle",
    }.items()
)
DC = ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
MANIFEST = "META-INF/manifest.xml"


def sheets(path: Path) -> list[Grid]:
    return grids(path, file_bytes(path), Decisions({}))[0]


def rules(found: Read) -> list[str]:
    return [finding.rule for finding in found.findings]


def document(rows: str, *, before: str = "", after: str = "", styles: str = "") -> str:
    """A whole document with one sheet of these rows, and what stands before and after them."""
    table = f'<table:table table:name="Aktiviteter">{before}{rows}</table:table>{after}'
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return f"{automatic}{body}"


def ods(folder: Path, content: str, **parts: str) -> Path:
    path = folder / "aktiviteter.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", OPEN)
        whole = f"<office:document-content{SPACES}{DC}>{content}</office:document-content>"
        archive.writestr("content.xml", whole)
        archive.writestr(MANIFEST, parts.pop(MANIFEST, "<manifest/>"))
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


def cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def number(value: str, more: str = "") -> str:
    return cell(value, f'office:value-type="float" office:value="{value}" {more}')


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


HEADING = row(cell("Tittel"), cell("Deltakere"))
TABLE = HEADING + row(cell("A"), number("7"))
EMPTY_REST = row(
    '<table:table-cell table:number-columns-repeated="16384"/>',
    more='table:number-rows-repeated="1048576"',
)


# As LibreOffice saves them


@pytest.mark.parametrize("stem", ["typed", "mac"])
@pytest.mark.parametrize("ending", ["ods", "fods", "xls"])
def test_all_that_a_cell_may_hold_is_read_as_of_xlsx(stem: str, ending: str):
    wanted = BOOKS / f"{stem}.xlsx"
    own = wanted.with_suffix(f".{ending}")
    assert sheets(own) == sheets(wanted)

    def told(path: Path) -> list[Finding]:
        said = [f for f in read(path).findings if f.rule != "comments_left_out"]
        return [replace(finding, file="") for finding in said]

    assert told(own) == told(wanted)
    # LibreOffice leaves them out of flat files.
    assert ("comments_left_out" in rules(read(own))) == (ending != "fods")


def test_the_cells_of_these_workbooks_are_all_kinds():
    first, hidden, empty = sheets(BOOKS / "typed.ods")
    rows = {row.number: row.cells for row in first.rows}
    assert rows[2][1:] == [
        *(Cell("12.5", "number"), Cell("2024-05-12", "date"), Cell("0.375", "percent")),
        *(Cell("True"), Cell("30:00:00"), Cell("09:30:00"), Cell("2", "number")),
        *(Cell("#DIV/0!", "error"), Cell("00123")),
    ]
    assert rows[3][2] == Cell("2024-05-12T09:30", "date")
    assert rows[3][7] == Cell(), "a formula with an empty answer"
    assert (rows[4][2], rows[5][2]) == (Cell("2016-05", "date"), Cell("2016", "date"))
    assert [area.name for area in first.merged] == ["A10:B11"]
    assert (first.hidden_rows, first.hidden_columns) == (1, 1)
    assert (hidden.is_hidden, empty.rows) == (True, [])


@pytest.mark.parametrize(
    "ending, called, holds",
    [("ods", "xlsx", "ODS"), ("xls", "ods", "XLS"), ("xlsx", "xls", "XLSX"), ("fods", "ods", None)],
)
def test_a_workbook_is_what_it_holds(tmp_path: Path, ending: str, called: str, holds: str | None):
    path = tmp_path / f"bok.{called}"
    path.write_bytes((BOOKS / f"typed.{ending}").read_bytes())
    found = [f.found for f in read(path).findings if f.rule == "named_as_other"]
    assert found == ([holds] if holds else [])
    assert sheets(path) == sheets(BOOKS / "typed.xlsx")


def test_an_old_workbook_that_is_encrypted_is_told(tmp_path: Path):
    """The record of who wrote it becomes that of a password."""
    data = (BOOKS / "typed.xls").read_bytes()
    path = tmp_path / "last.xls"
    path.write_bytes(data.replace(b"\x5c\0\x70\0", b"\x2f\0\x70\0", 1))
    assert path.read_bytes() != data
    assert rules(read(path)) == ["encrypted_file"]


def test_what_a_reader_finds_odd_is_not_written_where_answers_are(tmp_path: Path):
    """A child process answers on its standard output."""
    path = tmp_path / "rest.xls"
    path.write_bytes((BOOKS / "typed.xls").read_bytes() + b"x")  # no whole sector
    code = f"from {old_workbook_grids.__module__} import *; old_workbook_grids(Path({str(path)!r}))"
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert (said.returncode, said.stdout) == (0, b"")


# Web pages with the name of a workbook

PAGE = """<!DOCTYPE html><html><head><title>Uttrekk</title><style>td { x: y }</style></head><body>
<table><tr><td>Meny</td></tr></table>
<TABLE border=1>
  <thead><tr><th>Tittel<th>Møtt&nbsp;opp<th>Sted</tr></thead>
  <tr><td>Frokost
      i byen</td><td>1&#160;234</td><td rowspan=2>Ås</td></tr>
  <tr><td>Kurs<br>for nye</td><td>7</td></tr>
  <tr><td colspan="2">Møte</td><td><span>Nes</span><script>x()</script></td></tr>
</table></body></html>"""


@pytest.mark.parametrize(
    "name, encoding, is_told",
    [("a.xls", "utf-8", True), ("a.xls", "cp1252", True), ("a.html", "utf-8", False)],
)
def test_the_table_of_a_web_page_is_read(tmp_path: Path, name: str, encoding: str, is_told: bool):
    """As programs export it for Excel."""
    path = tmp_path / name
    path.write_bytes(PAGE.encode(encoding))
    (sheet,) = sheets(path)
    assert [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows] == [
        (1, ["Tittel", "Møtt\N{NO-BREAK SPACE}opp", "Sted"]),
        (2, ["Frokost i byen", "1\N{NO-BREAK SPACE}234", "Ås"]),
        (3, ["Kurs\nfor nye", "7"]),
        (4, ["Møte", "", "Nes"]),
    ]
    assert [area.name for area in sheet.merged] == ["C2:C3", "A4:B4"]
    told = [(f.rule, f.found) for f in read(path).findings if f.rule == "named_as_other"]
    assert told == [("named_as_other", "HTML")] * is_told


def test_several_tables_of_a_page_are_sheets_and_one_within_another_is_its_own(tmp_path: Path):
    inner = "<table><tr><td>Tittel<td>Møtt<tr><td>A<td>7</table>"
    path = tmp_path / "a.xls"
    path.write_text(f"<html><table><tr><td>x<td>{inner}<tr><td>y<td>z</table>{inner}")
    found = {sheet.sheet: [[c.text for c in r.cells] for r in sheet.rows] for sheet in sheets(path)}
    table = [["Tittel", "Møtt"], ["A", "7"]]
    assert found["2"] == found["3"] == table
    assert ["y", "z"] in found["1"]


@pytest.mark.parametrize(
    "page, rule",
    [
        ("<html><body>Logg inn</body></html>", "not_spreadsheet"),
        ("<html><table><tr><td>Logg inn</table>", "not_spreadsheet"),
        (f"<table><tr>{'<td>x' * 200}<tr><td>y</table>", "too_many_columns"),
        ("<table><tr><td colspan=99999999>x<td rowspan=99999999>y<tr><td>z</table>", None),
        ("<table>" * 5000 + "<tr><td>x<tr><td>y", None),
    ],
)
def test_a_page_without_a_table_or_made_to_harm(tmp_path: Path, page: str, rule: str | None):
    path = tmp_path / "a.xls"
    path.write_text(page)
    found = rules(read(path))
    assert rule in found if rule else found


# Excel's XML of 2003

XML_BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="m"><NumberFormat ss:Format="mmm\\ yyyy"/></Style></Styles>
<Worksheet ss:Name="Aktiviteter"><Table><Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
<Row><Cell><Data ss:Type="String">Tittel</Data></Cell>
<Cell><Data ss:Type="String">Møtt</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell><Data ss:Type="String">Kurs <B>på</B> Ås</Data></Cell>
<Cell><Data ss:Type="Number">12.50</Data></Cell>
<Cell ss:StyleID="p"><Data ss:Type="Number">0.375</Data></Cell>
<Cell ss:Index="5"><Data ss:Type="DateTime">2024-05-12T00:00:00.000</Data></Cell>
<Cell ss:StyleID="m"><Data ss:Type="DateTime">2016-05-12T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="Boolean">1</Data></Cell>
<Cell><Data ss:Type="Error">#DIV/0!</Data></Cell><Cell ss:Formula="=1+1"/>
<Cell ss:StyleID="p"/><Cell><Comment><Data>spør</Data></Comment></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="Skjult"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible>
</x:WorksheetOptions></Worksheet></Workbook>"""


def test_a_workbook_that_is_one_file_of_xml_is_read(tmp_path: Path):
    path = tmp_path / "uttrekk.xls"
    path.write_text(XML_BOOK, encoding="utf-8")
    first, hidden = sheets(path)
    assert [(row.number, [*row.cells]) for row in first.rows] == [
        (1, [Cell("Tittel"), Cell("Møtt")]),
        (
            4,
            [
                *(Cell("Kurs på Ås"), Cell("12.5", "number"), Cell("0.375", "percent"), Cell()),
                *(Cell("2024-05-12", "date"), Cell("2016-05", "date")),
            ],
        ),
        (5, [Cell("True"), Cell(), Cell("#DIV/0!", "error"), Cell("=1+1", "uncalculated")]),
    ]
    assert [area.name for area in first.merged] == ["A5:B6"]
    assert (first.hidden_rows, first.hidden_columns, hidden.is_hidden) == (1, 2, True)
    said = {f.rule: f.found for f in read(path).findings if f.level == "should_look"}
    assert said["named_as_other"] == "XML" and "comments_left_out" in said


@pytest.mark.parametrize(
    "was, other, rule",
    [
        ("<Workbook", '<!DOCTYPE x SYSTEM "y"><Workbook', "broken_file"),
        ("12.50", "tolv", "broken_file"),
        ("</Table>", "", "broken_file"),
        ('ss:Index="5"', 'ss:Index="99999999"', "too_many_columns"),
        ('ss:Span="1"', 'ss:Span="999999999"', ""),
        ("urn:schemas-microsoft-com:office:spreadsheet", "urn:x", "not_spreadsheet"),
    ],
)
def test_such_a_file_that_is_broken_or_made_to_harm(
    tmp_path: Path, was: str, other: str, rule: str
):
    path = tmp_path / "uttrekk.xml"
    path.write_text(XML_BOOK.replace(was, other), encoding="utf-8")
    found = rules(read(path))
    assert rule in found if rule else found


# OpenDocument by hand


def test_repeated_rows_and_cells_are_as_many_as_they_are(tmp_path: Path):
    same = row(cell("A"), number("7"), more='table:number-rows-repeated="3"')
    twice = row(cell("B", 'office:value-type="string" table:number-columns-repeated="2"'))
    gap = row("<table:table-cell/>", more='table:number-rows-repeated="2"')
    path = ods(tmp_path, document(HEADING + same + gap + twice + EMPTY_REST))
    (sheet,) = sheets(path)
    assert [(r.number, [c.text for c in r.cells]) for r in sheet.rows[1:]] == [
        *((number, ["A", "7"]) for number in (2, 3, 4)),
        (7, ["B", "B"]),
    ]


@pytest.mark.parametrize(
    "more, rule",
    [
        # A row that is filled to the end of the sheet, and one to its right end.
        (row(cell("x"), more='table:number-rows-repeated="1048576"') * 3, "unzipped_too_large"),
        (row(number("1", 'table:number-columns-repeated="16384"')), "too_many_columns"),
        (row('<table:table-cell table:number-columns-repeated="100000000"/>'), None),
        (row(cell("x" * 100_000), more='table:number-rows-repeated="1000"'), "unzipped_too_large"),
        ("<table:table-row>", "broken_file"),
        (row(number("en")), "broken_file"),
        (row(cell("x"), more='table:number-rows-repeated="x"'), "broken_file"),
    ],
)
def test_what_is_repeated_is_counted_before_it_is_made(tmp_path: Path, more: str, rule: str | None):
    path = ods(tmp_path, document(TABLE + more))
    tracemalloc.start()
    try:
        found = read(path)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rules(found) == ([rule] if rule else [])
    assert most < 150 * 2**20


@pytest.mark.parametrize("is_flat", [False, True])
def test_entities_of_an_open_document_are_refused(tmp_path: Path, is_flat: bool):
    declared = '<!DOCTYPE x SYSTEM "y">'
    body = document(TABLE)
    if is_flat:
        path = tmp_path / "a.fods"
        xml = '<?xml version="1.0"?>'
        path.write_text(f"{xml}{declared}<office:document{SPACES}>{body}</office:document>")
    else:
        path = ods(tmp_path, body, **{"styles.xml": f"{declared}<x/>"})
    assert rules(read(path)) == ["broken_file"]


def test_a_bomb_of_an_open_document_is_not_unpacked(tmp_path: Path):
    found = read(ods(tmp_path, document(TABLE + " " * 60_000_000)))
    assert rules(found) == ["unzipped_too_large"]


def test_an_encrypted_open_document_is_told(tmp_path: Path):
    encrypted = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/>'
    path = ods(tmp_path, document(TABLE), **{MANIFEST: encrypted})
    assert rules(read(path)) == ["encrypted_file"]


@pytest.mark.parametrize(
    "written, wanted",
    [
        # Errors as older programs write them: beside a value, or without its type.
        (
            cell("Err:502", 'table:formula="of:=X" office:value-type="float" office:value="0"'),
            "error",
        ),
        (cell("#NAVN?", 'table:formula="of:=X" office:value-type="string"'), "error"),
        ('<table:table-cell table:formula="of:=1+1"/>', "uncalculated"),
        ('<table:table-cell table:formula="of:=X"><text:p/></table:table-cell>', Cell()),
        (
            cell("SANN", 'office:value-type="boolean" office:boolean-value="true"'),
            Cell("True"),
        ),
        (
            cell("USANN", 'table:formula="of:=FALSE()" office:value-type="float" office:value="0"'),
            Cell("False"),
        ),
        (
            cell("kr 1 500", 'office:value-type="currency" office:value="1500"'),
            Cell("1500", "number"),
        ),
        (cell("våren", 'office:value-type="date" office:date-value="våren"'), Cell("våren")),
        (
            cell("-1:30", 'office:value-type="time" office:time-value="-PT1H30M0S"'),
            Cell("-01:30:00"),
        ),
        ('<table:table-cell office:value-type="string" office:string-value="x"/>', Cell("x")),
        # Line ends in the file say nothing, elements do.
        (cell('en\n  <text:span>to</text:span><text:s text:c="2"/>tre'), Cell("en to  tre")),
        (cell("en</text:p><text:p>to"), Cell("en\nto")),
    ],
)
def test_a_cell_of_an_open_document(tmp_path: Path, written: str, wanted: Cell | str):
    path = ods(tmp_path, document(row(cell("A"), written, cell("B"))))
    shown = sheets(path)[0].rows[0].cells[1]
    assert (shown.kind if isinstance(wanted, str) else shown) == wanted


def test_what_stands_in_a_cell_beside_its_text_is_not_read(tmp_path: Path):
    """Comments, and charts with the tables of their data."""
    note = "<office:annotation>{}<text:p>spør om rom</text:p></office:annotation>"
    data = f"<table:table>{TABLE}</table:table>"
    chart = f"<table:shapes><chart:chart>{data}</chart:chart></table:shapes>"
    cells = cell("A").replace("<text:p>", f"{note.format('')}<text:p>")
    path = ods(tmp_path, document(TABLE + row(cells, number("8")), before=chart))
    found = read(path)
    assert rules(found) == ["comments_left_out"]
    assert [row["title"] for row in found.parts[0].rows] == ["A", "A"]
    ours = note.format("<dc:creator>Ringvirkning</dc:creator>")
    path = ods(tmp_path, document(TABLE.replace("<text:p>A", f"{ours}<text:p>A")))
    assert rules(read(path)) == []


def test_what_is_kept_of_other_files_is_no_sheet(tmp_path: Path):
    other = f'<table:table table:name="x" table:style-name="ta_extref">{TABLE}</table:table>'
    asked = f"<table:dde-link><table:table>{TABLE}</table:table></table:dde-link>"
    linked = f"<table:dde-links>{asked}</table:dde-links>"
    path = ods(tmp_path, document(TABLE, after=other + linked))
    assert [(sheet.sheet, len(sheet.rows)) for sheet in sheets(path)] == [("Aktiviteter", 2)]


@pytest.mark.parametrize("where", ["cell", "row", "column"])
def test_the_look_of_a_day_may_be_its_rows_or_its_columns(tmp_path: Path, where: str):
    style = {where: 'table:default-cell-style-name="år"'} | (
        {"cell": 'table:style-name="år"'} if where == "cell" else {}
    )
    styles = (
        '<number:date-style style:name="N1"><number:year/></number:date-style>'
        '<style:style style:name="over" style:data-style-name="N1"/>'
        '<style:style style:name="år" style:parent-style-name="over"/>'
    )
    day = 'office:value-type="date" office:date-value="2016-05-12T00:00:00"'
    path = ods(
        tmp_path,
        document(
            row(cell("2016", f"{day} {style.get('cell', '')}"), more=style.get("row", "")),
            before=f"<table:table-column {style.get('column', '')}/>",
            styles=styles,
        ),
    )
    assert sheets(path)[0].rows[0].cells == [Cell("2016", "date")]


# Copies with remarks


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_the_copy_with_remarks_of_another_workbook_is_one_that_comes_in(
    tmp_path: Path, ending: str
):
    path = BOOKS / f"typed.{ending}"
    first, w = read(path), words("nb")
    remark = Finding("cell_error", path.name, 2, "Feil", "#DIV/0!", sheet="Aktiviteter")
    write_copies(tmp_path, [(path, first)], [remark], w)
    copy = tmp_path / copy_name(path)
    assert copy.name == f"typed.{ending}.xlsx"
    assert copy.read_bytes()[:2] == b"PK"
    before, after = sheets(path)[0], sheets(copy)[0]
    for own, again in zip(before.rows[1:], after.rows[1:], strict=True):
        assert [c.text for c in again.cells[: len(own.cells)]] == [c.text for c in own.cells]
    book = openpyxl.load_workbook(io.BytesIO(copy_with_remarks(path, first, [remark], w)))
    assert book["Aktiviteter"]["K2"].value.startswith("Feil: ")


def test_in_a_copy_with_remarks_a_whole_per_cent_has_no_decimal_sign():
    texts = ["0.07", "0.37", "1.1", "0.375"]
    row = Row(1, [*(Cell(text, "percent") for text in texts), Cell("5", "number")])
    (sheet,) = book_of([Grid("Aktiviteter", [row])]).worksheets
    shown = [(cell.value, cell.number_format) for cell in sheet[1]]
    percents = [(0.07, "0%"), (0.37, "0%"), (1.1, "0%"), (0.375, "0.##%")]
    assert shown == [*percents, (5, "General")]
