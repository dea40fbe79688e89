"""Statistics as SSB and NAV give them by hand: JSON-stat 2 and PC-Axis, whole, odd and broken."""

import json
from pathlib import Path
from typing import Any

import pytest

from ringvirkning.finding import must_fix
from ringvirkning.intake.sheets import Read, memory
from ringvirkning.intake.sheets.dates import any_period
from ringvirkning.intake.sheets.reading import read_file
from ringvirkning.intake.uploads.looking import without_personal

# As a table of NAV's is saved: quarters, a star for what is provisional, both languages.
PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="no";
LANGUAGES="no","en";
TITLE="Helt ledige, etter kommune, alder og kvartal";
TITLE[en]="Fully unemployed, by municipality, age and quarter";
CONTENTS="Helt ledige";
CONTENTS[en]="Fully unemployed";
UNITS="personer";
UNITS[en]="persons";
STUB="kommune","alder";
STUB[en]="municipality","age";
HEADING="kvartal";
VALUES("kommune")="3301 Drammen","3314 Øvre
 Eiker";
CODES("kommune")="3301","3314";
MAP("kommune")="kommuner";
VALUES("alder")="I alt","Under 30 år";
VALUES[en]("age")="Total","Under 30";
VALUES("kvartal")="2024K1","2024K2","2024K3*";
TIMEVAL("kvartal")=TLIST(Q1),"20241","20242","20243";
SOURCE="NAV";
CONTACT="Ola, NAV#Tel: 99 88 77 66#E-post: ola.nordmann@nav.no";
NOTE="Tallene er ikke "
"sesongjustert; de gjelder registrerte.";
LAST-UPDATED="20241015 08:00";
DATASYMBOL2="..";
DATASYMBOL3=":";
DATA=
1902 1850.5 1800
"..." 41 40
210 ".." "-"
":" 12 "." ;
"""
# As SSB's table 05300 comes from its bank: signs by place, a measure with its unit.
JSON_STAT: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "05300: Helt ledige, etter region, statistikkvariabel og år",
    "source": "Statistisk sentralbyrå",
    "updated": "2024-05-24T06:00:00Z",
    "id": ["Region", "ContentsCode", "Tid"],
    "size": [2, 2, 3],
    "dimension": {
        "Region": {"label": "region", "category": {"index": ["3305", "3301"],
                   "label": {"3301": "Drammen", "3305": "Ringerike"}}},
        "ContentsCode": {"category": {"index": {"Ledige": 0, "Andel": 1},
                         "label": {"Ledige": "Helt ledige", "Andel": "Helt ledige (prosent)"},
                         "unit": {"Ledige": {"base": "personer", "decimals": 0},
                                  "Andel": {"base": "prosent", "decimals": 1}}}},
        "Tid": {"label": "år", "category": {"index": {"2022": 2, "2021": 1, "2020": 0}}},
    },
    "value": [10, None, 30, 1.5, None, 3.50, 40, 50, 60, 4, 5, 6],
    "status": {"1": ":", "4": "..", "7": "p"},
    "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
    "extension": {"contact": [{"name": "Ola", "mail": "ola.nordmann@ssb.no"}]},
}  # fmt: skip
ALL_PLACES = {"/cube/kommune": "3301 Drammen\n3314 Øvre Eiker"}


def read_text(tmp_path: Path, text: str, asked: dict[str, str] | None = None, **more: Any) -> Read:
    path = tmp_path / ("a.px" if not text.lstrip().startswith(("{", "[")) else "a.json")
    path.write_bytes(text.encode("cp1252" if path.suffix == ".px" else "utf-8"))
    return read_file(path, asked or {}, **more)


def changed(**more: Any) -> str:
    return json.dumps({name: v for name, v in (JSON_STAT | more).items() if v is not None})


def rows(found: Read) -> list[dict[str, str]]:
    assert not must_fix(found.findings), found.findings
    return found.parts[0].rows


def values(found: Read) -> list[tuple[str, str, str]]:
    return [(r["subject"], r["period"], r.get("value") or r["value_status"]) for r in rows(found)]


def rules(found: Read) -> list[str]:
    return [finding.rule for finding in found.findings]


def test_px_gives_a_row_for_each_figure_and_why_there_is_none(tmp_path: Path):
    found = read_text(tmp_path, PX)
    assert values(found) == [
        ("Drammen", "2024-Q1", "1902"), ("Drammen", "2024-Q2", "1850.5"),
        ("Drammen", "2024-Q3", "1800"), ("Øvre Eiker", "2024-Q1", "210"),
        ("Øvre Eiker", "2024-Q2", "missing"), ("Øvre Eiker", "2024-Q3", "0"),
    ]  # fmt: skip
    assert rows(found)[2] == {
        "subject": "Drammen", "indicator_nb": "Helt ledige", "indicator_en": "Fully unemployed",
        "unit_nb": "personer", "unit_en": "persons", "period": "2024-Q3", "value": "1800",
        "value_qualifier": "exact", "value_status": "provisional", "source": "NAV",
        "source_title": "Helt ledige, etter kommune, alder og kvartal", "source_date": "2024-10-15",
    }  # fmt: skip


def test_the_group_that_is_chosen_is_the_population_in_both_languages(tmp_path: Path):
    found = read_text(tmp_path, PX, ALL_PLACES | {"/cube/alder": "Under 30 år"})
    assert {(r["population_nb"], r["population_en"]) for r in rows(found)} == {
        ("Under 30 år", "Under 30")
    }
    said = ["suppressed", "41", "40", "suppressed", "12", "not_applicable"]
    assert [value for _, _, value in values(found)] == said


def test_contact_persons_in_a_file_are_not_read(tmp_path: Path):
    for text in (PX, changed()):
        found = read_text(tmp_path, text)
        assert without_personal(found) is None
        assert "nordmann" not in repr(found)


def test_personal_data_in_what_is_read_is_refused(tmp_path: Path):
    found = read_text(tmp_path, PX.replace("Øvre\n Eiker", "ola@firma.no"))
    refused = without_personal(found)
    assert refused and [f.rule for f in refused.findings] == ["personal_email"] * 3


def test_keys_leave_rows_out(tmp_path: Path):
    head, _, _ = PX.partition("DATA=")
    data = """KEYS("kommune")=CODES;KEYS("alder")=VALUES;
        DATA="3314","I alt",7 8 9
        "3301","I alt",1 2 3;"""
    assert [value for _, _, value in values(read_text(tmp_path, head + data))] == [*"123789"]
    wrong = read_text(tmp_path, head + data.replace('"3301"', '"0602"'))
    assert rules(wrong) == ["cube_count"]


def test_the_encoding_is_the_one_the_file_names(tmp_path: Path):
    path = tmp_path / "a.px"
    path.write_bytes(PX.replace('"ANSI";', '"ANSI";\nCODEPAGE="utf-8";', 1).encode())
    assert "Øvre Eiker" in {row["subject"] for row in rows(read_file(path))}


@pytest.mark.parametrize(
    "text, other, rule",
    [
        (" 40\n", " 40 41\n", "cube_count"),
        ("1902 ", "", "cube_count"),
        ('"." ;', '"."', "cube_px"),
        ('SOURCE="NAV";', 'SOURCE="NAV', "cube_px"),
        ("DATA=", "DATUM=", "cube_px"),
        ('VALUES("alder")="I alt","Under 30 år";\n', "", "cube_shape"),
        ("1850.5", "mange", "cube_text"),
        ("1850.5", "1e99", "cube_text"),
        ('"20241","20242"', '"tidlig","sent"', None),  # the values tell the times, too
    ],
)
def test_px_that_is_not_whole(tmp_path: Path, text: str, other: str, rule: str | None):
    assert text in PX
    found = read_text(tmp_path, PX.replace(text, other))
    assert rules(found) == ([rule] if rule else [])


@pytest.mark.parametrize("keys", ['"' * 201, ('"a"' + " " * 20) * 20], ids=["quotes", "blanks"])
def test_px_with_keys_that_are_not_closed_is_refused_at_once(tmp_path: Path, keys: str):
    """They can be parted in more ways than could ever be tried."""
    found = read_text(tmp_path, f'CHARSET="ANSI";\nNOTE({keys};\nDATA=1;')
    assert rules(found) == ["cube_px"]


def test_a_number_that_is_text_says_which_one(tmp_path: Path):
    (wrong,) = read_text(tmp_path, PX.replace("1850.5", "mange")).findings
    assert (wrong.column, wrong.found) == ("3301 Drammen, I alt, 2024K2", "mange")


def test_json_stat_gives_the_first_measure_of_few_places(tmp_path: Path):
    found = read_text(tmp_path, changed())
    assert values(found) == [
        ("Ringerike", "2020", "10"), ("Ringerike", "2021", "suppressed"),
        ("Ringerike", "2022", "30"), ("Drammen", "2020", "40"), ("Drammen", "2021", "50"),
        ("Drammen", "2022", "60"),
    ]  # fmt: skip
    assert rows(found)[4] == {
        "subject": "Drammen", "indicator_nb": "Helt ledige", "unit_nb": "personer",
        "period": "2021", "value": "50", "value_qualifier": "exact",
        "value_status": "provisional", "source": "Statistisk sentralbyrå",
        "source_title": JSON_STAT["label"], "source_date": "2024-05-24",
    }  # fmt: skip


def test_each_measure_has_its_own_unit(tmp_path: Path):
    both = "Helt ledige\nHelt ledige (prosent)"
    found = read_text(
        tmp_path, changed(), {"/cube/ContentsCode": both, "/cube/Region": "Ringerike"}
    )
    assert [(r["unit_nb"], r.get("value", r.get("value_status"))) for r in rows(found)] == [
        ("personer", "10"), ("personer", "suppressed"), ("personer", "30"),
        ("prosent", "1.5"), ("prosent", "missing"), ("prosent", "3.5"),
    ]  # fmt: skip


SPARSE = {"value": {"0": 10, "11": 6}, "status": None}


@pytest.mark.parametrize(
    "more, expected",
    [
        (SPARSE, ["10", "missing", "missing", "missing", "missing", "missing"]),
        ({"status": ["", ":", *[""] * 10]}, ["10", "suppressed", "30", "40", "50", "60"]),
        ({"status": "e"}, ["10", "missing", "30", "40", "50", "60"]),
        ({"role": None}, ["10", "suppressed", "30", "40", "50", "60"]),
    ],
)
def test_the_ways_that_json_stat_is_written(tmp_path: Path, more: dict[str, Any], expected: Any):
    found = read_text(tmp_path, changed(**more))
    assert [value for _, _, value in values(found)] == expected
    if more.get("status") == "e":
        assert {r["value_qualifier"] for r in rows(found) if "value" in r} == {"about"}


def test_a_collection_gives_each_dataset_that_is_in_it(tmp_path: Path):
    links = [JSON_STAT, {"class": "dataset", "href": "https://data.ssb.no/x"}, JSON_STAT]
    text = json.dumps({"class": "collection", "link": {"item": links}})
    assert [len(part.rows) for part in read_text(tmp_path, text).parts] == [6, 6]


def test_a_dimension_of_one_category_needs_no_order(tmp_path: Path):
    one = {"category": {"label": {"3301": "Drammen"}}}
    dimension = JSON_STAT["dimension"] | {"Region": one}
    text = changed(size=[1, 2, 3], value=[1, 2, 3, 4, 5, 6], status=None, dimension=dimension)
    assert values(read_text(tmp_path, text))[0] == ("Drammen", "2020", "1")


YEAR_TWICE = {"category": {"index": ["2020", "2020", "2022"]}}


@pytest.mark.parametrize(
    "more, rule",
    [
        ({"value": [1, 2, 3]}, "cube_count"),
        ({"value": {"12": 1}}, "cube_count"),
        ({"value": {"-1": 1}}, "cube_count"),
        ({"size": [2, 2]}, "cube_shape"),
        ({"size": [2, 2, 2]}, "cube_shape"),
        ({"size": [2, 0, 3]}, "cube_shape"),
        ({"size": ["a", None, {}]}, "cube_shape"),
        ({"size": [2000, 2000, 3]}, "cube_large"),
        ({"id": ["Region", "Tid", "Tid"]}, "cube_shape"),
        ({"dimension": []}, "cube_shape"),
        ({"dimension": JSON_STAT["dimension"] | {"Tid": YEAR_TWICE}}, "cube_shape"),
        ({"status": ["", ":"]}, "cube_count"),
        ({"status": [""] * 13}, "cube_count"),
        ({"value": None}, "no_json_stat"),
        ({"value": ["ti", *[1] * 11]}, "cube_text"),
        ({"value": [[1], *[1] * 11]}, "cube_text"),
        ({"status": {"0": "@"}}, "cube_sign"),
    ],
)
def test_json_stat_that_does_not_hold_together(tmp_path: Path, more: dict[str, Any], rule: str):
    assert rule in rules(read_text(tmp_path, changed(**more)))


@pytest.mark.parametrize(
    "text, rule",
    [
        ('{"value": [1, 2', "cube_json"),
        ('{"a": ' * 100_000, "cube_json"),
        ('{"rows": [1, 2, 3]}', "no_json_stat"),
        ("[]", "no_json_stat"),
        (changed(value=[float("nan"), *[1] * 11], status=None), "cube_text"),
        (changed().replace("[10,", "[1e999999999,"), "cube_text"),
    ],
)
def test_other_json_and_hostile_json(tmp_path: Path, text: str, rule: str):
    assert rules(read_text(tmp_path, text)) == [rule]


def many(count: int) -> str:
    places = [f"{n:04}" for n in range(count)]
    dimension = JSON_STAT["dimension"] | {"Region": {"category": {"index": places}}}
    return changed(size=[count, 2, 3], value=[1] * (6 * count), status=None, dimension=dimension)


def test_of_many_places_those_wanted_are_asked_for(tmp_path: Path):
    found = read_text(tmp_path, many(400))
    (question,) = found.questions
    assert (question.kind, question.about, len(question.options)) == ("cube", "Region", 400)
    two = {"/cube/Region": "0007\n0399"}
    assert {place for place, _, _ in values(read_text(tmp_path, many(400), two))} == {
        "0007",
        "0399",
    }
    unknown = read_text(tmp_path, many(400), {"/cube/Region": "0007\n9999"})
    assert unknown.questions == [question]


def test_when_all_is_taken_away_it_is_asked_again(tmp_path: Path):
    assert [q.about for q in read_text(tmp_path, PX, {"/cube/alder": ""}).questions] == ["alder"]


def test_no_more_series_than_a_page_holds(tmp_path: Path):
    all_of_them = {"/cube/Region": "\n".join(f"{n:04}" for n in range(13))}
    (wrong,) = read_text(tmp_path, many(13), all_of_them).findings
    assert (wrong.rule, wrong.found, wrong.expected) == ("cube_series", "13", "≤ 12")


def test_what_was_chosen_is_remembered_for_the_next_year(tmp_path: Path):
    asked = {"/cube/alder": "Under 30 år"}
    first = read_text(tmp_path, PX, asked)
    again = read_text(tmp_path, PX.replace("1902", "1"), remembered=memory.readings([first]))
    assert {row.get("population_nb") for row in rows(again)} == {"Under 30 år"}


def test_whose_figures_they_are_is_asked_where_there_are_several(tmp_path: Path):
    names = {"association": ["A", "B"]}
    found = read_text(tmp_path, PX, names=names)
    assert [question.kind for question in found.questions] == ["cube_association"]
    for answer, expected in (("B", "B"), ("every_association", None)):
        said = read_text(tmp_path, PX, {"/cube_association/": answer}, names=names)
        assert {row.get("association") for row in rows(said)} == {expected}


@pytest.mark.parametrize(
    "text, period",
    [
        ("2024", "2024"), ("2023/2024", "2023/2024"), ("2023-2024", "2023/2024"),
        ("2024K1", "2024-Q1"), ("2024Q4*", "2024-Q4"), ("2024-Q2", "2024-Q2"),
        ("2024M05", "2024-05"), ("2024U07", "2024-W07"), ("2024H2", "2024-H2"),
        ("2. kvartal 2024", "2024-Q2"), ("1. halvår 2024", "2024-H1"), ("mai 2024", "2024-05"),
        ("2024-05-12", "2024-05-12"), ("2024K5", None), ("2024M13", None), ("høsten", None),
        ("2020U53", "2020-W53"), ("2021U53", None), ("2021-W00", None), ("0000U01", None),
        ("2024T1", None), ("2024-T2", None),  # a third by SDMX, no half
    ],
)  # fmt: skip
def test_periods_as_people_and_statistics_banks_write_them(text: str, period: str | None):
    assert any_period(text) == period
