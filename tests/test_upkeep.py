"""Ten minutes a month: what is due, in its order, and how far the figures have come."""

from dataclasses import replace
from datetime import date

import pytest

from queries import answers
from ringvirkning.figures import catalogue, stories, upkeep
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.texts import LANGUAGES, clock, words

IG = "association=Innovasjon+Gardermoen"


def seen(watch: Watch, address: str = "", language: str = "nb"):
    version = watch.published[-1]
    database = version.exact(watch.var)
    return catalogue.seen(words(language), version, database, clock.today(), address)


@pytest.mark.parametrize("address", ["", IG, f"{IG}&years=2024-2025&programme=WorkOP"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_most_records_lack_stands_first_and_nothing_twice(watch, address, language):
    shown = seen(watch, address, language)
    due = upkeep.tasks(shown)
    assert len(due) > 3 and len({one.matter for one in due}) == len(due)
    counts = [one.missing for one in due]
    assert counts == sorted(counts, reverse=True) and 0 not in counts
    own = shown.of_associations.published
    for one in due:
        activities = own.rows(answers.AttentionActivities, matter=one.matter)
        ids = {*one.partnership_ids} | {row.activity_id for row in activities}
        assert len(ids) == one.missing or (one.matter, ids) == ("with_source", set())


def test_it_says_what_the_worklist_says_and_examples_are_nobodys_work(watch):
    shown = seen(watch)
    own = shown.published
    told = {one.matter: one for one in upkeep.tasks(shown)}
    for row in own.rows(answers.Attention):
        if row.matter == upkeep.TOLD_OTHERWISE or not row.record_count:
            assert row.matter not in told
        else:
            assert told[row.matter].what == stories.attention_count(own.words, row)
    of_examples = {row.matter: row.record_count for row in shown.rows(answers.Attention)}
    assert of_examples["not_followed_up"] == 1 and "not_followed_up" not in told


def test_how_far_the_figures_have_come(watch):
    shown = seen(watch)
    w = shown.words
    said = upkeep.come_so_far(shown)
    assert said == w.listed(
        [
            w("upkeep.so_far.confirmed", n=0, of=25),
            w("upkeep.so_far.with_source", n=7, of=7),
        ]
    )
    nobody = replace(shown, selection=replace(shown.selection, association=("Ingen",)))
    assert upkeep.come_so_far(nobody) == "" and upkeep.tasks(nobody) == []


def test_from_october_on_a_programme_without_a_target_for_next_year_is_told(watch):
    version = watch.published[-1]
    matter, w = "no_next_target", words("nb")

    def told(day: str):
        shown = catalogue.seen(w, version, version.exact(watch.var), date.fromisoformat(day), "")
        due = {one.matter: one for one in upkeep.tasks(shown)}
        said = dict(stories.attention(shown.published)).get(w(f"attention.{matter}.title"))
        return due[matter].missing if matter in due else None, said

    names = "Internasjonale Drammen; Internasjonale Drammen (drift); Næringsvekst 2020"
    what = w(f"attention.{matter}.what", n=3)
    assert told("2020-10-01") == (3, f"{what}: {names}")
    assert told("2020-09-30") == (None, None)
    assert told("2019-10-01") == (None, w(f"attention.{matter}.what", n=0))
    assert told("2026-11-23") == (None, None), "the only targets of that year are examples"
