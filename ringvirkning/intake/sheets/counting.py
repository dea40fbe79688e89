"""Rows of participants, counted into rounds: how many came, how far they came, how old they are.

A figure stands only where every row of its round has an answer: unknown is not zero. A word is
shown, and asked about, only where several rows have it; all others together.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from ringvirkning.finding import MOST_SHOWN, Finding
from ringvirkning.intake.sheets import LEAVE_OUT, Cell, CountedRounds, Decisions, Grid, Row
from ringvirkning.intake.sheets.cells import age_group
from ringvirkning.intake.sheets.participants import (
    AGE,
    ATTENDED,
    NOT_IN_WORK,
    REGISTERED,
    Participants,
    known_stages,
    mark_of,
    stages_of,
)
from ringvirkning.intake.sheets.persons import FEWEST_ALIKE
from ringvirkning.intake.sheets.vocabulary import near, plain
from ringvirkning.intake.sheets.wide import AND, FOLLOWED_UP, LATER, MARK, choice, fixed

YEARS_OF_AGE = (16, 20, 25, 31)  # where an age group begins, as programmes tell them
# What the person says: of each row, of those beyond an interview, of empty cells.
CAME_EACH, REGISTERED_EACH, SOMETHING_ELSE = "came_each", "registered_each", "something_else"
COUNT_OF = {CAME_EACH: "attended_count", REGISTERED_EACH: "registered_count"}
PASSED, NOT_TOLD = "passed", "not_told"
BLANK_IS_NO, BLANK_IS_UNKNOWN = "blank_is_no", "blank_is_unknown"
SHOWN = 160  # characters of headings
# Who came to one of the latest stages has passed the others on the way, or may have.
PASSED_ON = ("interviews", "job_offers")
LATEST = (
    "placement_permanent", "placement_temporary", "apprenticeship", "placement_unspecified",
)  # fmt: skip


@dataclass
class FigureAnswers:
    """What each row says of a figure, None for nothing; `blank` are the places of the rows whose
    cell in its column, at `place`, is empty."""

    place: int
    answers: list[bool | None]
    blank: set[int]

    def only_of(self, asked: Sequence[bool | None]) -> None:
        """Take who was followed up from a column of its own: nobody else has an answer."""
        for at, was_asked in enumerate(asked):
            if not was_asked:
                self.answers[at] = None
            elif at in self.blank:
                self.answers[at] = False
        self.blank = set()


@dataclass
class Counting:
    """One sheet of participants on its way to rounds; `measures` by the words for them."""

    found: Participants
    sheet: str
    file: str
    measures: Mapping[str, str]
    choices: Decisions
    findings: list[Finding] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return self.found.rows

    @property
    def place(self) -> dict[str, str | int]:
        """Where a question is shown: at the headings, never at a row."""
        return {"sheet": self.sheet, "row": self.found.header.number}

    @property
    def is_open(self) -> bool:
        """Whether a question has no answer yet."""
        return any(c.value is None and c.sheet == self.sheet for c in self.choices.made)

    def heading(self, place: int) -> str:
        return " ".join(self.found.header.cell(place).text.split())

    def say(self, finding: Finding) -> None:
        row = finding.row or self.found.header.number
        said = replace(finding, row=row, sheet=self.sheet or None, level="should_look")
        self.findings.append(said)


def participants_counted(
    found: Participants, grid: Grid, file: str, measures: Mapping[str, str], choices: Decisions
) -> tuple[CountedRounds | None, list[Finding]] | None:
    """What a sheet of participants comes to, nothing while something is asked; None where the
    person says that its rows are something else."""
    counting = Counting(found, grid.sheet, file, measures, choices)
    said = is_each(counting)
    if said == SOMETHING_ELSE:
        return None
    rounds = rounds_of(counting)
    figures = answers_by_figure(counting, came=said == CAME_EACH)
    if said is None or counting.is_open:
        return None, []
    made = rounds_counted(counting, rounds, figures, COUNT_OF[said])
    tell_repeated(counting)
    tell_unanswered(counting, rounds, figures)
    return made, counting.findings


def is_each(counting: Counting) -> str | None:
    """What each row is: somebody who came, or registered, or something else."""
    columns, header = counting.found.columns, counting.found.header
    options = [REGISTERED_EACH] if columns.attended is not None else [CAME_EACH, REGISTERED_EACH]
    if not columns.is_of_persons:
        options.append(SOMETHING_ELSE)
    shown = ", ".join(counting.heading(place) for place in header.filled)[:SHOWN]
    only = options[0] if len(options) == 1 else None
    return counting.choices.decide("participants", only, options, found=shown, **counting.place)


def rounds_of(counting: Counting) -> dict[str, list[int]]:
    """The places of the rows of each round, by what it is called. Those without one, and of a round
    that hardly any row has, are counted in none, which is said."""
    columns = counting.found.columns
    if columns.round is None:
        names = filter(None, [counting.sheet, counting.file.rpartition(".")[0]])
        free = {"is_free": True, **counting.place}
        called = counting.choices.decide("round", None, names, **free)
        return {called or "": [*range(len(counting.rows))]}
    alike: dict[str, tuple[str, list[int]]] = {}
    for place, row in enumerate(counting.rows):
        name = " ".join(row.cell(columns.round).text.split())
        year = row.cell(columns.year).text if columns.year is not None else ""
        if name:
            name = f"{name} {year}" if year and year not in name else name
            alike.setdefault(plain(name), (name, []))[1].append(place)
    rounds = {name: places for name, places in alike.values() if len(places) >= FEWEST_ALIKE}
    placed = {place for places in rounds.values() for place in places}
    left = [row.number for place, row in enumerate(counting.rows) if place not in placed]
    if left:
        heading, count = counting.heading(columns.round), f"{len(left)}"
        counting.say(Finding("participants_without_round", counting.file, left[0], heading, count))
    return rounds


def answers_by_figure(counting: Counting, *, came: bool) -> dict[str, FigureAnswers]:
    """What each row says of each figure, by its choice as a column."""
    columns, rows = counting.found.columns, counting.rows
    known: dict[str, FigureAnswers] = {}
    for place, point in columns.statuses.items():
        known |= figures_of_words(counting, place, point, came=came)
    marks = {place: meant for place, meant in columns.marks.items() if meant.startswith(MARK)}
    if columns.attended is not None:
        marks[columns.attended] = "attended_count"
    for place, meant in marks.items():
        blank = {at for at, row in enumerate(rows) if not row.cell(place).text}
        known[meant] = FigureAnswers(place, [mark_of(row.cell(place).text) for row in rows], blank)
    for place, meant in columns.marks.items():
        later = choice(LATER, meant.removeprefix(FOLLOWED_UP))
        if meant.startswith(FOLLOWED_UP) and later in known:
            known[later].only_of([mark_of(row.cell(place).text) for row in rows])
    fill_blanks(counting, known)
    return known


def figures_of_words(
    counting: Counting, place: int, point: str, *, came: bool
) -> dict[str, FigureAnswers]:
    """What a column of words says of each figure that it has words of. Words tell the last stage
    only: whether those beyond an interview had one is asked."""
    words = [plain(row.cell(place).text) for row in counting.rows]
    stages = stages_of_words(counting, place, point, words)
    reached = [stages.get(word) for word in words]
    blank = {at for at, word in enumerate(words) if not word}

    def figure(through: Collection[str]) -> FigureAnswers:
        return FigureAnswers(place, [None if r is None else r in through for r in reached], blank)

    said = {stage for stage in reached if stage}
    if point:
        return {choice(LATER, point): figure([LATER])} if said else {}
    order = [stage for stage in stages_of(counting.measures) if stage in said]
    beyond = {stage: [s for s in LATEST if s in said] for stage in PASSED_ON if stage in said}
    if "interviews" in beyond and "job_offers" in beyond:
        beyond["interviews"].append("job_offers")
    if any(beyond.values()):
        told = {"column": counting.heading(place), **counting.place}
        if counting.choices.decide("stages", None, (PASSED, NOT_TOLD), **told) != PASSED:
            order = [stage for stage in order if not beyond.get(stage)]
    found = {choice(stage, ""): figure([stage, *beyond.get(stage, [])]) for stage in order}
    if not came and said:
        found["attended_count"] = figure(said - {REGISTERED})
    return found


def stages_of_words(
    counting: Counting, place: int, point: str, words: Sequence[str]
) -> dict[str, str]:
    """How far somebody has come by each word of a column, as far as it is known; what is not is
    asked, of words that several rows have, and of all others together."""
    known = known_stages(counting.measures, is_later=bool(point))
    options = (
        [LATER, NOT_IN_WORK] if point else [REGISTERED, ATTENDED, *stages_of(counting.measures)]
    )
    sizes = Counter(filter(None, words))
    shown = {plain(row.cell(place).text): row.cell(place).text for row in counting.rows}
    own = [w for w in sizes if w not in known and sizes[w] >= FEWEST_ALIKE][:MOST_SHOWN]
    found = dict[str, str | None]()
    for word in [*(w for w in sizes if w in known), *own]:
        likely = [known[word]] if word in known else near(word, known)
        found[word] = counting.choices.decide(
            "stage",
            known.get(word),
            [*dict.fromkeys([*(one for one in likely if one in options), *options, LEAVE_OUT])],
            about=f"{point}:{word[:80]}",
            column=counting.heading(place),
            found=" ".join(shown[word].split())[:80],
            **counting.place,
        )
    if others := [word for word in sizes if word not in found]:
        count = sum(sizes[word] for word in others)
        value = counting.choices.decide(
            "other_stages",
            None,
            [*options, LEAVE_OUT],
            about=point,
            column=counting.heading(place),
            found=f"… ({count})",
            **counting.place,
        )
        found |= dict.fromkeys(others, value)
    return {word: stage for word, stage in found.items() if stage not in (None, LEAVE_OUT)}


def fill_blanks(counting: Counting, known: dict[str, FigureAnswers]) -> None:
    """Ask whether an empty cell is a no, where that is not plain. Of who was followed up later an
    empty cell says that somebody was not, as long as others say no."""
    doubtful = {
        name: figure
        for name, figure in known.items()
        if figure.blank and not (is_later(name) and False in figure.answers)
    }
    if not doubtful:
        return
    places = dict.fromkeys(figure.place for figure in doubtful.values())
    shown = ", ".join(map(counting.heading, places))[:SHOWN]
    options = (BLANK_IS_NO, BLANK_IS_UNKNOWN)
    value = counting.choices.decide("blanks", None, options, found=shown, **counting.place)
    for name, figure in doubtful.items():
        if value == BLANK_IS_NO:
            for at in figure.blank:
                figure.answers[at] = False
        elif is_later(name):
            del known[name]  # a share of those who said yes is none


def is_later(name: str) -> bool:
    return name.startswith(MARK) and "measured_at" in fixed(name)


def age_groups(counting: Counting) -> list[str]:
    """The age group of each row, "" where it is not known."""
    place = counting.found.columns.age
    texts = (row.cell(place).text if place is not None else "" for row in counting.rows)
    return [group_of_age(text) for text in texts]


def group_of_age(text: str) -> str:
    """The group of an age, or as it is told."""
    if not (age := AGE.fullmatch(text)):
        return age_group(text) or ""
    first = max((year for year in YEARS_OF_AGE if year <= int(age[1])), default=0)
    after = min((year for year in YEARS_OF_AGE if year > first), default=None)
    return f"{first}_{after - 1}" if after else f"{first}+"


def rounds_counted(
    counting: Counting,
    rounds: Mapping[str, list[int]],
    known: Mapping[str, FigureAnswers],
    all_of: str,
) -> CountedRounds:
    """The rounds, a row each, and what their columns are; `all_of` is that of how many they are."""
    ages = age_groups(counting)
    lines = [
        {"title": name, all_of: f"{len(places)}"}
        | said_alike(counting, places)
        | {n: text for name in known for n, text in counts(name, known[name], places, ages)}
        for name, places in rounds.items()
    ]
    names = sorted({name for line in lines for name in line})
    names.sort(key=partial(order_of_column, stages_of(counting.measures)))
    own = {name: counting.heading(figure.place) for name, figure in known.items()}
    if counting.found.columns.round is not None:
        own["title"] = counting.heading(counting.found.columns.round)
    header = Row(counting.found.header.number, [Cell(own.get(name, name)) for name in names])
    numbers = (counting.rows[places[0]].number for places in rounds.values())
    rows = [
        Row(number, [Cell(line.get(name, "")) for name in names])
        for number, line in zip(numbers, lines, strict=True)
    ]
    count = f"{sum(map(len, rounds.values()))}"
    counting.say(Finding("participants_counted", counting.file, found=count))
    return CountedRounds(Grid(counting.sheet, [header, *rows]), dict(enumerate(names)))


def order_of_column(stages: Sequence[str], name: str) -> tuple[bool, bool, bool, str, int]:
    """The round itself first, then figures by when they were measured, then those by age."""
    said = fixed(name)
    point = said.get("measured_at", name.partition(":")[2] if name.startswith(FOLLOWED_UP) else "")
    stage = said.get("measure", "")
    order = stages.index(stage) if stage in stages else len(stages)
    return name != "title", AND in name, ":" in name, point, order


def said_alike(counting: Counting, places: Sequence[int]) -> dict[str, str]:
    """What all rows of a round say of it: its day, its programme."""
    said = {}
    for place, name in counting.found.columns.told.items():
        texts = {counting.rows[at].cell(place).text for at in places}
        if len(texts) == 1 and len(places) >= FEWEST_ALIKE:
            said[name] = texts.pop()
    return {name: text for name, text in said.items() if text}


def counts(
    name: str, figure: FigureAnswers, places: Sequence[int], ages: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """A figure of a round, and by age, where every row has an answer; of later ones those in work
    and of how many."""
    answers = [figure.answers[at] for at in places]
    known = [answer for answer in answers if answer is not None]
    if is_later(name):
        if known:
            yield name, f"{sum(known)}"
            yield f"{FOLLOWED_UP}{fixed(name)['measured_at']}", f"{len(known)}"
        return
    if len(known) < len(answers):
        return
    yield name, f"{sum(known)}"
    for group in dict.fromkeys(ages[at] for at in places) if name.startswith(MARK) else ():
        if group:
            of_group = (known[n] for n, at in enumerate(places) if ages[at] == group)
            yield f"{name}{AND}age_group:{group}", f"{sum(of_group)}"


def tell_repeated(counting: Counting) -> None:
    """Say that two columns tell the same, of which only one can be counted."""
    columns = counting.found.columns
    meant = [*columns.marks.values(), *columns.told.values(), *columns.statuses.values()]
    for name, times in Counter(meant).items():
        if times > 1:
            places = {**columns.marks, **columns.told, **columns.statuses}
            heading = counting.heading(max(p for p, one in places.items() if one == name))
            row, sheet = counting.found.header.number, counting.sheet or None
            found = Finding("repeated_column", counting.file, row, heading, heading, sheet=sheet)
            counting.findings.append(found)


def tell_unanswered(
    counting: Counting, rounds: Mapping[str, list[int]], known: Mapping[str, FigureAnswers]
) -> None:
    """Say in which columns rows have no answer, and which are not counted at all."""
    placed = sorted(place for places in rounds.values() for place in places)
    for place in dict.fromkeys(f.place for name, f in known.items() if not is_later(name)):
        figures = [figure for figure in known.values() if figure.place == place]
        lacking = [at for at in placed if any(figure.answers[at] is None for figure in figures)]
        if lacking:
            row, count = counting.rows[lacking[0]].number, f"{len(lacking)}"
            heading = counting.heading(place)
            counting.say(Finding("participants_unanswered", counting.file, row, heading, count))
    header, used = counting.found.header, counting.found.columns.used
    left = [heading for p in header.filled if p not in used and (heading := counting.heading(p))]
    if left:
        shown = ", ".join(left)[:SHOWN]
        counting.say(Finding("participants_left_out", counting.file, found=shown))
