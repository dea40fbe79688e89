"""A question of one's own, answered: its cells by row and split, and what may be said of them."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt
from typing import Any

from texts import Words
from texts.sentences import WEAKER, period

# A thing may stand in several of these rows, so that parts may be more than the whole.
OVERLAPPING = ("partner_type", "partnership_type", "partner", "partnership")
FEWEST = 10  # what a ranking needs


class Total:
    """The key of the row or split that counts everything once."""


TOTAL = Total()
Key = str | None | Total


@dataclass(frozen=True)
class Answer:
    """`measure` has the measure's words; `names` those of partners, partnerships and rounds, `types`
    the types of partners.

    `targets` are the cells of the targets for the same rows; `only` are two splits to be compared.
    """

    measure: Mapping[str, str]
    point: str
    rows: str
    split: str
    grain: str
    only: tuple[str, ...]
    cells: Mapping[tuple[Key, Key], Any]
    running: str
    names: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[Key, Any] = field(default_factory=dict)
    least: int = 10  # what a percentage needs

    @property
    def is_network(self) -> bool:
        """Whether its cells are pairs of the same: who has what in common with whom."""
        return bool(self.rows) and self.rows == self.split

    @cached_property
    def pairs(self) -> list[tuple[str, str, float]]:
        """Of a network each pair once, and what the two have in common, the most first."""
        found = [
            (row, split, self.value(cell))
            for (row, split), cell in self.cells.items()
            if isinstance(row, str) and isinstance(split, str) and row < split
        ]
        known = [(row, split, value) for row, split, value in found if value]
        return sorted(known, key=lambda pair: (-pair[2], pair[0], pair[1]))

    @property
    def is_rate(self) -> bool:
        return self.measure["unit"] == "share"

    @property
    def is_stock(self) -> bool:
        """Whether it counts partnerships in force: the confirmed, and the others beside them."""
        return self.measure["measure"] == "active_partnerships"

    @property
    def has_interval(self) -> bool:
        return self.is_rate and self.measure["measure"] != "target_attainment"

    @property
    def counts_records(self) -> bool:
        """Whether nothing found means none: partnerships and activities are all known of."""
        return self.measure["measure"] in (
            "activities_held", "active_partnerships", "partnerships_started", "partnerships_ended",
        )  # fmt: skip

    @property
    def total(self) -> Any:
        """The cell that counts everything once; None where that is never done, or nothing is."""
        return self.cells.get((TOTAL, TOTAL))

    @cached_property
    def row_keys(self) -> list[Key]:
        """In order of time, else the largest first; what has none last."""
        found = {row for row, _ in self.cells if row is not TOTAL}
        return self.ordered(self.rows, found, lambda key: self.size(key, TOTAL))

    @cached_property
    def all_splits(self) -> list[Key]:
        found = {split for _, split in self.cells if split is not TOTAL}
        return self.ordered(self.split, found, lambda key: self.size(TOTAL, key))

    @property
    def split_keys(self) -> list[Key]:
        """The splits shown: those compared, or all."""
        return list(self.only) or self.all_splits

    @property
    def two(self) -> tuple[str, ...]:
        """What is compared unless something else is chosen: the last two whole periods, else the
        two largest; nothing where there are not two."""
        named = [key for key in self.all_splits if isinstance(key, str)]
        if self.split == "time":
            named = [key for key in named if is_single(key) and key != self.running][-2:]
        return tuple(named[:2]) if len(named) > 1 else ()

    def ordered(self, dimension: str, keys: set[Key], size: Any) -> list[Key]:
        if dimension == "time":
            return sorted(keys, key=lambda key: (key is None, not is_single(key), str(key)))
        return sorted(keys, key=lambda key: (key is None, -size(key), str(key)))

    def size(self, row: Key, split: Key) -> float:
        """What a cell is ordered by; where there is no total, the largest of its parts."""
        cells = [
            cell
            for (r, s), cell in self.cells.items()
            if (row is TOTAL or r == row) and (split is TOTAL or s == split)
        ]
        whole = self.cells.get((row, split))
        return self.value(whole) or max((self.value(c) or 0 for c in cells), default=0)

    def value(self, cell: Any) -> float | None:
        """The number of a cell: a count, or a share (0–1) where the denominator allows one."""
        if cell is None:
            return None
        return cell.rate if self.is_rate else cell.value

    @property
    def periods(self) -> list[Key]:
        """The single periods of time from the first to the last, without gaps."""
        singles = [key for key in self.row_keys if is_single(key)]
        return between(str(singles[0]), str(singles[-1])) if singles else []


def is_single(key: Key) -> bool:
    """Whether a key of time is one period: not several years, nor a year whose part is unknown."""
    return isinstance(key, str) and re.fullmatch(r"\d{4}(-[HQ]\d)?", key) is not None


def between(first: str, last: str) -> list[Key]:
    """Every period from one to another: 2024-Q3, 2024-Q4, 2025-Q1."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    parts = {"": [""], "H": ["-H1", "-H2"], "Q": [f"-Q{n}" for n in range(1, 5)]}[first[5:6]]
    found = [f"{year}{part}" for year in years for part in parts]
    return list(found[found.index(first) : found.index(last) + 1])


def running_period(grain: str, year: int, month: int) -> str:
    """The period that a day lies in: it is not over yet."""
    return {
        "year": f"{year}",
        "half_year": f"{year}-H{1 + (month - 1) // 6}",
        "quarter": f"{year}-Q{1 + (month - 1) // 3}",
    }[grain]


def mark(row: Key, split: Key) -> str:
    """What a mark is called: the keys of its row and split, `*` for all and empty for none."""
    return json.dumps([key_text(row), key_text(split)], ensure_ascii=False)


def key_text(key: Key) -> str:
    return "*" if isinstance(key, Total) else key or ""


# In words


def label(w: Words, answer: Answer, dimension: str, key: Key) -> str:
    """A key as people say it."""
    if isinstance(key, Total):
        return w("chart.total")
    if key is None:
        return w(f"explore.without.{'time' if dimension == 'time' else 'name'}")
    if dimension == "time":
        said = period_words(w, key)
        return w("chart.year_so_far", year=said) if key == answer.running else said
    if dimension == "kind":
        return w.code("measure", key)
    return answer.names.get(key) or w.code(dimension, key)


def period_words(w: Words, key: str) -> str:
    if "/" in key:
        first, last = key.split("/")
        return period(int(first), int(last))
    if key.endswith("?"):
        return w("explore.part_unknown", year=key[:-1])
    if "-" in key:
        return w(f"explore.part.{key[5]}", n=int(key[6]), year=key[:4])
    return key


def number(w: Words, answer: Answer, cell: Any) -> str:
    """What a cell says: 1 234, or 37 % (37 av 100); nothing where it is not known."""
    if cell is None:
        return w.number(0) if answer.counts_records else ""
    if answer.is_rate:
        if not cell.rated_count:
            return w("chart.not_yet") if cell.not_due_count else ""
        of = w("chart.x_of_y", x=plain(w, cell.part), y=plain(w, cell.whole))
        return of if cell.rate is None else w("explore.rate", rate=w.percent(cell.rate), of=of)
    if cell.value is None:
        return w("chart.not_yet") if cell.not_due_count and not cell.record_count else ""
    return plain(w, cell.value)


def split_number(w: Words, answer: Answer, cell: Any) -> str:
    """The same where there is no column for what is beside it: 2 (+17)."""
    said = number(w, answer, cell)
    if answer.is_stock and cell is not None and cell.uncertain_count:
        return w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
    return said


def plain(w: Words, value: float) -> str:
    return w.number(value, 0 if float(value).is_integer() else 1)


def interval(w: Words, cell: Any) -> str:
    """Wilson's 95 % interval of a share."""
    if cell is None or cell.rate is None or cell.rate_low is None:
        return ""
    return w("share.interval", low=w.number(100 * cell.rate_low), high=w.percent(cell.rate_high))


def measure_words(w: Words, measure: str, point: str) -> str:
    """A measure and when, or of what, it is measured."""
    said = w.code("measure", measure)
    if point == "exit":
        return said
    when = w.code("measuring_point", point)
    if when != point:
        return f"{said}, {when}"
    return f"{said}: {w.code('measure', point).lower()}"


def headline(w: Words, answer: Answer) -> str:
    """The answer in a sentence; no ranking where there are fewer than ten."""
    name = measure_words(w, answer.measure["measure"], answer.point)
    return example(w, answer) + (
        network_said(w, name, answer)
        if answer.is_network
        else rate_said(w, name, answer)
        if answer.is_rate
        else latest_said(w, name, answer)
        if answer.measure["adds"] == "distinct" and answer.rows == "time"
        else total_said(w, name, answer)
    )


def example(w: Words, answer: Answer) -> str:
    """How a sentence begins when example figures are behind it; of things counted one by one it
    says how many instead."""
    cells = answer.cells.values()
    only_some = answer.counts_records and any(c.evidence != WEAKER[-1] for c in cells)
    has_any = any(c.evidence == WEAKER[-1] for c in cells)
    return w("explore.example") if has_any and not only_some else ""


def of_which_examples(w: Words, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.example_value or cell.example_value == cell.value:
        return ""
    return w("foot.of_which_examples", n=int(cell.example_value))


def network_said(w: Words, name: str, answer: Answer) -> str:
    if not answer.pairs:
        return w("explore.nothing_shared", measure=name)
    (a, b, most), *others = answer.pairs
    if others and others[0][2] == most:
        return w("explore.n_pairs", measure=name, n=len(answer.pairs))
    two = (answer.names.get(a, a), answer.names.get(b, b))
    return w("explore.closest", measure=name, a=two[0], b=two[1], shared=plain(w, most))


def rate_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.rated_count:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=number(w, answer, cell))
    if answer.has_interval and (low_high := interval(w, cell)):
        said += w("explore.within", interval=low_high)
    return said


def latest_said(w: Words, name: str, answer: Answer) -> str:
    """A stock: the last whole period beside the one before it, never a sum."""
    whole = [key for key in answer.periods if key != answer.running]
    if not whole:
        return w("explore.nothing_said", measure=name)
    now, before = (answer.value(answer.cells.get((key, TOTAL))) for key in (whole * 2)[-2:])
    said = w(
        "explore.latest_said",
        measure=name,
        period=label(w, answer, "time", whole[-1]),
        total=plain(w, now or 0),
    )
    if len(whole) > 1:
        change = w.signed((now or 0) - (before or 0)) if now != before else w("explore.same")
        said += w("explore.since", change=change, period=label(w, answer, "time", whole[-2]))
    return said


def total_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or cell.value is None:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=plain(w, cell.value))
    sizes = sorted(
        ((answer.value(answer.cells.get((key, TOTAL))) or 0, key) for key in known_rows(answer)),
        key=lambda pair: -pair[0],
    )
    if len(sizes) > 1 and sizes[0][0] > sizes[1][0] and cell.value >= FEWEST:
        top = label(w, answer, answer.rows, sizes[0][1])
        said += w("explore.most", row=top, n=plain(w, sizes[0][0]))
    return said


def known_rows(answer: Answer) -> list[Key]:
    """The rows that can be ranked: single periods, or whatever has a name."""
    if answer.rows == "time":
        return [key for key in answer.row_keys if is_single(key) and key != answer.running]
    return [key for key in answer.row_keys if key is not None]


def compared(w: Words, answer: Answer) -> str:
    """Two splits beside each other: what each has in all, and how certain it is that they differ.

    The interval of a difference between two shares is Newcombe's (1998, method 10), made of
    Wilson's; counts are told as they are, and in per cent from ten on.
    """
    keys = answer.split_keys
    cells = [answer.cells.get((TOTAL, key)) for key in keys]
    names = [label(w, answer, answer.split, key) for key in keys]
    said = example(w, answer) + w(
        "explore.compared",
        a=names[0],
        a_value=number(w, answer, cells[0]) or w("chart.unknown"),
        b=names[1],
        b_value=number(w, answer, cells[1]) or w("chart.unknown"),
    )
    values = [answer.value(cell) for cell in cells]
    if values[0] is None or values[1] is None:
        return said
    if answer.is_rate:
        return said + (difference_said(w, cells) if answer.has_interval else "")
    more = values[1] - values[0]
    if not more:
        return said + w("explore.no_difference")
    said += w("explore.more" if more > 0 else "explore.less", change=plain(w, abs(more)))
    if values[0] >= answer.least:
        said += w("explore.share_of", share=w.percent(abs(more) / values[0]))
    return said


def difference_said(w: Words, cells: Sequence[Any]) -> str:
    a, b = cells
    if a.rate_low is None or b.rate_low is None:
        return w("explore.too_few")
    low = b.rate - a.rate - sqrt((b.rate - b.rate_low) ** 2 + (a.rate_high - a.rate) ** 2)
    high = b.rate - a.rate + sqrt((b.rate_high - b.rate) ** 2 + (a.rate - a.rate_low) ** 2)
    return w(
        "explore.points_sure" if low > 0 or high < 0 else "explore.points_unsure",
        change=signed(w, round(100 * (b.rate - a.rate))),
        low=signed(w, round(100 * low)),
        high=signed(w, round(100 * high)),
    )


def signed(w: Words, value: float) -> str:
    return ("+" if value > 0 else "") + plain(w, value)


def no_total(w: Words, answer: Answer) -> str:
    """Why there is no total, where there is none."""
    if answer.is_rate:
        return w("explore.no_total.never")
    if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split):
        return w("explore.no_total.distinct")
    if answer.measure["adds"] == "latest":
        return w("explore.no_total.latest")
    return ""


def overlap(w: Words, answer: Answer) -> str:
    """What stands in several rows: the sum of the rows less the total."""
    if answer.rows not in OVERLAPPING or answer.is_rate or answer.total is None:
        return ""
    parts = sum(answer.value(answer.cells.get((key, TOTAL))) or 0 for key in answer.row_keys)
    total = answer.total.value or 0
    if parts <= total:
        return ""
    return w(
        "explore.overlap",
        parts=plain(w, parts),
        total=plain(w, total),
        more=plain(w, parts - total),
    )


def basis(w: Words, answer: Answer, record: str) -> list[str]:
    """n of N and why the others are left out, of all that matches."""
    cells = [cell for (row, split), cell in answer.cells.items() if split is TOTAL]
    whole = [answer.total] if answer.total else [c for c in cells if c.record_count]
    if answer.total is None:  # a stock over time: what the last period rests on
        return [w("explore.each_period")] if whole else []
    total = answer.total
    known = total.rated_count if answer.is_rate else total.known_count
    undated = answer.cells.get((None, TOTAL)) if answer.rows == "time" else None
    return [
        w(f"explore.based_on.{record}", n=known, of=total.record_count),
        w("explore.missing", n=total.record_count - known) if total.record_count > known else "",
        w("explore.not_due", n=total.not_due_count) if total.not_due_count else "",
        w("explore.undated", n=undated.record_count) if undated else "",
    ]
