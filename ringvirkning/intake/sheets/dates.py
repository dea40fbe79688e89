"""A date as people write it, with every way it can be read."""

import re
from datetime import date, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

from ringvirkning.intake.sheets.vocabulary import plain, word_list
from ringvirkning.texts import clock

# At the end of a date, one or from when to when: "kl. 09:00", "08:30 - 16:00", "kl. 15.37.20",
# "4:16:54 PM", "T23:00:00.000Z".
TIME = re.compile(
    r"(?<=\d)(?:(?:T|,?\s+)(?:kl\.?\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s?[AP]\.?M\.?)?"
    r"(?P<zone>\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
    r"(?:\s*[-–]\s*(?:kl\.?\s*)?\d{1,2}[:.]\d{2})?|,?\s+kl\.?\s*\d{1,2})$",
    re.I,
)
ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
NUMERIC = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
# By hand: 12/3-2024, 12/3-24, 3/10 2024. The day comes first.
DAY_FIRST = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[-– ]\s?(\d{4}|\d{2})")
DAY_IN_WORDS = re.compile(r"(\d{1,2})\.?[\s-]+([^\W\d]+)\.?[\s-]+[-–'’]?(\d{2})")
LAST_SHORT_YEAR = 29  # 29 is 2029 and 30 is 1930, as in spreadsheets
MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
SERIAL = re.compile(r"[2-5]\d{4}")  # 1954 to 2064
# The day before day 1, with the 29 February 1900 that Excel counts and that never was.
DAY_0 = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}
QUARTER = re.compile(
    r"(?P<a>\d{4})[-\s]*[QK](?P<b>[1-4])|[QK](?P<d>[1-4])[-\s]*(?P<c>\d{4})"
    r"|(?P<f>[1-4])\.?\s*(?:kvartal|kv\.?|quarter)\s*(?P<e>\d{4})", re.I
)  # fmt: skip
BETWEEN_MONTHS = re.compile(r"\s*[/–—]\s*|\s+(?:-|til|to)\s+")
# As statistics banks write a half, quarter, month or week: 2024K1, 2024-Q1, 2024M05, 2024U07; a
# star says that its figures are provisional. Not T: by SDMX and to offices it is a third of a year.
PART = re.compile(r"(\d{4})[ -]?([HSQKMUW])[ -]?(\d{1,2})", re.I)
PARTS_OF_YEAR = {
    "H": ("H", 2), "S": ("H", 2), "Q": ("Q", 4), "K": ("Q", 4),
    "M": ("", 12), "U": ("W", 53), "W": ("W", 53),
}  # fmt: skip
PART_IN_WORDS = re.compile(r"(\d)\.? ?(halvår|kvartal|half|quarter),? (\d{4})", re.I)
WEEK = re.compile(r"(?:uke|veke|week)\.?\s*(\d{1,2})[\s,/-]+(\d{4})", re.I)
# høsten 2022, vår-24, H2021; letters beside two digits are a code.
SEASON = re.compile(r"([^\W\d]+)(?:[\s-]+[-–'’]?|(?=\d{4}))(\d{4}|\d{2})")
FIRST_MONTHS = {"spring": "03", "summer": "06", "autumn": "09", "winter": ""}
MONTHS_IN = {"Q": 3, "H": 6}
PERIOD = re.compile(r"(\d{4})\s*(?:[-/–—]|til|to)\s*(\d{4})")
TWO_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:[-/–—]|til|to)\s*((?:19|20)?\d{2})(?![-/.]?\d)"
)


@cache
def months() -> dict[str, int]:
    """The months by their names in both languages."""
    names = [get_month_names("wide", locale=locale) for locale in ("nb", "en")]
    return {plain(name): number for table in names for number, name in table.items()}


@cache
def weekday() -> re.Pattern[str]:
    """A day of the week before a date, in full or short: "tirsdag ", "Tue, "."""
    names = {
        name.rstrip(".")
        for locale in ("nb", "nn", "en")
        for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=locale).values()
    } | word_list("date", "weekdays")
    return re.compile(rf"(?:{'|'.join(sorted(names, key=len)[::-1])})(?:\.,?|,)?\s+", re.I)


def month_named(word: str) -> int | None:
    """mai, Mai., may, sept: a name or its first letters, three at least."""
    found = {n for name, n in months().items() if len(word) > 2 and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


def iso_date(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def ways_of(**found: str | None) -> dict[str, str]:
    ways = {way: text for way, text in found.items() if text}
    return {"": next(iter(ways.values()))} if len({*ways.values()}) == 1 < len(ways) else ways


def date_ways(text: str) -> tuple[dict[str, str], str]:
    """What a text is as a date, by order of day and month or by date system, and what was left out.

    05.13.2024 → {"mdy": "2024-05-13"}; 45657 → {"1900": …, "1904": …}; "" is a sure way.
    """
    bare = TIME.sub("", text)
    said = "time_left_out" if bare != text else ""
    if (there := day_in_norway(text)) and there != bare:
        return {"": there}, "day_in_norway"
    if found := weekday().match(bare):
        bare = bare[found.end() :]
    if found := NUMERIC.fullmatch(bare):
        first, sign, second, year = found.groups()
        if len(year) == 2 and sign == "-":
            return {}, ""  # may begin with the year
        said = said or ("short_year" if len(year) == 2 else "")
        a, b, y = int(first), int(second), whole_year(year)
        return ways_of(dmy=iso_date(y, b, a), mdy=iso_date(y, a, b)), said
    if SERIAL.fullmatch(bare):
        return {
            system: (start + timedelta(days=int(bare))).isoformat()
            for system, start in DAY_0.items()
        }, said
    if found := DAY_FIRST.fullmatch(bare) or DAY_IN_WORDS.fullmatch(bare):
        number, word, year = found.groups()
        named = int(word) if word.isdecimal() else month_named(plain(word))
        sure = iso_date(whole_year(year), named, int(number)) if named else None
        return ({"": sure} if sure else {}), said or ("short_year" if len(year) == 2 else "")
    if sure := iso(bare) or date_in_words(bare):
        return {"": sure}, said
    if monday := week(bare):
        return {"": monday}, "week"
    return part_of_year(bare), said


def is_week(year: str, number: str) -> bool:
    """Whether a year has such a week by ISO 8601: few have a 53rd."""
    try:
        return bool(date.fromisocalendar(int(year), int(number), 1))
    except ValueError:
        return False


def week(text: str) -> str | None:
    """The Monday of uke 12 2024 and of 2024-W12."""
    written = WEEK.fullmatch(text)
    period = f"{written[2]}-W{written[1].zfill(2)}" if written else any_period(text) or ""
    try:
        return date.fromisoformat(f"{period}-1").isoformat() if "-W" in period else None
    except ValueError:
        return None


def part_of_year(text: str) -> dict[str, str]:
    """What a season, a quarter, a half or a month is as a date: its year, or its first month.

    høsten 2022 → {"year_only": "2022", "first_month": "2022-09"}; 2024M05 → {"": "2024-05"}.
    """
    if found := SEASON.fullmatch(text):
        seasons = [s for s in FIRST_MONTHS if plain(found[1]) in word_list("date", s)]
        return ways_of_part(str(whole_year(found[2])), FIRST_MONTHS[seasons[0]]) if seasons else {}
    period = any_period(text)
    year, _, part = (period or "").partition("-")
    if part[:1] in MONTHS_IN:
        return ways_of_part(year, f"{1 + (int(part[1]) - 1) * MONTHS_IN[part[0]]:02}")
    return {"": period} if period and iso(period) == period else {}


def ways_of_part(year: str, first_month: str) -> dict[str, str]:
    """A winter is of two years: what is left is the year that it is called after."""
    ways = {"year_only": year, "first_month": f"{year}-{first_month}"}
    return ways if first_month else {"": year}


def whole_year(text: str) -> int:
    """The year of two or four digits."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year <= LAST_SHORT_YEAR else 1900)


def day_in_norway(text: str) -> str | None:
    """Of a day with a time and its zone, the day in Norway then: programs write a midnight here as
    the evening before in UTC."""
    found = TIME.search(text)
    if not (found and found["zone"] and ISO.fullmatch(text[: found.start()])):
        return None
    zone = found["zone"].strip().upper()
    zone = zone if zone[0] in "+-" else "+00:00"
    day = iso(text[: found.start()])
    if not day or len(day) != 10:
        return None
    moment = f"{day}T{found['hour'].zfill(2)}:{found['minute']}{zone}"
    try:
        return clock.norwegian_day(moment)
    except ValueError:
        return None


def is_late_evening(text: str) -> bool:
    """Whether a day has a time with which it may be the next one in Norway: 22:00 or 23:00, without
    a zone."""
    found = TIME.search(text)
    return bool(
        found
        and found["hour"] in ("22", "23")
        and re.search(r"2[23][:.]00(?:[:.]00(?:[.,]0+)?)?$", text)
    )


def day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if len(day) == 10 else day


def iso(text: str) -> str | None:
    """2016, 2016-5, 2016-05-12, 20160512 and 5.2016 as precisely as they are known."""
    if found := COMPACT.fullmatch(text) or ISO.fullmatch(text):
        year, month, number = (int(part or 0) for part in found.groups())
    elif found := MONTH_YEAR.fullmatch(text):
        year, month, number = int(found[2]), int(found[1]), 0
    else:
        return None
    return partial(year, month, number)


def partial(year: int, month: int, number: int) -> str | None:
    """A date of which the day, or day and month, are 0 where not known; None if there is none."""
    whole = iso_date(year, month or 1, number or 1)
    return whole and whole[: 10 if number else 7 if month else 4]


def date_in_words(text: str) -> str | None:
    """mai 2016, 12. mai 2016, May 12, 2016."""
    words = [word for word in plain(text).split() if word not in word_list("date", "words")]
    numbers = [re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word) for word in words if word[0].isdigit()]
    names = [month for word in words if not word[0].isdigit() for month in [month_named(word)]]
    if len(names) != 1 or names[0] is None or not all(map(str.isdecimal, numbers)):
        return None
    *before, year = numbers or [""]
    if len(year) != 4 or len(before) > 1 or any(len(number) > 2 for number in before):
        return None
    return (
        partial(int(year), names[0], int(before[0])) if before else partial(int(year), names[0], 0)
    )


def iso_period(text: str) -> str | None:
    """2016, 2016/2019, 2024-Q1, 2024-05, or from a month to another: 2023-08/2024-07."""
    if found := PERIOD.fullmatch(text):
        return "/".join(found.groups())
    if ways := two_year_ways(text):
        return ways.get("")
    if re.fullmatch(r"\d{4}", text):
        return text
    if found := QUARTER.fullmatch(text):
        year, number = (
            filter(None, found.group("a", "c", "e")),
            filter(None, found.group("b", "d", "f")),
        )
        return f"{next(year)}-Q{next(number)}"
    if one := month(text):
        return one
    ends = [month(part) for part in BETWEEN_MONTHS.split(text)]
    return "/".join(filter(None, ends)) if len(ends) == 2 and all(ends) else None


def two_year_ways(text: str) -> dict[str, str]:
    """What two years are of which one follows the other, where they are not both written in full.

    skoleåret 2023/24 → {"": "2023-08/2024-07"}; 2023/24 → {"school_year": …, "whole_years": …}.
    2010-11 is a month, as the contract writes it.
    """
    found = TWO_YEARS.search(text)
    if not found or iso(text) == text:
        return {}
    around = plain(text[: found.start()] + " " + text[found.end() :])
    is_short = len(found[2]) == 2
    if around in word_list("period", "school_year"):
        return ways_of_two_years(*found.groups(), is_school_year=True)
    return {} if around or not is_short else ways_of_two_years(*found.groups())


def ways_of_two_years(first: str, second: str, *, is_school_year: bool = False) -> dict[str, str]:
    after = str(int(first) + 1)
    if not after.endswith(second):
        return {}
    school_year = f"{first}-08/{after}-07"
    if is_school_year:
        return {"": school_year}
    return {"school_year": school_year, "whole_years": f"{first}/{after}"}


def month(text: str) -> str | None:
    """2024-05 of 2024-05, 5.2024 and mai 2024."""
    found = iso(text) or date_in_words(text)
    return found if found and len(found) == 7 else None


def any_period(text: str) -> str | None:
    """A year, a span, a part of a year or a day: 2024, 2023/2024, 2024-Q1, 2024-05, 2024-W07."""
    bare = text.strip().rstrip("*").strip()
    if words := PART_IN_WORDS.fullmatch(bare):
        number, kind, year = words.groups()
        bare = f"{year}{'H' if kind.lower().startswith('ha') else 'Q'}{number}"
    if found := PART.fullmatch(bare):
        year, letter, number = found.groups()
        kind, most = PARTS_OF_YEAR[letter.upper()]
        if not 1 <= int(number) <= most or (kind == "W" and not is_week(year, number)):
            return None
        return f"{year}-{kind}{int(number):0{2 if most > 4 else 1}}"
    if ways := two_year_ways(bare):
        return ways.get("")
    return iso_period(bare) or iso(bare) or date_in_words(bare)
