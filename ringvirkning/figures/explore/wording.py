"""What may be said of an answer: labels, numbers, headline, basis, and why there is no total."""

from collections.abc import Iterable, Sequence
from math import inf

from queries import answers
from ringvirkning.figures.explore.answer import (
    BROKEN_DOWN,
    ONCE,
    OVERLAPPING,
    TOTAL,
    Answer,
    Key,
    Total,
    has_number,
    is_made_up,
    is_single,
)
from ringvirkning.figures.question import PLACE_DIMENSIONS
from ringvirkning.texts import Words, certainty
from ringvirkning.texts.certainty import (
    LEAST,
    Number,
    attainment,
    difference,
    largest,
    newcombe,
    number,
    or_none,
)
from ringvirkning.texts.sentences import (
    bounds_words,
    capital,
    measured_number,
    period,
    small,
    time_in_words,
    x_of_y,
)

MOST_IN_SENTENCE = 3  # in a sentence
COUNTED = ("persons", "organisations", "count")  # units of which one says "most of"


def label(w: Words, answer: Answer, dimension: str, key: Key) -> str:
    """A key as people say it."""
    if isinstance(key, Total):
        return w("chart.total")
    if key is None:
        time = "season" if answer.grain == "season" else "time"
        return w(f"explore.without.{time if dimension == 'time' else 'name'}")
    if dimension == "time":
        said = period_words(w, key)
        return w("chart.year_so_far", year=said) if key == answer.running else said
    if key == "several" and dimension in PLACE_DIMENSIONS:
        return w("explore.several_places")
    if dimension == "kind":
        return w.code("measure", key)
    if dimension == "age_group":
        return w("explore.ages", ages=key.replace("-", "–"))
    return answer.names.get(key) or w.code(dimension, key)


def period_words(w: Words, key: str) -> str:
    if len(key) > 9:
        return time_in_words(w, None, None, key)
    if "/" in key:
        first, last = key.split("/")
        return period(int(first), int(last))
    if key.startswith("Q"):
        return w("explore.part.season", n=int(key[1]))
    if key.endswith("?"):
        return w("explore.part_unknown", year=key[:-1])
    if "-" in key:
        return w(f"explore.part.{key[5]}", n=int(key[6]), year=key[:4])
    return key


def cell_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """What a cell says: 1 234, or 37 % (37 av 100); nothing where it is not known."""
    if cell is None:
        return w.number(0) if answer.counts_records else ""
    if answer.divisor:
        if cell.part is None or cell.whole is None:
            return ""
        per = answer.value(cell)
        of = w("explore.divided", part=cell.part, whole=cell.whole)
        return of if per is None else f"{quotient_words(w, per)} ({of})"
    if answer.is_rate:
        if cell.part is None or cell.whole is None:
            return w("chart.not_yet") if cell.not_due_count else ""
        of = x_of_y(w, cell.part, cell.whole)
        found = answer.share(cell)
        return w("explore.rate", rate=w.percent(found), of=of) if found else of
    if cell.value is None:
        if answer.is_single and cell.known_count > 1:
            return w("explore.several_numbers", n=cell.known_count)
        return w("chart.not_yet") if cell.not_due_count and not cell.record_count else ""
    if answer.is_single:
        return measured_number(w, answer.measure["measure"], cell.value)
    return w.shown(cell.value)


def marked_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    return marked(w, answer, cell, cell_words(w, answer, cell))


def marked(w: Words, answer: Answer, cell: answers.Explore | None, said: str) -> str:
    """What a cell says, with the word that it is an example where others are published."""
    is_apart = said and is_made_up(cell) and not answer.is_made_up
    return w("explore.is_example", said=said) if is_apart else said


def short_words(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """The same beside a mark: of what is divided only the quotient, of a score not its scale."""
    if answer.is_single and cell is not None and cell.value is not None:
        return w.shown(cell.value)
    if not answer.divisor:
        return cell_words(w, answer, cell)
    per = answer.value(cell)
    return "" if per is None else quotient_words(w, per)


def quotient_words(w: Words, per: float) -> str:
    """A number per another one, with two decimals below a hundred."""
    n = number(per)
    said = w.plain(round(n, 2 if abs(n) < 100 else 0))
    return said if n.is_exact else w("count.about", number=said)


def split_number(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """The same where there is no column for what is beside it: 2 (+17)."""
    said = cell_words(w, answer, cell)
    if answer.is_stock and cell is not None and cell.uncertain_count:
        return w("explore.and_unconfirmed", said=said, n=cell.uncertain_count)
    return said


def share_interval(w: Words, answer: Answer, cell: answers.Explore | None) -> str:
    """Wilson's 95 % interval of a share."""
    found = answer.share(cell)
    return bounds_words(w, *certainty.interval(found)) if found else ""


def measure_words(w: Words, measure: str, point: str) -> str:
    """A measure and when, or of what, it is measured."""
    said = w.code("measure", measure)
    if point == "exit":
        return said
    when = w.code("measuring_point", point)
    if when != point:
        return f"{said}, {when}"
    return f"{said}: {small(w.code('measure', point))}"


def asked_words(w: Words, answer: Answer) -> str:
    """What is asked: a measure, or one divided by another."""
    said = measure_words(w, answer.measure["measure"], answer.point)
    if not answer.divisor:
        return said
    return w("explore.per", measure=said, divisor=small(answer.divisor))


def unit_words(w: Words, answer: Answer) -> str:
    scale = answer.measure.get("scale", "").replace("-", "–")
    said = w(f"explore.unit.{answer.measure['unit']}")
    if answer.divisor:
        return w("explore.unit_per", unit=said, divisor=small(answer.divisor))
    if answer.is_single and answer.measure["unit"] == "share":
        return w("explore.unit_share_told")
    return f"{said} ({scale})" if scale else said


def headline(w: Words, answer: Answer) -> str:
    """The answer in a sentence; no ranking where there are fewer than ten."""
    name = asked_words(w, answer)
    return example_start(w, answer) + (
        network_said(w, name, answer)
        if answer.is_network
        else rate_said(w, name, answer)
        if answer.is_rate
        else latest_said(w, name, answer)
        if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split)
        else total_said(w, name, answer)
    )


def example_start(w: Words, answer: Answer) -> str:
    """How a sentence begins when what it says is an example: all that there is."""
    total = answer.total
    return example_of(w, [total] if total else answer.cells.values())


def example_of(w: Words, cells: Iterable[answers.Explore | None]) -> str:
    """The same of the cells that a sentence speaks of."""
    numbers = [n for c in cells if c is not None for n in (c.value, c.part) if n is not None]
    return w("explore.example") if numbers and all(n.is_example for n in numbers) else ""


def examples_beside(w: Words, answer: Answer) -> str:
    """How many examples stand beside published figures, and are never added to them."""
    count = example_count(answer.total)
    return w("foot.examples_beside", n=count) if count else ""


def example_count(cell: answers.Explore | None) -> int:
    """How many of the records of a cell are examples that don't count in it."""
    if cell is None or not has_number(cell) or is_made_up(cell):
        return 0
    return cell.example_count


def network_said(w: Words, name: str, answer: Answer) -> str:
    if not answer.pairs:
        return w("explore.nothing_shared", measure=name)
    ranked = [
        ((a, b), value)
        for a, b, value in answer.pairs
        if answer.is_made_up or not number(value).is_example
    ]
    top, most = largest(ranked)
    if most is None or len(top) > 1:
        return w("explore.n_pairs", measure=name, n=len(answer.pairs))
    a, b = (answer.names.get(one, one) for one in top[0])
    return w("explore.closest", measure=small(name), a=a, b=b, shared=most)


def rate_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.rated_count:
        return w("explore.nothing_said", measure=name)
    said = w("explore.total_said", measure=name, total=cell_words(w, answer, cell))
    if answer.has_interval and (low_high := share_interval(w, answer, cell)):
        said += w("explore.within", interval=low_high)
    return said + (best_said(w, answer) if answer.has_interval else "")


def best_said(w: Words, answer: Answer) -> str:
    """Which row has the highest share, where that is more than chance and rounding."""
    if answer.rows in ("", "time"):
        return ""
    shares = [(key, answer.share(answer.cells.get((key, TOTAL)))) for key in known_rows(answer)]
    ranked = sorted(
        ((key, found) for key, found in shares if found), key=lambda pair: -pair[1].value
    )
    if len(ranked) < 2:
        return ""
    (best, highest), *others = ranked
    if any(newcombe(other, highest)[0] <= 0 for _, other in others):
        return w("explore.none_stands_out")
    row = label(w, answer, answer.rows, best)
    return w("explore.best", row=row, share=w.percent(highest))


def latest_said(w: Words, name: str, answer: Answer) -> str:
    """A stock: the last whole period beside the one before it, never a sum; the one that runs where
    there is no other."""
    whole = [key for key in answer.periods if key != answer.running] or answer.periods
    if not whole:
        return w("explore.nothing_said", measure=name)
    cells = [
        answer.cells.get((key, TOTAL) if answer.rows == "time" else (TOTAL, key))
        for key in (whole * 2)[-2:]
    ]
    before, now = map(answer.value, cells)
    said = w(
        "explore.latest_said",
        measure=name,
        period=label(w, answer, "time", whole[-1]),
        total=or_none(now),
    )
    if len(whole) > 1 and is_all(answer, *cells):
        since = label(w, answer, "time", whole[-2])
        said += w(
            "explore.since", change=count_change(w, or_none(before), or_none(now)), period=since
        )
    return said + (part_said(w, answer, whole[-1]) if answer.is_stock else "")


def is_all(answer: Answer, *cells: answers.Explore | None) -> bool:
    """Whether these count all that there is, so that they may be set against each other: beside a
    stock of partnerships stand no unconfirmed ones, which may be in force or not, and nothing that
    is added up lacks its number."""
    if answer.is_stock:
        return not any(cell and cell.uncertain_count for cell in cells)
    return answer.is_rate or not any(lacking_count(cell) > 0 for cell in cells)


def part_said(w: Words, answer: Answer, at: Key) -> str:
    """Which part of a stock was the largest in a period, the unconfirmed counted in."""
    if answer.rows != "time" or not answer.split:
        return ""
    cells = {key: answer.cells.get((at, key)) for key in answer.all_splits if key is not None}
    counts = {key: float(cell.record_count) for key, cell in cells.items() if cell}
    whole = answer.cells.get((at, TOTAL))
    top, most = largest(counts.items())
    if whole is None or most is None or len(top) > MOST_IN_SENTENCE or len(counts) < 2:
        return ""
    names = [label(w, answer, answer.split, key) for key in top]
    return w("explore.most_in", row=w.listed(names), n=most, of=whole.record_count)


def count_change(w: Words, before: float, now: float) -> str:
    """From one count to another: +3, unchanged, or that rounding leaves it open."""
    kind, by = difference(now, before)
    if kind in ("same", "about", "unclear"):
        return w(f"explore.{kind}")
    signed = ("+" if kind == "more" else "−") + w.plain(by)
    return signed if by.is_exact else w("count.about", number=signed)


def total_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not (cell.value is not None or cell_words(w, answer, cell)):
        return w("explore.nothing_said", measure=name)
    if cell.value is None or answer.is_single:
        return w("explore.total_said", measure=name, total=cell_words(w, answer, cell))
    said = w("explore.total_said", measure=name, total=cell.value)
    if answer.rows in BROKEN_DOWN:
        return said
    return (
        target_said(w, name, answer)
        or each_said(w, answer)
        or season_said(w, name, answer)
        or leading_said(w, name, answer, cell.value)
        or said + most_said(w, answer, cell.value)
    )


def alike_rows(answer: Answer, total: Number, split: Key = TOTAL) -> list[tuple[Key, float]]:
    """The rows that can be ranked, with their numbers: published, or examples where all are."""
    rows = [(key, or_none(answer.value(answer.cells.get((key, split))))) for key in answer.row_keys]
    ranked = known_rows(answer)
    return [(k, n) for k, n in rows if k in ranked and number(n).is_example == total.is_example]


def leading_said(w: Words, name: str, answer: Answer, total: Number) -> str:
    """Which rows have most, and how many of all; nothing where that can't be told."""
    if answer.measure["unit"] not in COUNTED or (
        answer.rows == "time" and answer.measure["adds"] == "latest"
    ):
        return ""
    if said := only_said(w, name, answer, total):
        return said
    rows = alike_rows(answer, total)
    top, most = largest(rows)
    if len(rows) < 2 or most is None or total.low < LEAST or most > total:
        return ""
    if not leads_for_sure(answer) or (len(top) == 1 and answer.is_rest(answer.rows, top[0])):
        return ""
    kind = "in" if answer.rows == "time" else "has"
    if len(top) > MOST_IN_SENTENCE and kind == "in":
        return ""
    what, row = small(name), first_names(w, [label(w, answer, answer.rows, key) for key in top])
    if kind == "has":
        row = capital(row)
    key = f"explore.{'each' if len(top) > 1 else 'most'}_{kind}_row"
    if len(top) > 1 and most == total and kind == "has":
        key = "explore.all_has_row"
    return w(key, row=row, n=most, total=total, measure=what) + where_known(w, answer)


def where_known(w: Words, answer: Answer) -> str:
    """That a ranking is of what has a number, where something has none."""
    return w("explore.where_known") if lacking_count(answer.total) > 0 else ""


def lacking_count(cell: answers.Explore | None) -> int:
    """How many of the records of a cell that count have no number, whatever the reason."""
    if cell is None:
        return 0
    return cell.record_count - example_count(cell) - cell.known_count


def first_names(w: Words, names: Sequence[str]) -> str:
    """A few names, and how many others there are."""
    others = len(names) - MOST_IN_SENTENCE
    return w.listed(
        [*names[:MOST_IN_SENTENCE], *([w("explore.n_others", n=others)] if others > 0 else [])]
    )


def only_said(w: Words, name: str, answer: Answer, total: Number) -> str:
    """Of what row all is, where it is of one and nothing lacks a number."""
    keys = [key for key in answer.row_keys if key is not None]
    values = [(key, answer.value(answer.cells.get((key, TOTAL)))) for key in keys]
    rows = [(k, n) for k, n in values if n is not None and number(n).is_example == total.is_example]
    if len(rows) != 1 or rows[0][1] != total:
        return ""
    if lacking_count(answer.total) > 0 or float(total) == 1:  # a measure's name is of several
        return ""
    key = "only_in" if answer.rows == "time" else "only_has"
    row = label(w, answer, answer.rows, rows[0][0])
    said = w(f"explore.{key}", total=total, measure=small(name), row=row)
    return said if total.is_example else capital(said)  # it may begin with "ca."


def most_said(w: Words, answer: Answer, total: Number) -> str:
    """The highest row of what is no count of things; or that numbers are too rough to rank."""
    rows = alike_rows(answer, total)
    top, most = largest(rows)
    if len(rows) < 2 or total.low < LEAST or not leads_for_sure(answer):
        return ""
    if most is None:
        return w("explore.unranked") if sum(n > 0 for _, n in rows) > 1 else ""
    if len(top) > 1 or answer.is_rest(answer.rows, top[0]):
        return ""
    said = w("explore.most", row=label(w, answer, answer.rows, top[0]), n=most)
    return said + where_known(w, answer)


def each_said(w: Words, answer: Answer) -> str:
    """What each association has most of, where that can be told of each of a few."""
    splits = [key for key in answer.all_splits if key is not None]
    if answer.split != "association" or answer.rows in ("", "time"):
        return ""
    if not 1 < len(splits) <= MOST_IN_SENTENCE or answer.measure["unit"] not in COUNTED:
        return ""
    found = []
    for split in splits:
        whole = answer.value(answer.cells.get((TOTAL, split)))
        top, most = largest(alike_rows(answer, number(or_none(whole)), split))
        if most is None or len(top) > MOST_IN_SENTENCE:
            return ""
        names = w.listed(label(w, answer, answer.rows, key) for key in top)
        key = "each_most" if len(top) == 1 else "each_most_tied"
        found.append(w(f"explore.{key}", a=label(w, answer, "association", split), b=names, n=most))
    return "; ".join(found) + where_known(w, answer)


def season_said(w: Words, name: str, answer: Answer) -> str:
    """In which quarter, all years together, there is most of what is known by the month."""
    if answer.rows != "time" or answer.grain not in ("quarter", "season"):
        return ""
    if answer.measure["adds"] != "sum":
        return ""
    if answer.total is None or answer.total.value is None:
        return ""
    is_example = answer.total.value.is_example
    sums: dict[str, float] = {}
    for key in answer.row_keys:
        value = answer.value(answer.cells.get((key, TOTAL)))
        if not (isinstance(key, str) and is_single(key)) or value is None:
            continue
        if number(value).is_example == is_example:
            sums[key[-1]] = sums.get(key[-1], 0) + value
    top, most = largest(sums.items())
    total = number(sum(sums.values()))
    if most is None or len(top) > 1 or total.low < LEAST:
        return ""
    key = "explore.season_known" if lacking_count(answer.total) > 0 else "explore.season"
    return w(key, quarter=int(top[0]), n=most, total=total, measure=small(name))


def target_said(w: Words, name: str, answer: Answer) -> str:
    """In how many of the years that are over the target was met, and whether it is this year."""
    if not answer.targets or answer.rows != "time" or answer.grain != "year":
        return ""
    kinds = {
        key: attainment(result_bounds(answer, key, cell.part), cell.whole)
        for key, cell in answer.targets.items()
        if is_single(key) and cell.part is not None and cell.whole is not None
    }
    over = [kind for key, kind in kinds.items() if str(key) < answer.running]
    if not over or answer.measure["higher_is_better"] != "yes":
        return ""
    met, missed = over.count("met"), over.count("not_met")
    certain = "" if met + missed == len(over) else "_at_least"
    key = f"met{certain}" if met else "unmet" if missed == len(over) else "met_unsure"
    said = w(f"explore.{key}", measure=small(name), met=met, n=len(over))
    now = answer.targets.get(answer.running)
    if kinds.get(answer.running) != "met" or now is None:
        return said
    return said + w("explore.met_now", period=answer.running, part=now.part, whole=now.whole)


def result_bounds(answer: Answer, key: Key, part: Number) -> Number:
    """The result of a row: any number more where a record of it has none."""
    cell = answer.cells.get((key, TOTAL))
    lacks = cell is None or cell.known_count + example_count(cell) < cell.record_count
    return Number(part, part.low, inf, part.is_example) if lacks else part


def leads_for_sure(answer: Answer) -> bool:
    """Whether the largest place stays so wherever that is of which no place, or no single one, is
    told."""
    if answer.rows not in PLACE_DIMENSIONS:
        return True
    sizes = {key: answer.size(key, TOTAL) for key in answer.row_keys}
    elsewhere = sizes.pop(None, 0) + sizes.pop("several", 0)
    ranked = sorted(sizes.values(), reverse=True)
    return len(ranked) > 1 and ranked[0] > ranked[1] + elsewhere


def known_rows(answer: Answer) -> list[Key]:
    """The rows that can be ranked: single periods, or whatever has a name."""
    if answer.rows == "time":
        return [key for key in answer.row_keys if is_single(key)]
    return [key for key in answer.row_keys if key is not None]


def no_total(w: Words, answer: Answer) -> str:
    """Why there is no total, where there is none."""
    if answer.divisor:
        return w("explore.no_total.divided")
    if answer.is_single:
        return w("explore.no_total.single")
    if answer.measure["measure"] in ONCE:
        return w("explore.no_total.once")
    if {answer.rows, answer.split} & {*BROKEN_DOWN}:
        return w("explore.no_total.broken_down")
    if answer.is_rate:
        return w("explore.no_total.never")
    if answer.measure["adds"] == "distinct" and "time" in (answer.rows, answer.split):
        return w("explore.no_total.distinct")
    if answer.measure["adds"] == "latest":
        return w("explore.no_total.latest")
    return ""


def overlap(w: Words, answer: Answer) -> str:
    """What stands in several rows: the sum of the rows less the total."""
    if answer.rows not in OVERLAPPING or answer.is_never_added or answer.is_rate:
        return ""
    if answer.is_network:  # its rows are pairs
        return ""
    if answer.total is None:
        return ""
    parts = sum(or_none(answer.value(answer.cells.get((key, TOTAL)))) for key in answer.row_keys)
    total = or_none(answer.total.value)
    kind, more = difference(parts, total)
    if kind != "more":
        return ""
    return w("explore.overlap", parts=parts, total=total, more=more)


def basis(w: Words, answer: Answer, record: str) -> list[str]:
    """n of N and why the others are left out, of all that matches."""
    cells = [cell for (row, split), cell in answer.cells.items() if split is TOTAL]
    whole = [answer.total] if answer.total else [c for c in cells if c.record_count]
    if answer.total is None:  # a stock over time: what the last period rests on
        return [w("explore.each_period")] if whole else []
    total = answer.total
    known = total.rated_count if answer.is_rate else total.known_count
    matching = total.record_count - example_count(total)
    lacking = matching - known - total.suppressed_count
    undated = answer.cells.get((None, TOTAL)) if answer.rows == "time" else None
    missing = "without_quarter" if answer.grain == "season" else "undated"
    spans = sum(
        answer.cells[key, TOTAL].record_count
        for key in (answer.row_keys if answer.rows == "time" else ())
        if isinstance(key, str) and "/" in key and (key, TOTAL) in answer.cells
    )
    return [
        w(f"explore.based_on.{'both' if answer.divisor else record}", n=known, of=matching),
        w("explore.missing", n=lacking) if lacking > 0 and not answer.divisor else "",
        w("explore.suppressed", n=total.suppressed_count) if total.suppressed_count else "",
        w("explore.not_due", n=total.not_due_count) if total.not_due_count else "",
        w(f"explore.{missing}", n=undated.record_count) if undated else "",
        w("foot.spans", n=spans) if spans else "",
    ]
