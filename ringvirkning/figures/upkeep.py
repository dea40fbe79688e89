"""What an editor can do for the figures in ten minutes: what is due, and how far they have come."""

from typing import NamedTuple

from queries import answers
from ringvirkning.figures import stories
from ringvirkning.figures.view import View
from ringvirkning.texts import sentences

# Who is asked within a year is not asked within two; what is ending is no part that is left.
TOLD_OTHERWISE, WITHOUT_PART, FOLLOWED_UP = "unconfirmed", "ending", "not_followed_up"


class Task(NamedTuple):
    """A thing that is due for `missing` records: those agreements, or others where there are none.
    `progress` is how many of how many are done, in words, or ""."""

    matter: str
    title: str
    what: str
    progress: str
    missing: int
    partnership_ids: tuple[str, ...]


def tasks(shown: View) -> list[Task]:
    """What is due, first what most records lack. Examples are nobody's work."""
    own = shown.of_associations.published
    found = [*upkeep_tasks(own), *attention_tasks(own)]
    return sorted((one for one in found if one.missing), key=lambda one: -one.missing)


def upkeep_tasks(shown: View) -> list[Task]:
    w = shown.words
    return [
        Task(
            row.matter,
            w(f"upkeep.title.{row.matter}"),
            w(f"upkeep.what.{row.matter}", n=row.of_count - row.done_count),
            progress_words(shown, row.done_count, row.of_count),
            row.of_count - row.done_count,
            tuple(row.partnership_ids or ()),
        )
        for row in shown.rows(answers.Upkeep)
    ]


def attention_tasks(shown: View) -> list[Task]:
    w = shown.words
    return [
        Task(
            row.matter,
            w(f"attention.{row.matter}.title"),
            stories.attention_count(w, row),
            ""
            if row.matter == WITHOUT_PART
            else progress_words(shown, row.of_count - row.record_count, row.of_count),
            row.record_count,
            tuple(row.partnership_ids or ()),
        )
        for row in shown.rows(answers.Attention)
        if row.matter != TOLD_OTHERWISE
    ]


def progress_words(shown: View, done: int, of: int) -> str:
    return shown.words("upkeep.progress", n=done, of=of)


def come_so_far(shown: View) -> str:
    """How far the figures have come, in a sentence: agreements confirmed, targets with a source,
    rounds followed up; "" where there are none of these."""
    own = shown.of_associations.published
    counts = {row.matter: (row.done_count, row.of_count) for row in own.rows(answers.Upkeep)}
    counts |= {
        row.matter: (row.of_count - row.record_count, row.of_count)
        for row in own.rows(answers.Attention)
        if row.matter == FOLLOWED_UP
    }
    told = [
        own.words(f"upkeep.so_far.{matter}", n=done, of=of)
        for matter, (done, of) in counts.items()
        if of
    ]
    return sentences.capital(own.words.listed(told))
