"""Personal data in a text: national identity numbers, e-mail addresses and phone numbers.

A person's name can't be told from any other word, so it is found only where a role should stand;
an identity number is not found that is spread over several cells, has a full year in its date, or
lost digits in Excel (1,02E+10).
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from operator import mul
from typing import Literal
from unicodedata import category, normalize

PersonalKind = Literal["national_id", "email", "phone"]

# Added to the day in D-numbers.
FOREIGN = 40
# Added to the month: NAV's own numbers 20; H-numbers and NAV's synthetic ones 40, of its own 60;
# synthetic ones of Norsk helsenett 65, of Skatteetaten (Tenor) 80. Each has D-numbers as well.
SERIES = (0, 20, 40, 60, 65, 80)
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

# Digits enough for a phone number, or an @: all others are told at once to hold nothing.
HINT = re.compile(r"@|at[)\]]|(?:\d[\W_]{0,4}){8}", re.I)
WESTERN = re.compile("[ -~À-ÖØ-öø-ÿ«»]*")
LINK = re.compile(r"(?:https?:|www\.)\S*", re.I)
IN_LINK = re.compile(r"(?<![^\W_])\d{11}(?![^\W_])")
BREAK, GAP = r"[\s./-]{1,3}", r"[\s./-]{0,3}"
# The groups of a date and five digits; not 4-2-5, as accounts are, or thousands, nor nine digits
# with two decimals. Ahead of any digit, so that what stands before a number does not take its first
# digits along.
WRITTEN = re.compile(
    rf"(?<!\d)(?<!\b0[.,])(?!\d{{9}}\.\d\d(?!\d))"
    rf"(?=(?:(\d\d)(\d\d)|(\d\d?){BREAK}(\d\d?){BREAK})(\d\d)"
    rf"{GAP}(\d{{3}}){GAP}(\d\d)(?!\d))"
)
# As Excel makes a number of it.
ZERO_LOST = re.compile(r"(?<![\w+/-])(?<!\d[.,])[1-9]\d{9}(?!\w|,\d)")
# Money, unless another sum ends or begins there: "500 kr 01010112345", "01010112345 kr 500".
MONEY_BEFORE = re.compile(r"(?:^|[^\d\s.,])[\s(:]*(?:kr\.?|nok)\s?$", re.I)
MONEY_AFTER = re.compile(r"\d*(?:,-|\s?(?:kr|kroner|nok)\b(?!\.?\s?\d))", re.I)
SCIENTIFIC = re.compile(r"(?<![\d.,])(\d)[.,](\d{7,10})E\+?0?(9|10)\b", re.I)

EMAIL = re.compile(
    r"[\w.+%'-](?:@|\s{1,2}@\s{1,2}|\s?[(\[]at[)\]]\s?)[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2}", re.I
)
# The number plan of Nkom, after libphonenumber's metadata for Norway; a date (24122024), a round
# sum and what is said to be money are none.
PHONE = re.compile(
    r"(?<![\w/+-])(?<!\d[.,])(?<!kr\s)(?<!kr\.\s)(?<!nok\s)"
    r"(?!(?:[0-2]\d|3[01])(?:0\d|1[0-2])(?:19|20)\d\d\b|\d{4}0000\b)"
    r"(?:(?:\+[1-9]|004)(?:[ .()-]{0,3}\d){9,14}|(?:47 ?)?"
    r"(?:2[1-4]|3[1-3578]|4\d|5[1-35-9]|6[1-4679]|7\d|8[0-258]|9\d)"
    r"(?:\d{6}|([ .-])\d\d\1\d\d\1\d\d|\d([ .-])\d\d\2\d{3}))"
    r"(?:\.0)?(?!\w|[/.,-]\d|,-|\s?(?:kr|nok|mill|mrd|%))",
    re.I,
)
ALONE = re.compile(r"\s*\d{8,10}(?:\.0)?\s*")
# What eight digits without a gap are of, where it stands before them.
OTHER_NUMBER = re.compile(
    r"(?<![^\W_])(?:(?:ordre|order|prosjekt|project|saks?|case|faktura|invoice|bilag|konto|account|kid"
    r"|arkiv|journal|løpe|ref(?:eranse)?|reference)(?:\s?-?(?:nr|nummer|no|number|id))?"
    r"|(?:kunde|customer|medlems?|member)\s?-?(?:nr|nummer|no|number|id)"
    r"|budsjett(?:et|ert)?|budget|omsetning|omsatte|turnover|beløp|amount|sum|tilskudd|tilskot|grant)"
    r"[\s.:#]*$",
    re.I,
)
WORDS_BEFORE = 40  # characters before a number that say what it is
UNBROKEN = re.compile(r"\d{8}(?:\.0)?")
ABOUT_PHONES = re.compile(r"\b(?:telefon|tlf|mobil|mob\b|phone)", re.I)

# Two words or more that begin as names do: "Kari Nordmann", "Per-Ole B. Dahl". Not where they
# follow what leads on to an organisation, nor where one of them is what people are called by work.
NAME_WORD = r"(?:[^\W\d_a-zæøåäöéü][a-zæøåäöéü]+(?:-[^\W\d_]?[a-zæøåäöéü]+)*)"
PERSON_NAMES = re.compile(rf"(?<!\w){NAME_WORD}(?:\s+(?:[^\W\d_]\.\s*)*{NAME_WORD})+(?!\w)")
LEADS_ON = re.compile(r"(?:\b(?:i|for|ved|hos|på|av|til|fra|of|at|in|with|the)|&)\s+$", re.I)
BY_WORK = re.compile(
    r"(?:leder|sjef|direktør|rådgiver|koordinator|ansvarlig|rektor|dekan|ordfører|sekretær|konsulent"
    r"|manager|director|advis[eo]r|coordinator|head|lead|officer|secretary|mayor|dean|daglig"
    r"|general|senior|chief|kommune|næringsforening|universitet|avdeling|styre)$",
    re.I,
)


def has_name(role: str) -> bool:
    """Whether a role seems to hold a person's name: it is written small, names are not. A first
    name alone, or one in small letters, is not found."""
    for found in PERSON_NAMES.finditer(role):
        words = [word for word in found[0].split() if not BY_WORK.search(word)]
        if len(words) > 1 and not LEADS_ON.search(role[: found.start()]):
            return True
    return False


def plain_signs(text: str) -> str:
    """One form of each digit, space and dash; without what is not seen (zero width, accents)."""
    if text.isascii() or WESTERN.fullmatch(text):  # as nearly all, which are so already
        return text
    seen = (c for c in normalize("NFKC", text) if c.isspace() or category(c)[0] not in "CM")
    return "".join("-" if category(c) == "Pd" or c == "−" else c for c in seen)


def is_national_id(number: str) -> bool:
    """Whether eleven digits can be a birth, D- or H-number, synthetic ones and those of 2032 too.

    The check digits are those of Skatteetaten, "Nytt fødselsnummer fra 2032"
    (skatteetaten.github.io/folkeregisteret-api-dokumentasjon/nytt-fodselsnummer-fra-2032): from
    then on the first may leave 0 to 3 (until then 0), and the individual number no longer tells
    the century. The series: navikt/fnrvalidator and identpool (+20, +40, +60, +80), nhn.no "Om
    SyntPop" (+65), ehelse.no "Identifikatorer for personer" (H-numbers). FH-numbers hold no date
    and are left out.

    Of random runs of 11 digits 1.3 % pass, of 10 that may have lost a zero 2.1 %. Account numbers
    share the last check digit: 14 % of random ones pass, were they written without their points.
    """
    digits = [int(digit) for digit in number]
    first, second = (sum(map(mul, w, digits)) % 11 for w in (FIRST_WEIGHTS, SECOND_WEIGHTS))
    return first <= 3 and second == 0 and has_birthday(number) and not number.endswith("00000")


def has_birthday(number: str) -> bool:
    """Whether the first six digits are a day of any series; 00 is 2000, as Skatteetaten has it."""
    day, month, year = (int(number[place : place + 2]) for place in (0, 2, 4))
    day -= FOREIGN if day > FOREIGN else 0
    months = (month - added for added in SERIES)
    return any(1 <= m <= 12 and 1 <= day <= monthrange(2000 + year, m)[1] for m in months)


def is_money(text: str, start: int) -> bool:
    """Whether the digits from there on are a sum of money, which never begins with 0."""
    if text[start] == "0":
        return False
    is_said = MONEY_BEFORE.search(text[max(start - WORDS_BEFORE, 0) : start])
    return bool(is_said or MONEY_AFTER.match(text, start))


def possible_numbers(text: str) -> Iterator[str]:
    """All that may be an identity number in a plain text, as eleven digits each."""
    for link in LINK.findall(text):
        yield from IN_LINK.findall(link)
    text = LINK.sub(" ", text)
    for match in WRITTEN.finditer(text):
        if not is_money(text, match.start()):
            yield "".join(part.zfill(2) for part in match.groups() if part)
    for match in ZERO_LOST.finditer(text):
        if not is_money(text, match.start()):
            yield "0" + match[0]
    for match in SCIENTIFIC.finditer(text):
        whole, decimals, places = match[1], match[2], int(match[3])
        yield (whole + decimals[:places].ljust(places, "0")).zfill(11)


def personal(text: str, alone: bool = True) -> PersonalKind | None:
    """The gravest kind of personal data in a cell; `alone`: its only digits may be a phone number.

    Where amounts or ids stand they may not, since any eight digits look like one.
    """
    text = plain_signs(text)
    if not HINT.search(text):
        return None
    if any(is_national_id(number) for number in possible_numbers(text)):
        return "national_id"
    if EMAIL.search(text):
        return "email"
    if ALONE.fullmatch(text) and not alone:
        return None
    return "phone" if has_phone(LINK.sub(" ", text)) else None


def has_phone(text: str) -> bool:
    return any(
        not (
            UNBROKEN.fullmatch(found[0])
            and OTHER_NUMBER.search(text[max(found.start() - WORDS_BEFORE, 0) : found.start()])
        )
        for found in PHONE.finditer(text)
    )


def cells(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, int, PersonalKind]]:
    """Row and column (from 1) of each cell with personal data in a grid not yet understood.

    Eight digits alone are a phone number only below a cell that speaks of phones.
    """
    phones: set[int] = set()
    harmless: tuple[set[str], set[str]] = (set(), set())  # most cells hold what others do
    for row, texts in enumerate(rows, 1):
        for column, text in enumerate(texts, 1):
            alone = column in phones
            if not text or text in harmless[alone]:
                continue
            if kind := personal(text, alone):
                yield row, column, kind
            elif ABOUT_PHONES.search(text):
                phones.add(column)
            else:
                harmless[alone].add(text)
