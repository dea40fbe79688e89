"""What partners fund, in the formats of those who follow grants: only what is known of it."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from okfn_iati.iati_schema_validator import IatiValidator

from ringvirkning import ROOT
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.about import about_page
from ringvirkning.export.site.funders import (
    FUNDED,
    GRANTS_FILE,
    IATI_FILE,
    funded_files,
    funded_line,
    iati_file,
)
from ringvirkning.export.site.open_data import data_files
from ringvirkning.export.site.places import Home
from ringvirkning.figures import agreements
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations
from ringvirkning.figures.open_data import funding
from ringvirkning.figures.view import View
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store import versions
from ringvirkning.texts import LANGUAGES, words
from tests import cases, oracle

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 23)
HOME = Home(Identity("Foreningen"), "")
GOLDEN = ROOT / "tests" / "golden"
NFDR, IG = "Næringsforeningen i Drammensregionen", "Innovasjon Gardermoen"
NUMBER, OTHER_NUMBER = "974760673", "971032081"
VEKST, DRIFT = "nfdr_naeringsvekst_2020", "nfdr_internasjonale_drammen_drift"
HELSE, IMDI = "nfdr_helsehub", "nfdr_imdi_mentorordning"
WEB, BETWEEN_US = "https://example.no/", "Avtalen, vedlegg 2"
# One contribution each, by its id: agreement, givers, state, amount, qualifier, day, year, source.
MADE = {
    "told": (VEKST, "drammen", "granted", "2000000", "exact", "2018-12-13", "2019", WEB),
    "unqualified": (VEKST, "drammen", "paid", "2000000.50", "", "", "2020", WEB),
    "of_school": (VEKST, "hsn", "granted", "9000", "exact", "2018-06-01", "2018-08/2019-07", WEB),
    "told_again": (VEKST, "drammen", "paid", "2000000", "exact", "2018-12-13", "2019", WEB),
    "of_a_quarter": (DRIFT, "nav_drammen", "paid", "5", "exact", "", "2026-Q4", WEB),
    "to_come": (HELSE, "lier", "granted", "7", "exact", "2026-06", "2027", WEB),
    "of_several": (VEKST, "drammen|hsn", "granted", "1", "exact", "2018-12-13", "2019", WEB),
    "estimated": (VEKST, "drammen", "estimated", "1", "exact", "2018-12-13", "2019", WEB),
    "at_least": (VEKST, "drammen", "granted", "1", "over", "2018-12-13", "2019", WEB),
    "in_words": (VEKST, "drammen", "granted", "", "", "2018-12-13", "2019", WEB),
    "of_no_year": (VEKST, "drammen", "granted", "1", "exact", "", "", WEB),
    "many_years": (VEKST, "drammen", "granted", "8000000", "exact", "2016-12-08", "2017/2020", WEB),
    "of_no_number": ("ig_kommunene", "nes", "granted", "1", "exact", "2023-12-01", "2024", WEB),
    "unconfirmed": (IMDI, "imdi", "granted", "1", "exact", "", "2018", WEB),
    "between_us": (VEKST, "drammen", "granted", "1234321", "exact", "", "2017", BETWEEN_US),
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
            "granted_date": day,
            "year": year,
            "source": source,
        }
        for name, (agreement, givers, state, amount, qualifier, day, year, source) in MADE.items()
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


def file_of(found: dict[str, bytes], name: str = IATI_FILE) -> str:
    return found[name].decode()


def test_what_can_be_told_is_in_the_files_as_last_looked_at(made: Path):
    shown = views(made)
    at = shown[0].version.published_at
    found = funded_files(shown, HOME)
    assert [*found] == [*FUNDED]
    for name, content in found.items():
        golden = (GOLDEN / name).read_text(encoding="utf-8")
        assert content.decode().replace(at, "{at}") == golden
        assert at in content.decode()


def test_iati_keeps_to_the_standards_own_schema_and_rules(made: Path):
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


def test_a_grant_has_all_that_360giving_requires(made: Path):
    """https://standard.threesixtygiving.org/en/latest/technical/reference/: no package has its
    schema."""
    package = json.loads(file_of(funded_files(views(made), HOME), GRANTS_FILE))
    for one in package["grants"]:
        assert {"id", "title", "description", "currency", "amountAwarded"} <= one.keys()
        assert one["awardDate"] == date.fromisoformat(one["awardDate"]).isoformat()
        for side in ("recipientOrganization", "fundingOrganization"):
            (organisation,) = one[side]
            assert organisation["id"].startswith("NO-BRC-") and organisation["name"]


def test_what_cannot_be_told_is_counted_with_its_reason(made: Path):
    shown = views(made)[0]
    found = {row.contribution_id: (row.budget_lacks, row.grant_lacks) for row in funding(shown)}
    assert found == {
        "told": (None, None),
        "unqualified": (None, "paid"),
        "of_school": (None, "numbers"),
        "of_a_quarter": (None, "paid"),
        "to_come": (None, "day"),
        "told_again": ("granted", "paid"),
        "of_no_year": ("period", "day"),
        "many_years": ("long_period", None),
        "of_no_number": ("number", "numbers"),
        "unconfirmed": ("status", "day"),
        "estimated": ("estimated", "estimated"),
        **dict.fromkeys(("of_several", "in_kind", "own"), ("funder", "funder")),
        **dict.fromkeys(("at_least", "in_words"), ("amount", "amount")),
    }
    for place, how in enumerate(FUNDED.values()):
        assert {*how.reasons} == {lacks[place] for lacks in found.values()} - {None}
    budgets, grants = (funded_line(shown, name) for name in FUNDED)
    assert "Med er 5 av 16 publiserte bidrag." in budgets
    assert "3 er ikke penger fra én bestemt partner, 1 er anslått, 2 er uten et" in budgets
    assert "Med er 2 av 16 publiserte bidrag." in grants and "3 er uten dagen" in grants


def test_what_is_between_the_parties_or_exact_is_in_no_file(made: Path):
    told = "".join(content.decode() for content in funded_files(views(made), HOME).values())
    assert "1234321" not in told and BETWEEN_US not in told
    assert funded_files(views(made, exact=True), HOME) == {}


def test_each_association_has_its_own_where_its_number_is_known(made: Path):
    own, others = views(made, NFDR), views(made, IG)
    files = data_files(own, HOME, is_of_all=False)
    whole = funded_files(views(made), HOME)
    assert files == {f"data/{name}": content for name, content in whole.items()}
    assert data_files(others, HOME, is_of_all=False) == {}
    assert "Med er 0 av 1 publisert bidrag." in funded_line(others[0], IATI_FILE)


def test_lists_of_the_data_lead_to_them_where_they_are_written(made: Path, watch: Watch):
    shown = views(made)
    files = data_files(shown, HOME, is_of_all=True)
    names = [name.removeprefix("data/") for name in files]
    listed = {one["path"] for one in json.loads(files["data/datapackage.json"])["resources"]}
    assert {*FUNDED} <= {*names} and {*FUNDED} <= listed
    for view, up in zip(shown, ("", "../"), strict=True):
        page = about_page(view, HOME, [], names)
        for name in FUNDED:
            assert f'href="{up}data/{name}" download' in page and page.count(name) == 1
            assert funded_line(view, name) in page
    shipped = views(watch.var)
    files = data_files(shipped, HOME, is_of_all=True)
    names = [name.removeprefix("data/") for name in files]
    page = about_page(shipped[0], HOME, [], names)
    for name in FUNDED:
        assert name not in names and name not in page
        assert name.encode() not in files["data/datapackage.json"]
    assert words("nb")("website.funded") not in page


def test_the_day_is_told_where_the_contribution_is(made: Path):
    figure = agreements.contributions(views(made)[0], (HELSE,))
    assert figure
    heading, row = figure.chart.rows
    assert dict(zip(heading, row, strict=True))["Vedtatt"] == "juni 2026"
    shipped = agreements.contributions(views(made)[0], (DRIFT,))
    assert shipped and "Vedtatt" not in shipped.chart.rows[0]
