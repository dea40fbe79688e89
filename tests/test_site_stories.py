"""What the page for everyone tells of each agreement, each question and under each filter: as the
app does, from the protected edition."""

import re
from datetime import date
from html import escape, unescape

import pytest

from queries import answers
from ringvirkning.export.identity import Identity
from ringvirkning.export.site.addresses import addresses_in, story_addresses
from ringvirkning.export.site.agreements import agreement_pages
from ringvirkning.export.site.places import Home
from ringvirkning.figures import agreement_story, stories
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.timeline import every_partnership
from ringvirkning.figures.view import View
from ringvirkning.intake.watch import Watch
from ringvirkning.texts import LANGUAGES, words
from tests.test_deck import AS_OF, Tables

HOME = Home(Identity("Foreningen <i>"))


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(watch: Watch, request: pytest.FixtureRequest) -> View:
    latest = watch.published[-1]
    day = date.fromisoformat(AS_OF)
    return seen(words(request.param), latest, latest.protected(watch.var), day, "")


def links_of(page: str) -> dict[str, str]:
    """The names of links in the main part, by where they lead."""
    main = page.split("<main>")[1]
    return {to: unescape(name) for to, name in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)', main)}


def test_each_agreement_is_told_as_in_the_app(shown: View):
    to = story_addresses(shown)
    pages = agreement_pages(shown, HOME, to)
    records = every_partnership(shown)
    assert len(pages) == len(records) > 30
    assert {*to.agreements} == {row.partnership_id for row in records}
    w, has_figures = shown.words, 0
    for row in records:
        page = pages[to.agreements[row.partnership_id]]
        agreement = stories.the_agreement(shown, row.partnership_id)
        assert f"<h1>{escape(agreement.title)}</h1>" in page
        facts = agreement_story.agreement_facts(w, agreement)
        lacking = stories.lacking(shown, partnership_ids=(row.partnership_id,))
        for text in (*facts, *facts.values(), *lacking, agreement.purpose or ""):
            assert escape(text, quote=False) in page.replace("&#39;", "'").replace("&#34;", '"')
        found = agreement_story.with_figures(agreement_story.results_of(shown, row.partnership_id))
        tables = Tables.of(page)
        if found:
            has_figures += 1
            assert [list(one) for one in agreement_story.period_rows(w, found)] in tables
        told, _ = agreement_story.activities_of(shown, row.partnership_id)
        if told:
            assert [list(one) for one in agreement_story.activity_rows(w, told)] in tables
        names = {one.name for one in agreement_story.partners_agreed(shown, row.partnership_id)}
        assert names <= {*links_of(page).values()}, "each leads to its own page"
    assert has_figures > 5


def test_what_is_between_the_parties_is_on_no_page_of_theirs(shown: View, watch: Watch):
    """Next steps, roles, who was asked, and what nobody has published of contributions."""
    latest = watch.published[-1]
    exact = seen(shown.words, latest, latest.exact(watch.var), shown.as_of, "")
    ids = [row.partnership_id for row in every_partnership(exact)]
    streams = exact.rows(answers.WorkStreams, agreement_ids=tuple(ids))
    agreed = [stories.the_agreement(exact, one) for one in ids]
    secrets = {
        text
        for row in (*streams, *agreed)
        for name in ("next_step", "own_role", "partner_role", "note", "confirmed_role")
        if (text := getattr(row, name, None)) and len(text) > 12
    }
    assert len(secrets) > 3
    said = "".join(agreement_pages(shown, HOME, story_addresses(shown)).values())
    assert not [text for text in secrets if text in unescape(said)]


def test_alike_names_have_addresses_of_their_own_in_whatever_order():
    ids = ["a b", "a-b", "A_B", "øl", "東"]
    found = addresses_in("x/", ids)
    assert len({*found.values()}) == len(ids) and found == addresses_in("x/", ids[::-1])
    assert found["øl"] == "x/oel.html" and found["東"] == "x/1.html"
