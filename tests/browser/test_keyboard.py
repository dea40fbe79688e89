"""Who has no mouse sees where the keyboard is, and comes back from what was opened."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import opened, settled
from tests.habits import named

nb = named("nb")
STOPS = 40
# The element that has the keyboard, or the label drawn in its place: the style and the width of its
# outline, its colour, and the nearest ground around it.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body) return null;
  const around = e => e.parentElement ?? e.getRootNode().host;
  const label = at.matches('input') && at.closest('label');
  const drawn = label || at;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(drawn);
  let ground = around(drawn);
  const see = e => getComputedStyle(e).backgroundColor;
  while (around(ground) && /, 0\\)$/.test(see(ground))) ground = around(ground);
  const name = at.getAttribute('aria-label') ?? at.textContent.slice(0, 40);
  return [`${at.tagName} ${name}`, outlineStyle, outlineWidth, outlineColor, see(ground)];
}"""


def luminance(colour: str) -> float:
    """WCAG 2's relative luminance of `rgb(…)`."""
    shares = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("place", "how"),
    [
        ("", {"color_scheme": "light"}),
        ("partnerships", {"color_scheme": "dark"}),
        ("explore", {"color_scheme": "light", "forced_colors": "active"}),
    ],
)
def test_it_is_seen_where_the_keyboard_is(new_page, server, place, how):
    page = new_page()
    page.emulate_media(**how)
    opened(page, f"{server.url}/{place}")
    stops = []
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    page.emulate_media(forced_colors="none")
    faint = [
        stop
        for stop in filter(None, stops)
        if stop[1] == "none" or float(stop[2][:-2]) < 2 or contrast(*stop[3:]) < 3
    ]
    assert len({stop[0] for stop in stops if stop}) > 10
    assert not faint


def test_escape_from_the_help_of_a_card_leads_back_to_the_card(page, server):
    opened(page, server.url)
    card = page.locator(".cards .label").nth(1)
    card.focus()
    page.keyboard.press("Enter")
    menu = page.locator(".cards .menu:popover-open")
    menu.wait_for()
    menu.locator("dd").first.click()  # what is read can't have the keyboard
    page.keyboard.press("Escape")
    settled(page)
    assert not menu.count()
    assert card.evaluate("e => e.getRootNode().activeElement === e")


HAS_KEYBOARD = "e => e.getRootNode().activeElement === e"


def pressed(page, element):
    """By the keyboard, and all that it opens is drawn."""
    element.focus()
    page.keyboard.press("Enter")
    return settled(page)


def test_a_form_that_opens_has_the_keyboard_and_gives_it_back_when_it_is_closed(new_page, desk):
    page = opened(new_page(), f"{desk.url}/data")
    link = page.get_by_role("link", name=nb("enter.new.partnerships"), exact=True)
    pressed(page, link)
    heading = page.get_by_role("heading", level=1, name=nb("enter.new.partnerships"))
    expect(heading).to_be_focused()
    for _ in range(2):  # its first field, after the help of that
        page.keyboard.press("Tab")
    assert page.locator(".st-key-entry-form input").first.evaluate(HAS_KEYBOARD)
    pressed(page, page.get_by_role("button", name=nb("enter.back")))
    expect(link).to_be_focused()
    # From another page, and by the browser's own way back.
    opened(page, f"{desk.url}/partnerships?partnership=nfdr_helsehub")
    link = page.get_by_role("link", name=nb("enter.correct_it"), exact=True)
    pressed(page, link)
    expect(page.locator("h1")).to_be_focused()
    page.go_back()
    expect(link).to_be_focused()


def test_a_story_that_opens_has_the_keyboard_and_gives_it_back_to_its_row(page, server):
    opened(page, f"{server.url}/partnerships")
    row = page.locator(".records a.link").nth(3)
    title = row.inner_text()
    pressed(page, row)
    expect(page.get_by_role("heading", level=1, name=title)).to_be_focused()
    pressed(page, page.get_by_role("button", name=nb("story.back")))
    expect(row).to_be_focused()
