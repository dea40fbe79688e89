"""What partners fund, in the formats of those who follow grants: only what is known of it."""

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from okfn_iati.iati_schema_validator import IatiValidator

from ringvirkning import ROOT
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.about import about_page
from ringvirkning.export.site.funders import IATI_LACKS, iati_file, iati_line
from ringvirkning.export.site.open_data import data_files
from ringvirkning.export.site.places import Home
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations
from ringvirkning.figures.open_data import funding
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.intake.watch import Watch
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests import cases, oracle

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 23)
HOME = Home(Identity("Foreningen"), "")
GOLDEN = ROOT / "tests" / "golden" / "iati-activities.xml"
NFDR, IG = "Næringsforeningen i Drammensregionen", "Innovasjon Gardermoen"
NUMBER, OTHER_NUMBER = "974760673", "971032081"
VEKST, DRIFT, HELSE = (
    "nfdr_naeringsvekst_2020",
    "nfdr_internasjonale_drammen_drift",
    "nfdr_helsehub",
)
ADDRESS, BETWEEN_US = "https://example.no/", "Avtalen, vedlegg 2"
# One contribution each, by its id: agreement, givers, state, amount, qualifier, year, source.
MADE = {
    "told": (VEKST, "drammen", "granted", "2000000", "exact", "2019", ADDRESS),
    "told_unqualified": (VEKST, "drammen", "paid", "2000000.50", "", "2020", ADDRESS),
    "told_by_another": (VEKST, "hsn", "granted", "9000", "exact", "2018-08/2019-07", ADDRESS),
    "told_again": (VEKST, "drammen", "paid", "2000000", "exact", "2019", ADDRESS),
    "told_of_a_quarter": (DRIFT, "nav_drammen", "paid", "5", "exact", "2026-Q4", ADDRESS),
    "told_to_come": (HELSE, "lier", "granted", "7", "exact", "2027", ADDRESS),
    "of_several": (VEKST, "drammen|hsn", "granted", "1", "exact", "2019", ADDRESS),
    "estimated": (VEKST, "drammen", "estimated", "1", "exact", "2019", ADDRESS),
    "at_least": (VEKST, "drammen", "granted", "1", "over", "2019", ADDRESS),
    "in_words": (VEKST, "drammen", "granted", "", "", "2019", ADDRESS),
    "of_no_year": (VEKST, "drammen", "granted", "1", "exact", "", ADDRESS),
    "of_many_years": (VEKST, "drammen", "granted", "8000000", "exact", "2017/2020", ADDRESS),
    "of_no_number": ("ig_kommunene", "nes", "granted", "1", "exact", "2024", ADDRESS),
    "unconfirmed": ("nfdr_imdi_mentorordning", "imdi", "granted", "1", "exact", "2018", ADDRESS),
    "between_us": (VEKST, "drammen", "granted", "123454321", "exact", "2017", BETWEEN_US),
}  # fmt: skip


def made_rows() -> list[dict[str, str]]:
    rows = [
        {
            "contribution_id": name,
            "partnership_id": agreement,
            "giver": "partners",
            "partner_ids": givers,
            "contribution_kind": "cash",
            "amount": amount,
            "amount_qualifier": qualifier,
            "currency": "NOK" if amount else "",
            "description": "" if amount else "Halvparten",
            "contribution_state": state,
            "year": year,
            "source": source,
        }
        for name, (agreement, givers, state, amount, qualifier, year, source) in MADE.items()
    ]
    first = rows[0]
    return [
        *rows,
        first | {"contribution_id": "in_kind", "contribution_kind": "in_kind"},
        first | {"contribution_id": "own", "giver": "association", "partner_ids": ""},
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var/ with these contributions beside the shipped rows; two agreements are given days that
    have yet to come or are known in part."""
    place = tmp_path_factory.mktemp("funders")
    raw = oracle.read(ROOT / "data")
    raw["contributions"] = cases.frame("contributions", made_rows())
    for table, key, row, column, value in (
        ("associations", "association", NFDR, "organisation_number", NUMBER),
        ("partners", "partner_id", "drammen", "organisation_number", OTHER_NUMBER),
        ("partnerships", "partnership_id", VEKST, "title", "Vekst <2020> & «mer»"),
        ("partnerships", "partnership_id", DRIFT, "confirmed_date", "2026-05"),
        ("partnerships", "partnership_id", DRIFT, "start_qualifier", "about"),
        ("partnerships", "partnership_id", HELSE, "start_date", "2027-02-01"),
        ("partnerships", "partnership_id", HELSE, "end_date", "2028"),
        ("partnerships", "partnership_id", HELSE, "confirmed_date", ""),
        ("partnerships", "partnership_id", HELSE, "purpose", ""),
    ):
        raw[table].loc[raw[table][key] == row, column] = value
    folder = place / "data"
    folder.mkdir()
    assert publishing.publish(cases.written(raw, folder), place / "var") == []
    return place / "var"


def views(var: Path, association: str = "", exact: bool = False) -> list[View]:
    version = versions.current(var)
    assert version
    database = version.exact(var) if exact else version.protected(var)
    address = address_of_associations([association] if association else [])
    return [seen(words(one), version, database, DAY, address) for one in LANGUAGES]


def file_of(found: dict[str, bytes]) -> str:
    """Its day is that of the version."""
    (content,) = found.values()
    return content.decode()


def test_what_can_be_told_is_an_activity_with_budgets_as_last_looked_at(made: Path):
    shown = views(made)
    at = f' generated-datetime="{shown[0].version.published_at}"'
    told = file_of(iati_file(shown))
    assert told.replace(at, "") == GOLDEN.read_text(encoding="utf-8")
    assert at in told


def test_it_keeps_to_the_standards_own_schema_and_rules(made: Path):
    told = file_of(iati_file(views(made)))
    assert IatiValidator().validate(told) == (True, {"schema_errors": [], "ruleset_errors": []})
    for activity in ElementTree.fromstring(told):
        types = {one.get("type") for one in activity.iter("activity-date")}
        assert types & {"1", "2"}, "an activity begins or began"
        for budget in activity.iter("budget"):
            days = [
                date.fromisoformat(one.attrib["iso-date"])
                for one in budget.iter()
                if "iso-date" in one.attrib
            ]
            assert len(days) == 2 and 0 < (days[1] - days[0]).days < 366, "of a year at most"


def test_what_cannot_be_told_is_counted_with_its_reason(made: Path):
    shown = views(made)[0]
    reasons = {row.contribution_id: row.reason for row in funding(shown)}
    assert reasons == {
        **dict.fromkeys(("told", "told_unqualified", "told_by_another"), None),
        **dict.fromkeys(("told_of_a_quarter", "told_to_come"), None),
        **dict.fromkeys(("of_several", "in_kind", "own"), "funder"),
        **dict.fromkeys(("at_least", "in_words"), "amount"),
        "told_again": "granted",
        "estimated": "estimated",
        "of_no_year": "period",
        "of_many_years": "long_period",
        "of_no_number": "number",
        "unconfirmed": "status",
    }
    assert {*IATI_LACKS} == {*reasons.values()} - {None}
    line = iati_line(shown)
    assert "Med er 5 av 16 publiserte bidrag." in line
    assert "3 er ikke penger fra én bestemt partner, 1 er anslått, 2 er uten et" in line


def test_what_is_between_the_parties_or_exact_is_in_no_file(made: Path):
    shown = views(made)
    told = file_of(iati_file(shown))
    assert "123454321" not in told and not any(reason in told for reason in ("8000000", BETWEEN_US))
    assert iati_file(views(made, exact=True)) == {}


def test_each_association_has_its_own_where_its_number_is_known(made: Path):
    own, others = views(made, NFDR), views(made, IG)
    files = data_files(own, HOME, is_of_all=False)
    assert [*files] == ["data/iati-activities.xml"]
    assert file_of(files) == file_of(iati_file(views(made)))
    assert data_files(others, HOME, is_of_all=False) == {}
    assert "Med er 0 av 1 publiserte bidrag." in iati_line(others[0])


def test_lists_of_the_data_lead_to_it_where_it_is_written(made: Path, watch: Watch):
    shown = views(made)
    files = data_files(shown, HOME, is_of_all=True)
    assert b'"path": "iati-activities.xml"' in files["data/datapackage.json"]
    names = [name.removeprefix("data/") for name in files]
    for view, up in zip(shown, ("", "../"), strict=True):
        page = about_page(view, HOME, [], names)
        assert f'href="{up}data/iati-activities.xml" download' in page and iati_line(view) in page
        assert page.count("iati-activities.xml") == 1
    shipped = views(watch.var)
    files = data_files(shipped, HOME, is_of_all=True)
    assert not [name for name in files if "iati-" in name]
    assert b"iati-" not in files["data/datapackage.json"]
    names = [name.removeprefix("data/") for name in files]
    assert "IATI" not in about_page(shipped[0], HOME, [], names)
