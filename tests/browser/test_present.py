"""The presenter: slides out of what is filtered, shown by keys, and taken along as files."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from pptx import Presentation

from ringvirkning.texts import words
from tests.browser.conftest import headline, opened, settled, words_of
from tests.browser.test_access import serious
from tests.visitor import status

nb, en = words("nb"), words("en")


def pressed(page, name, exact=True):
    page.get_by_role("button", name=name, exact=exact).first.click()
    return settled(page)


@pytest.fixture(scope="module")
def deck(server, readers):
    """A deck of the overview under a filter, made on the page; its id."""
    page = readers.new_page()
    opened(page, f"{server.url}/?partner_type=municipality")
    pressed(page, nb("deck.make"))
    page.get_by_role("button", name=nb("deck.make_new")).click()
    page.wait_for_url(re.compile("deck="))
    settled(page)
    found = parse_qs(urlsplit(page.url).query)["deck"][0]
    page.close()
    return found


def now(page):
    return page.locator(".slide.now h1").inner_text()


def at(page):
    return int(urlsplit(page.url).fragment)


def test_a_page_becomes_slides_that_are_worded_ordered_and_kept(visit, new_page, server, deck):
    page = visit(f"present?deck={deck}")
    titles = page.locator("[class*=-headline] textarea")
    assert titles.count() == 7
    assert titles.nth(3).input_value() == nb("context.table")  # what stands beside our own
    third = titles.nth(2).input_value()
    titles.nth(3).fill("Vårt beste år\u2009<b>hittil</b>")
    titles.nth(3).press("Control+Enter")
    settled(page)
    pressed(page, nb("deck.add_text"))
    page.locator("[class*='-3-up'] button").click()
    settled(page)
    page = opened(new_page(), f"{server.url}/present?deck={deck}&lang=en")
    titles = page.locator("[class*=-headline] textarea")
    assert titles.nth(2).input_value() == "Vårt beste år\u2009<b>hittil</b>"
    assert titles.nth(3).input_value() == third
    assert titles.count() == 8
    with page.expect_download() as download:
        page.get_by_role("link", name=en("deck.file.pptx")).click()
    shown = Presentation(io.BytesIO(download.value.path().read_bytes())).slides
    assert [slide.shapes.title.text for slide in shown][2] == "Vårt beste år\u2009<b>hittil</b>"
    page = visit("present")
    assert page.locator(f"a[href*='{deck}']").count() == 1


def test_the_show_goes_by_keys_to_the_live_page_and_back(page, server, deck):
    page.goto(f"{server.url}/show/{deck}")
    assert page.locator(".slide:visible").count() == 1
    first, count = now(page), page.locator(".slide").count()
    page.keyboard.press("ArrowRight")
    assert (at(page), now(page) == first) == (2, False)
    page.keyboard.press("End")
    assert at(page) == count
    page.keyboard.press("Home")
    page.keyboard.press(" ")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert at(page) == 3
    page.keyboard.press("b")
    assert page.locator(".black").is_visible()
    page.keyboard.press("b")
    assert not page.locator(".black").is_visible()
    with page.expect_popup() as opened_window:
        page.keyboard.press("n")
    speaker = opened_window.value
    assert speaker.locator(".said h1").inner_text() == now(page)
    assert speaker.locator(".place").inner_text().startswith("3 / ")
    assert re.fullmatch(r"\d\d:\d\d", speaker.locator(".clock").inner_text())
    assert re.fullmatch(r"\d+:\d\d", speaker.locator(".elapsed").inner_text())
    headings = speaker.locator(".said dt").all_inner_texts()
    assert headings.count(nb("figure.basis")) == 1
    assert "http" not in speaker.locator(".said").inner_text()
    follows = page.locator(".slide h1").nth(3).text_content()
    assert speaker.locator(".follows").inner_text() == follows
    assert speaker.locator(".thumbnail .face h1").text_content() == follows
    family = "e => getComputedStyle(e).fontFamily"
    assert speaker.locator("body").evaluate(family) == page.locator("body").evaluate(family)
    assert serious(speaker) == []
    speaker.keyboard.press("ArrowRight")
    assert at(page) == 4
    page.keyboard.press("ArrowLeft")
    assert speaker.locator(".said h1").inner_text() == now(page)
    speaker.close()
    said = now(page)
    page.keyboard.press("l")
    settled(page)
    shown = parse_qs(urlsplit(page.url).query)  # as the slide is
    assert len(shown.pop("version")) == 1
    assert shown == {"partner_type": ["municipality"], "surface": ["public"]}
    assert page.get_by_role("switch", name=nb("surface.as_public")).is_checked()
    page.go_back()
    page.locator(".slide.now").wait_for()
    assert (at(page), now(page)) == (3, said)
    page.keyboard.press("Escape")
    assert page.locator(".slide:visible").count() == count
    assert serious(page) == []


@pytest.mark.parametrize("size", [(1920, 1080), (1280, 720)])
def test_slides_are_read_from_the_back_row(new_page, server, deck, size):
    """At 1920 pixels at least 28 for what is read and 48 for headlines, and nothing cut off."""
    page = new_page(*size)
    page.goto(f"{server.url}/show/{deck}")
    share = 1920 / size[0]
    sizes = "e => parseFloat(getComputedStyle(e).fontSize)"
    for _ in range(page.locator(".slide").count()):
        slide = page.locator(".slide.now")
        assert slide.locator("h1").evaluate(sizes) * share >= 48
        for text in (
            slide.locator(".under, .body p, dt, .note, .legend, .foot, footer")
            .locator("visible=true")
            .all()
        ):
            assert text.evaluate(sizes) * share >= 27.9
        for text in slide.locator(".wide svg text").all():
            height = text.evaluate("e => e.getCTM().d * parseFloat(getComputedStyle(e).fontSize)")
            assert height * share >= 20, text.inner_text()
        over = slide.locator(".face").evaluate("e => e.scrollHeight - e.clientHeight")
        assert over <= 0, now(page)
        gap = "e => e.nextElementSibling.offsetTop - e.offsetTop - e.offsetHeight"
        for foot in slide.locator(".face > .foot").all():
            assert foot.evaluate(gap) * share < 28, now(page)
        page.keyboard.press("ArrowRight")


def test_a_phone_held_upright_reads_the_slides_below_one_another(new_page, server, deck):
    page = new_page(390, 844)
    page.goto(f"{server.url}/show/{deck}")
    assert page.locator(".slide:visible").count() == page.locator(".slide").count() > 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = "e => parseFloat(getComputedStyle(e).fontSize)"
    for text in page.locator(".face :is(.under, .foot, dt, .note, .legend, footer)").all():
        assert text.evaluate(sizes) >= 14
    drawn = "e => e.getCTM().d * parseFloat(getComputedStyle(e).fontSize)"
    written = page.locator(".upright svg text").all()
    assert written and all(text.evaluate(drawn) >= 10 for text in written)
    assert not page.locator(".wide").first.is_visible()


def test_a_small_slide_looks_like_the_slide(visit, deck):
    page = visit(f"present?deck={deck}")
    titles = page.locator("[class*=-headline] textarea")
    for at in range(titles.count()):
        assert page.locator(".preview .says").nth(at).inner_text() == titles.nth(at).input_value()
    numbers = page.locator(".preview .figures p")
    assert "Aktive partnerskap" in numbers.all_inner_texts()[0]
    assert page.locator(".preview table").count() == 1
    drawn = page.locator(".preview img").first
    assert drawn.evaluate("e => e.naturalWidth") > 0


def test_one_file_works_without_a_network_or_a_script(visit, deck, browser, tmp_path):
    page = visit(f"present?deck={deck}")
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("deck.file.html")).click()
    file = tmp_path / "deck.html"
    download.value.save_as(file)
    with browser.new_context(java_script_enabled=False, offline=True) as context:
        still = context.new_page()
        asked = []
        still.on("request", lambda request: asked.append(request.url))
        still.goto(file.as_uri())
        assert still.locator(".slide h1").count() == still.locator(".slide").count() > 3
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    alone = browser.new_page()
    alone.goto(file.as_uri())
    alone.get_by_role("button", name=nb("show.start")).click()
    alone.keyboard.press("ArrowRight")
    assert at(alone) == 2
    alone.close()


def test_what_is_no_deck_says_so(visit, server):
    page = visit("present?deck=abcdefabcdef")
    assert nb("deck.unknown") in words_of(page)
    assert headline(page) == nb("deck.title")
    found = page.request.get(f"{server.url}/show/abcdefabcdef")
    assert found.status == 404 and nb("deck.unknown") in found.text()
    assert status(server.port, "GET", "/show/abcdefabcdef", [("Host", "localhost")]) == 403
