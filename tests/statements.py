"""Reads what is said: which of our sentences a text is made of, what each claims, whether it holds.

A text is read by the patterns of `texts/*.toml`, so that the key and the values of each piece are
known. `MEANINGS` says of every key that claims something when that is so; `SILENT` are keys that
claim nothing of a number. What is left of a text may hold neither a number nor a comparison: else
it is unread. A new sentence needs one line here; a new way to say a number one line in
`QUANTITIES` or, where a foot says how far off numbers may be, in `MARGINS`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import inf
from string import Formatter
from typing import Any

from ringvirkning.figures.explore.figure import question_values
from ringvirkning.figures.explore.statement import MOST_IN_SENTENCE
from ringvirkning.figures.jobs import NAMED_KINDS
from ringvirkning.texts import Words, entries
from ringvirkning.texts.certainty import LEAST
from tests.truth import ALL, KINDS, Share, Truth, is_example, is_met, together, year_before

NUMBER = r"(?<![\d.,])[+−-]?\d{1,3}(?:[\u00a0,]\d{3})*(?:[.,]\d+)?(?!\d)"
PERCENT = NUMBER + r"(?:\u00a0%|%)"
# How a number is said that isn't bare: between what it then lies. `margin` is what the foot says.
QUANTITIES: dict[str, Callable[[Sequence[float], float], tuple[float, float]]] = {
    "count.about": lambda n, margin: (n[0] - margin, n[0] + margin),
    "count.over": lambda n, margin: (n[0] - margin, inf),
    "count.nearly": lambda n, margin: (-inf, n[0] + margin),
    "count.fewer_than": lambda n, margin: (0, n[0] - 1),
    "target.unclear": lambda n, margin: (n[0], n[1]),
}
ABOUT = 10  # what is said to be about as much differs by no more
# By how much a number may be off, after what its foot says.
MARGINS: dict[str, Callable[[Sequence[float]], float]] = {
    "foot.rounded": lambda n: 4,
    "foot.rounded_sums": lambda n: max(4, n[0]),
}
COMPARISONS = {
    "nb": r"fler|færre|flest|høyest|lavest|minst|mest\b|like mange|uendret|omtrent|nådd|mellom"
    r"|\bmer\b|mindre|under målet|over målet|av målet",
    "en": r"more|fewer|most|highest|lowest|least|as many|unchanged|about as|reached|between|less"
    r"|\bmet\b",
}
SAID = ("headline.", "claim.", "change.", "card.", "share.", "foot.", "explore.", "story.lacks",
        "target.", "attention.", "associations.")  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Where a text stands, and what it is about: `values` are those of its view, `about` what else
    the text takes for granted; `foot` what is said beside it of its numbers."""

    surface: str
    figure: str
    part: str
    language: str
    is_protected: bool
    values: Mapping[str, Any]
    as_of: Any
    foot: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    key: str
    values: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Verdict:
    """What was read: `kind` sorts the statements, `holds` is None where nothing could be told."""

    place: Place
    key: str
    kind: str
    holds: bool
    text: str
    shown: float | None = None
    true: float | None = None


Pattern = re.Pattern[str]
Compiled = tuple[list[tuple[str, Pattern]], dict[str, Pattern], list[tuple[str, Pattern]]]
COMPILED: dict[tuple[str, tuple[str, ...]], Compiled] = {}


class Reader:
    """Reads one language of one data set."""

    def __init__(self, truth: Truth, words: Words) -> None:
        self.truth, self.w = truth, words
        self.names = sorted({p for p in programmes(truth) if p}, key=len, reverse=True)
        self.associations = associations_in(truth)
        self.patterns, self.quantities, self.margins = self.compiled()
        self.comparison = re.compile(rf"\d|{COMPARISONS[words.language]}", re.IGNORECASE)
        self.kept: dict[tuple[str, bool], tuple[list[Piece], str]] = {}

    # Patterns

    def compiled(self) -> Compiled:
        """The patterns of a language and of the names in the data, made once."""
        measures = (m["name"] for m in self.w.measures.values())
        named = (*self.names, *self.associations, *measures, *self.types(),
                 *self.of_context("subject"), *self.of_context("indicator"))  # fmt: skip
        if (self.w.language, named) not in COMPILED:
            # A share that is said to be "about" is no count.
            count = r"\b{}(?!\d|[\u00a0]?%)"
            COMPILED[self.w.language, named] = (
                [(key, re.compile(self.regex(key))) for key in read_keys(self.w.language)],
                {
                    key: re.compile(count.format(self.regex(key, self.written)), re.IGNORECASE)
                    for key in QUANTITIES
                    if self.w.has(key)
                },
                [(key, re.compile(self.regex(key))) for key in MARGINS if self.w.has(key)],
            )
        return COMPILED[self.w.language, named]

    def regex(self, key: str, number: str = "") -> str:
        pattern, seen = self.w.pattern(key), set()
        out = ""
        if key.startswith("attention.") and ".what" in key:
            # What is missing is said after what it is: "15 agreements" alone is of several.
            out = re.escape(self.w(f"{key.partition('.what')[0]}.title") + ": ")
        if key.startswith("claim."):
            # A year may be missing, and then its blank is, too.
            pattern = pattern.replace(" {year}", "{in_year}")
        for literal, name, _, _ in Formatter().parse(pattern):
            out += re.escape(literal)
            if name and name in seen:
                out += f"(?P={name})"
            elif name:
                seen.add(name)
                out += self.place_of(name, key, number)
        return out

    def place_of(self, name: str, key: str, number: str) -> str:
        if name == "in_year":
            said = re.escape(self.w.pattern("claim.in_year")).replace(
                r"\{year\}", r"(?P<year>\d{4})"
            )
            return f"(?: {said})?"
        return f"(?P<{name}>{number or self.field(name, key)})"

    def field(self, name: str, key: str) -> str:
        w = self.w
        x_of_y = re.escape(w.pattern("chart.x_of_y")).replace(r"\{x\}", f"(?:{self.quantity})")
        x_of_y = x_of_y.replace(r"\{y\}", f"(?:{self.quantity})")
        percent = rf"(?:{self.about('')})?{PERCENT}"
        value = rf"{percent} \({x_of_y}\)|{x_of_y}|{self.quantity}|{re.escape(w('chart.unknown'))}"
        interval = rf"[+−-]?\d+–(?:{PERCENT})"
        fields = {
            "year": r"\d{4}",
            "years": r"\d{4}(?:–\d{4}|(?:(?:, | og | and )\d{4})*)",
            "low": r"[+−-]?\d+",
            "high": rf"{PERCENT}|[+−-]?\d+",
            "share": rf"{percent}|{x_of_y}",
            "rate": PERCENT,
            "interval": interval,
            "job": any_of(said(w, "claim.job.")),
            "than": any_of([w("change.same_time"), w("change.year_before")]),
            "programme": listed(self.names),
            "programmes": listed(self.names),
            "name": listed([*self.names, *self.types()]),
            "indicator": any_of(self.of_context("indicator")),
            "subject": any_of(self.of_context("subject")),
            "measure": f"(?i:{any_of(m['name'] for m in w.measures.values())})"
            rf"(?: (?:{any_of(said(w, 'code.measuring_point.'))})|, [^:(–]+?)?",
            "a_value": value,
            "b_value": value,
            "group": r"[^·]+",
            "kinds": r"[^·]+",
            "names": r"[^·]+",
            "date": r"[^·]+?(?=$| ·)",
            "title": r".+?",
            "label": r".+?",
        }  # fmt: skip
        if key.startswith("associations.") and name in ("name", "names"):
            return listed(self.associations)
        if key.startswith("explore.") and name in ("total", "of"):
            return value
        if key == "context.latest" and name in ("number", "period"):
            return r"[^()]+"
        if key.startswith("explore.each_most") and name in ("a", "b"):
            return r"[^; ][^;]*?"
        if key == "explore.only_in" and name == "row":
            return r"[^;·]+?(?=$|;)"
        if key == "explore.met_now" and name == "period":
            return r"\d{4}"
        if name in ("row", "a", "b", "shown", "by", "said", "kind", "place"):
            return r".+?"
        if name == "period":
            return r"[^:,;]+"
        if name == "change":
            words = ("explore.same", "explore.about", "explore.unclear")
            said_ = any_of(w(word) for word in words if w.has(word))
            return f"{self.quantity}|{said_}" if key == "explore.since" else self.quantity
        return fields.get(name, self.quantity)

    def types(self) -> list[str]:
        """What the types are called that headlines name."""
        kinds = (self.w.types.get(kind, {}) for kind in ("partner_type", "partnership_type"))
        return [name for kind in kinds for name in kind.values()]

    def of_context(self, what: str) -> list[str]:
        """Whom or what the figures of others are about, each once."""
        column = {"indicator": f"indicator_{self.w.language}"}.get(what, what)
        found = {getattr(row, column) for row in self.truth.world.context}
        return sorted(text for text in found if text)

    def about(self, number: str) -> str:
        """A number that is said to be about as much, as a pattern."""
        return re.escape(self.w.pattern("count.about")).replace(r"\{number\}", number)

    @property
    def written(self) -> str:
        """A number in figures, or in letters where that has a key."""
        return (
            f"(?:{NUMBER}|{re.escape(self.w('count.five'))})"
            if self.w.has("count.five")
            else NUMBER
        )

    @property
    def quantity(self) -> str:
        forms = [
            re.sub(r"\\\{[a-z_]+\\\}", lambda _: self.written, re.escape(self.w.pattern(key)))
            for key in QUANTITIES
            if self.w.has(key)
        ]
        return f"(?i:{'|'.join([*sorted(forms, key=len, reverse=True), NUMBER])})"

    @property
    def kroner(self) -> str:
        """What is said to be kroner: read as the number that it is."""
        said = re.escape(self.w.pattern("count.nok"))
        return said.replace(r"\{number\}", f"({NUMBER})")

    # Reading

    def pieces(self, text: str, is_explore: bool) -> tuple[list[Piece], str]:
        """What a text is made of, from left to right, the longest first; and what is left."""
        if (known := self.kept.get((text, is_explore))) is not None:
            return known
        found: list[Piece] = []
        text = re.sub(self.kroner, r"\1", text)
        rest, at = "", 0
        hits = [
            (match.start(), -len(match[0]), key, match)
            for key, pattern in self.patterns
            if is_explore or not key.startswith("explore.")
            for match in pattern.finditer(text)
            if match[0]
        ]
        for start, _, key, match in sorted(hits, key=lambda hit: hit[:3]):
            if start >= at:
                rest += text[at:start] + "\0"
                found.append(Piece(base(key), match.groupdict(), match[0]))
                at = match.end()
        rest += text[at:]
        self.kept[text, is_explore] = (found, rest)
        return found, rest

    def read(self, text: str, place: Place) -> Iterator[Verdict]:
        """A verdict for each claim in a text, and one for what can't be read."""
        found, rest = self.pieces(text, place.surface == "explore" or place.figure == "explore")
        for at, piece in enumerate(found):
            told = Told(self, place, piece, found[:at], found[at + 1 :], text)
            for meanings in (MEANINGS, ALSO):
                if piece.key in meanings:
                    kind, check = meanings[piece.key]
                    try:
                        checked = list(check(told))
                    except (KeyError, StopIteration, AttributeError, ValueError) as missing:
                        yield Verdict(place, piece.key, "unread", False, f"{text}: {missing!r}")
                        continue
                    for holds, shown, true in checked:
                        yield Verdict(place, piece.key, kind, holds, text, shown, true)
        rest = re.sub(r", \d{4}(–\d{4})?$", "", rest)  # the years of a result
        for name in sorted(place.about.get("names", ()), key=len, reverse=True):
            rest = rest.replace(name, "")
        if self.comparison.search(rest):
            yield Verdict(place, "unread", "unread", False, f"{text} ⟨{rest}⟩")

    def number(self, text: str) -> float | None:
        if self.w.has("count.five") and text == self.w("count.five"):
            return 5
        return self.w.value(text.removeprefix("+"))

    def between(self, text: str, margin: float) -> tuple[float, float] | None:
        """Between what a number lies that is said so."""
        for key, pattern in self.quantities.items():
            if match := pattern.fullmatch(text):
                numbers = [self.number(said) or 0.0 for said in match.groups()]
                return QUANTITIES[key](numbers, margin)
        value = self.number(text)
        return None if value is None else (value, value)

    def quantified(self, text: str) -> list[str]:
        """The numbers in a text that say how exactly they are known: about 80, fewer than five."""
        return [
            match[0] for pattern in self.quantities.values() for match in pattern.finditer(text)
        ]

    def tokens(self, text: str) -> list[str]:
        """The numbers in a text, each as exactly as it is said."""
        return re.findall(re.sub(r"\(\?P<[a-z]+>", "(?:", self.quantity), text)

    def margin(self, foot: str) -> float:
        """How far off the numbers above a foot may be, as it says."""
        found = [
            MARGINS[key]([self.number(n) or 0.0 for n in match.groups()])
            for key, pattern in self.margins
            if (match := pattern.search(foot))
        ]
        return max(found, default=0)


def programmes(truth: Truth) -> set[str]:
    world = truth.world
    rows = [*world.partnerships, *world.activities, *world.outcomes, *world.targets]
    return {row.programme for row in rows if row.programme}


def associations_in(truth: Truth) -> list[str]:
    world = truth.world
    rows = [*world.partnerships, *world.activities, *world.outcomes, *world.targets]
    return sorted({row.association for row in rows if row.association}, key=len, reverse=True)


def any_of(found: Any) -> str:
    kinds = sorted(map(re.escape, found), key=len, reverse=True)
    return f"(?:{'|'.join(kinds) or '(?!)'})"


def listed(names: Sequence[str]) -> str:
    one = any_of(names)
    return rf"{one}(?:(?:, | og | and |, and ){one})*"


def said(w: Words, prefix: str) -> list[str]:
    return [text for key, text in entries(w.language).items() if key.startswith(prefix)]


def base(key: str) -> str:
    """A key without its form for none, one or many."""
    stem, _, form = key.rpartition(".")
    return stem if form in ("none", "one", "other") else key


@cache
def read_keys(language: str) -> tuple[str, ...]:
    return tuple(
        key
        for key in entries(language)
        if base(key) in MEANINGS or base(key) in SILENT or base(key) in MARGINS
    )


def unclassified(language: str) -> set[str]:
    """Keys that say a number or compare, and of which nobody has said what they mean."""
    comparison = re.compile(COMPARISONS[language], re.IGNORECASE)
    known = {*MEANINGS, *SILENT, *MARGINS, *QUANTITIES, *PARTS}
    return {
        base(key)
        for key, text in entries(language).items()
        if key.startswith(SAID)
        and base(key) not in known
        and not key.startswith(LABELS)
        and ("{" in text or comparison.search(text))
    }


# Meanings

Checked = Iterator[tuple[bool, float | None, float | None]]


@dataclass(frozen=True)
class Told:
    """A piece in its text, with what is needed to judge it."""

    reader: Reader
    place: Place
    piece: Piece
    before: Sequence[Piece]
    after: Sequence[Piece]
    text: str

    @property
    def truth(self) -> Truth:
        return self.reader.truth

    @property
    def v(self) -> Mapping[str, Any]:
        return self.place.values

    @property
    def margin(self) -> float:
        return self.reader.margin(self.place.foot) if self.place.is_protected else 0

    def has(self, name: str) -> bool:
        return self.piece.values.get(name) is not None

    def said(self, name: str) -> str:
        return self.piece.values[name] or ""

    def listed(self, name: Any) -> list[str]:
        """What stands in a list of names."""
        return re.split(r", | og | and ", name) if isinstance(name, str) else []

    def year(self, name: str = "year") -> int:
        return int(self.said(name)) if self.has(name) else int(self.v["year"])

    def number(self, name: str) -> float:
        return self.reader.number(self.said(name)) or 0.0

    def programmes(self) -> list[str]:
        return named(self.reader.names, self.said("programme"))

    def exactly(self, name: str, true: float | None) -> Checked:
        """A number in a sentence: bare it is the truth, else the truth lies within it."""
        yield self.compared(self.said(name), true, 0)

    def near(self, name: str, true: float | None) -> Checked:
        """A number that stands as a label: as near as the foot says."""
        yield self.compared(self.said(name), true, self.margin)

    def compared(self, text: str, true: float | None, slack: float) -> Any:
        between = self.reader.between(text, self.margin)
        if between is None or true is None:
            return (between is None and true is None, None, true)
        low, high = between
        holds = low - slack - 0.05 <= true <= high + slack + 0.05
        return (holds, (low + high) / 2 if high < inf and low > -inf else None, true)


def named(names: Sequence[str], text: str) -> list[str]:
    """Those of the names, the longest first, that a list of them has."""
    found = []
    for name in names:
        if name in text:
            found.append(name)
            text = text.replace(name, "")
    return found


def claim(t: Told) -> Checked:
    true = jobs_claimed(t)
    yield from t.exactly("n", true)
    yield is_example(true) == (t.piece.key == "claim.illustrative"), None, true


def job_kind(t: Told, claim: Piece) -> str:
    said = {t.reader.w(f"claim.job.{kind}"): kind for kind in (*NAMED_KINDS, "placements")}
    return said[claim.values["job"]]


def jobs_claimed(t: Told) -> float | None:
    """What a claim is about: a year's jobs, else those of a programme's rounds or its results."""
    if t.has("year"):
        return t.truth.jobs(t.v, t.year(), job_kind(t, t.piece), t.programmes())
    (programme, *_) = t.programmes()
    stage = t.truth.stage(t.v, programme, "placements", "exit")
    if stage is not None and stage.value is not None:
        return stage.value
    values = [
        row.value
        for row in t.truth.answer("results_by_programme", t.v)
        if row.programme == programme and row.measure.startswith("placement")
    ]
    low, high = t.reader.between(t.said("n"), t.margin) or (0, 0)
    return next((value for value in values if low <= value <= high), values[0] if values else None)


def change(sign: int | None) -> Callable[[Told], Checked]:
    """A change that is up, down, none, or, where `sign` is None, about none."""

    def check(t: Told) -> Checked:
        now, before = compared_with(t)
        if now is None or before is None:
            yield False, None, None
            return
        by = now - before
        if sign is None:
            yield abs(by) <= ABOUT, 0, by
            return
        holds = (by > 0) - (by < 0) == sign
        if sign and "n" in t.piece.values:
            between = t.reader.between(t.said("n"), t.margin)
            holds = holds and between is not None and between[0] <= abs(by) <= between[1]
        yield holds, float(sign), float((by > 0) - (by < 0))

    return check


def compared_with(t: Told) -> tuple[float | None, float | None]:
    """A number and what it is compared with, after what was said before."""
    claimed = next((p for p in reversed(t.before) if "job" in p.values), None)
    is_same_time = t.said("than") == t.reader.w("change.same_time")
    earlier = dict(t.v) | ({"as_of": year_before(t.place.as_of)} if is_same_time else {})
    if claimed is not None:
        year = int(claimed.values["year"] or t.v["year"])
        kind = job_kind(t, claimed)
        names = named(t.reader.names, claimed.values["programme"])
        return (
            t.truth.jobs(t.v, year, kind, names),
            t.truth.jobs(earlier, year - 1, kind, names),
        )
    year = int(
        next((p.values["year"] for p in reversed(t.before) if p.values.get("year")), t.v["year"])
    )
    return (
        t.truth.held(t.v, year, "activity_count"),
        t.truth.held(earlier, year - 1, "activity_count"),
    )


CARDS: dict[str, Callable[[Truth, Mapping[str, Any], int], float | None]] = {
    "active_partnerships": lambda truth, v, year: truth.in_force(v, year)[0],
    "activities_held": lambda truth, v, year: truth.held(v, year, "activity_count"),
    "attended": lambda truth, v, year: truth.held(v, year, "attended_count"),
    "placements": lambda truth, v, year: truth.jobs(v, year),
}


def card_change(most: float | None, so_far: bool) -> Callable[[Told], Checked]:
    """A card's change: as said, or where `most` is given no more than that."""

    def check(t: Told) -> Checked:
        count = CARDS[t.place.about["measure"]]
        year = t.year()
        earlier = dict(t.v) | ({"as_of": year_before(t.place.as_of)} if so_far else {})
        now, before = count(t.truth, t.v, year + 1), count(t.truth, earlier, year)
        if now is None or before is None:
            yield False, None, None
            return
        by = now - before
        if most is not None:
            yield abs(by) <= most, 0, by
            return
        between = t.reader.between(t.said("change").removeprefix("+"), t.margin)
        yield between is not None and between[0] <= by <= between[1], between and between[0], by

    return check


def card_kind(kind: str) -> Callable[[Told], Checked]:
    return lambda t: t.near("n", t.truth.jobs(t.v, t.v["year"], kind))


def attendance(t: Told) -> Checked:
    rows = t.truth.answer("activities_by_year", t.v)
    attended = together(row.attended_count for row in rows)
    alike = [row for row in rows if is_example(row.attended_count) == is_example(attended)]
    if t.piece.key == "headline.attendance":
        yield from t.exactly("n", attended)
        return
    yield from t.exactly("known", sum(row.attended_known for row in alike))
    yield from t.exactly("of", together(row.activity_count for row in rows))


def targets_met(t: Told) -> Checked:
    (programme, *_) = t.programmes()
    over = [r for r in t.truth.targets(t.v, programme) if r.is_over and r.actual is not None]
    met = sum(row.actual >= row.target for row in over)
    if not t.has("n"):  # its one target
        yield (met, len(over)) == (1, 1), None, met
        return
    yield from t.exactly("met", met)
    yield from t.exactly("n", len(over))


def near_target(t: Told) -> Checked:
    """That a result is about as much as its target, or between two numbers; or may be either."""
    share = t.place.about.get("share")
    if share is None or share.part is None:
        return  # an echo of what stands beside its target
    if t.piece.key == "target.about":
        yield 10 * abs(share.part - share.whole) <= share.whole, 0, share.part - share.whole
    if t.piece.key == "target.unclear":
        yield t.number("low") <= share.part <= t.number("high"), None, share.part


def targets_about(t: Told) -> Checked:
    """Each result is within a tenth of its target, and they are as many as is said."""
    found = over(t)
    for row in found:
        by = row.actual - row.target
        yield 10 * abs(by) <= row.target, 0, by
    if t.has("n"):
        yield from t.exactly("n", len(found))


def over(t: Told) -> list[Any]:
    (programme, *_) = t.programmes()
    return [r for r in t.truth.targets(t.v, programme) if r.is_over and r.actual is not None]


def targets_unknown(t: Told) -> Checked:
    (programme, *_) = next(
        named(t.reader.names, p.values["programme"] or "")
        for p in t.before
        if "programme" in p.values
    )
    found = t.truth.targets(t.v, programme)
    yield from t.exactly("n", sum(row.is_over and row.actual is None for row in found))


def targets_none(t: Told) -> Checked:
    met = sum(map(is_met, over(t)))
    yield not met, 0, met


def targets_some(name: str) -> Callable[[Told], Checked]:
    """At least so many met, or missed."""

    def check(t: Told) -> Checked:
        found = list(map(is_met, over(t)))
        true = found.count(name == "met")
        yield true >= t.number(name) > 0, t.number(name), true
        yield from t.exactly("n", len(found))

    return check


def funnel_rate(t: Told) -> Checked:
    stage = funnel_stage(t)
    yield from share_said(t, "share", Share(stage.rated_value, stage.base_count))


def funnel_interval(t: Told) -> Checked:
    stage = funnel_stage(t)
    low, high = (
        t.said("interval").split("–") if t.has("interval") else (t.said("low"), t.said("high"))
    )
    yield within(t, low, high, Share(stage.rated_value, stage.base_count))


def funnel_stage(t: Told) -> Any:
    (programme, *_) = [
        n for n in t.reader.names if any(n in (p.values.get("programme") or "") for p in t.before)
    ]
    return t.truth.stage(t.v, programme, "placements", "exit")


def share_said(t: Told, name: str, true: Share) -> Checked:
    """A percentage in a sentence is the true one, rounded."""
    text = re.sub(rf"^{t.reader.about('')}", "", t.said(name))
    shown = t.reader.number(text)
    if shown is None or true.value is None:
        yield shown is None and true.value is None, shown, true.value
        return
    yield is_share(shown, true, text != t.said(name)), shown, true.value


def is_share(shown: float | None, true: Share, is_about: bool) -> bool:
    """Whether a share is the true one, rounded; said to be about it, less than 10 points off."""
    if shown is None or true.value is None:
        return False
    off = abs(100 * shown - 100 * true.value)
    return off < 10 - 1e-6 if is_about else off <= 0.5 + 1e-6


def within(t: Told, low: str, high: str, true: Share | float | None) -> Any:
    """Whether the truth lies in an interval in whole per cent (or points)."""
    value = true.value if isinstance(true, Share) else true
    first, last = (percents(t.reader, text) for text in (low, high))
    if value is None or first is None or last is None:
        return (value is None, None, value)
    return (first - 0.5 <= 100 * value <= last + 0.5, None, value)


def percents(reader: Reader, text: str) -> float | None:
    bare = text.replace("\u00a0", "").rstrip("%").removeprefix("+")
    return reader.number(bare)


def partnerships(t: Told, at: int | None, name: str = "n") -> Checked:
    counts = t.truth.in_force(t.v, t.year())
    yield from t.exactly(name, sum(counts) if at is None else counts[at])


def largest_type(question: str, kind: str) -> Callable[[Told], Checked]:
    def check(t: Told) -> Checked:
        rows = t.truth.answer(question, t.v)
        counts = {
            t.reader.w.code(kind, getattr(r, kind)): (
                r.confirmed_count + r.unconfirmed_count + r.start_unknown_count
            )
            for r in rows
        }
        yield from largest(t, counts, t.said("name"), "n")

    return check


def largest(t: Told, counts: Mapping[Any, float], name: Any, number: str) -> Checked:
    """Whether what is said to be the largest is, alone; or all that are, where several are."""
    whole = together(counts.values())  # examples are not ranked among published numbers
    alike = {key: n for key, n in counts.items() if is_example(n) == is_example(whole)}
    rest = [count for key, count in alike.items() if key != name and key not in t.listed(name)]
    named = [alike[key] for key in alike if key == name or key in t.listed(name)]
    own = named[0] if len(set(named)) == 1 else None
    (holds, shown, true) = t.compared(t.said(number), own, 0)
    yield own is not None and own > max(rest, default=inf) and holds, shown, true


def activities(t: Told) -> Checked:
    counts = {
        str(row.year): row.activity_count
        for row in t.truth.answer("activities_by_year", t.v)
        if row.year is not None
    }
    if t.piece.key == "headline.activities_most":
        yield from largest(t, counts, t.said("years"), "n")
        return
    yield from t.exactly("n", together(counts.values()))
    if t.has("most"):
        yield from largest(t, counts, t.said("year"), "most")


def kinds(question: str) -> Callable[[Told], Checked]:
    return lambda t: t.exactly("n", len(t.truth.answer(question, t.v)))


def programmes_active(t: Told) -> Checked:
    counts = {
        row.programme: row.activity_count
        for row in t.truth.answer("activities_by_programme", t.v)
        if row.programme is not None
    }
    if t.piece.key == "headline.programmes_most":
        yield from largest(t, counts, t.said("name"), "n")
        return
    yield from t.exactly("n", len(counts))
    if t.has("name"):
        yield from largest(t, counts, t.said("name"), "most")


def begun_and_ended(t: Told) -> Checked:
    rows = t.truth.answer("partnerships_begun_and_ended", t.v)
    for name in ("started", "ended"):
        yield from t.exactly(name, sum(r.partnership_count for r in rows if r.event == name))


def rounds(t: Told) -> Checked:
    (programme, *_) = t.programmes()
    asked = {"round_programme": programme}
    rows = t.truth.answer("rounds", {**t.v, "illustrative": False}, **asked)
    rows = rows or t.truth.answer("rounds", t.v, **asked)
    yield from t.exactly("n", len({row.activity_id for row in rows}))


def nothing(question: Callable[[Told], float | None]) -> Callable[[Told], Checked]:
    """That nothing is known: no number, or none but zero where records are counted."""

    def check(t: Told) -> Checked:
        true = question(t)
        yield not true, None, true

    return check


def lacked(t: Told) -> list[Any]:
    """What a partner or an agreement lacks, of the association that is chosen."""
    whose = {"association": t.v["association"], **t.place.about["whose"]}
    return t.truth.answer("missing", whose, illustrative=True)


def lacking(matter: str) -> Callable[[Told], Checked]:
    def check(t: Told) -> Checked:
        rows = lacked(t)
        row = next((r for r in rows if r.matter == matter), None)
        yield from t.exactly("n", row and row.missing_count)
        yield from t.exactly("of", row and row.record_count)

    return check


def lacking_alone(matter: str) -> Callable[[Told], Checked]:
    """What the only agreement lacks."""

    def check(t: Told) -> Checked:
        rows = lacked(t)
        row = next((r for r in rows if r.matter == matter), None)
        true = (row.missing_count, row.record_count) if row else None
        yield true == (1, 1), 1, row and row.missing_count

    return check


def attending(matter: str) -> Callable[[Told], Checked]:
    def check(t: Told) -> Checked:
        rows = t.truth.answer("attention", t.v)
        count = next((r.record_count for r in rows if r.matter == matter), 0)
        yield from t.exactly("n", count) if "n" in t.piece.values else [(not count, None, count)]

    return check


def context_latest(t: Told) -> Checked:
    """The latest known figure of a series, as exactly as its source says it, and its period."""
    w = t.reader.w
    own = [
        row
        for row in t.truth.world.context
        if row.subject == t.said("subject")
        and getattr(row, f"indicator_{w.language}") == t.said("indicator")
        and row.value is not None
        and row.period
    ]
    row = max(own, key=lambda row: row.period)
    number = re.search(NUMBER, t.said("number"))
    shown = t.reader.number(number[0]) if number else None
    said = w(f"count.{row.value_qualifier or 'exact'}", number=number[0] if number else "")
    is_as_sure = t.said("number").startswith(said)
    yield shown == float(row.value) and is_as_sure, shown, float(row.value)
    year = re.search(r"\d{4}", t.said("period"))
    yield year is not None and row.period.startswith(year[0]), None, None


def group_of(t: Told) -> Checked:
    """Whom a programme is for, and from what age to what."""
    rows = t.truth.answer("target_groups", t.v, programme=(t.said("programme"),))
    words, ages = t.said("group"), [int(age) for age in re.findall(r"\d+", t.said("group"))]
    yield (
        any(
            words.startswith(row.target_group or "")
            and ages == [int(age) for age in (row.age_from, row.age_to) if age is not None]
            for row in rows
        ),
        None,
        None,
    )


# Associations beside one another

LEAST_COMPARED, WIDEST, OUTLYING = 30, 0.3, 0.998


def associations_counted(t: Told) -> Checked:
    rows = t.truth.answer("associations", t.v)
    yield from t.exactly("n", len(rows))
    yield from t.exactly("m", sum(row.confirmed_count + row.unconfirmed_count for row in rows))


def true_shares(t: Told, rate: str) -> dict[str, Share]:
    """Of each association where it is known; of examples only where nothing is published."""
    part = {"placement_rate": "placed", "retention_rate": "retained"}[rate]
    found = {
        row.association: Share(getattr(row, f"{part}_part"), getattr(row, f"{part}_whole"))
        for row in t.truth.answer("associations", t.v)
        if getattr(row, f"{part}_part") is not None
    }
    published = {name: one for name, one in found.items() if not is_example(one.part)}
    return published or found


def bounds(one: Share, level: float) -> tuple[float, float]:
    from scipy.stats import binomtest  # a second, for each who reads this file

    found = binomtest(round(one.part or 0), round(one.whole or 0)).proportion_ci(level, "wilson")
    return found.low, found.high


def steady(shares: Mapping[str, Share]) -> dict[str, Share]:
    """Those that may be compared."""
    found = {name: one for name, one in shares.items() if (one.whole or 0) >= LEAST_COMPARED}
    low_high = {name: bounds(one, 0.95) for name, one in found.items()}
    return {name: found[name] for name, (low, high) in low_high.items() if high - low <= WIDEST}


def as_example(t: Told, shares: Mapping[str, Share]) -> Any:
    """Whether it is said to be an example where it is one."""
    said = f"{t.reader.w('claim.example')}: {t.piece.text}" in t.text
    return said == any(is_example(one.part) for one in shares.values()), None, None


def compared_with_others(claim: str, rate: str) -> Callable[[Told], Checked]:
    """What is said of shares beside one another. Rounding leaves out more of them: then those that
    are named are as they are said to be, and of the others nothing is."""

    def check(t: Told) -> Checked:
        shares = true_shares(t, rate)
        compared = steady(shares)
        together_ = Share(
            together(one.part for one in compared.values()),
            together(one.whole for one in compared.values()),
        )
        if claim in ("none", "only"):
            names = {t.said("name")} if claim == "only" else set()
            is_so = names <= {*compared} if t.place.is_protected else names == {*compared}
            yield is_so, len(names), len(compared)
        else:
            n = t.number("n")
            yield n <= len(shares) if t.place.is_protected else n == len(compared), n, len(shares)
            if n == len(compared):
                yield from share_said(t, "share", together_)
        if claim in ("apart", "many_apart"):
            differ = {n for n, one in compared.items() if differs(one, together_)}
            said_to = {*t.listed(t.said("names"))} if claim == "apart" else set()
            yield said_to <= differ, len(said_to), len(differ)
            if claim == "many_apart":
                yield t.number("m") <= len(differ), t.number("m"), len(differ)
        if claim != "none":
            yield as_example(t, compared)

    return check


def differs(one: Share, all_: Share) -> bool:
    low, high = bounds(one, OUTLYING)
    return not low <= (all_.value or 0) <= high


# Explore: `about` has the question, its answer by row and split, and the labels of its keys.


def cell(t: Told, row: Any, split: Any = ALL) -> Any:
    return t.place.about["cells"].get((row, split))


def key_of(t: Told, label: str, which: str = "rows") -> Any:
    label = label.removeprefix(t.reader.w("explore.example"))
    return t.place.about[which].get(label, label)


def value_said(t: Told, text: str, true: Any) -> Checked:
    """A number or "37 % (37 of 100)" against a cell."""
    if t.place.about["is_rate"]:
        share = Share(getattr(true, "part", None), getattr(true, "whole", None))
        numbers = [t.reader.number(n) for n in re.findall(f"{PERCENT}|{NUMBER}", text)]
        is_about = re.search(t.reader.about(""), text) is not None and t.margin > 0
        if len(numbers) == 3:
            yield is_share(numbers.pop(0), share, is_about), None, share.value
        for shown, so in zip(numbers, (share.part, share.whole), strict=False):
            off = t.margin if is_about else 0
            yield (
                shown is not None and so is not None and abs(shown - so) <= off,
                shown,
                so,
            )
        return
    value = getattr(true, "value", None)
    if value is None and t.place.about["counts_records"]:
        value = 0
    if t.reader.between(text, 0) is None:
        yield value is None, None, value
        return
    yield t.compared(text, value, 0)


def explored_total(t: Told) -> Checked:
    yield from value_said(t, t.said("total"), cell(t, ALL))


def explored_within(t: Told) -> Checked:
    low, _, high = t.said("interval").partition("–")
    found = cell(t, ALL)
    yield within(t, low, high, Share(found.part, found.whole))


def explored_most(t: Told) -> Checked:
    yield from largest(t, explored_rows(t), key_of(t, t.said("row")), "n")


def explored_rows(t: Told) -> dict[Any, float]:
    about = t.place.about
    return {
        row: found.value or 0
        for (row, split), found in about["cells"].items()
        if split is ALL and row is not ALL and row in about["ranked"]
    }


def explored_leads(t: Told) -> Checked:
    """Those that are named, or so many, have most, each as many; and how many there are of all, or
    of all whose single time is known."""
    rows = explored_rows(t)
    keys = {row for row, split in t.place.about["cells"] if split is ALL and row is not ALL}
    if t.piece.key.endswith("_in_row") and keys - set(rows):
        yield t.compared(t.said("total"), together(rows.values()), 0)
    else:
        yield from value_said(t, t.said("total"), cell(t, ALL))
    yield from leads(t, rows, "rows")


def leads(t: Told, counts: Mapping[Any, float], which: str, name: str = "row") -> Checked:
    """Whether all that have most of `counts`, and no others, are named; and how many they have."""
    whole = together(counts.values())  # examples are not ranked among published numbers
    alike = {key: n for key, n in counts.items() if is_example(n) == is_example(whole)}
    most = max(alike.values(), default=0)
    top = {key for key, n in alike.items() if n == most}
    yield only_names(t, t.said(name), top, which), None, None
    if t.has("n"):
        yield t.compared(t.said("n"), most, 0)
        yield len(top) < len(alike), None, None  # of a tie of all, and of one alone, none has most
    else:
        yield most == cell(t, ALL).value, None, most


def only_names(t: Told, text: str, keys: set[Any], which: str) -> bool:
    """Whether a list is of these keys: each named, or some and the number of the others, and
    nothing left but what stands between."""
    text = text.removeprefix(t.reader.w("explore.example"))
    labels = [label for label, key in t.place.about[which].items() if key in keys]
    named = set()
    for label in sorted(labels, key=len, reverse=True):
        if label in text:
            text = text.replace(label, "", 1)
            named.add(t.place.about[which][label])
    others = len(keys - named)
    if others:
        text = text.replace(t.reader.w("explore.n_others", n=others), "", 1)
        if len(named) < MOST_IN_SENTENCE:
            return False
    return re.fullmatch("(, | og | and |, and )*", text) is not None


def explored_only(t: Told) -> Checked:
    yield from value_said(t, t.said("total"), cell(t, ALL))
    own = cell(t, key_of(t, t.said("row")))
    yield own is not None and own.value == cell(t, ALL).value, None, own and own.value


def explored_part(t: Told) -> Checked:
    """The largest part of a stock in its last period, the unconfirmed counted in."""
    period = key_of(t, next(p.values["period"] for p in t.before if "period" in p.values) or "")
    counts = {
        split: (found.value or 0) + found.uncertain_count
        for (row, split), found in t.place.about["cells"].items()
        if row == period and isinstance(split, str)
    }
    whole = cell(t, period)
    yield from leads(t, counts, "splits")
    yield t.compared(t.said("of"), (whole.value or 0) + whole.uncertain_count, 0)


def explored_each(t: Told) -> Checked:
    """What an association has most of."""
    split = key_of(t, t.said("a"), "splits")
    counts = {
        row: found.value or 0
        for (row, of), found in t.place.about["cells"].items()
        if of == split and row is not ALL and row in t.place.about["ranked"]
    }
    yield from leads(t, counts, "rows", "b")


def explored_season(t: Told) -> Checked:
    """The quarter with most, of all years together."""
    found = {
        row: value.value
        for (row, split), value in t.place.about["cells"].items()
        if split is ALL
        and isinstance(row, str)
        and re.fullmatch(r"(\d{4}-)?Q\d", row)
        and value.value is not None
    }
    whole = together(found.values())
    sums: dict[int, float] = {}
    for row, value in found.items():
        if is_example(value) == is_example(whole):
            sums[int(row[-1])] = sums.get(int(row[-1]), 0) + value
    quarter = int(t.number("quarter"))
    others = [n for of, n in sums.items() if of != quarter]
    yield sums.get(quarter, 0) > max(others, default=0), None, None
    yield t.compared(t.said("n"), sums.get(quarter), 0)
    yield t.compared(t.said("total"), whole, 0)


def explored_met(t: Told) -> Checked:
    """In how many years that are over the target was met; and whether it is this year."""
    asked = t.place.about["asked"]
    of = {**question_values(asked), "measure": "target_attainment", "point": asked.measure}
    aims = {
        str(row): found
        for (row, split), found in t.truth.cells(t.v, of).items()
        if split is ALL and re.fullmatch(r"\d{4}", str(row))
    }
    if t.piece.key == "explore.met_now":
        now = aims[t.said("period")]
        yield now.part >= now.whole, now.part, now.whole
        yield t.compared(t.said("part"), now.part, 0)
        yield t.compared(t.said("whole"), now.whole, 0)
        return
    over = [
        None not in (found.part, found.whole) and found.part >= found.whole
        for row, found in aims.items()
        if int(row) < t.place.as_of.year
    ]
    if t.has("n"):
        yield from t.exactly("n", len(over))
    if t.piece.key == "explore.met_at_least":
        yield sum(over) >= t.number("met"), t.number("met"), float(sum(over))
    elif t.piece.key == "explore.met":
        yield from t.exactly("met", sum(over))
    else:
        yield not any(over), 0, float(sum(over))


def explored_best(t: Told) -> Checked:
    """The row with the highest share of those of which a share may be told."""
    shares = {
        row: Share(found.part, found.whole).value or 0
        for (row, split), found in t.place.about["cells"].items()
        if split is ALL and row in t.place.about["ranked"] and (found.whole or 0) >= LEAST
    }
    best = key_of(t, t.said("row"))
    yield shares.get(best) == max(shares.values()), None, None
    found = cell(t, best)
    yield from share_said(t, "share", Share(found.part, found.whole))


def explored_latest(t: Told) -> Checked:
    yield from value_said(t, t.said("total"), period_cell(t, t.said("period")))


def period_cell(t: Told, label: str) -> Any:
    if t.place.about["is_time_rows"]:
        return cell(t, key_of(t, label))
    return cell(t, ALL, key_of(t, label, "splits"))


def explored_since(t: Told) -> Checked:
    now = next(p.values["period"] for p in t.before if "period" in p.values)
    a, b = (getattr(period_cell(t, label), "value", 0) or 0 for label in (t.said("period"), now))
    w, change_ = t.reader.w, t.said("change")
    if w.has("explore.about") and change_ == w("explore.about"):
        yield abs(b - a) <= ABOUT, 0, b - a
    elif not w.has("explore.unclear") or change_ != w("explore.unclear"):
        shown = 0.0 if change_ == w("explore.same") else t.number("change")
        yield shown == b - a, shown, b - a


def explored_two(t: Told) -> tuple[Any, Any]:
    two = next(p for p in t.before if p.key.startswith("explore.compared"))
    a, b = (cell(t, ALL, key_of(t, two.values[name], "splits")) for name in ("a", "b"))
    return a, b


def explored_compared(t: Told) -> Checked:
    for name in ("a", "b"):
        found = cell(t, ALL, key_of(t, t.said(name), "splits"))
        yield from value_said(t, t.said(f"{name}_value"), found)


def explored_more(sign: int | None) -> Callable[[Told], Checked]:
    """More, less, no difference, or, where `sign` is None, about none."""

    def check(t: Told) -> Checked:
        a, b = (getattr(found, "value", None) or 0 for found in explored_two(t))
        by = float(b - a)
        if sign is None:
            yield abs(by) <= ABOUT, 0, by
            return
        if not sign:
            yield by == 0, 0, by
            return
        between = t.reader.between(t.said("change"), t.margin)
        holds = between is not None and between[0] - 0.05 <= abs(by) <= between[1] + 0.05
        yield (by > 0) - (by < 0) == sign and holds, float(sign), by

    return check


def explored_share_of(t: Told) -> Checked:
    a, b = (getattr(found, "value", None) or 0 for found in explored_two(t))
    yield from share_said(t, "share", Share(abs(b - a), a))


def explored_points(is_sure: bool) -> Callable[[Told], Checked]:
    def check(t: Told) -> Checked:
        a, b = (Share(found.part, found.whole).value for found in explored_two(t))
        by = None if a is None or b is None else b - a
        yield within(t, t.said("low"), t.said("high"), by)
        text = re.sub(rf"^{t.reader.about('')}", "", t.said("change"))
        shown, off = percents(t.reader, text), 1 if text == t.said("change") else 10
        yield by is not None and shown is not None and abs(shown - 100 * by) <= off, shown, by

    return check


def explored_small(t: Told) -> Checked:
    a, b = (Share(found.part, found.whole).value for found in explored_two(t))
    by = None if a is None or b is None else b - a
    yield by is not None and abs(by) < 0.01, 0, by


def closest(t: Told) -> Checked:
    pairs = {
        frozenset((row, split)): found.value
        for (row, split), found in t.place.about["cells"].items()
        if isinstance(row, str) and isinstance(split, str) and row != split and found.value
    }
    published = {pair: value for pair, value in pairs.items() if not value.is_example}
    two = frozenset(key_of(t, t.said(name)) for name in ("a", "b"))
    yield from largest(t, published or pairs, two, "shared")


Meaning = tuple[str, Callable[[Told], Checked]]
# Of every key that claims something: what kind of claim, and when it holds.
MEANINGS: dict[str, Meaning] = {
    **{f"claim.{kind}": ("number", claim) for kind in
       ("register", "employer", "participant", "estimate", "unstated", "illustrative")},
    "change.more": ("sign", change(1)),
    "change.fewer": ("sign", change(-1)),
    "change.same": ("sign", change(0)),
    "change.about": ("sign", change(None)),
    **{f"card.{name}{so_far}": ("sign", card_change(most, bool(so_far)))
       for name, most in (("change", None), ("unchanged", 0), ("same", 0), ("about", ABOUT))
       for so_far in ("", "_so_far")},
    **{f"card.kind.{kind}": ("label", card_kind(kind)) for kind in KINDS},
    "card.so_far": ("number", lambda t: t.near(
        "n", CARDS[t.place.about["measure"]](t.truth, t.v, t.place.as_of.year))),
    "card.unconfirmed": ("number", lambda t: partnerships(t, 1)),
    "card.start_unknown": ("number", lambda t: partnerships(t, 2)),
    "headline.confirmed": ("number", lambda t: (
        partnerships(t, 0) if "n" in t.piece.values else iter([
            (not t.truth.in_force(t.v, t.year())[0], None, None)]))),
    "headline.and": ("number", lambda t: partnerships(t, 1)),
    "headline.also": ("number", lambda t: partnerships(t, 1)),
    "headline.but": ("number", lambda t: partnerships(t, 1)),
    "headline.start_unknown": ("number", lambda t: partnerships(t, 2)),
    "headline.confirmed_of": ("number", lambda t: (
        one for part in (partnerships(t, 0), partnerships(t, None, "of")) for one in part)
        if "n" in t.piece.values else iter([
            (not sum(t.truth.in_force(t.v, t.year())), None, None)])),
    "headline.activities_in": ("number", lambda t: t.exactly(
        "n", t.truth.held(t.v, t.year(), "activity_count"))),
    "headline.no_activities_in": ("number", nothing(
        lambda t: t.truth.held(t.v, t.year(), "activity_count"))),
    "headline.no_jobs": ("number", nothing(lambda t: t.truth.jobs(t.v, t.year()))),
    **{f"headline.{claim}_partner_type": ("most", largest_type(
        "partnerships_by_partner_type", "partner_type"))
       for claim in ("most", "tied", "only", "all")},
    **{f"headline.{claim}_partnership_type": ("most", largest_type(
        "partnerships_by_type", "partnership_type")) for claim in ("most", "tied", "only")},
    "headline.kinds_partner_type": ("number", kinds("partnerships_by_partner_type")),
    "headline.kinds_partnership_type": ("number", kinds("partnerships_by_type")),
    "headline.begun_and_ended": ("number", begun_and_ended),
    "headline.activities": ("most", activities),
    "headline.activities_most": ("most", activities),
    "headline.programmes": ("most", programmes_active),
    "headline.programmes_most": ("most", programmes_active),
    "headline.attendance": ("number", attendance),
    "headline.attended_at": ("number", attendance),
    "headline.targets": ("verdict", targets_met),
    "target.about": ("verdict", near_target),
    "target.unclear": ("verdict", near_target),
    "target.cannot_tell": ("verdict", near_target),
    "headline.targets_about": ("verdict", targets_about),
    "headline.targets_none": ("verdict", targets_none),
    "headline.targets_unknown": ("number", targets_unknown),
    "headline.targets_some_met": ("verdict", targets_some("met")),
    "headline.targets_some_missed": ("verdict", targets_some("missed")),
    "headline.funnel_rate": ("share", funnel_rate),
    "headline.funnel_rate_known": ("share", funnel_rate),
    "headline.rounds": ("number", rounds),
    "headline.latest_rounds": ("number", rounds),
    **{f"story.lacks.{matter}": ("number", lacking(matter)) for matter in
       ("start", "start_at_latest", "confirmed", "confirmed_lately", "activity", "result",
        "year", "attended", "follow_up", "work_status", "amount")},
    **{f"story.lacks_one.{matter}": ("number", lacking_alone(matter)) for matter in
       ("start", "start_at_latest", "confirmed", "confirmed_lately", "activity", "result")},
    **{f"attention.{matter}.what": ("number", attending(matter)) for matter in
       ("ending", "unconfirmed", "no_start", "start_at_latest", "no_activity", "no_result",
        "not_followed_up", "not_counted", "without_results", "step_is_late", "no_next_target")},
    "associations.counts": ("number", associations_counted),
    **{f"associations.{claim}.{rate}": ("share", compared_with_others(claim, rate))
       for claim in ("none", "only", "alike", "apart", "many_apart")
       for rate in ("placement_rate", "retention_rate")},
    "context.latest": ("number", context_latest),
    "programme.group_of": ("number", group_of),
    "explore.total_said": ("number", explored_total),
    "explore.total_example": ("number", explored_total),
    "explore.within": ("interval", explored_within),
    "explore.most": ("most", explored_most),
    **{f"explore.{form}": ("most", explored_leads) for form in (
        "most_has_row", "most_in_row", "most_part_row", "each_has_row", "each_in_row",
        "each_part_row", "all_has_row")},
    "explore.only_has": ("number", explored_only),
    "explore.only_in": ("number", explored_only),
    "explore.most_in": ("most", explored_part),
    "explore.each_most": ("most", explored_each),
    "explore.each_most_tied": ("most", explored_each),
    "explore.season": ("most", explored_season),
    "explore.season_known": ("most", explored_season),
    **{f"explore.{form}": ("verdict", explored_met) for form in
       ("met", "met_at_least", "unmet", "met_now")},
    "explore.best": ("most", explored_best),
    "explore.latest_said": ("number", explored_latest),
    "explore.latest_example": ("number", explored_latest),
    "explore.since": ("sign", explored_since),
    "explore.compared": ("number", explored_compared),
    "explore.compared_examples": ("number", explored_compared),
    "explore.more": ("sign", explored_more(1)),
    "explore.less": ("sign", explored_more(-1)),
    "explore.more_counted": ("sign", explored_more(1)),
    "explore.less_counted": ("sign", explored_more(-1)),
    "explore.no_difference": ("sign", explored_more(0)),
    "explore.no_difference_same": ("sign", explored_more(0)),
    "explore.no_difference_about": ("sign", explored_more(None)),
    "explore.points_small": ("interval", explored_small),
    "explore.share_of": ("share", explored_share_of),
    "explore.points_sure": ("interval", explored_points(True)),
    "explore.points_unsure": ("interval", explored_points(False)),
    "explore.closest": ("most", closest),
}  # fmt: skip
# Another claim of a piece that has one already.
ALSO: dict[str, Meaning] = {
    f"headline.{form}": ("interval", funnel_interval)
    for form in ("funnel_rate", "funnel_rate_known")
}
# What claims nothing that a rounded number could make untrue: how many records, which filters.
SILENT = {
    "claim.example", "card.none_in", "card.known_for", "card.of_which_examples",
    "card.target_for", "card.no_target", "card.no_known_result",
    "card.latest", "card.jobs_through", "headline.timeline",
    "headline.timeline_unknown", "headline.timeline_all_unknown",
    "headline.no_activities", "headline.no_programmes", "headline.no_attendance",
    "headline.no_figures", "headline.funnel_unknown", "headline.funnel_hidden",
    "headline.rounds_shared", "chart.x_of_y", "attention.more",
    "target.from", "story.further_activities", "story.further_figures",
    "story.further_agreements", "story.latest_activities",
    "foot.by_activities", "headline.result_of",
    "foot.based_on.partnerships", "foot.based_on.activities", "foot.based_on.figures",
    "foot.based_on.targets", "foot.based_on.associations", "foot.associations_too_few",
    "foot.without_placement_rate", "foot.without_retention_rate", "foot.undated",
    "foot.future", "foot.undated_activities", "foot.counted_undated",
    "foot.not_counted", "foot.spans", "foot.no_result", "foot.uncertain_starts", "foot.rounds",
    "foot.no_number", "associations.subtitle.counts",
    "foot.not_due", "foot.not_followed_up", "foot.not_followed_up_early", "foot.partly_known",
    "foot.follow_up_hidden", "foot.follow_up_hidden_early", "foot.overlap",
    "foot.of_which_examples",
    "foot.evidence", "foot.examples_in", "foot.sources", "foot.newest", "foot.as_of",
    "explore.n_pairs", "explore.nothing_shared", "explore.nothing_said", "explore.none_over",
    "explore.too_few", "explore.not_over", "explore.without_number", "explore.not_counted_yet",
    "explore.based_on.partnership", "explore.based_on.activity", "explore.based_on.outcome",
    "explore.based_on.target", "explore.missing", "explore.not_due", "explore.undated",
    "explore.without_quarter", "explore.overlap", "explore.first_of", "explore.weakest",
    "explore.each_period",
    "explore.no_total.latest", "explore.no_total.never", "explore.no_total.distinct",
    "chart.shortened", "chart.largest_rows", "chart.first_of",
    "explore.unconfirmed", "explore.in_common",
    "foot.unit_attendances", "chart.from_activities", "chart.of_which_examples",
    "chart.alt_rest", "story.one_story", "headline.targets_unsure", "headline.targets_running",
    "headline.targets_no_result", "change.unclear", "card.unclear", "card.unclear_so_far",
    "card.unknown", "card.examples_beside", "foot.examples_beside", "foot.examples",
    "explore.not_alike",
    "explore.no_difference_unclear", "explore.first_rounded", "explore.based_on.partner",
    "explore.based_on.agreement", "explore.based_on.both", "explore.suppressed",
    "explore.counted_once", "explore.unranked", "explore.none_stands_out", "explore.met_unsure",
    "explore.targets_apart", "explore.where_known", "explore.where_dated",
    "explore.where_both_known", "explore.order_rounded",
}  # fmt: skip
# Parts of other sentences, and what stands only in tables: read with what they are part of.
PARTS = {
    "claim.in_year", *(f"claim.job.{kind}" for kind in (*NAMED_KINDS, "placements")),
    "change.year_before", "change.same_time", "share.interval", "share.of_registered",
    "share.registered", "share.attended", "share.followed_up", "share.where_known",
    "share.of_attended", "share.of_followed_up", "headline.target_unknown", "explore.same",
    "explore.rate", "explore.is_example",
    "explore.and_unconfirmed", "explore.part_unknown", "explore.part.H", "explore.part.Q",
    "explore.part.W", "explore.part.season", "explore.only_place", "explore.several_places",
    "explore.n_others", "explore.subtitle", "explore.show_records", "explore.added_up",
    "headline.other_programmes", "foot.and_more", "card.asks", "card.nothing",
    "headline.by_source", "explore.about", "explore.unclear",
    "associations.known_of", "associations.most_persons", "explore.ages", "explore.divided",
    "explore.of_focus", "explore.per", "explore.several_numbers", "explore.unit_per",
}  # fmt: skip
LABELS = ("explore.ready.", "explore.label.", "explore.record", "explore.compare.")
