"""For everyone: phone, keyboard only, screen readers (axe), light and dark."""

import itertools
import re
from collections import Counter

import pytest

import pages
from bench.generate import generate
from tests.browser.conftest import axe, headline, opened, settled, sideways
from tests.browser.test_view import switch_to
from tests.habits import named
from tests.server import serve

nb = named("nb")
PHONE = {"width": 390, "height": 844}
ADDRESSES = {name: "" if name == pages.MENU[0] else name for name in pages.MENU}
ADDRESSES |= {
    "story": "partnerships?partnership=ig_nav",
    "partner": "partnerships?partner=viken",
    "records": "explore?rows=partner&split=partner&page=1",
}
# Of two associations with few shares there is no chart to compare them in, but a list.
FEW_FIGURES = (
    "explore", "records", "present", "data", "about", "story", "partner", "partners",
    "associations",
)  # fmt: skip
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 24, 25)"}
NO_FIGURES = (
    "present", "data", "about", "story", "partner", "partners", "records", "associations",
)  # fmt: skip
FOCUSED = """() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return [element.tagName, element.innerText || element.getAttribute('aria-label') || ''];
}"""


def box_of(locator):
    box = locator.bounding_box()
    assert box, "not drawn"
    return box


def tab_to(page, tag, text, most=80):
    """Press Tab until the focus is on what is called so."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found, said = page.evaluate(FOCUSED)
        if found == tag and text in said:
            return
    pytest.fail(f"{tag} {text!r} was not reached with {most} presses")


def serious(page, *rules):
    """The serious and critical findings of axe."""
    return [line for line in axe(page, *rules) if "(serious)" in line or "(critical)" in line]


def speechless(page):
    """The charts that say too little, or no number, to who can't see them."""
    said = [chart.get_attribute("aria-label") for chart in page.locator(".figure .chart").all()]
    return [
        s
        for s in said
        if not 40 <= len(s) <= 250 or not re.search(r"\d", s) or re.search(r"\.\.| \.", s)
    ]


def cut_off(page):
    """The charts that are narrower than a phone's window needs, or wider than it."""
    boxes = [box_of(chart) for chart in page.locator(".js-plotly-plot").all()]
    width = page.viewport_size["width"]
    return [b for b in boxes if b["width"] < 300 or b["x"] < 0 or b["x"] + b["width"] > width]


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_page_is_for_everyone(visit, name):
    """Nothing serious for axe, nothing wider than the window, and every chart in words.

    Nor anything that the pages' policy stops: that would be an error in the console, which `watch`
    sees. Each width with each theme and each language; no colour depends on a language. All rules
    at one width, colours at both: nothing else that axe looks at depends on a theme.
    """
    page = visit(ADDRESSES[name], **PHONE)
    look_at(page, name, "nb", "light")
    page.set_viewport_size({"width": 1440, "height": 900})
    look_at(settled(page), name, "nb", "light", "color-contrast")
    page.emulate_media(color_scheme="dark")
    look_at(switch_to(page, "English"), name, "en", "dark")
    page.set_viewport_size(PHONE)
    look_at(settled(page), name, "en", "dark", "color-contrast")
    for width in (320, 720):  # a laptop at 400 %, and a tablet held upright
        page.set_viewport_size({"width": width, "height": 900})
        assert sideways(settled(page)) <= 0, width


def test_on_paper_figures_stand_one_below_the_other_and_nothing_is_pressed(visit):
    """The window stays as wide as it is when its page is laid on paper."""
    page = visit()
    charts = page.locator(".js-plotly-plot .main-svg:first-child")
    before = [box_of(chart)["width"] for chart in charts.all()]
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    boxes = [box_of(chart) for chart in charts.all()]
    assert len(boxes) >= 2
    assert all(box["width"] < 700 for box in boxes)
    assert all(a["y"] + a["height"] < b["y"] for a, b in itertools.pairwise(boxes))
    for pressed in ("stHeader", "stPopover", "stCheckbox"):
        assert not any(one.is_visible() for one in page.get_by_test_id(pressed).all())
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert [box_of(chart)["width"] for chart in charts.all()] == before


def look_at(page, name, language, scheme, *rules):
    """Find nothing that keeps anyone out, by these rules of axe or by all."""
    place = ADDRESSES[name].partition("?")[0] or pages.MENU[0]
    is_of_one = name in ("story", "partner", "records")
    called = headline(page) if is_of_one else named(language)(f"menu.{place}")
    assert re.fullmatch(rf"{re.escape(called)} – .*Ringvirkning", page.title())
    assert page.evaluate("document.documentElement.lang") == language
    assert ground(page) == GROUNDS[scheme]
    assert page.get_by_test_id("stAlert").count() == 0
    assert page.locator(".figure .chart").count() >= 2 or name in FEW_FIGURES
    assert page.locator(".figure svg.main-svg").count() > 0 or name in NO_FIGURES
    assert [*serious(page, *rules), *speechless(page), *cut_off(page)] == []
    assert sideways(page) <= 0


def ground(page):
    return page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")


def test_dark_is_dark(new_page, server):
    page = opened(new_page(color_scheme="dark"), server.url)
    assert ground(page) == GROUNDS["dark"]
    bar = page.locator("[class*=st-key-figure-] .barlayer .point path").first
    assert bar.evaluate("e => getComputedStyle(e).fill") != "rgb(11, 85, 99)", "the light accent"


# Phone


def test_the_menu_lies_over_no_page_that_was_chosen_in_it(visit, server):
    page = visit(**PHONE)
    opens = page.get_by_test_id("stExpandSidebarButton")
    opens.click()
    page.get_by_test_id("stSidebar").get_by_role("link", name=nb("menu.partners")).click()
    opens.wait_for()
    opens.click()
    opens.wait_for(state="detached")
    opened(page, f"{server.url}/outcomes")  # nor one that is opened anew
    opens.wait_for()
    assert headline(page)


def test_key_figures_stand_two_by_two_on_a_phone_and_side_by_side_from_a_tablet_on(visit):
    page = visit(**PHONE)
    boxes = [box_of(card) for card in page.locator(".st-key-cards .card").all()]
    rows = Counter(round(box["y"]) for box in boxes)
    assert [rows[y] for y in sorted(rows)] == [2, 2, 1]
    assert all(box["x"] + box["width"] <= 390 for box in boxes)
    for width in (720, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        settled(page)
        numbers = page.locator(".st-key-cards .card > .number").all()
        assert len({round(box_of(number)["y"]) for number in numbers}) == 1  # on one line
        for card in page.locator(".st-key-cards .card").all():  # this year's point is seen
            for point in map(box_of, card.locator("circle").all()):
                assert point["x"] + point["width"] <= box_of(card)["x"] + box_of(card)["width"]
            drawn = card.locator("svg").evaluate("e => e.scrollWidth - e.clientWidth")
            assert drawn <= 0
        for control in (".st-key-language button", ".st-key-is_public label"):
            for box in map(box_of, page.locator(control).all()):
                assert box["x"] + box["width"] <= width  # the head is not cut


def test_filters_fold_out_and_can_be_used_on_a_phone(visit):
    page = visit("partnerships", **PHONE)
    page.locator(".st-key-filters summary").click()
    settled(page)
    assert sideways(page) <= 0
    choice = nb.code("partner_type", "municipality")
    page.locator(".filters").get_by_role("checkbox", name=choice, exact=True).click()
    settled(page)
    assert "partner_type=municipality" in page.url


def test_one_s_own_association_is_found_among_many_by_typing(new_page, tmp_path):
    """By a part of its name, on a phone; what is chosen stays when others are looked for."""
    with serve(generate(tmp_path / "data", 400, associations=60)) as server:
        page = opened(new_page(**PHONE), f"{server.url}/associations")
        page.locator(".st-key-filters summary").click()
        every = page.locator(".filters [name=association]")
        assert every.get_by_role("checkbox").count() == 60
        search = every.get_by_role("searchbox")
        search.fill("forening  35")
        assert every.get_by_role("checkbox").count() == 1
        assert [*serious(page), *cut_off(page)] == []
        assert sideways(page) <= 0
        every.get_by_role("checkbox", name="Forening 35", exact=True).click()
        page.wait_for_url("**association=Forening+35")
        settled(page)
        search.fill("finnes ikke")
        assert every.get_by_role("checkbox").count() == 0
        assert every.get_by_role("status").inner_text() == nb("filter.none")
        search.fill("")
        assert every.get_by_role("checkbox", name="Forening 35", exact=True).is_checked()
        # Few choices are seen at a glance.
        assert page.locator(".filters").get_by_role("searchbox").count() == 1


# Keyboard only


def test_filters_are_used_by_keyboard_only(page, server):
    """A list is one stop, with arrows from choice to choice: all of them are passed in twelve."""
    opened(page, f"{server.url}/partnerships")
    tab_to(page, "SUMMARY", nb("filter.all.association"))
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    types = page.locator(".filters [name=partner_type] label")
    names = types.all_inner_texts()
    for _ in range(names.index(nb.code("partner_type", "university"))):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settled(page)
    assert "partner_type=university" in page.url
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    stops = 1
    while page.locator(".filters :focus").count():
        page.keyboard.press("Tab")
        stops += 1
    assert stops <= 12


def test_filters_stand_where_they_act(visit):
    page = visit("data?partner_type=county&years=2015-2020")
    page.locator(".filters summary").click()
    assert page.locator(".filters fieldset:visible").count() == 1
    assert page.locator(".filters summary").inner_text().endswith(nb("filter.all.association"))
    page.locator(".filters").get_by_label("Innovasjon Gardermoen").click()
    page.wait_for_url("**association=Innovasjon+Gardermoen**")
    # What is chosen elsewhere is kept for there.
    assert "partner_type=county" in page.url and "years=2015-2020" in page.url


def test_the_menu_and_the_language_are_used_by_keyboard_only(page, server):
    opened(page, server.url)
    before = headline(page)
    tab_to(page, "A", nb("menu.activities"))
    page.keyboard.press("Enter")
    settled(page)
    assert page.url.endswith("/activities")
    assert headline(page) != before
    tab_to(page, "BUTTON", "Norsk")
    page.keyboard.press("ArrowRight")
    if "lang=en" not in settled(page).url:
        page.keyboard.press("Enter")
        settled(page)
    assert "lang=en" in page.url


def test_a_row_and_a_figures_menu_are_reached_by_keyboard_only(page, server):
    opened(page, f"{server.url}/partnerships")
    tab_to(page, "BUTTON", nb("figure.menu"))
    page.keyboard.press("Enter")
    settled(page)
    assert page.get_by_role("table").count() > 1, "the figure as a table"
    page.keyboard.press("Escape")
    title = page.locator(".records a.link").first.inner_text()
    tab_to(page, "A", title)
    page.keyboard.press("Enter")
    settled(page)
    assert headline(page) == title


def test_the_focus_is_seen(page, server):
    opened(page, f"{server.url}/partnerships")
    look = """element => {
      const seen = [];
      for (let e = element, i = 0; e && i < 3; e = e.parentElement, i++) {
        const s = getComputedStyle(e);
        seen.push(s.outlineStyle, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor);
      }
      return seen.join();
    }"""
    for tag, text, found in (
        ("A", nb("menu.activities"), page.get_by_role("link", name=nb("menu.activities"))),
        ("SUMMARY", nb("filter.all.association"), page.locator(".st-key-filters summary")),
        ("BUTTON", nb("figure.menu"), page.get_by_role("button", name=nb("figure.menu")).first),
    ):
        without = found.evaluate(look)
        tab_to(page, tag, text)
        page.wait_for_timeout(300)
        assert found.evaluate(look) != without, text
