"""Personal data in what comes in is found in every way of writing, refused whole, never repeated.

The numbers are made here, with check digits that are searched for and not worked out; they are
Skatteetaten's and NAV's published examples, or random.
"""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import bench.guard
from queries.contract import tables, workbench
from ringvirkning import ROOT
from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake import publishing
from ringvirkning.intake.checks import guard, report
from ringvirkning.intake.personal import (
    PERSON_NAMES,
    PersonalKind,
    cells,
    has_name,
    is_national_id,
    personal,
)
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.intake.sheets import Read
from ringvirkning.intake.uploads.remarks import copy_with_remarks
from ringvirkning.store import versions
from ringvirkning.texts import words
from tests.command import run

SHIPPED = ROOT / "data"
AS_OF = date(2026, 11, 23)

# Published by Skatteetaten (2032) and NAV (navikt/fnrvalidator issue 116: NAV's and Tenor's
# synthetic birth and D-numbers); none is a person.
PUBLISHED = [
    "02013299997", "30108299920", "30108299939",
    "15507600333", "55507608360", "29422059278", "69422056629", "21528704651", "61528703428",
    "17912099997", "57912075186", "29822099635", "69822075096", "21929774873", "61929750062",
]  # fmt: skip
ID = PUBLISHED[0]
SHORT = ID[1:]  # as a number
NO_ZERO = PUBLISHED[3]  # begins with no zero
EMAIL, PHONE = "kari.nordmann@eksempel.no", "91234567"

# Whose numbers: added to the day, and to the month.
SERIES = {
    "birth": (0, 0), "D": (40, 0), "H": (0, 40), "NAV, D": (40, 40), "NAV's own": (0, 20),
    "NAV's own, synthetic": (0, 60), "Norsk helsenett": (0, 65), "Norsk helsenett, D": (40, 65),
    "Tenor": (0, 80), "Tenor, D": (40, 80),
}  # fmt: skip


def remainder(digits: str, weights: str) -> int:
    return sum(int(d) * int(w) for d, w in zip(digits, weights, strict=True)) % 11


def with_check_digits(nine: str, left_over: int) -> str | None:
    """A number whose first check digit leaves so much; None where no digit does."""
    for pair in range(100):
        number = f"{nine}{pair:02}"
        first, second = remainder(number[:10], "3761894521"), remainder(number, "54327654321")
        if (first, second) == (left_over, 0):
            return number
    return None


@st.composite
def national_ids(draw: st.DrawFn, series: str | None = None) -> str:
    more_days, more_months = SERIES[series or draw(st.sampled_from(sorted(SERIES)))]
    born = draw(st.dates(date(1901, 1, 1), date(2040, 12, 31)))
    day = f"{born.day + more_days:02}{born.month + more_months:02}{born.year % 100:02}"
    nine = f"{day}{draw(st.integers(1, 999)):03}"
    number = with_check_digits(nine, draw(st.integers(0, 3)))
    assume(number is not None)
    assert number
    return number


def grouped(number: str, sizes: Iterable[int], between: str) -> str:
    digits = iter(number)
    return between.join("".join(next(digits) for _ in range(size)) for size in sizes)


def spoken_date(number: str) -> str:
    return f"{int(number[:2])}.{int(number[2:4])}.{number[4:6]} {number[6:]}"


WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "space": lambda n: grouped(n, (6, 5), " "),
    "dash": lambda n: grouped(n, (6, 5), "-"),
    "en dash": lambda n: grouped(n, (6, 5), " – "),
    "groups": lambda n: grouped(n, (2, 2, 2, 5), " "),
    "dots": lambda n: grouped(n, (2, 2, 2, 5), "."),
    "control digits apart": lambda n: grouped(n, (6, 3, 2), " "),
    "date": spoken_date,
    "hard space": lambda n: grouped(n, (6, 5), "\N{NO-BREAK SPACE}"),
    "thin space": lambda n: grouped(n, (6, 5), "\N{THIN SPACE}"),
    "narrow space": lambda n: grouped(n, (6, 5), "\N{NARROW NO-BREAK SPACE}"),
    "minus": lambda n: grouped(n, (6, 5), "\N{MINUS SIGN}"),
    "hard hyphen": lambda n: grouped(n, (6, 5), "\N{NON-BREAKING HYPHEN}"),
    "full width": lambda n: n.translate({ord(d): chr(0xFF10 + int(d)) for d in "0123456789"}),
    "Arabic digits": lambda n: n.translate({ord(d): chr(0x660 + int(d)) for d in "0123456789"}),
    "zero width": lambda n: "\N{ZERO WIDTH SPACE}".join(n),
    "accents": lambda n: "\N{COMBINING ACUTE ACCENT}".join(n),
    "soft hyphen": lambda n: "\N{SOFT HYPHEN}".join(n),
    "mark of order": lambda n: f"\ufeff{n}",
    "number": lambda n: f"{int(n)}",
    "number with decimals": lambda n: f"{int(n)}.0",
    "scientific": lambda n: f"{int(n):.{len(str(int(n))) - 1}E}",
    "scientific, Norwegian": lambda n: f"{int(n):.10E}".replace(".", ","),
    "within text": lambda n: f"Snakket med Kari ({n}) i 2024, og 25 andre.",
    "letters glued": lambda n: f"fnr{n}x",
    "two dates before": lambda n: f"12.05.2024 13.05.24 {n}",
    "another number before": lambda n: f"20 {grouped(n, (2, 2, 2, 5), ' ')}",
    "date and number before": lambda n: f"12.05.24 345 {grouped(n, (2, 2, 2, 5), ' ')}",
    "second of two": lambda n: f"12345678901, {n}",
    "in a link": lambda n: f"https://eksempel.no/person/{n}?vis=alt",
    "in lines": lambda n: f"Kari\n{n}\nOslo",
}  # fmt: skip


@pytest.mark.parametrize("number", PUBLISHED)
def test_what_is_published_as_valid_is_found(number: str):
    assert is_national_id(number)
    assert personal(number) == "national_id"


def test_what_excel_leaves_of_zeros_at_the_end_is_found():
    assert personal("3,010829992E+10") == personal(PUBLISHED[1]) == "national_id"


def test_what_excel_leaves_of_three_zeros_at_the_end_is_found():
    nines = (f"{day}0755{more:02}0" for day in range(10, 32) for more in range(1, 100))
    made = (with_check_digits(nine, left_over) for nine in nines for left_over in range(4))
    number = next(one for one in made if one and one.endswith("000"))
    assert personal(f"{number[0]},{number[1:8]}E+10") == personal(number) == "national_id"


@pytest.mark.parametrize("series", SERIES)
def test_every_series_is_found(series: str):
    @given(national_ids(series))
    def found(number: str):
        assert personal(number) == "national_id"

    found()


@pytest.mark.slow
@pytest.mark.parametrize("form", WRITTEN.values(), ids=WRITTEN.keys())
def test_every_way_of_writing_is_found(form):
    @given(national_ids())
    def found(number: str):
        assert personal(form(number)) == "national_id", form(number)

    found()


def with_slashes(number: str, between: str = "/") -> str:
    return between.join([number[:2], number[2:4], number[4:6], number[6:]])


@pytest.mark.parametrize("number", PUBLISHED)
def test_a_published_number_is_found_in_every_way_of_writing(number: str):
    forms = [*WRITTEN.values(), with_slashes, lambda n: grouped(n, (6, 3, 2), " / ")]
    forms += [lambda n: grouped(n, (6, 5), " - "), lambda n: with_slashes(n, " / ")]
    scientific = WRITTEN["scientific"]
    forms += [lambda n: scientific(n).replace("E+", "E")]
    forms += [lambda n: scientific(n).replace("E+0", "E+")]
    assert [form(number) for form in forms if personal(form(number)) != "national_id"] == []


@given(national_ids(), st.integers(0, 10), st.integers(1, 9))
def test_a_wrong_digit_is_rarely_found(number: str, place: int, more: int):
    wrong = str((int(number[place]) + more) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assume(remainder(changed, "54327654321") or remainder(changed[:10], "3761894521") > 3)
    assert personal(changed) is None


@given(st.integers(0, 10**9 - 1))
def test_a_day_that_is_none_is_not_found(digits: int):
    for day in ("0001", "3201", "3002", "7202", "0113", "0133", "0153", "0178", "0193", "0100"):
        assert personal(f"{day}{digits:09}"[:11], alone=False) is None


# Each class of its own: whoever takes one away sees which.

PHONE_BEGINS = [
    *range(21, 25), 31, 32, 33, 35, 37, 38, *range(40, 50), 51, 52, 53, *range(55, 60),
    61, 62, 63, 64, 66, 67, 69, *range(70, 80), 80, 81, 82, 85, 88, *range(90, 100),
]  # fmt: skip


@pytest.mark.parametrize("begins", range(10, 100))
def test_phone_numbers_begin_as_the_number_plan_says(begins: int):
    assert (personal(f"Ring {begins}456789") == "phone") == (begins in PHONE_BEGINS)


@pytest.mark.parametrize(
    "text",
    [
        *("912 34 567", "912.34.567", "22 12 34 56", "22.12.34.56", "22-12-34-56", "91234567.0"),
        *("+47 912 34 567", "+4791234567", "4791234567", "47 91234567", "004791234567"),
        *("+46 (0)8 123 456 78", "+1 212 555 0100", "+998 71 123 45 67", "tlf.91234567"),
    ],
)
def test_a_phone_number_is_found_as_it_is_written(text: str):
    assert personal(text) == "phone"


@pytest.mark.parametrize(
    "text",
    [
        *("kr 91234567", "kr. 91234567", "NOK 91234567", "91234567,-", "91234567 kr"),
        *("91234567 NOK", "91234567 mill", "91234567 mrd", "91234567 %", "91230000"),
        *("24122024", "91234567/2", "91234567-1", "91234567,5", "12.91234567", "A91234567"),
        *("https://a.no/?nr=91234567", "www.a.no/?nr=91234567"),
    ],
)
def test_what_is_much_like_a_phone_number_is_none(text: str):
    assert personal(text) is None


WORDS_OF_NUMBERS = [
    "ordre", "order", "prosjekt", "project", "sak", "saks", "case", "faktura", "invoice", "bilag",
    "konto", "account", "kid", "arkiv", "journal", "løpe", "ref", "referanse", "reference",
]  # fmt: skip
NUMBERED = ("kunde", "customer", "medlem", "medlems", "member")
SUMS = [
    "budsjett", "budsjettet", "budsjettert", "budget", "omsetning", "omsatte", "turnover",
    "beløp", "amount", "sum", "tilskudd", "tilskot", "grant",
]  # fmt: skip


@pytest.mark.parametrize("word", [*WORDS_OF_NUMBERS, *NUMBERED, *SUMS])
def test_a_number_of_which_it_is_said_what_it_is_of_is_none(word: str):
    alone = personal(f"{word.capitalize()} 91827364")
    assert alone == ("phone" if word in NUMBERED else None)
    for kind in ("nr", "nummer", "no", "number", "id"):
        if word not in SUMS:
            assert personal(f"{word.capitalize()}{kind} 91827364") is None
            assert personal(f"{word} {kind}.: 91827364") is None
    assert personal(f"X{word} 91827364") == "phone", "another word that ends so"
    assert personal(f"{word} 918 27 364") == "phone", "in groups it is one"


@pytest.mark.parametrize("heading", ["Telefon", "Tlf", "Mobil", "Mob", "Mob.nr", "Phone"])
def test_eight_digits_alone_are_a_phone_number_below_a_word_for_it(heading: str):
    rows = [["Navn", heading, "Ordre"], ["NAV", "91827364", "91827364"]]
    assert [*cells(rows)] == [(2, 2, "phone")]


@pytest.mark.parametrize("text", ["91234567", " 91234567.0 ", "4791234567", "479123456.0"])
def test_digits_alone_are_none_where_ids_stand(text: str):
    assert personal(text, alone=False) is None
    assert personal(f"{text} Kari", alone=False) == personal(text)


@pytest.mark.parametrize(
    "text",
    [
        *("kari@eksempel.no", "kari @ eksempel.no", "kari(at)eksempel.no", "kari [at] eksempel.no"),
        *("kari.n+x@post.eksempel.no", "k'n@eksempel.no", "kari-@eksempel.no", "x%@eksempel.no"),
    ],
)
def test_an_address_is_found_as_it_is_written(text: str):
    assert personal(text) == "email"


@pytest.mark.parametrize(
    "text",
    [
        *(f"kr {NO_ZERO}", f"{NO_ZERO} kr", f"{NO_ZERO} kroner", f"{NO_ZERO} nok"),
        *(f"NOK {NO_ZERO}", f"kr. {NO_ZERO}", f"{NO_ZERO},-", f"Sum: (kr {NO_ZERO}"),
        *(f"0,{NO_ZERO}", f"0.{ID}", f"A{SHORT}", f"{SHORT},5", f"12.{SHORT}"),
        *(f"{ID}3", f"9{ID}", f"https://a.no/{ID}3", f"https://a.no/x{ID}"),
    ],
)
def test_a_sum_and_what_is_longer_is_no_identity_number(text: str):
    assert personal(text) != "national_id"


@pytest.mark.parametrize("text", [f"kr {ID}", f"500 kr {NO_ZERO}", f"{NO_ZERO} kr 500", f"{ID} kr"])
def test_an_identity_number_is_no_sum(text: str):
    """None begins with 0, and one sum ends before another number."""
    assert personal(text) == "national_id"


BY_WORK = [
    "Leder", "Sjef", "Direktør", "Rådgiver", "Koordinator", "Ansvarlig", "Rektor", "Dekan",
    "Ordfører", "Sekretær", "Konsulent", "Manager", "Director", "Advisor", "Adviser",
    "Coordinator", "Head", "Lead", "Officer", "Secretary", "Mayor", "Dean", "Daglig", "General",
    "Senior", "Chief", "Kommune", "Fylkeskommune", "Næringsforening", "Universitet", "Avdeling",
    "Styre",
]  # fmt: skip


@pytest.mark.parametrize("word", BY_WORK)
def test_what_people_are_called_by_work_is_no_name(word: str):
    assert not has_name(f"{word} Nordmann")
    assert has_name(f"{word} Kari Nordmann")


LEADS_ON = [
    "i", "for", "ved", "hos", "på", "av", "til", "fra", "of", "at", "in", "with", "the", "&",
]  # fmt: skip


@pytest.mark.parametrize("word", LEADS_ON)
def test_what_leads_on_to_an_organisation_leads_to_no_name(word: str):
    assert not has_name(f"leder {word} Norway Health Tech")
    assert has_name(f"leder x{word} Kari Nordmann" if word != "&" else "leder + Kari Nordmann")


@pytest.mark.parametrize(
    "name", ["Kari Nordmann", "Per-Ole Dahl", "Ola B. Dahl", "Ola B. C. Dahl", "Åse Ærlig-Østby"]
)
def test_a_name_is_found_as_it_is_written(name: str):
    assert has_name(f"leder {name}") and has_name(name)


def test_a_name_with_capitals_within_a_word_is_none_of_a_person():
    assert not has_name("leder Norway HealthTech")
    assert PERSON_NAMES.fullmatch("Per-Ole B. Dahl")


# What is none.


def account(digits: str) -> str | None:
    return next((n for k in range(10) if not remainder(n := f"{digits}{k}", "54327654321")), None)


@given(st.integers(0, 10**10 - 1))
def test_an_account_number_as_written_is_none(digits: int):
    number = account(f"{digits:010}")
    assume(number)
    assert number
    for between in (".", " "):
        assert personal(grouped(number, (4, 2, 5), between)) is None


@given(st.integers(800_000_000, 999_999_999), st.sampled_from(["{}", "NO {} MVA", "Org.nr. {}"]))
def test_an_organisation_number_is_none(digits: int, form: str):
    assert personal(form.format(digits)) is None
    assert personal(form.format(grouped(str(digits), (3, 3, 3), " "))) is None


DAYS = st.datetimes(datetime(1950, 1, 1), datetime(2049, 12, 31))


@given(DAYS, DAYS)
def test_a_date_is_none(one, other):
    for form in ("%Y%m%d", "%d%m%Y", "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d.%m-%H:%M", "%d/%m-%y"):
        first, second = one.strftime(form), other.strftime(form)
        for text in (first, f"{first}-{second}", f"{first} – {second}", f"Fra {first}."):
            assert personal(text) is None, text
    for text in (one.isoformat(), one.isoformat(" ", "seconds"), f"{one:%d.%m.%y %H:%M}"):
        assert personal(text) is None, text


@given(st.integers(1, 10**11 - 1), st.sampled_from([" ", "\N{NO-BREAK SPACE}", ".", ","]))
def test_an_amount_is_none(amount: int, between: str):
    thousands = f"{amount:,}".replace(",", between)
    for text in (thousands, f"{thousands} kr", f"kr {thousands}", f"{thousands},-"):
        assert personal(text) is None, text


@given(st.integers(1, 10**8), st.sampled_from([" kr", ",-", " NOK", " mill.", " %"]))
def test_a_sum_without_thousands_is_none(amount: int, unit: str):
    assert personal(f"{amount}{unit}") is None
    assert personal(f"{amount}.00", alone=False) is None


@given(st.integers(1, 10**6 - 1))
def test_a_round_sum_of_milliards_is_none(many: int):
    assert personal(str(many * 100_000), alone=False) is None


@pytest.mark.parametrize("amount", [1_260_000_000, 1_430_000_000, 2_720_000_000])
def test_a_round_sum_with_right_check_digits_is_none(amount: int):
    assert remainder(f"{amount:011}", "54327654321") == 0
    assert personal(str(amount), alone=False) is None


NONE = [
    "", "-", "Møte 12.05.2024 kl. 10-12", "2015-2019", "2019/2020", "20 24 25 30", "16-19 20-24",
    "0.33333333333", "0,12345678901", "1700000000000", "ISBN 978-82-15-01234-5", "@kari", "25 @ 30",
    "Følg oss @eksempel.no", "https://www.facebook.com/events/1234567890123456", "1,01702E+10",
    "https://eksempel.no/sak/91234567", "sak 2023/91234567", "a91234567", "SAK-91234567",
    "24122024", "25000000 kr", "kr 25000000", "25 000 000", "40000000", "+12 500 000 kr",
    "https://kart.no/@59.7441234,10.2041234,15z", "59.74412345 10.20412345", "12 345 678 901",
    f"https://eksempel.no/?id={SHORT}", f"https://eksempel.no/?id={PHONE}", "kr 91234567",
    "kr. 91234567", "NOK 91234567", "91234567 kroner", "91234567 %",
    "91234567 mill.", "@SUM(A1)", f"0.{ID}", "Prosjektnr. 40123456", "Ordre 91827364",
    "17912099997 kr", "kr 17912099997", "Budsjett 25400000", "288293500.00", "517384129.00",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_looks_alike_is_none(text: str):
    assert personal(text) is None


def shipped_cells() -> list[str]:
    return [
        cell
        for path in sorted(SHIPPED.glob("*.csv"))
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    ]


def test_no_shipped_cell_is_personal():
    shipped = shipped_cells()
    assert len(shipped) > 2000
    assert [cell for cell in shipped if personal(cell)] == []


@pytest.mark.slow
def test_the_rates_of_chance_are_those_stated():
    dice, runs = random.Random(1), 60_000
    eleven = sum(is_national_id(f"{dice.randrange(10**11):011}") for _ in range(runs))
    ten = sum(is_national_id(f"0{dice.randrange(10**9, 10**10)}") for _ in range(runs))
    accounts = [account(f"{dice.randrange(10**10):010}") for _ in range(20_000)]
    valid = [number for number in accounts if number]
    assert eleven / runs == pytest.approx(0.0135, abs=0.001)
    assert ten / runs == pytest.approx(0.0214, abs=0.001)
    assert sum(map(is_national_id, valid)) / len(valid) == pytest.approx(0.143, abs=0.01)


CLASSES = bench.guard.classes()


@pytest.mark.parametrize("name", CLASSES)
def test_each_class_of_numbers_is_told_for_what_it_is(name: str):
    """A thousand of each; `python -m bench.guard` makes a hundred thousand."""
    share = bench.guard.share_found(CLASSES[name], 1000)
    least, most = {"100 %": (1, 1), "≤ 0.1 %": (0, 0.001)}.get(CLASSES[name].wanted, (0, 0.18))
    assert least <= share <= most


@pytest.mark.parametrize(
    "text",
    [
        *("500 kr 17912099997", "17912099997 kr 500", "kr 02013299997", "02013299997 kroner"),
        *("Utbetalt kr 500 17912099997", "Kunde nr. 179120 99997"),
    ],
)
def test_money_beside_a_number_does_not_hide_it(text: str):
    assert personal(text) == "national_id"


@pytest.mark.parametrize(
    "text",
    ["Kunde 91234567", "Sak: 912 34 567", "tlf.nr. 91234567", "Ordre fra 91234567", "nr 91234567"],
)
def test_a_word_for_other_numbers_hides_no_phone_number(text: str):
    assert personal(text) == "phone"


# E-mail addresses and phone numbers.


@pytest.mark.parametrize(
    "text",
    [
        EMAIL, "post@a.no", "Kari Nordmann <kari@eksempel.no>", "kari @ eksempel.no", "a@b.c.co.uk",
        "kari(at)eksempel.no", "kari [at] eksempel.no", "kari＠eksempel.no",
        "mailto:kari@eksempel.no", "kåre@blåbær.no", "kari\N{ZERO WIDTH SPACE}@eksempel.no",
        "https://a.no/?til=kari@eksempel.no",
    ],
)  # fmt: skip
def test_an_address_is_found(text: str):
    assert personal(text) == "email"


@pytest.mark.parametrize(
    "text",
    [
        PHONE, "91234567.0", "912 34 567", "91 23 45 67", "22 34 51 23", "22.34.51.23",
        "800 80 000", "Ring 91234567, eller skriv", "Tlf.: 22345123.", "tlf 22-34-51-23",
        "(91234567)", "+47 91234567", "+4791234567", "0047 912 34 567", "(+47) 22 34 51 23",
        "47 91234567",
        "+46 70 123 45 67", "+44 (0)20 7946 0958", "+1-202-555-0143", "912\N{NO-BREAK SPACE}34 567",
        "９１２３４５６７",
    ],
)  # fmt: skip
def test_a_phone_number_is_found(text: str):
    assert personal(text) == "phone"


def test_eight_digits_alone_are_a_phone_number_only_where_they_may_be():
    for text in (PHONE, f" {PHONE} ", f"{PHONE}.0"):
        assert personal(text, alone=False) is None
    assert personal(f"Tlf {PHONE}", alone=False) == "phone"
    assert personal(f"{PHONE} {ID}") == "national_id", "the gravest is told"


def test_a_grid_is_looked_at_in_every_cell():
    rows = [
        ["Deltakere 2024", "", EMAIL],
        ["Navn", "Beløp", "Telefon"],
        ["Kari", PHONE, PHONE],
        ["", SHORT, ""],
        [PHONE],
    ]
    found: list[tuple[int, int, PersonalKind]] = [
        (1, 3, "email"),
        (3, 3, "phone"),
        (4, 2, "national_id"),
    ]
    assert list(cells(rows)) == found
    assert list(cells([])) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["x", "1", "1 ", "a@", "1-", "a.", "http:", "91 ", "1.", "@", "0047", "\N{SOFT HYPHEN}1"],
)
def test_a_hostile_cell_is_answered_at_once(text: str):
    # What grows with the square of so many characters would take the better part of an hour.
    personal(text * (400_000 // len(text)))


# Files.


@pytest.fixture
def var(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "var"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "data"))


def rows(folder: Path, name: str) -> list[list[str]]:
    text = (folder / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines(keepends=True)))


def write(folder: Path, name: str, changed: list[list[str]]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(changed)


def change(folder: Path, name: str, row: int, column: str, text: str) -> None:
    changed = rows(folder, name)
    changed[row - 1][changed[0].index(column)] = text
    write(folder, name, changed)


def append(folder: Path, name: str, line: str) -> int:
    with (folder / f"{name}.csv").open("ab") as file:
        file.write(line.encode())
    return len(rows(folder, name))


def places(found: list[Finding]) -> list[tuple[str, str, int | None, str | None]]:
    for finding in found:
        assert (finding.found, finding.expected, finding.level) == (None, None, "must_fix")
    return [(finding.rule, finding.file, finding.row, finding.column) for finding in found]


def refusal(folder: Path, var: Path) -> list[Finding]:
    """What publishing and checking say; neither leaves a trace."""
    before = {path: path.read_bytes() for path in var.rglob("*") if path.is_file()}
    found = publishing.publish(folder, var)
    assert {path: path.read_bytes() for path in var.rglob("*") if path.is_file()} == before
    assert report.findings_of(folder, None, AS_OF) == found
    return found


FIELDS = {
    "text": ("activities", "note", f"Fulgte opp {ID}", "national_id"),
    "key": ("partners", "partner_id", ID, "national_id"),
    "list": ("activities", "partner_ids", f"nav|{ID}", "national_id"),
    "reference": ("outcomes", "activity_id", ID, "national_id"),
    "code": ("partners", "partner_type", ID, "national_id"),
    "date": ("activities", "start_date", spoken_date(ID), "national_id"),
    "period": ("outcomes", "year", ID, "national_id"),
    "organisation number": ("partners", "organisation_number", ID, "national_id"),
    "count": ("activities", "registered_count", ID, "national_id"),
    "figure": ("outcomes", "value", ID, "national_id"),
    "figure that lost its zero": ("outcomes", "value", SHORT, "national_id"),
    "figure with decimals": ("targets", "baseline", f"{SHORT}.0", "national_id"),
    "figure as text": ("outcomes", "value", grouped(ID, (6, 5), " "), "national_id"),
    "source": ("activities", "source", f"https://a.no/{ID}", "national_id"),
    "what happened": ("events", "title_nb", f"{EMAIL} sluttet", "email"),
    "where that is from": ("events", "source", f"Tlf. {PHONE}", "phone"),
    "remark": ("remarks", "text_nb", f"Spør {PHONE}", "phone"),
    "digits of full width": ("partners", "note", WRITTEN["full width"](ID), "national_id"),
    "zero width": ("partners", "note", WRITTEN["zero width"](ID), "national_id"),
    "scientific": ("partners", "note", WRITTEN["scientific"](ID), "national_id"),
    "Arabic digits": ("partners", "note", WRITTEN["Arabic digits"](ID), "national_id"),
    "address": ("partners", "name", EMAIL, "email"),
    "address in words": ("partners", "note", "kari(AT)eksempel.no", "email"),
    "address in a quote": ("outcomes", "quote", f"Skriv til {EMAIL}", "email"),
    "address of full width": ("partners", "note", "kari＠eksempel.no", "email"),
    "phone": ("partners", "name", PHONE, "phone"),
    "phone in a programme": ("activities", "programme", f"Tlf. {PHONE}", "phone"),
    "phone of full width": ("partners", "note", "９１２ ３４ ５６７", "phone"),
}


@pytest.mark.slow
def test_a_field_of_any_type_is_looked_at(folder: Path, var: Path):
    """Each in a row of its own, so that one way to write it can't be found for another's sake."""
    expected: list[tuple[str, str, int, str]] = []
    free: defaultdict[str, Iterator[int]] = defaultdict(partial(count, 2))
    for name, column, text, kind in FIELDS.values():
        row = next(free[name])
        change(folder, name, row, column, text)
        expected.append((f"personal_{kind}", f"{name}.csv", row, column))
    assert sorted(places(refusal(folder, var)), key=str) == sorted(expected, key=str)


@pytest.mark.slow
def test_digits_alone_may_stand_where_ids_and_figures_do(folder: Path, var: Path):
    change(folder, "targets", 2, "value", "25000000")
    change(folder, "targets", 3, "value", "91234567")
    change(folder, "partners", 2, "partner_id", PHONE)
    found = publishing.publish(folder, var)
    assert not [finding for finding in found if finding.rule.startswith("personal_")]


@pytest.mark.slow
def test_all_places_are_told_and_nothing_else(folder: Path, var: Path):
    change(folder, "partners", 3, "note", f"{ID} {EMAIL}")
    change(folder, "partners", 4, "note", EMAIL)
    change(folder, "partners", 5, "partner_type", "Kari Nordmann")
    change(folder, "activities", 6, "programme", f"Ring {PHONE}")
    change(folder, "activities", 7, "evidence", "sterk")
    assert places(refusal(folder, var)) == [
        ("personal_national_id", "partners.csv", 3, "note"),
        ("personal_email", "partners.csv", 4, "note"),
        ("personal_phone", "activities.csv", 6, "programme"),
    ]


@pytest.mark.slow
def test_twenty_places_are_told_and_all_are_counted(folder: Path, var: Path):
    heading, *others = rows(folder, "activities")
    note = heading.index("note")
    filled = [[*row[:note], f"{EMAIL} {n}", *row[note + 1 :]] for n, row in enumerate(others)]
    write(folder, "activities", [heading, *filled])
    found = refusal(folder, var)
    assert [finding.row for finding in found] == list(range(2, 22))
    assert {(finding.count, finding.of) for finding in found} == {(len(others), len(others))}


@pytest.mark.slow
def test_rows_are_numbered_as_a_spreadsheet_does(folder: Path, var: Path):
    path = folder / "partners.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3:3] = [b"\n", b"x,y\n", b"\n"]
    path.write_bytes(b"".join(lines))
    append(folder, "partners", f"ny,{EMAIL},county,,,\n")
    (finding,) = refusal(folder, var)
    assert finding.row == len(lines) + 1


@pytest.mark.slow
@pytest.mark.parametrize("far", [0, 1, MOST_SHOWN + 1])
def test_rows_are_numbered_past_all_that_cannot_be_read(far: int, folder: Path, var: Path):
    append(folder, "partners", "x,y\n" * far)
    row = append(folder, "partners", f"ny,{EMAIL},county,,,\n")
    assert [finding.row for finding in refusal(folder, var)] == [row]


# A quote that is left open takes what comes after it: such a row is its file's last.
UNREAD = {
    "partners": [
        f"x,{ID}\n", f"x,y,county,,,n,{ID}\n", f"3,{SHORT},4\n",
        f"x,{WRITTEN['scientific'](ID)}\n", f'x,"{ID},county,,,\n',
    ],
    "targets": [f'x,"{ID[0]},{ID[1:]}E+10"\n'],
}  # fmt: skip


@pytest.mark.slow
def test_a_row_that_cannot_be_read_is_looked_at(folder: Path, var: Path):
    expected = []
    for name, lines in UNREAD.items():
        for line in lines:
            row = append(folder, name, line)
            expected.append(("personal_national_id", f"{name}.csv", row, None))
    assert sorted(places(refusal(folder, var)), key=str) == sorted(expected, key=str)


@pytest.mark.slow
def test_every_row_that_cannot_be_read_is_looked_at(folder: Path, var: Path):
    append(folder, "partners", "x,Kari Nordmann\n" * (MOST_SHOWN + 1))
    row = append(folder, "partners", f"x,{ID}\n")
    assert places(refusal(folder, var)) == [("personal_national_id", "partners.csv", row, None)]


@pytest.mark.slow
def test_a_row_is_looked_at_before_it_is_cut(folder: Path, var: Path):
    append(folder, "partners", f"{'x' * 73},{ID}\n")
    assert [finding.found for finding in refusal(folder, var)] == [None]


@pytest.mark.slow
def test_a_row_that_cannot_be_read_is_not_shown_beside_another(folder: Path, var: Path):
    change(folder, "partners", 5, "note", EMAIL)
    append(folder, "partners", "x,Kari Nordmann\n")
    append(folder, "targets", "x,Ola Nordmann\n")
    assert places(refusal(folder, var)) == [("personal_email", "partners.csv", 5, "note")]


@pytest.mark.slow
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_the_first_row_of_a_file_without_headings(delimiter: str, folder: Path, var: Path):
    names = ["Kari Nordmann", "county", *"abcdefghijklmnopqrstuvwxyz", ID]
    (folder / "partners.csv").write_text(delimiter.join(names) + "\n", encoding="utf-8")
    write(folder, "targets", [["Ola Nordmann"], *rows(folder, "targets")[1:]])
    assert places(refusal(folder, var)) == [("personal_national_id", "partners.csv", 1, None)]


@pytest.mark.slow
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_below_another_heading_are_looked_at(delimiter: str, folder: Path, var: Path):
    rows = [["Navn", "Telefon", "Beløp"], ["Kari", PHONE, "1"], ["Ola", "", SHORT], ["", "", PHONE]]
    text = "".join(delimiter.join(row) + "\n" for row in rows)
    (folder / "partners.csv").write_text(text, encoding="utf-8")
    assert places(refusal(folder, var)) == [
        ("personal_phone", "partners.csv", 2, None),
        ("personal_national_id", "partners.csv", 3, None),
    ]


@pytest.mark.slow
def test_another_heading_without_any_is_told_as_such(folder: Path, var: Path):
    (folder / "partners.csv").write_text(f"Navn;Beløp\nKari;{PHONE}\n", encoding="utf-8")
    (finding,) = publishing.publish(folder, var)
    assert (finding.rule, finding.found) == ("wrong_delimiter", ";")


@pytest.mark.slow
def test_what_is_built_from_is_what_was_looked_at(
    folder: Path, var: Path, monkeypatch: pytest.MonkeyPatch
):
    """A file that changes after it was looked at, and before it is copied, is looked at again."""
    heading, *others = rows(folder, "partners")

    def meanwhile(_: Path) -> None:
        write(folder, "partners", [[*heading[:-1], EMAIL], *others])

    monkeypatch.setattr(publishing, "sweep", meanwhile)
    assert places(publishing.publish(folder, var)) == [("personal_email", "partners.csv", 1, None)]


@pytest.mark.slow
def test_of_a_refused_file_there_is_no_copy(folder: Path, var: Path):
    change(folder, "partners", 5, "note", EMAIL)
    found = refusal(folder, var)
    with pytest.raises(ValueError):
        copy_with_remarks(folder / "partners.csv", Read("partners.csv"), found, words("nb"))


@pytest.mark.slow
def test_a_value_of_one_file_is_not_said_of_another(folder: Path, var: Path):
    """A finding may show what another file holds: here an activity's programme is expected."""
    activities, outcomes = rows(folder, "activities"), rows(folder, "outcomes")
    key = next(row[1] for row in outcomes[1:] if row[1])
    place = 1 + [row[0] for row in activities].index(key)
    change(folder, "activities", place, "programme", "Kari Nordmann")
    result = 1 + [row[1] for row in outcomes].index(key)
    change(folder, "outcomes", result, "programme", "Innsikt")
    assert "Kari Nordmann" in str(publishing.publish(folder, var))
    change(folder, "activities", place, "note", EMAIL)
    assert "Kari" not in str(refusal(folder, var))


# No trace.

TRACES = [ID, EMAIL, PHONE, "Kari Nordmann"]


def soiled(folder: Path) -> None:
    change(folder, "partners", 3, "note", f"{ID} {EMAIL}")
    change(folder, "activities", 4, "note", f"Tlf. {PHONE}")
    change(folder, "partners", 4, "partner_type", "Kari Nordmann")
    append(folder, "outcomes", f"x,Kari Nordmann,{ID}\n")


def traces(below: Path) -> list[Path]:
    contents = [(path, path.read_bytes()) for path in below.rglob("*") if path.is_file()]
    return [path for path, held in contents if any(trace.encode() in held for trace in TRACES)]


@pytest.mark.slow
@pytest.mark.parametrize("action", ["publish", "check"])
def test_nothing_of_a_refused_file_is_kept_or_said(action: str, folder: Path, tmp_path: Path):
    soiled(folder)
    soiled_before = traces(tmp_path)
    work, temporary = tmp_path / "work", tmp_path / "temporary"
    for place in (work, temporary):
        place.mkdir()
    child = subprocess.run(
        [sys.executable, "-m", "ringvirkning", action, str(folder), "--json"],
        cwd=work,
        env=os.environ
        | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
        | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert child.returncode == 1
    assert {found["file"] for found in json.loads(child.stdout)} == {
        "partners.csv", "activities.csv", "outcomes.csv",
    }  # fmt: skip
    for trace in TRACES:
        assert trace not in child.stdout + child.stderr
    assert traces(tmp_path) == soiled_before != []


@pytest.mark.slow
def test_nothing_of_a_refused_file_is_logged(
    folder: Path, var: Path, caplog: pytest.LogCaptureFixture
):
    soiled(folder)
    version, found = Watch(folder, var).latest()
    assert version == versions.current(var)
    assert {finding.rule for finding in found} >= {"personal_national_id", "personal_phone"}
    assert "partners.csv" in caplog.text
    for trace in TRACES:
        assert trace not in caplog.text + str(found)
    assert traces(var) == []


QUOTING = "can't convert\n{} of\n{}"


@pytest.mark.slow
def test_an_error_does_not_quote_what_was_read(
    folder: Path, var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def fail(*_: object, **__: object) -> list[Finding]:
        raise ValueError(QUOTING.format(ID, EMAIL))

    monkeypatch.setattr(publishing, "publish", fail)
    run("publish", folder, var=var, expected=2)
    said = capsys.readouterr().err
    assert "in publish" in said, "where"
    assert said.endswith("ValueError\n"), "and which"
    for part in ("can't convert", ID, EMAIL):
        assert part not in said


def test_what_memory_cannot_hold_is_written_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    large = (
        "create table t as select i, i::varchar || repeat('x', 50) as s from range(1000000) r(i)"
    )
    with workbench(tmp_path / "spill") as connection:
        connection.execute("set memory_limit = '60MB'")
        connection.execute(large)
        assert list((tmp_path / "spill").iterdir()) != []
    with workbench() as connection:
        assert connection.execute("select current_setting('temp_directory')").fetchall() == [("",)]
    assert [path.name for path in tmp_path.iterdir() if path.name != "spill"] == []


def test_a_million_rows_without_any_are_passed_over():
    """Python looks at few: the cells of the bench hold too few digits near each other."""
    with workbench() as connection:
        connection.execute("create schema given")
        partners = next(table for table in tables() if table.name == "partners")
        connection.execute(
            "create table given.partners as select 'p' || i as partner_id, 'Møte på Åsen ' || i"
            " as name, 'county' as partner_type, null::varchar as organisation_number,"
            " null::varchar as head_id, 'https://kilde.no/' || i as note,"
            " null::varchar[] as as_written from range(100000) as r(i)"
        )
        place = [column.name for column in partners.columns].index("name") + 1
        suspects = guard.field_text(partners, partners.columns[place - 1], place)
        counted = connection.execute(
            f"select count_if(regexp_matches({suspects}, '{guard.SUSPECT}')) from given.partners"
        )
        assert counted.fetchall() == [(0,)]
        assert guard.leaks(connection, (partners,)) == []


@pytest.mark.slow
def test_days_of_every_year_are_days():
    """A leap day is one in leap years only, and no other day of the calendar is missed."""
    day = date(2000, 1, 1)
    while day.year < 2005:
        number = with_check_digits(f"{day:%d%m%y}123", 0) or with_check_digits(
            f"{day:%d%m%y}124", 0
        )
        assert number is None or is_national_id(number)
        day += timedelta(days=1)
    leap = [with_check_digits(f"2902{year:02}{n}", 0) for year in range(100) for n in (123, 456)]
    right = {number for number in leap if number and int(number[4:6]) % 4 == 0}
    assert {number for number in leap if number and is_national_id(number)} == right
