"""Every word, number and date on the screen, in Norwegian (bokmål) and English.

The words are in `nb.toml` and `en.toml`, which have the same keys. `words("nb")` looks them up.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from math import inf
from pathlib import Path
from typing import Self

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from ringvirkning.finding import Finding
from ringvirkning.texts import certainty, clock
from ringvirkning.texts.certainty import Share

LANGUAGES = ("nb", "en")
LANGUAGE_NAMES = {"nb": "Norsk", "en": "English"}
# Findings that show codes, and of which kind.
CODED = {
    "no_evidence": "evidence",
    "mixed_evidence": "evidence",
    "partner_type_changed": "partner_type",
    "status_fits_value": "result_status",
}
# What the codes of a column, or of a table's, are called by where it isn't its name.
CODE_KINDS = {
    **dict.fromkeys(("start_qualifier", "end_qualifier"), "date_qualifier"),
    **dict.fromkeys(("amount_qualifier", "value_qualifier"), "count_qualifier"),
    **dict.fromkeys(("aims_at_persons", "open_to_all", "cancelled", "is_internal"), "yes_no"),
    **dict.fromkeys(("counts_people", "higher_is_better", "can_be_negative"), "yes_no"),
    "measured_at": "measuring_point",
    "outcomes.value_status": "result_status",
    "targets.evidence": "target_evidence",
}
OTHER = "other"  # the type of what is of no other: it stands last, and heads nothing
LONGEST_FOUND = 200  # letters told of a field that is wrong: a logo has thousands
Nested = dict[str, "str | Nested"]
HERE = Path(__file__).parent


@cache
def entries(language: str) -> dict[str, str]:
    """All words of a language by dotted key."""
    nested = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))

    def flat(table: Nested, prefix: str) -> Iterable[tuple[str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                yield prefix + key, value

    return dict(flat(nested, ""))


@lru_cache(maxsize=8192)
def decimal_text(locale: str, value: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=locale).replace("-", "−")


@lru_cache(maxsize=8192)
def date_text(locale: str, text: str) -> str:
    """A date as precisely as it is known: 2016, mai 2016 or 12. mai 2016."""
    if len(text) == 4:
        return text
    day = date.fromisoformat(f"{text}-01"[:10])
    form = "MMMM y" if len(text) == 7 else "d. MMMM y" if locale == "nb_NO" else "d MMMM y"
    return format_date(day, form, locale=locale)


class Percent(str):
    """A share in words, in whole per cent, that knows what it is exactly (0–1)."""

    share: float

    def __new__(cls, said: str, share: float) -> Self:
        self = super().__new__(cls, said)
        self.share = share
        return self

    def __getnewargs__(self) -> tuple[str, float]:  # type: ignore[override]
        return str(self), self.share  # to be copied


@dataclass(frozen=True)
class Words:
    """One language: `w("key", name=value)` gives the words, the methods numbers and dates.

    `measures` are the words of each, `types` the names of the types of each kind, in their order:
    the data bring both.
    """

    language: str
    measures: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    types: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)

    @property
    def locale(self) -> str:
        return "nb_NO" if self.language == "nb" else "en_GB"

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key. With `n`, the form for none, one or many that there is; where it is
        n `of` several, that of these: what is named stands after them."""
        table = entries(self.language)
        counted = values.get("of", values.get("n"))
        if counted is not None and key not in table:
            n = certainty.number(counted)  # type: ignore[arg-type]
            form = {0.0: "none", 1.0: "one"}.get(float(n), "other") if n.is_exact else "other"
            key = f"{key}.{form}" if f"{key}.{form}" in table else f"{key}.other"
        shown = {k: self.known(v) if isinstance(v, int | float) else v for k, v in values.items()}
        return table[key].format(**shown)

    def pattern(self, key: str) -> str:
        """The words under a key as they stand, {places} and all."""
        return entries(self.language)[key]

    def has(self, key: str) -> bool:
        table = entries(self.language)
        return key in table or f"{key}.other" in table

    def code(self, kind: str, code: str | None) -> str:
        """The word for a code; measures and types bring theirs with the data, names are their own
        words."""
        if kind == "measure":
            return self.measures.get(str(code), {}).get("name", str(code))
        if name := self.types.get(kind, {}).get(str(code)):
            return name
        key = f"code.{kind}.{code}"
        return self(key) if self.has(key) else str(code)

    def unit(self, measure: str) -> str:
        return self.measures.get(measure, {}).get("unit", "")

    def number(self, value: float, decimals: int = 0) -> str:
        """1 234 (nb), 1,234 (en); a true minus sign."""
        return decimal_text(self.locale, float(value), decimals)

    def plain(self, value: float) -> str:
        """A number with the decimals that it has, six at most."""
        _, _, decimals = f"{float(value):.6f}".rstrip("0").partition(".")
        return self.number(value, len(decimals))

    def known(self, value: float, sign: str = "") -> str:
        """A number as exactly as it is known: 120, about 80, over 330, fewer than five."""
        n = certainty.number(value)
        said = sign + self.plain(n)
        if n.is_exact:
            return said
        if n.high == inf:
            return self("count.over" if n == n.low else "count.about", number=said)
        if not n:
            return self("count.fewer_than", number=self.below(int(n.high) + 1))
        return self("count.nearly" if n == n.high else "count.about", number=said)

    def shown(self, value: float) -> str:
        """A number in a table or chart, whose foot says how counts are rounded, and what 0 of one
        means; what its source leaves open stays so: over 330."""
        n = certainty.number(value)
        is_open = n.high == inf or (n == n.high and not n.is_exact) or (not n and n.high >= 5)
        return self.known(n) if is_open else self.plain(n)

    def below(self, value: int) -> str:
        return self("count.five") if value == 5 else self.number(value)

    def signed(self, value: float) -> str:
        whole = round(value) or 0  # not −0
        return ("+" if whole > 0 else "") + self.number(whole)

    def changed(self, kind: certainty.Comparison, by: float) -> str:
        """By how much a count is more or fewer, as exactly as that is known: +3, over +139."""
        n = certainty.number(by)
        if kind == "more" or n.is_exact:
            return self.known(n, "+" if kind == "more" else "−")
        return self("count.about", number="−" + self.plain(n))

    def percent(self, share: Share | float) -> str:
        """A share (0–1) in whole per cent, a half up: 37 % (nb), 37% (en); about, where rounded."""
        value = share.value if isinstance(share, Share) else share
        said = self.number(certainty.percent(value)) + ("\u00a0%" if self.language == "nb" else "%")
        is_exact = (share if isinstance(share, Share) else certainty.number(share)).is_exact
        return Percent(said if is_exact else self("count.about", number=said), float(value))

    def value(self, text: str) -> float | None:
        """The number that a text is, as `number` and `percent` write it (a share: 37% is 0.37)."""
        group, decimal = ("\u00a0", ",") if self.language == "nb" else (",", ".")
        bare = text.removesuffix("%").removesuffix("\u00a0")
        pattern = rf"[−-]?\d{{1,3}}(?:{group}\d{{3}})*(?:\{decimal}\d+)?"
        if not re.fullmatch(pattern, bare):
            return None
        value = float(bare.replace(group, "").replace(decimal, ".").replace("−", "-"))
        return value / 100 if text.endswith("%") else value

    def number_columns(self, rows: Sequence[Sequence[str]]) -> list[bool]:
        """Which columns of a table are of numbers, to stand right and be sorted by: those after the
        first of which half of what stands below the heading is one, or more. The rest says in words
        what is no number alone: 2 (example), unchanged."""
        about, unit = self("count.about", number=""), self("count.nok", number="")

        def is_number(text: str) -> bool:
            bare = re.sub(r" \(.*\)$", "", text).removesuffix(unit).removeprefix(about)
            return self.value(bare.lstrip("+")) is not None

        def is_of_numbers(column: Sequence[str]) -> bool:
            said = [is_number(cell) for cell in column[1:] if cell.strip("–")]
            return bool(said) and sum(said) * 2 >= len(said)

        columns = zip(*rows, strict=True)
        return [bool(at) and is_of_numbers(column) for at, column in enumerate(columns)]

    def day(self, day: date | str) -> str:
        """A day, or that of a moment (ISO 8601) in Norway."""
        return date_text(self.locale, clock.norwegian_day(str(day)))

    def moment(self, text: str) -> str:
        """A moment (ISO 8601) to the minute, on Norway's clocks."""
        then = clock.there(text)
        time = then.strftime("kl. %H.%M" if self.language == "nb" else "%H:%M")
        return f"{self.day(then.date())} {time}"

    def listed(self, items: Iterable[str]) -> str:
        found = list(items)
        return format_list(found, locale=self.locale) if len(found) > 1 else "".join(found)


@cache
def words(language: str) -> Words:
    """The words of `nb` or `en`; raises KeyError for another language."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return Words(language)


def finding_words(w: Words, finding: Finding) -> str:
    """What is wrong in a file, where, and what to do."""
    return f"{place_of(w, finding)}: {rule_words(w, finding)}"


def place_words(w: Words, finding: Finding) -> str:
    """Where, and what was found there and expected; what is wrong is said above it."""
    return ": ".join(filter(None, [place_of(w, finding), " ".join(instead(w, finding))]))


def place_of(w: Words, finding: Finding) -> str:
    place = [file_words(w, finding.file)]
    if finding.sheet:
        place.append(w("finding.sheet", sheet=finding.sheet))
    if finding.row:
        place.append(w("finding.row", row=str(finding.row)))
    if finding.column:
        place.append(w("finding.column", column=heading(w, finding.file, finding.column)))
    return ", ".join(place)


def with_code(said: str, code: str) -> str:
    """A word, and the code that stands for it in the files, to be found there."""
    return said if said == code else f"{said} ({code})"


def file_words(w: Words, file: str) -> str:
    """A file of the contract by what it holds; another as it is called."""
    name = f"sheet.{file.removesuffix('.csv')}"
    return with_code(w(name), file) if is_contracts(w, file) else file


def heading(w: Words, file: str, column: str) -> str:
    """A column as whoever wrote the file knows it: a sheet of one's own lacks it by its code."""
    key = f"column.{column}"
    if not w.has(key):
        return column
    return with_code(w(key), column) if is_contracts(w, file) else w(key)


def is_contracts(w: Words, file: str) -> bool:
    """Whether a file is one of the contract's, which holds codes and no words."""
    return w.has(f"sheet.{file.removesuffix('.csv')}")


def codes_in_words(w: Words, finding: Finding, codes: str | None) -> str | None:
    """Codes with commas between them, in words; in a file that holds codes, with these."""
    if not codes:
        return codes
    listed = codes.split(", ")
    if is_contracts(w, finding.file):
        return ", ".join(coded_cell(w, finding.file, finding.column or "", code) for code in listed)
    kind = CODED.get(finding.rule)
    return ", ".join(w.code(kind, code) for code in listed) if kind else codes


def coded_cell(w: Words, file: str, column: str, text: str) -> str:
    """What stands in a cell of the contract; where it is a code, with its word first."""
    of_table = CODE_KINDS.get(f"{file.removesuffix('.csv')}.{column}")
    return with_code(w.code(of_table or CODE_KINDS.get(column, column), text), text)


def remark_words(w: Words, finding: Finding) -> str:
    """The same beside the row itself."""
    return ": ".join(filter(None, [finding.column, rule_words(w, finding)]))


def rule_words(w: Words, finding: Finding) -> str:
    return " ".join([*broken_words(w, finding.rule, finding.file), *instead(w, finding)])


def broken_words(w: Words, rule: str, file: str) -> list[str]:
    """Which rule is broken, and in a spreadsheet of one's own how to write it."""
    how = f"finding.write.{rule}"
    shows_how = w.has(how) and not is_contracts(w, file)
    return [w(f"finding.rule.{rule}"), *([w(how)] if shows_how else [])]


def instead(w: Words, finding: Finding) -> list[str]:
    """What was found and what was expected, as far as there is either."""
    found, expected = (
        codes_in_words(w, finding, told) for told in (finding.found, finding.expected)
    )
    if found is not None and len(found) > LONGEST_FOUND:
        found = found[:LONGEST_FOUND] + "…"
    return [
        *([w("finding.found", found=found)] if found is not None else []),
        *([w("finding.expected", expected=expected)] if expected else []),
    ]
