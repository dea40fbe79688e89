"""Everything that an edition says, taken out of its surfaces and held against the truth.

`Edition` is one database of a version in one language. Its figures, headlines, questions, stories,
slides, papers and site give verdicts (`tests.statements.Verdict`), one for each claim.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from pytest import MonkeyPatch

from queries import answers
from ringvirkning.charts import Chart, Numbers, forms
from ringvirkning.export import report
from ringvirkning.export.deck import Maker
from ringvirkning.export.identity import Identity
from ringvirkning.export.report import MOST_PERIODS
from ringvirkning.export.site.pages import site_page
from ringvirkning.export.site.places import SITE_PAGES, Home, on_page
from ringvirkning.figures import (
    Figure,
    associations,
    catalogue,
    feet,
    outcomes,
    overview,
    question,
    stories,
)
from ringvirkning.figures import activities as activities_page
from ringvirkning.figures import partnerships as partnerships_page
from ringvirkning.figures.agreement_story import period_rows
from ringvirkning.figures.explore import figure as explore
from ringvirkning.figures.explore import statement, wording
from ringvirkning.figures.explore.answer import TOTAL, Answer
from ringvirkning.figures.explore.ready import ready_questions
from ringvirkning.figures.notes import notes
from ringvirkning.figures.question import Question
from ringvirkning.figures.view import View
from ringvirkning.store.versions import Version
from ringvirkning.texts import sentences
from ringvirkning.texts import words as language_words
from ringvirkning.ui.present.decks import complete
from tests.labels import Change, Count, Interval, Label, Pair, Percent
from tests.statements import CARDS, NUMBER, Place, Reader, Verdict
from tests.truth import ALL, KINDS, Share, Truth, is_example, together

STAGES = (
    *((measure, "exit") for measure in
      ("registered", "attended", "interviews", "job_offers", "placements")),
    ("in_work_or_education", "6_months"),
    ("in_work_or_education", "12_months"),
)  # fmt: skip
# Questions beside the ready ones: comparisons, shares, other periods, a stock that adds up.
OTHERS: tuple[dict[str, Any], ...] = (
    {"measure": "placements"},
    {"measure": "placements", "rows": "programme"},
    {"measure": "placements", "rows": "round"},
    {"measure": "placements", "rows": "kind"},
    {"measure": "placements", "split": "kind", "compare": "two"},
    {"measure": "placements", "rows": "programme", "split": "time", "compare": "two"},
    {"measure": "placements", "rows": "kind", "split": "time", "compare": "two"},
    {"measure": "placement_rate", "rows": "time"},
    {"measure": "placement_rate", "rows": "association"},
    {"measure": "placement_rate", "rows": "programme", "split": "time", "compare": "two"},
    {"measure": "retention_rate", "point": "12_months"},
    {"measure": "retention_rate", "point": "6_months", "rows": "round"},
    {"measure": "attended", "rows": "time"},
    {"measure": "attended", "rows": "programme", "split": "time", "compare": "two"},
    {"measure": "registered", "rows": "programme"},
    {"measure": "interviews", "rows": "time", "grain": "half_year"},
    {"grain": "quarter"},
    {"measure": "attended", "grain": "season", "split": "activity_type"},
    {"measure": "target_attainment", "point": "placement_permanent"},
    {"measure": "target_attainment", "point": "placement_permanent", "rows": "programme"},
    {"measure": "active_partnerships"},
    {"measure": "partnerships_started"},
    {"rows": "programme"},
    {"rows": "association", "split": "time", "compare": "two"},
)


# By row and column of a chart's table, its heading not counted.
Expected = Mapping[tuple[int, int], Label]


@dataclass
class Edition:
    """One database in one language, and who reads it."""

    truth: Truth
    version: Version
    database: Path
    as_of: date
    language: str
    address: str = ""
    read: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)  # of what happened, in others' words

    @cached_property
    def view(self) -> View:
        return catalogue.seen(
            language_words(self.language), self.version, self.database, self.as_of, self.address
        )

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.truth, self.view.words)

    @property
    def is_protected(self) -> bool:
        return self.view.is_protected

    def place(self, surface: str, figure: str, part: str, foot: str = "", **about: Any) -> Place:
        return Place(
            surface,
            figure,
            part,
            self.language,
            self.is_protected,
            self.view.values,
            self.as_of,
            foot,
            about,
        )

    def says(self, text: str, surface: str, figure: str, part: str, foot: str = "", **about: Any):
        self.read.add(text)
        yield from self.reader.read(text, self.place(surface, figure, part, foot, **about))

    # Pages

    def pages(self) -> Iterator[Verdict]:
        shown = self.view
        under = feet.under_headline(shown)
        self.read.add(under)
        for surface, page in (
            ("overview", overview),
            ("partnerships", partnerships_page),
            ("activities", activities_page),
            ("outcomes", outcomes),
            ("associations", associations),
        ):
            yield from self.headline(page.headline(shown), surface, under)
            for made in catalogue.figures(shown, surface, ""):
                yield from self.figure(surface, made, under)
        for programme in outcomes.programmes(shown):
            yield from self.summary(programme, outcomes.summary(shown, programme), under)
        for card in overview.cards(shown):
            yield from self.card(card, under)

    def headline(self, said: str, surface: str, under: str) -> Iterator[Verdict]:
        """A page's headline: it may have what a programme came to."""
        shown = self.view
        self.read.add(said)  # in its parts
        for programme in outcomes.programmes(shown):
            if (came_to := outcomes.summary(shown, programme)) in said:
                yield from self.summary(programme, came_to, under)
                said = said.replace(came_to, "").strip(" .") + "."
        yield from self.says(said, surface, "headline", "headline", under)

    def summary(self, programme: str, said: str, under: str) -> Iterator[Verdict]:
        """What a programme came to: a claim, or the measure and number of its latest result."""
        w = self.view.words
        rows = self.truth.answer("results_by_programme", self.view.values)
        for row in rows:
            measure = w.code("measure", row.measure)
            years = sentences.period(row.from_year, row.to_year)
            begins = f"{programme}, {measure[0].lower()}{measure[1:]}: "
            if row.programme == programme and begins in said and said.endswith(years):
                found = said.partition(begins)[2].removesuffix(f", {years}")
                nok = re.escape(w.pattern("count.nok")).replace(r"\{number\}", "(.*)")
                if match := re.fullmatch(nok, found):
                    found = match[1]
                place = self.place("outcomes", "summary", "headline", under)
                people = is_people(self.view, row.measure)
                yield from self.numbered(found, Count(row.value, people), place)
                self.read.add(said)
                return
        yield from self.says(said, "outcomes", "summary", "headline", under)

    def card(self, card: Any, under: str) -> Iterator[Verdict]:
        name, true = f"card-{card.measure}", self.card_truth(card)
        about = {"measure": card.measure, "share": getattr(true, "share", None)}
        for part in ("change", "note"):
            yield from self.says(getattr(card, part), "overview", name, part, under, **about)
        yield from self.numbered(card.number, true, self.place("overview", name, "number", under))

    def card_truth(self, card: Any) -> Label:
        truth, values, year = self.truth, self.view.values, self.view.year
        if card.asks == "explore":
            return self.explored_truth(card)
        if card.measure == "target_attainment":
            rows = [
                row
                for row in truth.all_years("targets_met", values)
                if row.from_year == row.to_year == year
                and row.measure == card.behind.point
                and None not in (row.target, row.actual)
            ]
            share = Share(together(r.actual for r in rows), together(r.target for r in rows))
            return Percent(share) if "%" in card.number else Pair(share)
        is_people = card.measure in ("placements", "attended")
        return Count(CARDS[card.measure](truth, values, year), is_people)

    def explored_truth(self, card: Any) -> Label:
        """The same of what is not from the overview's own answers: of the card's year or years."""
        every_year = {**self.view.values, "from_year": None, "to_year": None}
        asked = explore.question_values(card.behind)
        cell = self.truth.cells(every_year, asked)[card.behind.row, ALL]
        if cell.value is not None:
            return Count(cell.value, is_people(self.view, card.measure))
        share = Share(cell.part, cell.whole)
        return Percent(share) if "%" in card.number else Pair(share)

    # A figure

    def figure(
        self, surface: str, made: Figure, under: str = "", asked: Any = None
    ) -> Iterator[Verdict]:
        chart, about = made.chart, asked or {}
        foot = f"{made.foot} · {under}"
        self.told |= {*made.told}
        if isinstance(chart, Numbers):  # under the headline
            yield from self.headline(chart.title, surface, foot)
        else:
            yield from self.says(chart.title, surface, made.name, "title", foot, **about)
        self.read.update((chart.subtitle, *(cell for row in chart.rows for cell in row)))
        self.read.update(text for span in of(chart, "spans") for text in (span.label, span.note))
        yield from self.says(made.foot, surface, made.name, "foot", foot, **about)
        if isinstance(chart, Numbers):
            notes = [one.note for one in chart.figures]
            cards = overview.published_cards(self.view)
            if made.name == "example-figures":
                cards = overview.example_cards(self.view)
            for said, card in zip(notes, cards, strict=True):
                true = self.card_truth(card)
                about = {"measure": card.measure, "share": getattr(true, "share", None)}
                yield from self.says(said, surface, made.name, "hover", foot, **about)
            self.read.add(chart.alt)
            return
        place = self.place(surface, made.name, "table", foot, **about)
        expected = about.get("expected") or self.expected(made)
        for (row, column), true in expected.items():
            text = chart.rows[row + 1][column]
            label = f"{chart.rows[row + 1][0]} · {chart.rows[0][column]}"
            yield from self.numbered(text, true, replace(place, part=f"table: {label}"))
        yield from self.hovered(chart, expected, place)
        yield from self.echoed(chart, place)
        yield from self.drawn(chart, made, place)

    def numbered(self, text: str, true: Label, place: Place) -> Iterator[Verdict]:
        """A number that stands as a label: as near the truth as its foot says."""
        self.read.add(text)
        reader, w = self.reader, self.view.words
        if not text or text in (w("chart.not_yet"), w("chart.missing"), w("chart.unknown"),
                                w("card.nothing")):  # fmt: skip
            return
        margin = reader.margin(place.foot) if place.is_protected else 0
        for kind, holds, shown, so in true.judged(reader, text, margin):
            yield Verdict(place, "", kind, holds, text, shown, so)

    def echoed(self, chart: Chart, place: Place) -> Iterator[Verdict]:
        """What is drawn, hovered and read aloud says no number that its table doesn't, but what
        stands in one column: the series of a panel together."""
        self.read.add(chart.alt)
        if chart.form in ("timeline", "numbers"):
            return
        w = self.view.words
        series, categories = of(chart, "series"), of(chart, "categories")
        stacks = [
            w.number(sum(s.values[at] or 0 for s in series if s.panel == panel))
            for panel in {s.panel for s in series}
            for at in range(len(categories))
        ]
        written = (place.foot, chart.title, chart.subtitle, *categories, *stacks,
                   *(cell for row in chart.rows for cell in row))  # fmt: skip
        wholes = [
            w.number(cell.value)
            for (_, split), cell in place.about.get("cells", {}).items()
            if split is ALL and cell.value is not None and cell.value == int(cell.value)
        ]
        written = (*written, *wholes)
        known = {token for text in written for token in self.numbers(text)}
        marks = (f"{mark.label} {mark.words}" for mark in of(chart, "marks"))
        known |= {token for text in marks for token in self.numbers(text)}
        known |= {*self.numbers(forms.event_words(self.view.words, chart))}
        spoken = [text for s in series for text in (*s.hovers, *s.labels, s.label)]
        for text in (*spoken, *of(chart, "totals"), chart.alt):
            self.read.add(text)
            part, _, whole = text.partition("\n")
            if whole:
                so = whole in self.whole_words(chart, part)
                yield Verdict(replace(place, part="hover"), "", "label", so, text)
            _, rest = self.reader.pieces(part, False)
            for said in self.reader.quantified(rest):
                rest = rest.replace(said, "")  # read with its mark, or as its table says it
            if unknown := {token for token in self.numbers(rest) if token not in known}:
                yield Verdict(place, "unread", "unread", False, f"{chart.title}: {text}: {unknown}")

    def whole_words(self, chart: Chart, part: str) -> Iterator[str]:
        """What a part of a stack may say of all of it: the total of its row; of ten or more, its
        share of that, too, half a per cent up, and about where either is."""
        w = self.view.words
        heading, *body = chart.rows
        said = re.split(r" · |: ", part)[0].split(" (")[0]  # without "(so far)"
        row = next((r for r in body if r[0].split(" (")[0] == said), None)
        assert row, part
        mark = w("explore.is_example", said="")
        total = row[heading.index(w("chart.total"))].removesuffix(mark)
        both = (part.rpartition(": ")[2], total)
        value, whole = (int(self.reader.number(self.numbers(text)[0]) or 0) for text in both)
        share = w.percent(float(Fraction(value, whole)))
        # In the public edition about is said here, where the table's foot says it for all.
        about = [w("count.about", number=one) for one in (total, share)]
        for said in (total, about[0]) if self.is_protected else (total,):
            yield w("chart.of_all", total=said)
            if whole >= 10:
                yield w("chart.share_of_all", share=share, total=said)
                if self.is_protected:
                    yield w("chart.share_of_all", share=about[1], total=said)

    def hovered(self, chart: Chart, expected: Expected, place: Place) -> Iterator[Verdict]:
        """How exactly a number is known is said where it is pointed at: about 20, fewer than 9."""
        for s in of(chart, "series"):
            column = chart.rows[0].index(s.label) if s.label in chart.rows[0] else 1
            names = [row[0] for row in chart.rows[1:]]
            for text in s.hovers:
                name = next((n for n in names if text.startswith((f"{n} · ", f"{n}: "))), "")
                true = expected.get((names.index(name), column)) if name else None
                for said in self.reader.quantified(text.partition("\n")[0]):
                    value = counted(true)
                    if value is None:
                        continue
                    low, high = self.reader.between(said, self.reader.margin(place.foot)) or (0, 0)
                    holds = low <= value <= high
                    hovered = replace(place, part="hover")
                    yield Verdict(hovered, "", "label", holds, text, low, value)

    def numbers(self, text: str) -> list[str]:
        return [token.lstrip("+") for token in re.findall(NUMBER, text)]

    def drawn(self, chart: Chart, made: Figure, place: Place) -> Iterator[Verdict]:
        """Bars over a target, or short of it, are a verdict, too."""
        w = self.view.words
        if not made.name.startswith("targets-"):
            return
        programme = made.name.removeprefix("targets-")
        rows = self.truth.targets(self.view.values, programme)
        for series in of(chart, "series"):
            for value, row in zip(series.values, rows, strict=False):
                if not value or row.actual is None:
                    continue
                place_ = replace(place, part=series.label)
                if series.label == w("chart.above_target"):
                    met = row.actual > row.target
                elif series.label == w("chart.short_of_target"):
                    met = row.actual < row.target
                else:
                    continue
                yield Verdict(place_, "", "verdict", met, f"{series.label}: {value}", value,
                              row.actual - row.target)  # fmt: skip

    # What the tables should say

    def expected(self, made: Figure) -> Expected:
        kind, _, of = made.name.partition("-")
        tables = {
            "jobs": self.jobs_table,
            "registered-and-attended": self.attendance_table,
            "activities-by-type": self.activities_table,
            "active": self.active_table,
            "begun-and-ended": self.begun_table,
            "by-partner-type": self.kinds_table,
            "by-partnership-type": self.kinds_table,
            "associations": self.associations_table,
        }
        if made.name in tables:
            return tables[made.name](made.chart)
        of_programme = {
            "funnel": self.funnel_table,
            "rounds": self.rounds_table,
            "targets": self.targets_table,
            "associations": self.shares_table,
        }
        return of_programme[kind](made.chart, of) if kind in of_programme else {}

    def years(self, chart: Chart) -> Iterator[tuple[int, int]]:
        for at, row in enumerate(chart.rows[1:]):
            if re.match(r"\d{4}", row[0]):
                yield at, int(row[0][:4])

    def jobs_table(self, chart: Chart) -> Expected:
        w, values = self.view.words, self.view.values
        kinds = {w.code("measure", kind): kind for kind in KINDS} | {w("chart.total"): "placements"}
        return {
            (at, column): Count(self.truth.jobs(values, year, kinds[label]) or 0)
            for at, year in self.years(chart)
            for column, label in enumerate(chart.rows[0])
            if label in kinds
        }

    def attendance_table(self, chart: Chart) -> Expected:
        values = self.view.values
        return {
            (at, column): Count(self.truth.held(values, year, name))
            for at, year in self.years(chart)
            for column, name in ((1, "registered_count"), (2, "attended_count"))
        }

    def activities_table(self, chart: Chart) -> Expected:
        values, last = self.view.values, len(chart.rows[0]) - 1
        return {
            (at, last): Count(self.truth.held(values, year, "activity_count") or 0, False)
            for at, year in self.years(chart)
        }

    def active_table(self, chart: Chart) -> Expected:
        values, last = self.view.values, len(chart.rows[0]) - 1
        return {
            (at, last): Count(sum(self.truth.in_force(values, year)), False)
            for at, year in self.years(chart)
        }

    def begun_table(self, chart: Chart) -> Expected:
        rows = self.truth.answer("partnerships_begun_and_ended", self.view.values)
        return {
            (at, column): Count(
                sum(r.partnership_count for r in rows if (r.year, r.event) == (year, event)), False
            )
            for at, year in self.years(chart)
            for column, event in enumerate(("started", "ended"), start=1)
        }

    def kinds_table(self, chart: Chart) -> Expected:
        w, values = self.view.words, self.view.values
        columns = {w(f"chart.{state}"): f"{state}_count" for state in
                   ("confirmed", "unconfirmed", "start_unknown")}  # fmt: skip
        found = {}
        for question_, kind in (
            ("partnerships_by_partner_type", "partner_type"),
            ("partnerships_by_type", "partnership_type"),
        ):
            if chart.rows[0][0] != w(f"filter.{kind}"):
                continue
            rows = {w.code(kind, getattr(r, kind)): r for r in self.truth.answer(question_, values)}
            for at, row in enumerate(chart.rows[1:]):
                for column, label in enumerate(chart.rows[0][1:], start=1):
                    true = rows.get(row[0])
                    found[at, column] = Count(true and getattr(true, columns[label]), False)
        return found

    def associations_table(self, chart: Chart) -> Expected:
        rows = {r.association: r for r in self.truth.answer("associations", self.view.values)}
        found: dict[tuple[int, int], Any] = {}
        for at, (name, *_) in enumerate(chart.rows[1:]):
            row = rows[name]
            found[at, 1], found[at, 2], found[at, 3] = (
                Count(count, False)
                for count in (row.confirmed_count, row.unconfirmed_count, row.activity_count)
            )
            found[at, 4], found[at, 5] = Count(row.attended_count), Count(row.placement_count)
        return found

    def shares_table(self, chart: Chart, rate: str) -> Expected:
        part = {"placement_rate": "placed", "retention_rate": "retained"}[rate]
        found: dict[tuple[int, int], Any] = {}
        for row in self.truth.answer("associations", self.view.values):
            at = [name for name, *_ in chart.rows[1:]].index(row.association)
            share = Share(getattr(row, f"{part}_part"), getattr(row, f"{part}_whole"))
            found[at, 1], found[at, 2] = Percent(share), Interval(share)
        return found

    def funnel_table(self, chart: Chart, programme: str) -> Expected:
        w = self.view.words
        stages = {w(f"stage.{m}.{point}"): (m, point) for m, point in STAGES}
        found: dict[tuple[int, int], Any] = {}
        for at, row in enumerate(chart.rows[1:]):
            stage = self.truth.stage(self.view.values, programme, *stages[row[0]])
            share = Share(stage.rated_value, stage.base_count)
            found[at, 1] = Count(stage.value)
            found[at, 2] = Percent(share)
            found[at, 3] = Interval(share)
        return found

    def rounds_table(self, chart: Chart, programme: str) -> Expected:
        w = self.view.words
        rows = self.truth.answer("rounds", self.view.values, round_programme=programme)
        ids = list(dict.fromkeys(row.activity_id for row in rows))
        by = {(r.activity_id, r.measure, r.measured_at): r for r in rows}
        columns = {w.code("measure", kind): (kind, "exit") for kind in KINDS} | {
            w(f"stage.in_work_or_education.{point}"): ("in_work_or_education", point)
            for point in ("6_months", "12_months")
        }
        found: dict[tuple[int, int], Any] = {}
        if len(ids) != len(chart.rows) - 1:
            return found
        for at, id_ in enumerate(ids):
            for column, label in enumerate(chart.rows[0]):
                row = by.get((id_, *columns[label])) if label in columns else None
                if row is None:
                    continue
                is_late = row.measured_at != "exit"
                found[at, column] = (
                    Pair(Share(row.value, row.base_count))
                    if is_late and row.base_count is not None
                    else Count(row.value)
                )
        return found

    def targets_table(self, chart: Chart, programme: str) -> Expected:
        found: dict[tuple[int, int], Any] = {}
        for at, row in enumerate(self.truth.targets(self.view.values, programme)):
            share = Share(row.actual, row.target)
            found |= {
                (at, 1): Count(row.actual),
                (at, 2): Count(row.target, False),
                (at, 3): Percent(share),
            }
        return found

    # Explore

    def questions(self) -> Iterator[Question]:
        offered = {(r.measure, r.point) for r in self.view.rows(answers.ExploreMeasures)}
        for asked in (
            *ready_questions(self.view).values(),
            *(Question(**parts) for parts in OTHERS),
        ):
            if (asked.measure, asked.point) in offered:
                valid, _ = question.valid(asked, self.view.rows(answers.ExploreMeasures), set())
                yield valid

    def explored(self, every: int = 1) -> Iterator[Verdict]:
        """All questions, or every so many of them."""
        for asked in [*self.questions()][::every]:
            answer = explore.answer_to(self.view, asked)
            if answer.cells:
                made = explore.answer_figure(self.view, asked, answer)
                about = self.about(asked, answer)
                about["expected"] = self.explored_table(made.chart, asked, answer, about)
                yield from self.figure("explore", made, asked=about)
                yield from self.ordered(made, answer, about)

    def about(self, asked: Question, answer: Answer) -> dict[str, Any]:
        w = self.view.words
        true = self.truth.cells(self.view.values, explore.question_values(asked))
        rows, splits = (
            {wording.label(w, answer, dimension, key): key for key in keys}
            for dimension, keys in ((asked.rows, answer.row_keys), (asked.split, answer.all_splits))
        )
        if asked.split == "time" or asked.rows == "time":
            times = {wording.label(w, answer, "time", key): key for key in answer.periods}
            rows, splits = (
                (rows | times, splits) if asked.rows == "time" else (rows, splits | times)
            )
        return {
            "cells": true,
            "rows": rows | ({name: key for key, name in answer.names.items()}),
            "splits": splits,
            "ranked": set(statement.known_rows(answer)),
            "is_rate": answer.is_rate,
            "counts_records": answer.counts_records,
            "is_time_rows": asked.rows == "time",
            "names": [
                *rows, *splits, *answer.names.values(), *(self.reader.names),
                *(text for text in (self.view.words.code("measuring_point", asked.point),)),
            ],
            "asked": asked,
        }  # fmt: skip

    def explored_table(
        self, chart: Chart, asked: Question, answer: Answer, about: Mapping[str, Any]
    ) -> Expected:
        if answer.is_network:
            return {}
        w = self.view.words
        people = is_people(self.view, asked.measure)
        labels = [row[0] for row in chart.rows[1:]]
        keys = about["rows"] | {w("chart.total"): ALL}
        found: dict[tuple[int, int], Any] = {}
        for at, label in enumerate(labels):
            if labels.count(label) > 1 or (label not in keys and asked.rows):
                continue
            row = keys[label] if asked.rows else ALL
            for column, heading in enumerate(chart.rows[0][1:], start=1):
                true = self.explored_cell(asked, answer, about, row, heading, people)
                if true is not None:
                    found[at, column] = true
        return found

    def explored_cell(
        self, asked: Question, answer: Answer, about: Mapping[str, Any], row: Any, heading: str,
        people: bool,
    ) -> Any:  # fmt: skip
        w, cells = self.view.words, about["cells"]
        if asked.split:
            splits = about["splits"] | {w("chart.total"): ALL}
            if heading == w("explore.change"):
                a, b = (value(cells.get((row, key)), answer) for key in answer.split_keys)
                return Change(None if a is None or b is None else b - a, people)
            if heading not in splits:
                return None
            cell = cells.get((row, splits[heading]))
            said = self.said_of(cell, answer, people)
            is_total = isinstance(said, Count) and not (answer.is_single or answer.counts_records)
            return replace(said, lacking=without_number(cell)) if is_total else said
        cell = cells.get((row, ALL))
        share = Share(getattr(cell, "part", None), getattr(cell, "whole", None))
        if answer.is_rate:
            return {
                answer.measure["name"]: Percent(share),
                w("explore.numerator"): Count(share.part),
                w("explore.denominator"): Count(share.whole, asked.measure != "target_attainment"),
                w("chart.interval"): Interval(share),
            }.get(heading)
        if heading == answer.measure["name"]:
            return self.said_of(cell, answer, people)
        if heading == w("chart.unconfirmed"):
            return Count(cell and cell.uncertain_count - cell.start_unknown_count, False)
        if heading == w("chart.start_unknown"):
            return Count(cell and cell.start_unknown_count, False)
        if heading == w("explore.change_before") and row in answer.periods:
            before = answer.periods.index(row) - 1
            if before < 0:
                return None
            a, b = (value(cells.get((key, ALL)), answer) for key in (answer.periods[before], row))
            return Change(None if a is None or b is None else b - a, people)
        if heading in (w("chart.target"), w("chart.attainment")) and answer.targets:
            of = {**explore.question_values(asked), "measure": "target_attainment",
                  "point": asked.measure}  # fmt: skip
            aim = self.truth.cells(self.view.values, of).get((row, ALL))
            reached = Share(getattr(aim, "part", None), getattr(aim, "whole", None))
            if heading == w("chart.target"):
                return Count(reached.whole, False)
            return Percent(reached)
        return None

    def said_of(self, cell: Any, answer: Answer, people: bool) -> Any:
        if answer.is_rate:
            share = Share(getattr(cell, "part", None), getattr(cell, "whole", None))
            return Percent(share)
        found = value(cell, answer)
        if answer.is_stock:  # beside it stand the unconfirmed: 2 (+17)
            return None
        return Count(found, people)

    def ordered(self, made: Figure, answer: Answer, about: Mapping[str, Any]) -> Iterator[Verdict]:
        """The largest first: what stands above is in truth no less than what is shown as less."""
        if answer.rows in ("time", "") or answer.is_network:
            return
        if self.view.words("explore.order_rounded") in made.foot:
            return  # an order of what is shown, which it is
        place = self.place("explore", made.name, "order", made.foot)
        keys = [key for key in answer.row_keys if key is not None]
        shown = [answer.value(answer.cells.get((key, TOTAL))) for key in keys]
        true = [
            Share(c.part, c.whole).value if answer.is_rate else c.value
            for c in (about["cells"].get((key, ALL)) for key in keys)
            if c is not None
        ]
        if len(true) != len(shown):
            return
        for at in range(len(keys) - 1):
            a, b = shown[at], shown[at + 1]
            x, y = true[at], true[at + 1]
            if a is not None and b is not None and a > b and x is not None and y is not None:
                yield Verdict(place, "", "order", x >= y, f"{keys[at]} > {keys[at + 1]}")

    # Stories

    def stories(self) -> Iterator[Verdict]:
        shown = self.view.of_associations
        w = shown.words
        under = w("foot.rounded") if self.is_protected else ""
        for partner in self.truth.world.partners:
            yield from self.partner(shown, partner, under)
            whose = {"partner_id": partner, "partnership_ids": ()}
            for said in stories.lacking(shown, partner):
                yield from self.says(said, "stories", partner, "lacking", whose=whose)
        for partnership in self.truth.world.by_id:
            yield from self.partnership(shown, partnership, under)
            whose = {"partner_id": None, "partnership_ids": (partnership,)}
            for said in stories.lacking(shown, partnership_ids=(partnership,)):
                yield from self.says(said, "stories", partnership, "lacking", whose=whose)

    def partner(self, shown: View, partner: str, under: str) -> Iterator[Verdict]:
        rows = shown.rows(answers.PartnerResults, partner_id=partner)
        answered = self.truth.answer("partner_results", shown.values, partner_id=partner)
        true = {key(r): r for r in answered}
        so_all = list(true.values())
        foot = feet.rounding_of(shown, rows)
        for row in rows:
            told = dict(zip(stories.RESULT, stories.result(shown, row), strict=True))
            so = true[key(row)]
            people = is_people(shown, row.measure)
            for name, column in (("value", "value"), ("shared", "shared_value")):
                place = self.place("stories", partner, name, foot)
                yield from self.numbered(told[name], Count(getattr(so, column), people), place)
        if rows:
            table, exact = (stories.by_period(shown, of, MOST_PERIODS) for of in (rows, so_all))
            foot = feet.rounding_of(shown, rows, stories.result_totals(shown, rows))
            yield from self.tabled(table, exact, self.place("stories", partner, "results", foot))

    def partnership(self, shown: View, id_: str, under: str) -> Iterator[Verdict]:
        rows = [
            r
            for r in shown.rows(answers.PartnershipResults, partnership_id=id_)
            if r.value is not None
        ]
        so = [
            r
            for r in self.truth.answer("partnership_results", shown.values, partnership_id=id_)
            if r.value is not None
        ]
        foot = feet.rounding_of(shown, rows)
        if rows:
            table, exact = (period_rows(shown.words, of) for of in (rows, so))
            yield from self.tabled(table, exact, self.place("stories", id_, "results", foot))

    def tabled(self, shown: Sequence[Any], true: Sequence[Any], place: Place) -> Iterator[Verdict]:
        """A table beside the same of true numbers, heading first."""
        for pair in zip(shown[1:], true[1:], strict=True):
            for text, so in zip(*pair, strict=True):
                numbers = zip(*(self.reader.tokens(t) for t in (text, so)), strict=False)
                self.read.add(text)
                for shown_number, exact in numbers:
                    count = Count(self.reader.number(exact), bool(place.foot))
                    yield from self.numbered(shown_number, count, place)

    # What leaves the house

    def deck(self) -> Iterator[Verdict]:
        made = complete(self.view, "x")
        made = replace(made, is_internal=not self.is_protected)
        maker = Maker(self.view.words, made, self.version, self.database, Identity())
        for slide in maker.slides():
            for text in (slide.headline, self.ours(slide.foot), slide.said):
                yield from self.again(text, "deck", slide.headline)
            if slide.chart:
                spoken = [h for s in of(slide.chart, "series") for h in (*s.hovers, *s.labels)]
                spoken += [h for one in of(slide.chart, "figures") for h in (one.note, one.number)]
                for text in (*of(slide.chart, "totals"), *spoken, slide.chart.alt):
                    yield from self.again(text, "deck", slide.headline)

    def ours(self, foot: str) -> str:
        """A foot without what happened, which stands in it in others' words."""
        for words in sorted(self.told, key=len, reverse=True):
            foot = foot.replace(f"{words} · ", "")
        return foot

    def again(self, text: str, surface: str, figure: str) -> Iterator[Verdict]:
        """What was read where it stood first; else it is read here."""
        if text and text not in self.read and re.search(r"\d", text):
            yield from self.says(text, surface, figure, "text")

    def papers(self, partners: Iterable[str]) -> Iterator[Verdict]:
        """The board's and some partners' paper: the words that the typesetter is given."""
        yield from self.paper(lambda: report.board_report(self.view, Identity()))
        for partner in partners:
            whose = {"partner_id": partner, "partnership_ids": ()}
            yield from self.paper(
                lambda one=partner: report.partner_report(self.view, Identity(), one), whose
            )

    def paper(self, write: Any, whose: Any = None) -> Iterator[Verdict]:
        given: dict[str, Any] = {}

        def taken(template: str, said: Mapping[str, Any], files: Any) -> bytes:
            given.update(said)
            return b""

        # What is said is all that matters here, and it is as it was given to the typesetter.
        with MonkeyPatch.context() as instead:
            instead.setattr(report, "typeset", taken)
            instead.setattr(report, "add_picture", lambda files, chart, size: "")
            write()
        titles = [p.title for p in self.truth.world.partnerships]
        names = [*titles, *(p.name for p in self.truth.world.partners.values())]
        about = {"names": names} | ({"whose": whose} if whose else {})
        lines = [line for section in given["sections"] for line in section["lines"]]
        said = [given["title"], given["under"], *lines]
        drawn = [of for of in given["figures"] if "numbers" not in of]
        foot = " · ".join([*lines, *(of["foot"] for of in drawn)])
        said += [text for of in drawn for text in (of["title"], self.ours(of["foot"]))]
        said += [text for of in given["figures"] for text in texts(of.get("numbers", ()))]
        shared = self.view.words("story.shared") + " "
        # The foot beside it is a sentence of its own there.
        beside = [
            sentences.small(one.removeprefix(shared)[:-1]) for one in said if one.startswith(shared)
        ]
        for text in [*(one for one in said if not one.startswith(shared)), *beside]:
            if text not in self.read and re.search(r"\d", text) and not text.startswith("#"):
                yield from self.reader.read(text, self.place("paper", "", "text", foot, **about))
        # A table's numbers stood in the story; its names and days are not claims.
        cells = [cell for section in given["sections"] for row in section["rows"] for cell in row]
        for cell in cells:
            if self.reader.number(cell) is not None and cell not in self.read:
                yield Verdict(self.place("paper", "", "table"), "unread", "unread", False, cell)

    def site(self) -> Iterator[Verdict]:
        """Every text of the pages for everyone stood on a page of the app, or beside a figure."""
        for _, name, _ in SITE_PAGES:
            for made in on_page(self.view, name):
                self.read.update(text for note in notes(self.view, made) for text in note)
        version = f"{self.view.words('publication.name')} {self.version.name}"
        self.read |= {feet.under_headline(self.view), version}
        known = " ".join(squeezed(text) for text in self.read)
        for file, name, _ in SITE_PAGES:
            page = site_page(self.view, Home(Identity()), name)
            found = Texts()
            found.feed(page)
            for text in found.texts:
                parts = squeezed(text).split(" · ")
                # A picture's label that has no room for its end.
                parts = [part.removesuffix("…") for part in parts]
                if any(re.search(r"\d", part) and part not in known for part in parts):
                    yield from self.again(text, "site", file)


def of(chart: Chart, field: str) -> Any:
    """What only some forms have, nothing of the others."""
    return getattr(chart, field, ())


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.skips = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.skips = tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.skips:
            self.texts.append(data.strip())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def texts(said: Any) -> Iterator[str]:
    """All texts in what is nested."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for one in said.values():
            yield from texts(one)
    elif isinstance(said, Sequence):
        for one in said:
            yield from texts(one)


def is_people(shown: View, measure: str) -> bool:
    meant = shown.measure(measure)
    return meant["counts_people"] == "yes" or meant["unit"] == "share"


def counted(label: Label | None) -> float | None:
    """The count that a label shows, or whose share it does."""
    if isinstance(label, Count):
        return label.value
    return label.share.part if isinstance(label, Pair | Percent) else None


def key(row: Any) -> tuple[Any, ...]:
    return row.programme, row.measure, row.measured_at, row.from_year, row.to_year, row.evidence


def without_number(cell: Any) -> int:
    """How many of the records that count in a cell have no number; examples beside published ones
    don't count."""
    if cell is None:
        return 0
    beside = 0 if cell.value is None or is_example(cell.value) else cell.example_count
    return int(cell.record_count - beside - cell.known_count)


def value(cell: Any, answer: Answer) -> float | None:
    """The true number of a cell; nothing found is none where records are counted."""
    found = getattr(cell, "value", None)
    return 0 if found is None and answer.counts_records else found
