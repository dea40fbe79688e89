"""A type is a row: a new one is seen wherever the others are, in both languages, without code."""

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from queries import answers
from ringvirkning import ROOT
from ringvirkning.charts import forms
from ringvirkning.figures import catalogue, filters, partnerships
from ringvirkning.figures.explore import statement
from ringvirkning.figures.explore.answer import TOTAL, Answer
from ringvirkning.figures.view import View
from ringvirkning.finding import Finding
from ringvirkning.intake import former, publishing
from ringvirkning.intake.forms import templates
from ringvirkning.intake.forms.follow_up import follow_up
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.store import keys, storage, versions
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, Words, words
from tests.habits import named
from tests.server import KEY
from tests.test_explore import cell

pytestmark = pytest.mark.slow  # they publish

AS_OF = date(2026, 11, 23)
CODE = "foundation"
NAMES = {"nb": "Stiftelse", "en": "Foundation"}
ROWS = {
    "partner_types": f"{CODE},Stiftelse,Foundation,3",
    "partnership_types": f"{CODE},Stiftelse,Foundation,3",
    "activity_types": f"{CODE},Stiftelse,Foundation,3,no,no",
}
USED = {  # whose type is the new one
    "partners": ("sports_club", 2),
    "partnerships": ("cooperation", 3),
    "activities": ("network_meeting", 5),
}


class Published(NamedTuple):
    data: Path
    version: Version
    var: Path

    def seen(self, language: str, address: str = "") -> View:
        database = self.version.exact(self.var)
        return catalogue.seen(words(language), self.version, database, AS_OF, address)


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The shipped data, in which some of each kind are of a type that nobody had heard of."""
    place = tmp_path_factory.mktemp("types")
    data, var = shutil.copytree(ROOT / "data", place / "data"), place / "var"
    for table, added in ROWS.items():
        with (data / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(added + "\n")
    for table, (was, column) in USED.items():
        rows = lines(data / f"{table}.csv")
        assert was in [row[column] for row in rows]
        for row in rows:
            row[column] = CODE if row[column] == was else row[column]
        write(data / f"{table}.csv", rows)
    var.mkdir()
    storage.write(var / keys.NAME, KEY)
    assert publishing.publish(data, var) == []
    version = versions.current(var)
    assert version
    yield Published(data, version, var)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_type_is_a_choice_in_its_place(new: Published, language: str):
    shown = new.seen(language)
    for kind, before in (("partner_type", "university"), ("partnership_type", "network")):
        codes = list(filters.every_choice(shown.database)[kind])
        # Of two in one place the code decides.
        order = [*shown.words.types[kind]]
        assert codes == [code for code in order if code in codes]
        assert abs(codes.index(CODE) - codes.index(before)) == 1
        assert shown.words.code(kind, CODE) == NAMES[language]
    chosen = new.seen(language, f"partner_type={CODE}")
    assert chosen.selection.partner_type == (CODE,)
    assert NAMES[language] in filters.filter_summary(chosen.words, chosen.selection, chosen.span)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_type_is_in_charts_by_its_name_and_a_colour_of_its_own(new: Published, language: str):
    """Slides, paper and the page for everyone are made of the same figures."""
    shown = new.seen(language)
    for page in ("partnerships", "activities"):
        tables = [figure.chart.rows for figure in catalogue.figures(shown, page, "")]
        assert any(NAMES[language] in cell for rows in tables for row in rows for cell in row)
    for measure, kind in (
        ("active_partnerships", "partner_type"),
        ("active_partnerships", "partnership_type"),
        ("activities_held", "activity_type"),
    ):
        asked = f"measure={measure}&rows=time&split={kind}"
        (figure,) = catalogue.figures(shown, "explore", asked)
        assert any(NAMES[language] in cell for row in figure.chart.rows for cell in row)
        near = [*shown.words.types[kind]][:12]
        assert CODE in near
        assert len({forms.type_colour(shown.words, kind, code) for code in near}) == len(near)


def test_what_is_of_no_other_type_stands_last_and_heads_nothing(new: Published):
    w = named("nb")
    rows = [
        answers.PartnershipsByType("network", 3, 0, 0),
        answers.PartnershipsByType("other", 9, 0, 0),
    ]
    assert "Annet" not in partnerships.largest_type(w, rows, "partnership_type")
    for kind, names in w.types.items():
        assert [*names][-1] == "other", kind
        first, second, *_ = names
        answer = explored(w, kind, {"other": 9, second: 3, first: 3, None: 1})
        assert answer.row_keys == [first, second, "other", None]
        assert names["other"] not in statement.headline(w, answer)
        assert names[second] in statement.headline(w, explored(w, kind, {second: 9, "other": 3}))


def explored(w: Words, kind: str, counts: dict[str | None, int]) -> Answer:
    """An answer with so much of each type."""
    counted: dict[Any, answers.Explore] = {
        (code, TOTAL): cell(value=count) for code, count in counts.items()
    }
    of = {"measure": "employers", "unit": "count", "adds": "sum", "name": "Firmaer"}
    counted[TOTAL, TOTAL] = cell(value=sum(counts.values()))
    return Answer(of, "exit", kind, "", "year", (), counted, "2026", order=w.types)


def test_an_upload_knows_a_new_type_by_its_name(new: Published, tmp_path: Path):
    path = tmp_path / "partnere.csv"
    for text in ("stiftelse", "FOUNDATION", CODE):
        path.write_text(f"Navn;Partnertype\nA;{text}\n", encoding="utf-8")
        read = read_file(path, listed=former.listed_in(new.data))
        assert (read.questions, read.parts[0].rows) == ([], [{"name": "A", "partner_type": CODE}])
    (question_,) = read_file(path).questions
    assert (question_.kind, question_.found) == ("word", CODE), "of those shipped it is none"


def offered(content: bytes, sheet: str, heading: str) -> str:
    book = load_workbook(io.BytesIO(content))
    cells = next(row for row in book[sheet].iter_rows() if heading in {c.value for c in row})
    letter = next(cell.column_letter for cell in cells if cell.value == heading)
    rules = book[sheet].data_validations.dataValidation
    return str(next(r.formula1 for r in rules if str(r.sqref).startswith(letter)))


def test_forms_offer_a_new_type(new: Published):
    w = words("nb")
    place = [row[0] for row in lines(new.data / "partners.csv")].index("stromsgodset") + 1
    found = [Finding("no_organisation_number", "partners.csv", place, "organisation_number")]
    form = templates.template(w, new.data)
    assert f",{NAMES['nb']}," in offered(form, "Partnere", "Partnertype *")
    asked = follow_up(new.data, found, "stromsgodset", w)
    assert f",{NAMES['nb']}," in offered(asked, "Partnere", "Partnertype *")


def test_more_types_than_a_drop_down_holds_stand_in_a_sheet(new: Published, tmp_path: Path):
    data = shutil.copytree(new.data, tmp_path / "data")
    with (data / "partner_types.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"t{n},Type nummer {n},Type {n},{20 + n}\n" for n in range(20))
    form = templates.template(words("nb"), data)
    assert offered(form, "Partnere", "Partnertype *").startswith("OFFSET('Partnertyper'!$B$2")
    assert "Partnerskapstyper" not in load_workbook(io.BytesIO(form)).sheetnames
