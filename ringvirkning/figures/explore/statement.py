"""What an answer says in a sentence: the most that is sure, and no ranking of fewer than ten."""

from collections.abc import Sequence
from math import inf

from ringvirkning.figures.explore.answer import (
    BROKEN_DOWN,
    ONCE,
    OVERLAPPING,
    TOTAL,
    Answer,
    Key,
    has_number,
    is_single,
)
from ringvirkning.figures.explore.wording import (
    COUNTED,
    asked_words,
    cell_words,
    count_change,
    example_count,
    example_start,
    in_sentence,
    is_all,
    label,
    lacking_count,
    share_interval,
    where_known,
    with_total,
)
from ringvirkning.figures.question import PLACE_DIMENSIONS
from ringvirkning.texts import Words
from ringvirkning.texts.certainty import (
    LEAST,
    Number,
    attainment,
    largest,
    newcombe,
    number,
    or_none,
)
from ringvirkning.texts.sentences import (
    capital,
    small,
)

MOST_IN_SENTENCE = 3  # in a sentence
TAKING_PART = ("partner_type", "partner", "partner_head", "partnership")


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


def network_said(w: Words, name: str, answer: Answer) -> str:
    if not answer.pairs and answer.is_rate:
        return rate_said(w, name, answer)
    if not answer.pairs:
        is_known = answer.counts_records or any(map(has_number, answer.cells.values()))
        return w("explore.nothing_shared" if is_known else "explore.nothing_said", measure=name)
    ranked = [
        ((a, b), value)
        for a, b, value in answer.pairs
        if answer.is_made_up or not number(value).is_example
    ]
    top, most = largest(ranked)
    if most is None or len(top) > 1:
        return w("explore.n_pairs", measure=small(name), n=len(answer.pairs))
    a, b = (answer.names.get(one, one) for one in top[0])
    return w("explore.closest", measure=small(name), a=a, b=b, shared=most)


def rate_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not cell.rated_count:
        is_early = answer.is_of_targets and cell is not None and not cell.record_count
        return w("explore.none_over" if is_early else "explore.nothing_said", measure=name)
    said = with_total(w, answer, name, cell_words(w, answer, cell)) + where_known(w, answer, cell)
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
    key = "latest_example" if example_start(w, answer) else "latest_said"
    said = w(
        f"explore.{key}",
        measure=name,
        period=label(w, answer, "time", whole[-1]),
        total=in_sentence(w, answer, or_none(now)),
    )
    said += where_known(w, answer, cells[1])
    if len(whole) > 1 and is_all(answer, *cells):
        since = label(w, answer, "time", whole[-2])
        said += w(
            "explore.since", change=count_change(w, or_none(before), or_none(now)), period=since
        )
    return said + (part_said(w, answer, whole[-1]) if answer.is_stock else "")


def part_said(w: Words, answer: Answer, at: Key) -> str:
    """Which part of a stock was the largest in a period, the unconfirmed counted in."""
    if answer.rows != "time" or not answer.split:
        return ""
    cells = {key: answer.cells.get((at, key)) for key in answer.all_splits if key is not None}
    counts = {key: float(cell.record_count) for key, cell in cells.items() if cell}
    whole = answer.cells.get((at, TOTAL))
    top, most = largest(counts.items())
    if whole is None or most is None or len(top) > MOST_IN_SENTENCE:
        return ""
    names = [label(w, answer, answer.split, key) for key in top]
    return w("explore.most_in", row=w.listed(names), n=most, of=whole.record_count)


def total_said(w: Words, name: str, answer: Answer) -> str:
    cell = answer.total
    if cell is None or not (cell.value is not None or cell_words(w, answer, cell)):
        return w("explore.nothing_said", measure=name)
    if cell.value is None or answer.is_single:
        return with_total(w, answer, name, cell_words(w, answer, cell))
    said = with_total(w, answer, name, in_sentence(w, answer, cell.value))
    said += where_known(w, answer, cell)
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
    if said := only_said(w, name, answer, total) or all_said(w, name, answer, total):
        return said
    rows = alike_rows(answer, total)
    top, most = largest(rows)
    if most is None or total.low < LEAST or most > total:
        return ""
    if not leads_for_sure(answer) or (len(top) == 1 and answer.is_rest(answer.rows, top[0])):
        return ""
    kind = "in" if answer.rows == "time" else "part" if is_part_in(answer) else "has"
    if len(top) > MOST_IN_SENTENCE and kind == "in":
        return ""
    what, row = small(name), first_names(w, [label(w, answer, answer.rows, key) for key in top])
    key = f"explore.{'each' if len(top) > 1 else 'most'}_{kind}_row"
    if kind != "in":
        said = w(key, row=capital(row), n=most, total=total, measure=what)
        return said + where_known(w, answer, answer.total)
    is_dated = all(is_single(row) for row, _ in answer.cells if row is not TOTAL)
    if not is_dated:
        total = number(sum(number(n) for _, n in rows))
    said = w(key, row=row, n=most, total=total, measure=what)
    return said + where_known(w, answer, answer.total, is_dated)


def is_part_in(answer: Answer) -> bool:
    """Whether its rows only have a part in what is counted, and don't have it alone."""
    return answer.rows in TAKING_PART and answer.measure["measure"] not in ONCE


def first_names(w: Words, names: Sequence[str]) -> str:
    """A few names, and how many others there are."""
    others = len(names) - MOST_IN_SENTENCE
    return w.listed(
        [*names[:MOST_IN_SENTENCE], *([w("explore.n_others", n=others)] if others > 0 else [])]
    )


def only_said(w: Words, name: str, answer: Answer, total: Number) -> str:
    """Of what row all is, where it is of one."""
    keys = [key for key in answer.row_keys if key is not None]
    values = [(key, number(or_none(answer.value(answer.cells.get((key, TOTAL)))))) for key in keys]
    rows = [(k, n) for k, n in values if n.high > 0 and n.is_example == total.is_example]
    if len(rows) != 1 or rows[0][1] != total or float(total) == 1:  # a measure's name is of several
        return ""
    key = "only_in" if answer.rows == "time" else "only_has"
    row = label(w, answer, answer.rows, rows[0][0])
    said = w(f"explore.{key}", total=total, measure=small(name), row=row)
    said += where_known(w, answer, answer.total)
    return said if total.is_example else capital(said)  # it may begin with "ca."


def all_said(w: Words, name: str, answer: Answer, total: Number) -> str:
    """Which rows have a part in all there is, where that is known to the number."""
    rows = [key for key, n in alike_rows(answer, total) if n == total]
    if not rows or not total.is_exact or total < LEAST or answer.rows not in OVERLAPPING:
        return ""
    row = capital(first_names(w, [label(w, answer, answer.rows, key) for key in rows]))
    said = w("explore.all_has_row", n=len(rows), row=row, total=total, measure=small(name))
    return said + where_known(w, answer, answer.total)


def most_said(w: Words, answer: Answer, total: Number) -> str:
    """The highest row of what is no count of things; or that numbers are too rough to rank."""
    rows = alike_rows(answer, total)
    top, most = largest(rows)
    if total.low < LEAST or not leads_for_sure(answer):
        return ""
    if most is None:
        some = [number(n) for _, n in rows if n > 0]
        is_rough = len(some) > 1 and not all(n.is_exact for n in some)
        return w("explore.unranked") if is_rough else ""
    if len(top) > 1 or answer.is_rest(answer.rows, top[0]):
        return ""
    row = label(w, answer, answer.rows, top[0])
    said = w("explore.most", row=row, n=in_sentence(w, answer, most))
    return said + where_known(w, answer, answer.total)


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
    return "; ".join(found) + where_known(w, answer, answer.total)


def season_said(w: Words, name: str, answer: Answer) -> str:
    """In which quarter, all years together, there is most of what is known by the month."""
    if answer.rows != "time" or answer.grain not in ("quarter", "season"):
        return ""
    if answer.measure["adds"] != "sum" or answer.measure["unit"] not in COUNTED:
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
        key: "unclear"
        if cell.part is None or cell.whole is None or cell.rated_count < cell.record_count
        else attainment(result_bounds(answer, key, cell.part), cell.whole)
        for key, cell in answer.targets.items()
        if is_single(key)
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
    return Number(part, part.low, inf, part.is_example, part.is_rounded) if lacks else part


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
