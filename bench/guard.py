"""What the guard sees and what it takes for it: `python -m bench.guard [CASES]`.

So many cells of each class, made up with a fixed seed: identity numbers of every series and in
every form, all of which must be found; and what people write besides, which must not be. Numbers
whose digits are somebody's by chance can't be told cell by cell: what is done with a column of
them stands beside.
"""

import random
import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from ringvirkning.intake.personal import personal

CASES = 100_000
# Whose numbers: added to the day and to the month.
SERIES = {
    "fødselsnummer": (0, 0),
    "D-nummer": (40, 0),
    "H-nummer": (0, 40),
    "NAV's own": (0, 20),
    "NAV, synthetic": (0, 40),
    "NAV's own, synthetic": (0, 60),
    "Norsk helsenett, synthetic": (0, 65),
    "Tenor and Dolly": (0, 80),
    "Tenor, D-nummer": (40, 80),
}
FIRST_DAY, DAYS = date(1900, 1, 1), 51_000
Make = Callable[[random.Random], str]


def identity(dice: random.Random, series: str = "", form: str = "") -> str:
    """A number of a series, with check digits that were searched for, in a form."""
    more_days, more_months = SERIES[series or dice.choice([*SERIES])]
    while True:
        born = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        day, month = born.day + more_days, born.month + more_months
        nine = f"{day:02}{month:02}{born.year % 100:02}{dice.randrange(1, 1000):03}"
        first = dice.randrange(4)  # what the first check digit leaves over, from 2032 on
        if number := with_check_digits(nine, first):
            return FORMS[form or dice.choice([*FORMS])](number)


def with_check_digits(nine: str, left_over: int) -> str:
    digits = [int(digit) for digit in nine]
    said = sum(w * d for w, d in zip((3, 7, 6, 1, 8, 9, 4, 5, 2), digits, strict=True))
    first = (left_over - said) % 11
    if first == 10:
        return ""
    second = (
        -sum(w * d for w, d in zip((5, 4, 3, 2, 7, 6, 5, 4, 3, 2), [*digits, first], strict=True))
        % 11
    )
    return "" if second == 10 else f"{nine}{first}{second}"


def split(number: str, between: str, *ends: int) -> str:
    return between.join(number[a:b] for a, b in pairwise([0, *ends, len(number)]))


FORMS: dict[str, Callable[[str], str]] = {
    "11 digits": str,
    "6 5": lambda n: split(n, " ", 6),
    "6-5": lambda n: split(n, "-", 6),
    "6.5": lambda n: split(n, ".", 6),
    "6–5": lambda n: split(n, "–", 6),
    "6 no-break space 5": lambda n: split(n, "\u00a0", 6),
    "6 narrow space 5": lambda n: split(n, "\u202f", 6),
    "2 2 2 5": lambda n: split(n, " ", 2, 4, 6),
    "2.2.2 5": lambda n: f"{split(n[:6], '.', 2, 4)} {n[6:]}",
    "2.2.2-5": lambda n: f"{split(n[:6], '.', 2, 4)}-{n[6:]}",
    "6 3 2": lambda n: split(n, " ", 6, 9),
    "a number, zero lost": lambda n: f"{int(n)}",
    "a number with decimals": lambda n: f"{int(n)}.0",
    "scientific": lambda n: f"{int(n):.{len(str(int(n))) - 1}E}",
    "in a sentence": lambda n: f"Snakket med Kari ({n}) i 2024, og 25 andre.",
    "after a word": lambda n: f"Fnr: {split(n, ' ', 6)}, møtte",
    "full width": lambda n: n.translate({ord(d): 0xFF10 + int(d) for d in "0123456789"}),
    "zero width": lambda n: "\u200b".join(n),
}


def organisation(dice: random.Random) -> str:
    while True:
        eight = f"{dice.choice('89')}{dice.randrange(10**7):07}"
        weights = (3, 2, 7, 6, 5, 4, 3, 2)
        last = -sum(w * int(d) for w, d in zip(weights, eight, strict=True)) % 11
        if last < 10:
            return f"{eight}{last}"


def account(dice: random.Random) -> str:
    """An account's eleven digits."""
    while True:
        ten = f"{dice.randrange(10**10):010}"
        weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
        last = -sum(w * int(d) for w, d in zip(weights, ten, strict=True)) % 11
        if last < 10:
            return f"{ten}{last}"


def kid(dice: random.Random) -> str:
    """A customer's identification, 4 to 25 digits, the last by modulus 10."""
    body = f"{dice.randrange(10 ** dice.randrange(3, 25))}"
    doubled = [int(d) * (2 - n % 2) for n, d in enumerate(reversed(body))]
    return f"{body}{-sum(n // 10 + n % 10 for n in doubled) % 10}"


def any_day(dice: random.Random) -> date:
    return FIRST_DAY + timedelta(days=dice.randrange(DAYS))


def one_of(*makes: Make) -> Make:
    return lambda dice: dice.choice(makes)(dice)


def said(text: str, *, least: int, most: int) -> Make:
    return lambda dice: text.format(dice.randrange(least, most))


def amount(dice: random.Random) -> str:
    value = int(10 ** dice.uniform(3, 10))
    thousands = f"{value:,}"
    return dice.choice([
        thousands.replace(",", " "), thousands.replace(",", "\u00a0"), thousands.replace(",", "."),
        f"{thousands.replace(',', ' ')} kr", f"kr {value}", f"{value},-", f"{value} kroner",
        f"NOK {value}", f"{value} NOK", f"{thousands.replace(',', ' ')},00",
        f"Budsjett {value}", f"Støtte på {value} kroner", f"Omsetning {value} i 2023",
    ])  # fmt: skip


def plain_amount(dice: random.Random) -> str:
    value = int(10 ** dice.uniform(3, 9))
    return dice.choice([f"{value}", f"{value}.00", f"{value},50", f"{value}.5"])


def coordinates(dice: random.Random) -> str:
    north, east = dice.uniform(57.9, 71.2), dice.uniform(4.5, 31.2)
    return dice.choice([
        f"{north:.7f}", f"{east:.7f}", f"{north:.6f}, {east:.6f}", f"{north:.8f} {east:.8f}",
        f"{north:.5f}N {east:.5f}E", f"https://kart.no/@{north:.7f},{east:.7f},15z",
        f"{dice.randrange(6_400_000, 7_900_000)} {dice.randrange(100_000, 900_000)}",
        f"{dice.randrange(6_400_000, 7_900_000)}.{dice.randrange(100):02}",
        f"UTM 33 N {dice.randrange(6_400_000, 7_900_000)} Ø {dice.randrange(100_000, 900_000)}",
    ])  # fmt: skip


def dates(dice: random.Random) -> str:
    one, other = any_day(dice), any_day(dice)
    form = dice.choice([
        "%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%d/%m-%y", "%Y%m%d", "%d%m%Y", "%d%m%y",
    ])  # fmt: skip
    hour, minute = dice.randrange(24), dice.randrange(60)
    first, second = one.strftime(form), other.strftime(form)
    return dice.choice([
        first, f"{first}-{second}", f"{first} – {second}", f"{first} {second}", f"Fra {first}.",
        f"{first} kl. {hour:02}.{minute:02}", f"{first} {hour:02}:{minute:02}:00",
        f"{one.isoformat()}T{hour:02}:{minute:02}:00Z", f"{first}, {second}",
    ])  # fmt: skip


HARMLESS: dict[str, Make] = {
    "organisation numbers": one_of(
        organisation,
        lambda d: split(organisation(d), " ", 3, 6),
        lambda d: f"NO {organisation(d)} MVA",
        lambda d: f"NO{organisation(d)}MVA",
        lambda d: f"Org.nr. {split(organisation(d), ' ', 3, 6)}",
        lambda d: f"orgnr {organisation(d)}, Vik",
    ),
    "account numbers, as written": one_of(
        lambda d: split(account(d), ".", 4, 6),
        lambda d: split(account(d), " ", 4, 6),
        lambda d: f"Konto {split(account(d), '.', 4, 6)}",
    ),
    "order and case numbers": one_of(
        said("Ordre {}", least=10**7, most=10**8),
        said("Prosjektnr. {} i økonomisystemet", least=10**7, most=10**8),
        said("Sak 2024/{}", least=1, most=10**6),
        said("Saksnr. {}", least=10**7, most=10**8),
        said("Fakturanr: {}", least=10**7, most=10**8),
        said("faktura {} betalt", least=10**6, most=10**8),
        said("Kundenr {}", least=10**5, most=10**8),
        said("ref. {}", least=10**7, most=10**8),
        said("PO-{}", least=10**7, most=10**8),
        said("24/{}", least=10**4, most=10**8),
        said("Bilag {}", least=10**5, most=10**8),
        said("Prosjekt {}", least=10**5, most=10**8),
    ),
    "amounts": amount,
    "coordinates": coordinates,
    "dates": dates,
}
# Where ids and amounts stand, eight digits alone are no phone number.
IN_COLUMNS: dict[str, Make] = {
    "amounts in a column of them": plain_amount,
    "order numbers of 8 digits in a column": said("{}", least=10**7, most=10**8),
}
ALL, HARDLY_ANY = "100 %", "≤ 0.1 %"
BY_COLUMN = "its column is left out"  # by its heading, or by one answer
# Of these some are somebody's by their digits.
BY_CHANCE: dict[str, Make] = {
    "account numbers of 11 digits alone": account,
    "KID alone": kid,
    "record numbers of 11 digits alone": said("{}", least=10**10, most=10**11),
    "record numbers of 10 digits alone": said("{}", least=10**9, most=10**10),
}


class Class(NamedTuple):
    """Cells of one class: how one is made, whether its column may have phone numbers, and what
    should be found of all."""

    make: Make
    alone: bool
    wanted: str


def classes() -> dict[str, Class]:
    found = {series: Class(partial(identity, series=series), True, ALL) for series in SERIES}
    found |= {f"form: {one}": Class(partial(identity, form=one), True, ALL) for one in FORMS}
    found |= {name: Class(make, True, HARDLY_ANY) for name, make in HARMLESS.items()}
    found |= {name: Class(make, False, HARDLY_ANY) for name, make in IN_COLUMNS.items()}
    return found | {name: Class(make, False, BY_COLUMN) for name, make in BY_CHANCE.items()}


def share_found(of: Class, cases: int) -> float:
    """The share of made-up cells in which an identity number is found, where it should be, or any
    personal data, where none should."""
    dice = random.Random(16)
    found = (personal(of.make(dice), of.alone) for _ in range(cases))
    return sum(one == "national_id" if of.wanted == ALL else bool(one) for one in found) / cases


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    print(f"{cases} of each\n\n| Class | Found | Should be |\n|---|---|---|")
    for name, one in classes().items():
        print(f"| {name} | {100 * share_found(one, cases):.3f} % | {one.wanted} |", flush=True)


if __name__ == "__main__":
    main()
