"""What stands with a figure wherever it goes: meaning, basis, evidence, sources, version."""

from collections import Counter

from ringvirkning.figures import Figure, feet
from ringvirkning.figures.filters import filter_summary
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences

MOST_SOURCES = 12


def notes(shown: View, figure: Figure) -> list[tuple[str, str]]:
    """A label and a text each: what is shown under which filters, what it means and rests on."""
    w = shown.words
    meant = [shown.measure(code) for code in figure.measures]
    said = [
        (w("figure.shows"), figure.chart.subtitle),
        (w("filter.title").removesuffix(":"), filter_summary(w, shown.selection, shown.span)),
        *(
            (m["name"], f"{m['definition']} {sentences.capital(feet.measure_line(shown, m))}")
            for m in meant
        ),
        (w("figure.happened"), " | ".join(figure.every)),
        (w("figure.basis"), figure.foot),
        *rests_on(shown, figure.cited),
        (
            w("publication.name"),
            sentences.quiet_line(
                [
                    f"{shown.version.name}, {w.day(shown.version.published_at)}",
                    w("foot.as_of", date=w.day(shown.as_of)),
                    w("surface.as_public" if shown.is_protected else "surface.exact"),
                ]
            ),
        ),
    ]
    return [note for note in said if note[1]]


def rests_on(shown: View, cited: feet.Cited) -> list[tuple[str, str]]:
    """The evidence and the sources of the records in a figure's numbers."""
    w = shown.words
    kinds: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for row in cited:
        if row.evidence:
            kinds[row.evidence] += row.record_count
        if row.source and row.evidence != sentences.WEAKER[-1]:
            used[row.source] += row.record_count
    only_examples = feet.is_only_examples(cited)
    total = sum(kinds.values())
    found = [kind for kind in sentences.WEAKER if kinds[kind]]
    shares = [
        f"{w.code('evidence', kind)} {w('chart.x_of_y', x=kinds[kind], y=total)}" for kind in found
    ]
    named = [source for source, _ in used.most_common(MOST_SOURCES)]
    rest = len(used) - len(named)
    more = [w("foot.and_more", n=rest).strip()] if rest else []
    return [
        (w("figure.evidence"), " · ".join(shares)),
        (w("figure.claim"), w(f"figure.may_say.{found[-1]}") if found else ""),
        (w("figure.sources"), w("figure.no_source") if only_examples else " | ".join(named + more)),
    ]
