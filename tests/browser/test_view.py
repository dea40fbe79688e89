"""What a reader does: filters, links, language, menu, back, a click on a mark."""

import io
import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Error, Route, expect

import pages
from ringvirkning.charts import fonts
from ringvirkning.ui.components.filters import OF_ASSOCIATIONS
from tests.browser.conftest import english_in, headline, opened, settled, sideways, words_of
from tests.habits import named

nb, en = named("nb"), named("en")


def asked(page):
    """The parameters of the address."""
    return asked_in(page.url)


def asked_in(url):
    return parse_qs(urlsplit(url).query)


def place(page):
    return place_in(page.url)


def place_in(url):
    return urlsplit(url).path.strip("/")


def address_of(name):
    """The path of a page of the menu."""
    return "" if name == pages.MENU[0] else name


def open_filters(page):
    fold = page.locator(".filters details")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()


def box(page, name, choice):
    """The checkbox of a choice, with or without data."""
    label = re.compile(rf"^{re.escape(choice)}( –|$)")
    return page.locator(f".filters [name={name}]").get_by_label(label)


def choose(page, name, choice):
    open_filters(page)
    before = page.url
    box(page, name, choice).click()
    page.wait_for_url(lambda url: url != before)
    settled(page)


def switch_to(page, language):
    page.locator(".st-key-language button", has_text=language).click()
    return settled(page)


def go(page, w, name):
    page.get_by_test_id("stTopNav").get_by_role("link", name=w(f"menu.{name}"), exact=True).click()
    page.wait_for_url(lambda url: place_in(url) == address_of(name))
    return settled(page)


def selection(page):
    return page.locator(".filters summary").inner_text()


def click_bar(page, figure, key):
    """Click the first mark of a figure that stands for a key."""
    at = page.evaluate(
        """([figure, key]) => {
          const plot = document.querySelector(`.st-key-figure-${figure} .js-plotly-plot`);
          const traces = plot.data.filter(t => t.type === 'bar');
          for (const [i, trace] of traces.entries())
            for (const [j, found] of trace.customdata.entries()) {
              const value = (trace.orientation === 'h' ? trace.x : trace.y)[j];
              if (found === key && value > 0) return [i, j];
            }
          return null;
        }""",
        [figure, key],
    )
    assert at, f"no bar for {key} in {figure}"
    bars = page.locator(f".st-key-figure-{figure} .barlayer .trace").nth(at[0])
    mark = bars.locator(".point path").nth(at[1])
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return settled(page)


# Filters and the address


def test_a_filter_in_the_widget_changes_numbers_and_address(visit):
    page = visit("partnerships")
    before = headline(page)
    choose(page, "partner_type", nb.code("partner_type", "municipality"))
    assert asked(page) == {"partner_type": ["municipality"]}
    assert headline(page) != before
    assert nb.code("partner_type", "municipality") in selection(page)
    choose(page, "partner_type", nb.code("partner_type", "university"))
    assert asked(page) == {"partner_type": ["municipality", "university"]}


# What a frame shows: whether figures are ahead of the run, the key figures, how faded the rest is.
# Until it is asked what was seen: the page stays open for other tests.
FRAMES = """() => {
  window.frames_seen = [];
  const numbers = () => [...document.querySelector('.st-key-cards [data-testid^=stBidiComponent]')
    ?.shadowRoot?.querySelectorAll('.number') ?? []].map(each => each.textContent).join();
  const look = () => {
    if (!window.frames_seen) return;
    const said = document.querySelector('.headline')?.closest('[data-testid=stElementContainer]');
    const now = [document.documentElement.dataset.ahead ?? '', numbers(),
      said && getComputedStyle(said).opacity];
    const before = window.frames_seen.at(-1);
    if (JSON.stringify(now) !== JSON.stringify(before)) window.frames_seen.push(now);
    requestAnimationFrame(look);
  };
  look();
}"""
SEEN = """() => {
  const seen = window.frames_seen;
  window.frames_seen = null;
  return seen;
}"""


def test_figures_are_drawn_ahead_of_the_run_and_for_no_choice_of_before(visit, new_page):
    """What the run has yet to say is faded meanwhile."""
    page = visit()
    held: list[Route] = []
    page.route(
        "**/ahead/overview?*", lambda route: held.append(route) if not held else route.continue_()
    )
    open_filters(page)
    page.evaluate(FRAMES)
    box(page, "partner_type", nb.code("partner_type", "municipality")).click()
    expect(page.locator(":root[data-ahead=asked]")).to_have_count(1)
    box(page, "partner_type", nb.code("partner_type", "university")).click()
    page.wait_for_url("**/?partner_type=municipality&partner_type=university")
    with suppress(Error):  # nobody waits for it any more
        held[0].continue_()
    settled(page)
    frames = page.evaluate(SEEN)
    fresh = opened(new_page(), page.url)
    open_filters(fresh)
    fresh.evaluate(FRAMES)
    ((_, right, _),) = fresh.evaluate(SEEN)
    before = frames[0][1]
    assert before != right and {numbers for _, numbers, _ in frames} == {before, right}
    assert [f for f in frames if f[:2] == ["drawn", right] and float(f[2]) < 1]
    assert frames[-1] == ["", right, "1"]
    assert words_of(page) == words_of(fresh)


def test_every_page_shows_the_same_view_in_the_other_language(visit):
    filters = "partner_type=municipality&partner_type=county&years=2010-2025"
    shown = {}
    page = visit(f"?{filters}&lang=en")
    for w in (en, nb):
        for name in pages.MENU:
            go(page, w, name)
            shown[name, w] = words_of(page)
            assert asked(page)["partner_type"] == ["municipality", "county"], name
            assert asked(page).get("lang") == (["en"] if w == en else None), name
            if w == nb:
                assert english_in(page) == []
        switch_to(page, "Norsk")
    open_filters(page)
    assert english_in(page) == []
    for (name, w), text in shown.items():
        if name in OF_ASSOCIATIONS:
            continue
        for code in ("municipality", "county"):
            assert w.code("partner_type", code) in text, name
        assert "2010–2025" in text, name
    for name in set(pages.MENU) - {*OF_ASSOCIATIONS}:
        numbers = [re.findall(r"\d+", shown[name, w].split("2010–2025")[1])[:3] for w in (en, nb)]
        assert numbers[0] == numbers[1], name


def test_reset_lets_go_of_everything_but_the_language(visit):
    page = visit("activities?partner_type=county&years=2015-2020&examples=no&lang=en")
    open_filters(page)
    page.get_by_role("button", name=en("filter.reset")).first.click()
    settled(page)
    assert asked(page) == {"lang": ["en"]}
    assert en("filter.all.association") in selection(page)
    assert en("filter.without_examples") not in selection(page)


def test_what_happened_stands_below_its_chart_and_goes_by_one_switch(visit):
    page = visit("activities?lang=en")
    figure = page.locator("[class*=st-key-figure-activities-by-type]")
    told = figure.locator(".happened li")
    rules = figure.locator(".shapelayer path")
    assert told.all_inner_texts()[1] == "2: Viken was split in three (2024)"
    assert rules.count() == 2 * 8  # through each row
    assert "2 events are marked." in (figure.locator(".chart").get_attribute("aria-label") or "")
    open_filters(page)
    page.get_by_label(en("filter.events")).click()
    settled(page)
    assert asked(page) == {"lang": ["en"], "events": ["no"]}
    assert (told.count(), rules.count()) == (0, 0)
    assert en("filter.without_events") in selection(page)
    page.get_by_role("button", name=en("filter.reset")).first.click()
    settled(page)
    assert (told.count(), rules.count()) == (3, 2 * 8)


def test_an_empty_result_offers_to_reset(visit):
    page = visit("partnerships?programme=WorkOP&years=2006-2006")
    assert headline(page) == nb("empty.selection")
    page.locator(".st-key-reset-empty button").click()
    settled(page)
    assert asked(page) == {}
    assert headline(page) != nb("empty.selection")


def test_state_is_kept_from_page_to_page_through_the_menu(visit):
    page = visit()
    choose(page, "partner_type", nb.code("partner_type", "municipality"))
    page.get_by_label(nb("filter.illustrative")).click()
    settled(page)
    page.locator(".filters summary").click()
    for name in (*pages.MENU[1:], pages.MENU[0]):
        go(page, nb, name)
        assert place(page) == address_of(name)
        if (
            name not in OF_ASSOCIATIONS
        ):  # where it does nothing it isn't said, and kept all the same
            assert nb.code("partner_type", "municipality") in selection(page)
            assert nb("filter.without_examples") in selection(page)
        assert asked(page) == {"partner_type": ["municipality"], "examples": ["no"]}, name


def test_back_returns_to_the_page_before(visit):
    page = visit()
    choose(page, "partner_type", nb.code("partner_type", "municipality"))
    on_overview = headline(page)
    go(page, nb, "partnerships")
    on_partnerships = headline(page)
    assert on_partnerships != on_overview
    page.go_back()
    settled(page)
    if place(page) == "partnerships":
        # The menu's own entry, with no filter in the address: nothing is lost, and back goes on.
        assert headline(page) == on_partnerships
        page.go_back()
        settled(page)
    assert place(page) == ""
    assert headline(page) == on_overview
    page.go_forward()
    settled(page)
    assert (place(page), headline(page)) == ("partnerships", on_partnerships)


def test_a_view_opens_again_by_its_copied_address(visit, new_page):
    page = visit("partnerships")
    choose(page, "partnership_type", nb.code("partnership_type", "network"))
    again = opened(new_page(), page.url)
    assert headline(again) == headline(page)
    assert selection(again) == selection(page)


# Language


def test_the_language_switch_changes_every_word_and_the_pages_language(visit):
    page = visit("outcomes")
    assert page.evaluate("document.documentElement.lang") == "nb"
    switch_to(page, "English")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert asked(page) == {"lang": ["en"]}
    menu = page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert menu == [en(f"menu.{name}") for name in pages.MENU]
    go(page, en, "activities")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert asked(page) == {"lang": ["en"]}
    switch_to(page, "Norsk")
    assert page.evaluate("document.documentElement.lang") == "nb"
    assert asked(page) == {}


# Clicks on the partnerships page


def test_a_click_on_a_row_opens_the_partnership(visit):
    page = visit("partnerships")
    row = page.locator(".records a.link").nth(3)
    title = row.inner_text()
    row.click()
    settled(page)
    assert headline(page) == title
    assert asked(page)["partnership"]
    page.get_by_role("button", name=nb("story.back")).click()
    settled(page)
    assert asked(page) == {}
    page.locator(".records a.link").nth(3).wait_for()


def test_a_line_of_the_worklist_opens_all_its_agreements_and_each_its_story(
    visit, new_page, server
):
    page = visit()
    fold = page.locator(".st-key-attention-unconfirmed")
    fold.locator("summary").click()
    settled(page)
    (count,) = re.findall(r": (\d+) ", fold.locator("summary").inner_text())
    links = fold.get_by_role("link")
    assert links.count() == int(count)
    title, href = links.nth(1).inner_text(), links.nth(1).get_attribute("href")
    links.nth(1).click()
    settled(page)
    assert (place(page), headline(page)) == ("partnerships", title)
    alone = opened(new_page(), f"{server.url}/{href}")
    assert (place(alone), headline(alone)) == ("partnerships", title)


def test_a_line_of_the_worklist_that_is_of_activities_opens_them(visit):
    page = visit()
    fold = page.locator(".st-key-attention-without_results")
    fold.locator("summary").click()
    settled(page)
    (count,) = re.findall(r": (\d+) ", fold.locator("summary").inner_text())
    rows = fold.locator(".records tbody tr")
    assert rows.count() == int(count)
    assert "Give a Job" in rows.nth(2).inner_text()


def scrolled(page):
    return page.get_by_test_id("stMain").evaluate("e => Math.round(e.scrollTop)")


def test_a_story_opens_at_its_top_and_the_way_back_leads_to_where_one_was(visit):
    page = visit("partnerships")
    row = page.locator(".records a.link").nth(12)
    row.scroll_into_view_if_needed()
    settled(page)
    before = scrolled(page)
    assert before > 400
    row.click()
    settled(page)
    assert scrolled(page) == 0
    expect(page.locator("h1")).to_be_in_viewport()
    partner = page.locator("[class*=st-key-open-partner-] button").first
    partner.scroll_into_view_if_needed()
    partner.click()
    settled(page)
    assert scrolled(page) == 0
    page.get_by_role("button", name=nb("story.back")).click()
    settled(page)
    expect(row).to_be_in_viewport()
    assert abs(scrolled(page) - before) < 50


def test_a_partner_of_the_list_opens_its_story_and_the_way_back_leads_to_where_one_was(visit):
    page = visit("partners")
    page.get_by_role("searchbox").fill("viken fylkes")  # told as it is called now
    names = page.locator(".records a.link")
    assert names.all_inner_texts() == ["Akershus fylkeskommune", "Buskerud fylkeskommune"]
    page.get_by_role("searchbox").fill("")
    row = names.nth(14)
    row.scroll_into_view_if_needed()
    before, name = scrolled(page), row.inner_text()
    row.click()
    settled(page)
    assert (place(page), headline(page), scrolled(page)) == ("partners", name, 0)
    page.get_by_role("button", name=nb("story.back_to_partners")).click()
    settled(page)
    assert abs(scrolled(page) - before) < 50
    page.set_viewport_size({"width": 720, "height": 900})
    settled(page)
    assert sideways(page) <= 0


def test_only_a_table_that_is_not_seen_at_a_glance_has_a_search(visit):
    page = visit("partnerships?partner=drammen")
    tables = page.locator(".records")
    assert tables.count() == 2
    assert [one.get_by_role("searchbox").count() for one in tables.all()] == [0, 1]


def test_a_row_is_a_link_that_opens_by_itself(visit, new_page, server):
    page = visit("partnerships?partner_type=municipality")
    row = page.locator(".records a.link").first
    title, href = row.inner_text(), row.get_attribute("href")
    alone = opened(new_page(), f"{server.url}/partnerships{href}")
    assert headline(alone) == title


def test_a_click_on_a_bar_of_the_timeline_opens_the_partnership(visit):
    page = visit("partnerships")
    said = page.locator(".st-key-figure-timeline .annotation-text")
    names = said.filter(has_not_text=re.compile(r"^\d$"))  # what happened has numbers
    expect(names).to_have_count(12)
    page.get_by_text(nb("figure.all"), exact=True).click()
    settled(page)
    expect(names).to_have_count(32)
    click_bar(page, "timeline", "nfdr_stromsgodset")
    assert asked(page) == {"partnership": ["nfdr_stromsgodset"]}
    assert "Strømsgodset" in headline(page)


@pytest.mark.parametrize(
    "page_of, figure, key, question",
    [
        ("partnerships", "by-partner-type", "university", "active_partnerships"),
        ("partnerships", "by-partnership-type", "project", "active_partnerships"),
        ("partnerships", "begun-and-ended", "partnerships_ended 2020", "partnerships_ended"),
        ("activities", "activities-by-type", "2018", "activities_held"),
        ("", "jobs", "placement_temporary 2024", "placement_temporary"),
        ("activities", "registered-and-attended", "attended 2022", "attended"),
        ("activities", "activities-by-programme", "Gardermokonferansen", "activities_held"),
    ],
)
def test_a_click_on_a_bar_opens_the_records_that_it_counts(visit, page_of, figure, key, question):
    page = visit(f"{page_of}?years=2015-2026")
    click_bar(page, figure, key)
    page.wait_for_url(lambda url: place_in(url) == "explore")
    settled(page)
    said = asked(page)
    assert said["row"] == [key.removeprefix(f"{question} ")]
    assert said["years"] == ["2015-2026"]
    assert said.get("measure", ["activities_held"]) == [question]
    expect(page.get_by_role("heading", name=nb("explore.records"), exact=True)).to_be_visible()
    assert page.locator(".told").locator("tbody tr").count() > 0
    page.go_back()
    # The address is the page's at once, and its own again after the run that this begins.
    before = {"years": ["2015-2026"]}
    page.wait_for_url(lambda url: place_in(url) == page_of and asked_in(url) == before)


def test_the_link_of_a_partnership_opens_its_story(page, server):
    opened(page, f"{server.url}/partnerships?partnership=ig_nav&lang=en")
    said = words_of(page)
    assert "NAV" in headline(page)
    for heading in ("story.agreement", "story.results"):
        assert en(heading) in said
    assert "Flere av de som har stått utenfor arbeidslivet" in said
    source = page.get_by_test_id("stMain").locator("a[href^='https://']").first
    assert source.is_visible()
    go(page, en, "overview")
    assert asked(page) == {"lang": ["en"]}
    go(page, en, "partnerships")
    page.locator(".records").wait_for()  # the menu leads to all partnerships


def test_the_table_is_searched_and_sorted(visit):
    page = visit("partnerships")
    records = page.locator(".records")
    records.get_by_role("searchbox").fill("kommune")
    found = records.locator("tbody tr")
    texts = found.all_inner_texts()
    assert 0 < len(texts) < 25
    assert all("kommune" in text.lower() for text in texts)
    records.get_by_role("searchbox").fill("finnes ikke")
    assert found.count() == 0
    assert nb("table.none") in records.inner_text()
    records.get_by_role("button", name=nb("table.clear")).click()
    title = nb("record.title")
    records.get_by_role("button", name=nb("table.sort_by", column=title)).click()
    assert records.locator("th[aria-sort=ascending]").inner_text().strip("↑ ") == title


# Addresses that ask for what is not there


SCRIPT = quote("<script>window.hit = 1</script><img src=x onerror='window.hit=1'>")
DROP = quote("';drop table partners;--")
LINK = quote("[lenke](https://evil.example) ![](https://evil.example/x.png)")


# Each by itself, without a browser: tests/test_pages.py.
@pytest.mark.parametrize(
    "parameters",
    [
        f"programme={'x' * 10_000}&programme={SCRIPT}&association={LINK}&years={quote('²-³')}"
        f"&examples={DROP}&nonsense=1&embed=true",
        f"partnership={SCRIPT}&lang={quote('<b>')}",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_addresses_do_no_harm(parameters, page, server):
    opened(page, f"{server.url}/partnerships?{parameters}")
    assert page.evaluate("window.hit") is None
    assert page.locator("h1").count() == 1
    assert page.get_by_test_id("stException").count() == 0
    assert nb("trouble.what") not in words_of(page)
    assert page.locator("[data-testid=stMain] a[href*=evil], img[src*=evil]").count() == 0
    assert len(page.get_by_test_id("stMain").inner_text()) < 20_000


# Examples


def test_without_examples_nothing_is_marked_as_one_and_the_words_stand_as_published(visit):
    page = visit("outcomes")
    assert nb("claim.example") in words_of(page)
    open_filters(page)
    page.get_by_label(nb("filter.illustrative")).click()
    settled(page)
    page.locator(".filters summary").click()
    assert asked(page) == {"examples": ["no"]}
    for name in pages.MENU[: pages.MENU.index("outcomes") + 1]:
        go(page, nb, name)
        said = words_of(page)
        assert nb("claim.example") not in said, name
        patterns = page.locator("[class*=st-key-figure-] pattern")
        confirmed = page.locator("[class*=st-key-figure-]", has=page.locator("pattern"))
        if name in ("activities", "outcomes"):
            assert patterns.count() == 0, f"{name}: {confirmed.count()} hatched figures"
    # What has a published number is first; a flagship that has none stands last, and open.
    assert "Internasjonale Drammen" in headline(page)
    choose(page, "association", "Innovasjon Gardermoen")
    assert headline(page).startswith("Strategisk næringsplan Gardermoregionen")
    assert nb("empty.no_figures", programme="WorkOP") in words_of(page)
    quotation = page.get_by_test_id("stMarkdown").filter(has_text="«").first
    assert "har fått fast arbeid i regionen gjennom WorkOP" in quotation.inner_text()
    assert quotation.locator("a[href^='https://']").count() == 1


def test_a_chart_that_cannot_be_drawn_says_so_and_its_numbers_stay(new_page, server, watch):
    watch.allow("Failed to load resource")
    page = new_page()
    page.route("**/plotly-*.js", lambda route: route.abort())
    opened(page, server.url)
    assert page.get_by_role("alert").first.inner_text() == nb("figure.failed")
    page.get_by_role("button", name=nb("figure.menu")).first.click()
    expect(page.get_by_role("table").get_by_role("row").nth(5)).to_be_visible()


def test_a_chart_is_changed_and_not_made_anew(visit):
    page = visit()
    plot = page.locator(".js-plotly-plot").first
    plot.evaluate("plot => plot.kept = true")
    before = plot.evaluate("plot => JSON.stringify(plot.data)")
    choose(page, "partner_type", nb.code("partner_type", "university"))
    assert plot.evaluate("plot => plot.kept")
    assert plot.evaluate("plot => JSON.stringify(plot.data)") != before


def test_what_is_chosen_stays_when_other_choices_leave_it_no_data(visit):
    page = visit("partnerships?partner_type=sports_club&partner_type=university")
    choose(page, "association", "Innovasjon Gardermoen")  # it has no sports club
    choose(page, "programme", "Gardermokonferansen")
    assert sorted(asked(page)["partner_type"]) == ["sports_club", "university"]


def test_what_is_chosen_stays_when_the_language_is_switched(visit):
    page = visit()
    choose(page, "partner_type", nb.code("partner_type", "university"))
    switch_to(page, "English")
    choose(page, "partner_type", en.code("partner_type", "county"))
    switch_to(page, "Norsk")
    choose(page, "programme", "HelseHub")
    assert asked(page) == {"partner_type": ["county", "university"], "programme": ["HelseHub"]}


def test_what_is_chosen_quickly_is_all_chosen(visit):
    """An answer to the first choice does not take back the later ones, not for a moment."""
    page = visit()
    open_filters(page)
    codes = ["county", "municipality", "university", "company"]
    fewest = page.locator(".filters [name=partner_type]").evaluate(
        """async (list, labels) => {
          const all = [...list.querySelectorAll('label')];
          const boxes = all.filter(label => labels.includes(label.innerText));
          const checked = () => list.querySelectorAll(':checked').length;
          const frame = () => new Promise(requestAnimationFrame);
          let fewest = boxes.length;
          for (const [i, box] of boxes.entries()) {
            box.click();
            for (let n = i === boxes.length - 1 ? 60 : 5; n > 0; n--) {
              await frame();
              fewest = Math.min(fewest, checked() + boxes.length - i - 1);
            }
          }
          return fewest;
        }""",
        [nb.code("partner_type", code) for code in codes],
    )
    assert fewest == len(codes)
    settled(page)
    assert sorted(asked(page)["partner_type"]) == sorted(codes)
    assert page.locator(".filters input:checked").count() == len(codes) + 2  # examples, events


def test_years_are_chosen_in_order(visit):
    page = visit()
    open_filters(page)
    page.get_by_label(nb("filter.to_year")).select_option("2015")
    settled(page)
    page.get_by_label(nb("filter.from_year")).select_option("2018")
    settled(page)
    assert asked(page) == {"years": ["2018-2018"]}
    assert "2018" in selection(page)


def jobs_figure(page):
    """The last of the overview's own: what stands beside them has no filter of a programme."""
    return page.locator("[class*=st-key-figure-]:not([class*=figure-context]) .figure").last


def test_a_figure_is_taken_along_as_it_is_shown(visit, readers, server):
    readers.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page = visit()
    choose(page, "programme", "WorkOP")
    figure = jobs_figure(page)
    title = figure.locator("h2").inner_text()
    figure.get_by_role("button", name=nb("figure.menu")).click()
    menu = figure.locator(".menu")
    menu.locator("tbody tr").first.wait_for()  # told once it is opened
    shown = [row.split("\t") for row in menu.locator("tbody tr").all_inner_texts()]
    files = {}
    for kind in ("CSV", "Excel", "PNG", "SVG"):
        with page.expect_download() as download:
            menu.get_by_role("button", name=kind, exact=True).click()
        files[kind] = Path(download.value.path()).read_bytes()
        assert download.value.suggested_filename.endswith(
            f".{kind.replace('Excel', 'xlsx').lower()}"
        )
    text = files["CSV"].decode("utf-8-sig")
    assert text.startswith(f"{title}\r\n")
    assert "WorkOP" in text.splitlines()[2]
    assert text.splitlines()[-len(shown) :] == [";".join(row) for row in shown]
    sheet = openpyxl.load_workbook(io.BytesIO(files["Excel"])).active
    assert sheet["A1"].value == title
    assert files["PNG"].startswith(b"\x89PNG")
    picture = files["SVG"].decode()
    assert all(word in picture for word in [*title.split(), "WorkOP"])
    # In the typeface of the pages, which it brings along in both weights; no address to be typed.
    assert picture.count("@font-face") == len(fonts.WEIGHTS)
    assert f'font-family: "{fonts.FAMILY}"' in picture.replace("&quot;", '"').replace("'", '"')
    assert "Arial" not in picture and "://" not in picture.partition("</style>")[2]
    menu.get_by_role("button", name=nb("figure.copy_link")).click()
    page.get_by_text(nb("figure.copied")).wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert {"programme", "version"} <= parse_qs(urlsplit(link).query).keys()
    # Sorted by its last column, up and down.
    heading = menu.locator("thead th").last
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.get_by_role("button").click()
    now = [int(text) for text in menu.locator("tbody tr td:last-child").all_inner_texts()]
    assert now == sorted((int(cells[-1]) for cells in shown), reverse=True)


def test_the_query_of_a_figure_runs_on_the_data_that_is_downloaded(visit, tmp_path):
    page = visit("about")
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("about.download")).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.get_by_role("link", name=nb("menu.overview")).click()
    settled(page)
    choose(page, "programme", "WorkOP")
    figure = jobs_figure(page)
    figure.get_by_role("button", name=nb("figure.menu")).click()
    query = figure.locator("pre").first.inner_text()
    assert "['WorkOP']" in query
    with duckdb.connect(str(file), read_only=True) as connection:
        answer = connection.execute(query).df()
    every_kind = answer[answer.measure == "placements"]
    by_year = {row.from_year: row.value["value"] for row in every_kind.itertuples()}
    rows = [row.split("\t") for row in figure.locator("tbody tr").all_inner_texts()]
    assert {row[0][:4]: int(row[-1]) for row in rows} == {
        str(year): int(value) for year, value in by_year.items()
    }


def test_a_source_in_a_table_is_whole_on_a_phone(visit):
    page = visit("outcomes", width=390)
    links = page.locator(".told").locator("a")
    links.first.wait_for()
    edge = page.locator(".told").first.evaluate("it => it.getBoundingClientRect().right")
    ends = [link.evaluate("link => link.getBoundingClientRect().right") for link in links.all()]
    assert max(ends) <= edge


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_table_of_a_story_is_read_whole_without_scrolling_sideways(visit, width):
    page = visit("partnerships?partner=nav", width=width)
    table = page.locator(".told").filter(has=page.locator("th:nth-child(6)")).first
    table.scroll_into_view_if_needed()
    cells = table.locator("tbody tr").first.locator("td:not(:empty)")
    ends = cells.evaluate_all("all => all.map(it => it.getBoundingClientRect().right)")
    assert len(ends) > 3 and max(ends) <= width
    assert table.evaluate("it => it.scrollWidth <= it.clientWidth")
    # A label at each but the first, which names the row; it stays a table for screen readers.
    labels = cells.evaluate_all("all => all.map(it => getComputedStyle(it, '::before').content)")
    assert all(label.startswith('"') for label in labels[1:])
    assert table.get_by_role("row").count() == table.locator("tr").count()


def test_what_is_written_in_a_chart_is_whole_and_readable_on_the_narrowest_phone(visit):
    page = visit("outcomes", width=320)
    page.locator(".js-plotly-plot .annotation-text").first.wait_for()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
          const { right } = plot.getBoundingClientRect();
          return [...plot.querySelectorAll('.annotation-text')].filter(text =>
            text.getBoundingClientRect().right > right + 1
            || parseFloat(getComputedStyle(text).fontSize) < 11);
        }).map(text => text.textContent)"""
    )
    assert cut == []
    covered = page.evaluate(
        """() => [...document.querySelectorAll('.scatterlayer .text')].flatMap(layer => {
          const seen = [...layer.querySelectorAll('text')]
            .filter(text => getComputedStyle(text).visibility !== 'hidden')
            .map(text => text.getBoundingClientRect());
          return seen.filter((a, i) => seen.some((b, j) => j > i && a.left <= b.right
            && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom));
        }).length"""
    )
    assert covered == 0
