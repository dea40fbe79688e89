"""What the page for everyone tells of each agreement, each question and under each filter: as the
app does, from the protected edition."""

import csv
import gzip
import io
import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, timedelta
from html import escape, unescape
from pathlib import Path
from random import Random

import pytest

from queries import answers
from ringvirkning.charts import Bars, Columns, Panels, Series, forms
from ringvirkning.charts.paper.fitting import with_room
from ringvirkning.export import site
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import find, lists, pages_of, staying, undrawn_of
from ringvirkning.export.site.about import about_page
from ringvirkning.export.site.addresses import addresses_in, every_agreement, story_addresses
from ringvirkning.export.site.agreements import agreement_list, agreement_pages
from ringvirkning.export.site.chosen import ALL_SHOWN, Narrowing, may_be_chosen
from ringvirkning.export.site.find import find_page
from ringvirkning.export.site.folder import write_files
from ringvirkning.export.site.pages import Content, choice_page, contents_of, site_size
from ringvirkning.export.site.partners import list_of_partners
from ringvirkning.export.site.places import (
    AGREEMENTS_PAGE,
    FOLDERS,
    PARTNERS_PAGE,
    QUESTIONS_PAGE,
    Home,
    dashed,
    figures_on_pages,
)
from ringvirkning.export.site.questions import question_pages, questions_told, said_question
from ringvirkning.figures import agreement_story, feet, stories
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.explore.figure import of_question
from ringvirkning.figures.explore.ready import ready_answer, ready_questions
from ringvirkning.figures.filters import filter_summary
from ringvirkning.figures.partners import every_partner
from ringvirkning.figures.timeline import every_partnership
from ringvirkning.figures.view import View
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store.versions import Version
from ringvirkning.texts import LANGUAGES, sentences, words
from tests.test_deck import AS_OF, Tables

ADDRESS = "https://tall.example.no/"
HOME = Home(Identity("Foreningen <i>"), ADDRESS)


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
    pages = agreement_pages([shown], HOME, to)[shown.words.language]
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
        assert f'">{w("foot.rounded")[:20]}' not in page, "a line of its own is a sentence"
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
    said = "".join(
        agreement_pages([shown], HOME, story_addresses(shown))[shown.words.language].values()
    )
    assert not [text for text in secrets if text in unescape(said)]


def test_each_ready_question_is_answered_as_in_the_app(shown: View):
    asked = questions_told(shown)
    pages = question_pages(shown, HOME, asked)
    listed = links_of(pages[QUESTIONS_PAGE])
    questions = ready_questions(shown)
    assert len(asked) == len(listed) == len(questions) > 10
    for name, question in questions.items():
        path = f"questions/{dashed(name)}.html"
        page, words_of_it = pages[path], shown.words(f"explore.ready.{name}")
        assert listed[path] == words_of_it and f">{words_of_it}</a></p>" in page
        figure = of_question(shown, question)
        assert figure and ready_answer(shown, question) == figure.chart.title
        for of in (page, pages[QUESTIONS_PAGE]):
            assert figure.chart.title in unescape(of)
        assert [list(row) for row in figure.chart.rows] in Tables.of(page)
        assert figure.foot in unescape(page)


def test_a_figure_under_a_filter_has_an_address_and_all_that_is_known_of_it(shown: View):
    """As one of all has, but for pictures; and it says under which filter it is."""
    choice = next(one for one in may_be_chosen(shown) if one.code == "municipality")
    told = {one: contents_of(shown, one) for one in (ALL_SHOWN, choice)}
    pages, files = pages_of(shown, HOME, told), undrawn_of(shown, HOME, told)
    own, w = choice.within(shown), shown.words
    address = f"{ADDRESS}{FOLDERS[w.language]}by/partner-type/municipality/figures/"
    made = {stem: of for stem, (_, of) in figures_on_pages(own, choice.pages).items()}
    folder = f"{choice.folder}figures/"
    paths = [path for path in pages if path.startswith(folder)]
    assert len(paths) == len(made) > 12 and len(files) == 2 * len(paths)
    listed = [
        to for page in choice.pages for to in links_of(pages.get(choice.path(page), "<main>"))
    ]
    for path in paths:
        page, stem = unescape(pages[path]), path.removeprefix(folder).removesuffix(".html")
        assert f'<link rel="canonical" href="{address}{stem}.html">' in page
        assert f"figures/{stem}.html" in listed, "its page leads to it"
        said = json.loads(files[f"{folder}{stem}.json"])
        figure = made[stem]
        assert said["title"] == figure.chart.title
        assert said["page"] == f"{address}{stem}.html"
        assert said["files"] == {kind: f"{address}{stem}.{kind}" for kind in ("csv", "json")}
        assert said["selection"] == filter_summary(w, own.selection, own.span)
        assert w.code("partner_type", "municipality") in said["selection"]
        assert said["basis"] == figure.foot and said["version"] == shown.version.name
        assert said["licence"] and all(one["definition"] for one in said["measures"])
        assert len(said["rows"]) == len(figure.chart.rows) - 1
        rows = [*csv.reader(io.StringIO(files[f"{folder}{stem}.csv"].decode(), newline=""))]
        assert len(rows) == len(figure.chart.rows)
        leads = links_of(pages[path])
        assert leads[f"../../../../{choice.folder}index.html"] == w.code(
            "partner_type", "municipality"
        )
        assert f"../../../../figures/{stem}.html" in leads, "and to the same of all"


def test_what_a_chart_has_no_room_for_is_not_written_in_it():
    w = words("nb")
    series = [
        Series("a", "accent", (1, 2), labels=("15 (eksempel)", "1")),
        Series("b", "accent", (1, 2), labels=("1", "2")),
    ]
    chart = Columns(*forms.base(w, "t", "s", [("x",)]), ("2025", "2026") * 2, tuple(series))
    narrow, wide = (with_room(chart, site_size(chart, name)) for name in ("narrow", "wide"))
    assert isinstance(narrow, Columns) and wide == chart
    assert [one.labels for one in narrow.series] == [(), ("1", "2")]
    panels = Panels(*forms.base(w, "t", "s", [("x",)]), ("2025", "2026") * 4, tuple(series), ("a",))
    narrow, wide = (with_room(panels, site_size(panels, name)) for name in ("narrow", "wide"))
    assert isinstance(narrow, Panels) and wide == panels
    assert [one.labels for one in narrow.series] == [(), ("1", "2")], "on each other"
    few = (replace(series[0], values=(None, 2)),)
    narrow = with_room(replace(panels, series=few), site_size(panels, "narrow"))
    assert isinstance(narrow, Panels) and narrow.series[0].labels == ("15 (eksempel)", "")
    totals = ("ca. 1 000 av 1 000 · ca. 100 % · omtrent på målet", "1", "x" * 99)
    bars = Bars(*forms.base(w, "t", "s", [("x",)]), ("a", "b", "c"), (), totals)
    narrow, wide = (with_room(bars, site_size(bars, name)) for name in ("narrow", "wide"))
    assert isinstance(narrow, Bars) and wide == bars
    assert narrow.totals == ("ca. 1 000 av 1 000 · ca. 100 %", "1", "x" * 99)


def test_every_name_is_on_one_page_and_leads_to_what_it_names(
    shown: View, monkeypatch: pytest.MonkeyPatch
):
    w, to = shown.words, story_addresses(shown)
    choices, asked = [ALL_SHOWN, *may_be_chosen(shown)], questions_told(shown)[:2]
    figures = contents_of(shown, ALL_SHOWN)["overview"].figures
    page = find_page(shown, HOME, to, choices, figures, asked)
    found = links_of(page)
    expected = {
        **{one.path(one.pages[0]): one.label(w) for one in choices if one.kind},
        **{to.partners[row.partner_id]: row.name for row in every_partner(shown)},
        **{to.agreements[row.partnership_id]: row.title for row in every_agreement(shown)},
        **{of.address: of.chart.title for of in figures},
        **{of.address: said_question(shown, of) for of in asked},
    }
    whole = {PARTNERS_PAGE, AGREEMENTS_PAGE}
    assert found.keys() == expected.keys() | whole
    assert {path: found[path] for path in expected} == expected
    assert page.count("data-name") == len(found)
    # Partners are more than there is room for: the page leads to those of their own list.
    monkeypatch.setattr(find, "MOST_FOUND", 40)
    monkeypatch.setattr(lists, "ROWS_ON_PAGE", 20)
    fewer = links_of(find_page(shown, HOME, to, choices, figures, asked))
    assert found.keys() - fewer.keys() == {*to.partners.values()}
    assert fewer.keys() - found.keys() == {"partners-2.html", "partners-3.html"}
    monkeypatch.undo()
    listed = agreement_list(shown, HOME, to)[AGREEMENTS_PAGE]
    assert {path: name for path, name in links_of(listed).items()} == {
        to.agreements[row.partnership_id]: row.title for row in every_agreement(shown)
    }
    # Of all associations together, those that began last first.
    begun = {to.agreements[row.partnership_id]: row.begins_on for row in every_agreement(shown)}
    days = [begun[path] for path in links_of(listed)]
    known = [day for day in days if day]
    assert days == sorted(known, reverse=True) + [None] * (len(days) - len(known))


def test_a_long_list_is_read_from_page_to_page(shown: View, monkeypatch: pytest.MonkeyPatch):
    """Each row on one of them, in order; the first stays where it was, and all lead to all."""
    to, page = story_addresses(shown), PARTNERS_PAGE
    (whole,) = list_of_partners(shown, HOME, to).values()
    rows = [path for path in links_of(whole) if path.startswith("partners/")]
    monkeypatch.setattr(lists, "ROWS_ON_PAGE", 20)
    pages = list_of_partners(shown, HOME, to)
    assert [*pages] == [page, "partners-2.html", "partners-3.html"] and len(rows) > 40
    found: list[str] = []
    for at, (path, one) in enumerate(pages.items()):
        links = links_of(one)
        own = [to for to in links if to.startswith("partners/")]
        found += own
        names = [links[own[0]], links[own[-1]]]
        ends = " – ".join(sentences.shortened(name, lists.LONGEST_PLACE) for name in names)
        said = f"{20 * at + 1}–{20 * at + len(own)}: {ends}"
        assert links[path] == said and {*pages} <= links.keys()
        assert f'href="{path}" aria-current="page">{escape(said)}<' in one
        assert f'href="{page}" aria-current="page">' in one.split("<main>")[0]
        assert said in unescape(one.split("</title>")[0])
        assert ('rel="next"' in one) == (path != [*pages][-1])
    assert found == rows
    agreed = agreement_list(shown, HOME, to)
    assert [*agreed] == [AGREEMENTS_PAGE, "agreements-2.html"]
    years = {one.rpartition(": ")[2] for one in links_of(agreed[AGREEMENTS_PAGE]).values()}
    assert any(re.fullmatch(r"\d{4} – \d{4}", one) for one in years)


def test_a_page_of_a_list_is_small_whatever_there_is(shown: View):
    """Five thousand, of names that have little in common."""
    dice, letters = Random(1), "aaaabdeeeefgiiiklmnnnooprrsssttuvyæøå     "
    listed = [
        (f"partners/{at}.html", ["".join(dice.choices(letters, k=28)) for _ in range(5)])
        for at in range(5000)
    ]
    parts = lists.list_parts(shown.words, PARTNERS_PAGE, 5000, lambda at: listed[at][1][0][:24])
    pages = lists.list_pages(
        shown, HOME, PARTNERS_PAGE, listed, parts, title="", description="", columns=["a"] * 5
    )
    sizes = [len(gzip.compress(page.encode(), 6)) for page in pages.values()]
    assert len(pages) == 10 and max(sizes) < 60_000


def test_what_was_shown_before_stays_and_says_that_others_have_come(tmp_path: Path):
    """Of the latest few that nobody has withdrawn; one that there is no room for leads on."""
    names = ["a", "b", "c", "d"]
    published = [Version(name, "", "", f"2026-01-0{at + 1}") for at, name in enumerate(names)]
    page = b'<b class="newer" hidden>x</b>'
    kinds = {"index.html": page, "en/figures/f.html": page, "figures/f.csv": b"1"}
    was = {f"versions/{one}/{kind}": of for one in names[:3] for kind, of in kinds.items()}
    write_files(was | {"index.html": b"", "versions/x/mine.html": b""}, tmp_path)
    (tmp_path / "versions/a/mine.html").write_text("not ours")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "MOST_VERSIONS", 2)
        files = {"index.html": b"", **site.older_files(tmp_path, published[3], published)}
        assert {*files} == {"index.html", *(f"versions/c/{kind}" for kind in kinds)}
        assert files["versions/c/en/figures/f.html"] == b'<b class="newer">x</b>'
        assert site.older_files(tmp_path, published[2], published[:2]).keys() == {
            f"versions/b/{kind}" for kind in kinds
        }, "what is withdrawn is not among what is published"
    gone = site.gone_pages(tmp_path, files, {"b": published[1]})
    assert {*gone} == {
        "versions/a/index.html", "versions/b/index.html", "versions/b/en/figures/f.html",
    }  # fmt: skip
    nb, en = words("nb"), words("en")
    assert nb("website.gone") in gone["versions/a/index.html"].decode()
    assert 'href="../../index.html"' in gone["versions/a/index.html"].decode()
    assert en("website.withdrawn") in gone["versions/b/en/figures/f.html"].decode()


def test_a_version_has_an_address_of_its_own_that_leads_to_the_newest(shown: View):
    own, w = {ALL_SHOWN: contents_of(shown, ALL_SHOWN)}, shown.words
    asked, folder = questions_told(shown)[:1], "versions/a/"
    there = FOLDERS[w.language]
    newest = replace(HOME, kept=folder)
    files = staying(shown, replace(HOME, version=folder), own, asked)
    stays = {name: unescape(of.decode()) for name, of in files.items()}
    pages = pages_of(shown, newest, own) | question_pages(shown, newest, asked)
    assert {*pages} < {*stays} and not [name for name in stays if ".png" in name]
    said = w("website.stands", date=w.day(shown.version.published_at))
    for path, of in pages.items():
        up = "../" * f"{there}{path}".count("/")
        assert f'href="{up}{folder}{there}{path}"' in of, "it says where it stays"
        assert w("website.newest") not in of
        page, address = stays[path], ADDRESS + there + path.removesuffix("index.html")
        assert said in page and f'<a href="{up}../../{there}{path}">' in page
        assert f'<link rel="canonical" href="{address}">' in page
        assert f"hidden>{w('website.newer')}" in page and w("website.kept") not in page
        assert "og:image" not in page and "feed.xml" not in page and "partners.html" not in page
    for name, of in stays.items():
        if name.endswith(".json") and not name.endswith("index.json"):
            told = json.loads(of)
            assert told["page"] == f"{ADDRESS}{folder}{there}{name.removesuffix('.json')}.html"
            assert told["files"].keys() == {"csv", "json"} and told["rows"]


def test_what_a_browser_keeps_is_of_one_edition_and_can_be_left_out(shown: View):
    """Of the newest pages, which lead to the same worker; those of a version's own stay anyway."""
    nothing = Content("", "", [])
    choice = next(one for one in may_be_chosen(shown) if one.kind)
    later = replace(shown, as_of=shown.as_of + timedelta(1))

    def mark(of: View, home: Home, choice: Narrowing) -> list[tuple[str, str]]:
        page = choice_page(of, home, choice, choice.pages[0], nothing)
        assert ("stands out" in page) == ("data-edition" in page)
        return re.findall(r'<html [^>]*data-worker="([^"]*)" data-edition="([^"]*)"', page)

    up = "../" * FOLDERS[shown.words.language].count("/")
    ((worker, edition),) = mark(shown, HOME, ALL_SHOWN)
    ((from_below, same),) = mark(shown, HOME, choice)
    ((_, other),) = mark(later, HOME, ALL_SHOWN)
    assert (worker, from_below) == (f"{up}sw.js", f"{up}../../../sw.js")
    assert edition == same != other and shown.version.name in edition
    bare = replace(HOME, who=replace(HOME.who, offline=False))
    assert not mark(shown, bare, ALL_SHOWN) + mark(shown, replace(HOME, version="a/"), ALL_SHOWN)
    said = shown.words("website.offline_what")
    for home in (HOME, bare):
        page = unescape(about_page(shown, home, [], []))
        assert (said in page) == home.who.offline and shown.words("website.private_what") in page


def test_alike_names_have_addresses_of_their_own_in_whatever_order():
    ids = ["a b", "a-b", "A_B", "øl", "東"]
    found = addresses_in("x/", ids)
    assert len({*found.values()}) == len(ids) and found == addresses_in("x/", ids[::-1])
    assert found["øl"] == "x/oel.html" and found["東"] == "x/1.html"


def test_a_list_of_agreements_counts_nobody_and_says_nothing_of_rounding(shown: View):
    page = agreement_list(shown, HOME, story_addresses(shown))[AGREEMENTS_PAGE]
    assert escape(filter_summary(shown.words, shown.selection, shown.span)) in page
    said = feet.rounding(shown, ["placements"], feet.headline_within(shown))
    assert said in feet.under_headline(shown) and said not in unescape(page)


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (120).to_bytes(4, "big") + (40).to_bytes(4, "big")


@pytest.mark.parametrize(
    "kind, content, width",
    [
        ("png", PNG, 120),
        ("png", PNG[:20], 0),
        ("svg+xml", b'<?xml version="1.0"?>\n<svg width="9" viewBox="0 -1.5 60 30">', 80),
        ("svg+xml", b"<svg viewBox='0,0,.5,1'>", 20),
        ("svg+xml", b'<svg viewBox="0 0 60 0">', 0),
        ("svg+xml", b'<svg viewBox="0 0 wide 1">', 0),
    ],
)
def test_a_page_keeps_the_room_of_its_logo(shown: View, kind: str, content: bytes, width: int):
    logo = f"data:image/{kind};base64,{b64encode(content).decode()}"
    nothing = Content("", "", [])
    page = choice_page(shown, Home(Identity("NN", logo)), ALL_SHOWN, "overview", nothing)
    room = f' width="{width}" height="40"' if width else ""
    assert f'<img class="logo" src="{logo}" alt="NN"{room}>' in page
