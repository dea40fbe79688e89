"""Numbers, dates and words as people write them, one by one."""

import pytest

from queries.contract import tables
from ringvirkning.intake.sheets import Cell
from ringvirkning.intake.sheets.cells import field_of, is_unknown, ways_to_read
from ringvirkning.intake.sheets.dates import date_ways, iso_period
from ringvirkning.intake.sheets.files import as_meant
from ringvirkning.intake.sheets.numbers import hundredth, number_ways
from ringvirkning.intake.sheets.vocabulary import (
    code_kinds,
    code_words,
    headings,
    key_in,
    near,
    plain,
    plain_heading,
    sheet_words,
    synonyms,
    table_named,
    words_in,
)
from ringvirkning.texts import LANGUAGES, entries
from tests.habits import LISTED, fields


@pytest.mark.parametrize(
    "text, ways",
    [
        ("12", {"": "12"}),
        ("1 234", {"": "1234"}),
        ("1\u00a0234\u202f567", {}),  # two kinds of spaces
        ("1\u2009234,5", {",": "1234.5"}),
        ("1.234,5", {",": "1234.5"}),
        ("1,234.5", {".": "1234.5"}),
        ("1.234", {",": "1234", ".": "1.234"}),
        ("1,234", {",": "1.234", ".": "1234"}),
        ("1.234.567", {",": "1234567"}),
        ("12,50", {",": "12.5"}),
        ("0,125", {",": "0.125"}),
        ("0.125", {".": "0.125"}),
        ("1234.567", {".": "1234.567"}),
        ("12 34", {}),
        ("1.23.456", {}),
        ("−5", {"": "-5"}),
        ("kr 1 000", {"": "1000"}),
        ("100,-", {"": "100"}),
        ("27 deltakere", {"": "27"}),
        ("1,5 mill", {}),
        ("tolv", {}),
        ("", {}),
        ("1e3", {}),
        ("007", {"": "7"}),
    ],
)
def test_a_number_has_every_way_it_can_be_read(text: str, ways: dict[str, str]):
    assert number_ways(text) == ways


@pytest.mark.parametrize(
    "percent, share",
    [("50", "0.5"), ("37.5", "0.375"), ("5", "0.05"), ("100", "1"), ("-2", "-0.02")],
)
def test_a_per_cent_is_a_share(percent: str, share: str):
    assert hundredth(percent) == share


@pytest.mark.parametrize(
    "text, ways",
    [
        ("2016", {"": "2016"}),
        ("2016-05", {"": "2016-05"}),
        ("2016-5-2", {"": "2016-05-02"}),
        ("20160512", {"": "2016-05-12"}),
        ("05.2016", {"": "2016-05"}),
        ("31.12.2024", {"dmy": "2024-12-31"}),
        ("12/31/2024", {"mdy": "2024-12-31"}),
        ("03.04.2024", {"dmy": "2024-04-03", "mdy": "2024-03-04"}),
        ("05/05/2024", {"": "2024-05-05"}),
        ("31. 12. 2024", {"dmy": "2024-12-31"}),
        ("31.02.2024", {}),
        ("31. desember 2024", {"": "2024-12-31"}),
        ("1. mai 2016", {"": "2016-05-01"}),
        ("Mai 2016", {"": "2016-05"}),
        ("des. 2016", {"": "2016-12"}),
        ("12. okt 2016", {"": "2016-10-12"}),
        ("October 12th, 2016", {"": "2016-10-12"}),
        ("tirsdag 29. april 2025", {"": "2025-04-29"}),
        ("Tue, April 29, 2025", {"": "2025-04-29"}),
        ("ons. 31.12.2024", {"dmy": "2024-12-31"}),
        ("mandag", {}),
        ("våren 2024", {"year_only": "2024", "first_month": "2024-03"}),
        ("høst2022", {"year_only": "2022", "first_month": "2022-09"}),
        ("V2021", {"year_only": "2021", "first_month": "2021-03"}),
        ("H 21", {"year_only": "2021", "first_month": "2021-09"}),
        ("H21", {}),
        ("ma 2016", {}),
        ("45657", {"1900": "2024-12-31", "1904": "2029-01-01"}),
        ("24-05-12", {}),
        ("12.–14. mai 2024", {}),
    ],
)
def test_a_date_has_every_way_it_can_be_read(text: str, ways: dict[str, str]):
    assert date_ways(text) == (ways, "")


@pytest.mark.parametrize(
    "text, iso, said",
    [
        ("31.12.24", "2024-12-31", "short_year"),
        ("31.12.2024 kl. 08.30", "2024-12-31", "time_left_out"),
        ("2024-12-31T08:30:00", "2024-12-31", "time_left_out"),
        ("tirsdag 29. april 2025 kl. 08:30 - 16:00", "2025-04-29", "time_left_out"),
    ],
)
def test_what_is_left_out_of_a_date_is_said(text: str, iso: str, said: str):
    ways, why = date_ways(text)
    assert ([*ways.values()], why) == ([iso], said)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2016", "2016"),
        ("2016–2019", "2016/2019"),
        ("2016 - 2019", "2016/2019"),
        ("2016 til 2019", "2016/2019"),
        ("2016/2019", "2016/2019"),
        ("2023/2024", "2023/2024"),
        ("2016/17", None),  # has two ways
        ("2016/19", None),
        ("2023-08/2024-07", "2023-08/2024-07"),
        ("skoleåret 2023-2024", "2023-08/2024-07"),
        ("Skoleår 2023/24", "2023-08/2024-07"),
        ("skoleåret 1999–00", "1999-08/2000-07"),
        ("school year 2023/2024", "2023-08/2024-07"),
        ("2023/24 school year", "2023-08/2024-07"),
        ("skoleåret 2023-2025", None),
        ("til og med skoleåret 2023/24", None),
        ("skoleåret 2023", None),
        ("kurs 2023/24", None),
    ],
)
def test_a_period(text: str, expected: str | None):
    assert iso_period(text) == expected


@pytest.mark.parametrize(
    "text, years",
    [
        ("2016/17", "2016/2017"),
        ("2023-24", "2023/2024"),
        ("2023 – 24", "2023/2024"),
        ("2010/11", "2010/2011"),  # no November
        ("1999/00", "1999/2000"),
    ],
)
@pytest.mark.parametrize(
    "table, column", [("outcomes", "year"), ("contributions", "year"), ("context", "period")]
)
def test_two_years_may_be_a_school_year(table: str, column: str, text: str, years: str):
    of = next(of for of in fields(table) if of.name == column)
    first, second = years.split("/")
    school_year = f"{first}-08/{second}-07"
    assert ways_to_read(Cell(text), of).ways == {"school_year": school_year, "whole_years": years}


def test_a_month_as_the_contract_writes_it_is_no_two_years():
    of = next(of for of in fields("outcomes") if of.name == "year")
    assert ways_to_read(Cell("2010-11"), of).ways == {"": "2010-11"}


def read_as(table: str, column: str, text: str) -> tuple[list[str], str]:
    of = next(of for of in fields(table) if of.name == column)
    found = ways_to_read(Cell(text), of)
    return [*found.ways.values()], found.qualifier


@pytest.mark.parametrize(
    "table, column, text, values, qualifier",
    [
        ("activities", "attended_count", "ca. 80", ["80"], "about"),
        ("activities", "attended_count", "Mer enn 1 200", ["1200"], "over"),
        ("activities", "attended_count", "nesten 50", ["50"], "nearly"),
        ("activities", "attended_count", "80 (ca.)", ["80"], "about"),
        ("activities", "attended_count", "~80", ["80"], "about"),
        ("activities", "attended_count", "120+", ["120"], "over"),
        ("activities", "attended_count", ">1 200", ["1200"], "over"),
        ("partnerships", "start_date", "~2016", ["2016"], "about"),
        ("partnerships", "start_date", "mai 2016 (omtrent)", ["2016-05"], "about"),
        ("partnerships", "start_date", "2016+", [], ""),
        ("outcomes", "followed_up_count", "80+", [], ""),
        ("activities", "cancelled", "Gjennomført", ["no"], ""),
        ("activities", "attended_count", "12,5", [], ""),
        ("activities", "attended_count", "12,0", ["12"], ""),
        ("partnerships", "start_date", "ca. mai 2016", ["2016-05"], "about"),
        ("partnerships", "start_date", "senest 31.12.2019", ["2019-12-31"], "no_later_than"),
        ("activities", "source_date", "ca. 2016", [], ""),  # has no column for it
        ("outcomes", "followed_up_count", "ca. 80", [], ""),
        ("outcomes", "value", "over 120", ["120"], "over"),
        ("outcomes", "measure", "faste JOBBER", ["placement_permanent"], ""),
        ("outcomes", "measured_at", "6 mnd.", ["6_months"], ""),
        ("outcomes", "age_group", "16-19", ["16_19"], ""),
        ("activities", "cancelled", "JA", ["yes"], ""),
        ("activities", "cancelled", "x", ["yes"], ""),
        ("activities", "cancelled", "Usant", ["no"], ""),
        ("activities", "evidence", "Ikke oppgitt", ["unstated"], ""),
        ("partners", "partner_type", "FYLKESKOMMUNE", ["county"], ""),
        ("partners", "partner_type", "Fylkeskomune", [], ""),
        ("partners", "organisation_number", "NO 974 760 673 MVA", ["974760673"], ""),
        ("partners", "organisation_number", "12", ["12"], ""),
        # A spreadsheet takes away the zero before a number.
        ("activities", "municipality", "301", ["0301"], ""),
        ("activities", "municipality", "3301", ["3301"], ""),
        ("activities", "municipality", "Oslo", ["Oslo"], ""),
        ("associations", "municipalities", "301|3301", ["0301|3301"], ""),
        ("successions", "place", "3", ["03"], ""),
        ("activities", "partner_ids", "NAV; Drammen kommune", ["NAV|Drammen kommune"], ""),
        ("activities", "partner_ids", "NAV\nJobb, helse AS", ["NAV|Jobb, helse AS"], ""),
        ("activities", "title", "1.234", ["1.234"], ""),
    ],
)
def test_a_cell_by_its_column(
    table: str, column: str, text: str, values: list[str], qualifier: str
):
    assert read_as(table, column, text) == (values, qualifier)


@pytest.mark.parametrize("text", ["<5", "< 5", "≤4", "under 5", "Færre enn 5", "fewer than 5"])
@pytest.mark.parametrize("table", ["outcomes", "context"])
def test_a_number_that_a_source_hides_is_told_what_to_write(table: str, text: str):
    of = {of.name: of for of in fields(table)}
    assert ways_to_read(Cell(text), of["value"]) == ({}, "", "hidden_number")
    for language, suppressed in (("nb", "skjermet"), ("en", "suppressed")):
        said = entries(language)["finding.rule.hidden_number"]
        assert suppressed in said and entries(language)["column.value_status"] in said
        # What it says to write is read.
        assert ways_to_read(Cell(suppressed), of["value_status"]).ways == {"": "suppressed"}


@pytest.mark.parametrize(
    "table, column, text",
    [("outcomes", "value", "< fem"), ("outcomes", "value", "få"), ("targets", "value", "<5")],
)
def test_what_is_no_number_otherwise_is_only_that(table: str, column: str, text: str):
    of = next(of for of in fields(table) if of.name == column)
    assert ways_to_read(Cell(text), of) == ({}, "", "")


@pytest.mark.parametrize(
    "text", ["*", ":", ".", "..", "-", "–", "?", "Ukjent", "n/a", "#N/A", "TBA"]
)
def test_what_says_not_known(text: str):
    assert is_unknown(Cell(text))


@pytest.mark.parametrize("text", ["0", "null", "nei", "--*"])
def test_what_does_not(text: str):
    assert not is_unknown(Cell(text))


@pytest.mark.parametrize(
    "text, meant",
    [
        ("StrÃ¸msgodset", "Strømsgodset"),
        ("Ã…rsmÃ¸te pÃ¥ HÃ˜NE", "Årsmøte på HØNE"),
        ("Str\ufffdm", "Str?m"),
        ("â€“", "–"),
        ("Strømsgodset – årsmøte «Ås»", None),
        ("SÃO PAULO", None),
        ("crème brûlée à la Ångström", None),
    ],
)
def test_garbled_text_is_known_for_what_it_was(text: str, meant: str | None):
    assert as_meant(text) == meant


# The vocabulary


@pytest.mark.parametrize(
    "one, other",
    [("Antall\npåmeldte *", "antall PAAMELDTE:"), ("Beløp (kr)", "beloep"), ("Org.nr.", "org nr")],
)
def test_headings_are_the_same_in_many_dresses(one: str, other: str):
    assert plain_heading(one) == plain_heading(other)


def test_a_near_miss_is_offered():
    assert near(plain("Pameldte"), headings("activities"))[0] == "registered_count"
    assert near(plain("Fylkeskomune"), words_in(LISTED)["partner_types"])[0] == "county"
    assert near("qwerty", headings("activities")) == []


@pytest.mark.parametrize("table", [table.name for table in tables()])
def test_every_column_is_known_by_its_headings(table: str):
    for column in table_named(table).columns:
        names = [
            column.name,
            *(entries(language)[f"column.{column.name}"] for language in LANGUAGES),
        ]
        assert {headings(table).get(plain_heading(name)) for name in names} == {column.name}


def twice(known: dict[str, list[str]]) -> list[str]:
    words = [plain(word) for said in known.values() for word in said]
    return sorted({word for word in words if words.count(word) > 1})


@pytest.mark.parametrize("table", [table.name for table in tables()])
def test_no_synonym_of_a_heading_means_two_columns(table: str):
    own = synonyms()["heading"].get(table, {})
    names = {column.name for column in table_named(table).columns}
    assert own.keys() <= names
    assert twice(own) == []
    for word, column in ((plain(w), c) for c, said in own.items() for w in said):
        assert headings(table)[word] == column, f"{word} is the name of another column"


WORDS_OF_KIND = {kind: code_words(kind) for kind in code_kinds().values()} | {
    key_in(table): words for table, words in words_in(LISTED).items()
}


@pytest.mark.parametrize("kind", WORDS_OF_KIND)
def test_no_word_means_two_codes(kind: str):
    known = synonyms()["code"].get(kind, {})
    assert twice(known) == []
    for word, code in ((plain(w), c) for c, said in known.items() for w in said):
        assert WORDS_OF_KIND[kind][word] == code, f"{word} is the word for another code"


def test_every_synonym_is_of_something():
    assert synonyms()["heading"].keys() - {"any"} <= {table.name for table in tables()}
    for kind, known in synonyms()["code"].items():
        assert known.keys() <= {*WORDS_OF_KIND[kind].values()}
    assert set(sheet_words().values()) == {table.name for table in tables()}


def test_a_column_says_which_column_says_how_sure_it_is():
    said = {
        (t.name, of.name): of.qualifier for t in tables() for of in fields(t.name) if of.qualifier
    }
    assert said[("partnerships", "end_date")] == "end_qualifier"
    assert said[("activities", "start_date")] == "date_qualifier"
    assert said[("activities", "employer_count")] == "count_qualifier"
    assert said[("outcomes", "value")] == "value_qualifier"
    assert ("activities", "source_date") not in said
    assert ("outcomes", "followed_up_count") not in said


def test_without_known_measures_any_text_is_one():
    of = field_of(
        table_named("outcomes"),
        next(c for c in table_named("outcomes").columns if c.name == "measure"),
        {},
    )
    assert ways_to_read(Cell("Noe nytt"), of).ways == {"": "Noe nytt"}
