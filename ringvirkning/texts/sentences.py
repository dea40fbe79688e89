"""Sentences made from answers: headlines, titles, claims and the quiet line under a figure.

A claim goes no further than its evidence: an example says so first, a source is named where only
a source says it. What is said of counts beside each other, texts.certainty decides.
"""

from collections.abc import Iterable, Mapping, Sequence

from ringvirkning.texts import Words
from ringvirkning.texts.certainty import difference, number

SEPARATOR = " · "  # between the parts of a quiet line
MOST_NAMED = 3  # that share the first place
WEAKER = ("register", "employer", "participant", "estimate", "unstated", "illustrative")


def weakest(evidence: Sequence[str]) -> str:
    return max(evidence, key=WEAKER.index)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shortened_apart(texts: Sequence[str], most: int) -> list[str]:
    """The same of several: what is cut, and begins as another does for half of its room, is cut
    before what tells it apart."""
    found = []
    for text in texts:
        near = {other: letters_alike(text, other) for other in texts if other != text}
        alike = max(near.values(), default=0)
        part = text.rfind(SEPARATOR)
        if any(n >= most // 2 and other.endswith(text[part:]) for other, n in near.items()):
            part = text.rfind(SEPARATOR, 0, alike + len(SEPARATOR))
        at = part if part > 0 else text.rfind(" ", 0, alike + 1)
        if len(text) <= most or alike < most // 2 or at < 1:
            found.append(shortened(text, most))
            continue
        end = shortened(text[at:], most * 2 // 3)
        found.append(shortened(text[:at], most - len(end)) + end)
    return found


def letters_alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def period(first: float | None, last: float | None) -> str:
    """2019, or 2016–2019; nothing for what has no year."""
    if first is None:
        return ""
    return str(int(first)) if first == last else f"{int(first)}–{int(last or first)}"


def time_in_words(w: Words, first: float | None, last: float | None, part: str | None) -> str:
    """The same, or a quarter, a month, or months that lie in two years, as the files write them."""
    if part is None:
        return period(first, last)
    if "Q" in part:
        return w("explore.part.Q", n=int(part[-1]), year=part[:4])
    return "–".join(map(w.day, part.split("/")))


# Dates


def start_words(w: Words, text: str | None, qualifier: str | None) -> str:
    return date_words(w, text, qualifier) or w("date.start_unknown")


def end_words(w: Words, text: str | None, qualifier: str | None) -> str:
    return date_words(w, text, qualifier) or w("date.no_end")


def date_words(w: Words, text: str | None, qualifier: str | None) -> str:
    if text is None:
        return ""
    return w(f"date.{qualifier or 'exact'}", date=w.day(text))


# Results


def example(w: Words, of: float) -> str:
    """How a sentence begins whose number is an example."""
    return w("claim.example") + ": " if number(of).is_example else ""


def and_more(said: str, more: str) -> str:
    """One sentence after another, which may be without its full stop, or nothing."""
    return f"{said.rstrip('.')}. {more}" if said else more


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The same with a small first letter, as within a sentence."""
    return text[:1].lower() + text[1:]


def claim(w: Words, evidence: str, count: float, kind: str, through: str, when: str) -> str:
    """What may be said of a number of persons who got a job, after the kind of its evidence."""
    year = w("claim.in_year", year=when) if when else ""
    job = w(f"claim.job.{kind}")
    said = w(f"claim.{evidence}", n=count, job=job, programme=through, year=year).strip()
    return said if evidence == WEAKER[-1] else capital(said)


def programmes_words(w: Words, programmes: Iterable[str]) -> str:
    """The names of programmes; "" is what belongs to none."""
    return w.listed(one or w("claim.no_programme") for one in programmes)


def change_sentence(w: Words, now: float, before: float | None, than: str) -> str:
    """As it goes on after what is said of now: that it can't be told is a sentence of its own."""
    if before is None:
        return ""
    kind, by = difference(now, before)
    return ("; " if kind == "unclear" else ", ") + w(f"change.{kind}", n=by, than=than)


def x_of_y(w: Words, part: float, whole: float) -> str:
    """12 of 14, 6 of about 60; about 10 of 15, or 0–4 of 5, where either is rounded; 0–4 alone of a
    whole that may be none."""
    none_seen, of = number(part), number(whole)
    if none_seen.is_exact:
        return w("chart.x_of_y", x=part, y=w.known(whole))
    if none_seen:
        return w("chart.x_of_y", x=part, y=w.plain(whole))
    part_said = f"{w.plain(none_seen.low)}–{w.plain(none_seen.high)}"
    return w("chart.x_of_y", x=part_said, y=w.plain(whole)) if of else part_said


def bounds_words(w: Words, low: float, high: float) -> str:
    """27–38 %: the bounds of an interval of shares."""
    return w("share.interval", low=w.percent(low).removesuffix("%").strip(), high=w.percent(high))


def measured(w: Words, measure: str, measured_at: str) -> str:
    """The measure, with when it was measured unless that is at the end of the round."""
    said = w.code("measure", measure)
    return said if measured_at == "exit" else f"{said}, {w.code('measuring_point', measured_at)}"


def counted(w: Words, value: float | None, qualifier: str | None) -> str:
    """A number as exactly as its source gives it: 120, about 80, over 330; nothing if unknown."""
    if value is None:
        return ""
    return w(f"count.{qualifier or 'exact'}", number=w.plain(float(value)))


def measured_number(w: Words, measure: str, value: float | None) -> str:
    """A result's number as exactly as its source gives it: kroner as kroner, a share in per cent, a
    score with its scale."""
    if value is None:
        return ""
    unit, scale = w.unit(measure), w.measures.get(measure, {}).get("scale", "")
    if unit == "share":
        n = number(value)
        hundred = number(round(100 * n, 4)) if n.is_exact else 100 * n
        return w("count.percent", number=w.known(hundred))
    said = w.known(value)
    if unit == "score" and scale:
        return w("count.on_scale", number=said, scale=scale.replace("-", "–"))
    return w("count.nok", number=said) if unit == "nok" else said


def unknown_words(w: Words, counts: Mapping[str, int]) -> str:
    """How many results have no number, by why: 1 suppressed, 2 missing; nothing where none has."""
    return ", ".join(w(f"count.{status}", n=n) for status, n in counts.items() if n)


def result_said(w: Words, measure: str, value: float | None, counts: Mapping[str, int]) -> str:
    """A result's number, and how many of those that it is made of are not known: 23 (1 missing)."""
    return with_unknown(measured_number(w, measure, value), unknown_words(w, counts))


def partly_known(w: Words, said: str, lacking: int) -> str:
    """A total, and how many of those that it is made of have no number: 23 (1 unknown)."""
    return with_unknown(said, w("count.unknown", n=lacking) if lacking > 0 else "")


def with_unknown(said: str, unknown: str) -> str:
    """A number and what of it is not known, either of which may be nothing."""
    return f"{said} ({unknown})" if said and unknown else said or unknown


# The quiet line


def based_on(
    w: Words, what: str, known: float, matching: float, reasons: Mapping[str, float]
) -> str:
    """n of N, of what, and why the others are left out."""
    said = w(f"foot.based_on.{what}", n=known, of=matching)
    why = [w(f"foot.{reason}", n=count) for reason, count in reasons.items() if count]
    return ", ".join([said, *why])


def said_together(said: Sequence[str]) -> str:
    """Sentences, or notes, in one paragraph: each begins as one and ends with a full stop."""
    return " ".join(capital(one).removesuffix(".") + "." for one in said if one)


def quiet_line(parts: Sequence[str]) -> str:
    return SEPARATOR.join(part for part in parts if part)
