"""Foreninger: what each has beside the others, and their shares as far as these can be compared.

No order by size: a share of few people is mostly chance, and who stands last in a list of such
shares is not worse (Goldstein and Spiegelhalter 1996).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from queries import answers
from queries.alphabet import alphabetical
from ringvirkning.charts import Dots, RowsOnly, Series, forms
from ringvirkning.figures import Figure, Rows, feet, make
from ringvirkning.figures.explore.chart import shares
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.texts import Words, sentences
from ringvirkning.texts.certainty import OUTLYING, Number, Share, interval, number, share
from ringvirkning.texts.sentences import bounds_words, x_of_y

# What a share needs to be compared (NCHS, Data Presentation Standards for Proportions, 2017).
LEAST_COMPARED = 30  # persons that it is of
WIDEST = 0.3  # between the bounds of its interval
MOST_DRAWN = 40
ASSOCIATION_COLUMNS = (
    "association", "confirmed", "unconfirmed", "activities", "attended", "placements",
)  # fmt: skip
Rate = Literal["placement_rate", "retention_rate"]
Listed = Sequence[answers.Associations]


@dataclass(frozen=True)
class SharesCompared:
    """A share of each association where it can be compared; `whole` is that of them together,
    `rounds` how many rounds it is known of, of how many in all."""

    shares: dict[str, Share]
    whole: Share | None
    too_few: int
    without: int
    rounds: tuple[int, int]

    @property
    def outlying(self) -> list[str]:
        """Those whose share differs from that of all by more than chance may do among many: its
        99.8 % interval, as in a funnel plot (Spiegelhalter 2005), does not reach it."""
        if self.whole is None or len(self.shares) < 2:
            return []
        low, high = float(self.whole.low), float(self.whole.high)
        bounds = {name: interval(one, OUTLYING) for name, one in self.shares.items()}
        return [name for name, (least, most) in bounds.items() if least > high or most < low]


def parts(row: answers.Associations, rate: Rate) -> tuple[Number | None, Number | None]:
    if rate == "placement_rate":
        return row.placed_part, row.placed_whole
    return row.retained_part, row.retained_whole


def rounds_known(row: answers.Associations, rate: Rate) -> tuple[int, int]:
    if rate == "placement_rate":
        return row.placed_round_count, row.round_count
    return row.followed_round_count, row.due_round_count


def compared_shares(rows: Listed, rate: Rate) -> SharesCompared:
    """Examples are compared only where nothing is published."""
    known = {row.association: parts(row, rate) for row in rows}
    known = {name: both for name, both in known.items() if both[0] is not None}
    published = {n: both for n, both in known.items() if not number(both[0] or 0).is_example}
    compared = published or known
    chosen = {n: found for n, both in compared.items() if (found := steady(*both))}
    rounds = [rounds_known(row, rate) for row in rows if row.association in chosen]
    return SharesCompared(
        chosen,
        share_of_all([*chosen.values()]),
        len(compared) - len(chosen),
        len(rows) - len(compared),
        (sum(n for n, _ in rounds), sum(of for _, of in rounds)),
    )


def steady(part: Number | None, whole: Number | None) -> Share | None:
    """A share that can be compared with another."""
    found = share(part, whole)
    if found is None or found.whole.low < LEAST_COMPARED:
        return None
    low, high = interval(found)
    return found if high - low <= WIDEST else None


def share_of_all(found: Sequence[Share]) -> Share | None:
    if not found:
        return None
    first, *others = found
    part = sum((one.part for one in others), first.part)
    return share(part, sum((one.whole for one in others), first.whole))


def every_association(shown: View) -> list[answers.Associations]:
    """By name."""
    rows = shown.rows(answers.Associations)
    return alphabetical(rows, shown.words.language, lambda row: row.association)


def headline(shown: View) -> str:
    """Of one association there is nothing to compare."""
    rows = every_association(shown)
    counts = counts_words(shown, rows)
    if len(rows) == 1:
        return counts
    found = compared_shares(rows, "placement_rate")
    return f"{counts}. {compared_words(shown.words, found, 'placement_rate')}."


def counts_words(shown: View, rows: Listed) -> str:
    """How many associations, and how many partnerships they have in force."""
    in_force = sum(row.confirmed_count + row.unconfirmed_count for row in rows)
    return shown.words("associations.counts", n=len(rows), m=in_force, year=str(shown.year))


def compared_words(w: Words, found: SharesCompared, rate: Rate) -> str:
    """What may be said of the shares beside one another, and that they are examples."""
    said = shares_words(w, found, rate)
    is_example = any(one.part.is_example for one in found.shares.values())
    return f"{w('claim.example')}: {said}" if is_example else said


def shares_words(w: Words, found: SharesCompared, rate: Rate) -> str:
    names = [*found.shares]
    if len(names) < 2 or found.whole is None:
        return (
            w(f"associations.only.{rate}", name=names[0])
            if names
            else w(f"associations.none.{rate}")
        )
    whole, outlying = w.percent(found.whole), found.outlying
    if not outlying:
        return w(f"associations.alike.{rate}", n=len(names), share=whole)
    if len(outlying) > sentences.MOST_NAMED:
        return w(f"associations.many_apart.{rate}", n=len(names), m=len(outlying), share=whole)
    return w(f"associations.apart.{rate}", n=len(names), names=w.listed(outlying), share=whole)


# Figures


def every_number(shown: View) -> Figure:
    """The table of all associations: on the page a list to choose from, here for what leaves it."""
    w, rows = shown.words, every_association(shown)
    heading = tuple(w(f"associations.column.{name}") for name in ASSOCIATION_COLUMNS)
    table = [heading, *(counts_row(w, row) for row in rows)]
    words = forms.base(
        w, counts_words(shown, rows), w("associations.subtitle.counts", year=str(shown.year)), table
    )
    within = forms.widest(n for row in rows for n in (row.attended_count, row.placement_count))
    measures = ("active_partnerships", "activities_held", "attended", "placements")
    in_force = feet.cited(shown, "active_partnerships", year=shown.year)
    return make(
        shown,
        "associations",
        RowsOnly(*words, within=within),
        foot=feet.evidence(shown, (row.evidence for row in rows)),
        measures=measures,
        asks=["associations"],
        cited=[*in_force, *feet.cited(shown, *measures[1:])],
        behind=Question("active_partnerships", rows="association", page="1"),
    )


def rate_figure(shown: View, rate: Rate) -> Figure | None:
    """A share of each association that can be compared, beside that of them together."""
    rows = every_association(shown)
    found = compared_shares(rows, rate)
    if len(found.shares) < 2:
        return None
    point = "exit" if rate == "placement_rate" else "6_months"
    counted = feet.counted_in(rate, point)
    return make(
        shown,
        f"associations-{rate}",
        rate_chart(shown.words, rows, found, rate),
        foot=foot(shown, rows, found, rate),
        measures=[rate],
        asks=["associations"],
        cited=feet.cited(shown, counted, association=tuple(found.shares)),
        behind=Question(rate, point, rows="association", page="1"),
        opens="records",
    )


def rate_chart(w: Words, rows: Listed, found: SharesCompared, rate: Rate) -> Dots:
    drawn = drawn_names(found)
    subtitle = w(f"associations.subtitle.{rate}")
    if len(drawn) < len(found.shares):
        subtitle += ". " + w("associations.most_persons", n=len(drawn))
    dots = [(w("associations.together"), "", found.whole)] if found.whole else []
    dots += [(name, name, found.shares[name]) for name in drawn]
    bounds = [interval(one) for _, _, one in dots]
    series = Series(
        w.code("measure", rate),
        "accent",
        tuple(one.number for *_, one in dots),
        hovers=tuple(f"{name}: {share_and_people(w, one)}" for name, _, one in dots),
        pattern=tuple("example" if one.part.is_example else "solid" for *_, one in dots),
        keys=tuple(key for _, key, _ in dots),
        low=tuple(low for low, _ in bounds),
        high=tuple(high for _, high in bounds),
    )
    table = [rate_headings(w, rate), *(rate_row(w, row, rate) for row in rows)]
    return Dots(
        *forms.base(w, compared_words(w, found, rate), subtitle + ".", table),
        tuple(name for name, *_ in dots),
        (series,),
        tuple(w.percent(one) for *_, one in dots),
        shares(w, max(high for _, high in bounds)),
        within=forms.widest(n for *_, one in dots for n in (one.part, one.whole)),
    )


def drawn_names(found: SharesCompared) -> list[str]:
    """Those with most people behind their share, and all that differ; in the order of names."""
    apart = set(found.outlying)
    others = [name for name in found.shares if name not in apart]
    others.sort(key=lambda name: -found.shares[name].whole)
    drawn = apart | {*others[: max(MOST_DRAWN - len(apart), 0)]}
    return [name for name in found.shares if name in drawn]


def share_and_people(w: Words, one: Share) -> str:
    """32 % (27–38 %), 90 of 278."""
    within = bounds_words(w, *interval(one))
    return f"{w.percent(one)} ({within}), {x_of_y(w, one.part, one.whole)}"


# Rows of tables


def counts_row(w: Words, row: answers.Associations) -> tuple[str, ...]:
    return (
        row.association,
        w.number(row.confirmed_count),
        w.number(row.unconfirmed_count),
        shown_or_nothing(w, row.activity_count),
        attended_words(w, row),
        placed_words(w, row),
    )


def shown_or_nothing(w: Words, count: Number | None) -> str:
    return "" if count is None else w.shown(count) + example_mark(w, count)


def example_mark(w: Words, count: Number) -> str:
    is_example = number(count).is_example
    return f" · {w.code('evidence', 'illustrative')}" if is_example else ""


def attended_words(w: Words, row: answers.Associations) -> str:
    """How many came, and of how many activities of the same kind that is known: examples stand
    beside what is published, not among it."""
    count = row.attended_count
    if count is None:
        return ""
    said = w.known(count) + example_mark(w, count)
    of = w("chart.x_of_y", x=row.attended_known_count, y=row.counted_activities)
    return w("associations.known_of", n=said, of=of)


def placed_words(w: Words, row: answers.Associations) -> str:
    """How many got jobs, and how many of the numbers behind it are not known: 23 (1 missing)."""
    said = shown_or_nothing(w, row.placement_count)
    unknown = {"suppressed": row.suppressed_count or 0, "missing": row.missing_count or 0}
    return sentences.with_unknown(said, sentences.unknown_words(w, unknown))


def rate_headings(w: Words, rate: Rate) -> tuple[str, ...]:
    names = (w("associations.column.association"), w.code("measure", rate))
    return (*names, w("chart.interval"), w("chart.rounds"))


def rate_row(w: Words, row: answers.Associations, rate: Rate) -> tuple[str, ...]:
    found, (known, of) = share(*parts(row, rate)), rounds_known(row, rate)
    said = ""
    if found:
        people = x_of_y(w, found.part, found.whole)
        said = f"{w.percent(found)} ({people})" + example_mark(w, found.part)
    return (
        row.association,
        said,
        bounds_words(w, *interval(found)) if found else "",
        w("chart.x_of_y", x=known, y=of) if of else "",
    )


def foot(shown: View, rows: Listed, found: SharesCompared, rate: Rate) -> str:
    w = shown.words
    reasons = {"associations_too_few": found.too_few, f"without_{rate}": found.without}
    kinds = [row.evidence for row in rows if row.association in found.shares]
    return sentences.quiet_line(
        [
            w("foot.unit_share"),
            sentences.based_on(w, "associations", len(found.shares), len(rows), reasons),
            w("foot.rounds", n=found.rounds[0], of=found.rounds[1]),
            feet.evidence(shown, kinds),
            w("associations.no_order"),
        ]
    )


SHARES: Rows = (
    (partial(rate_figure, rate="placement_rate"),),
    (partial(rate_figure, rate="retention_rate"),),
)
FIGURES: Rows = ((every_number,), *SHARES)
