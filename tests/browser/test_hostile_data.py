"""Text from files: shown as it stands, never as markup, however long or many."""

import shutil

import pytest

from ringvirkning import ROOT
from ringvirkning.texts import words
from tests.browser.conftest import (
    changed,
    headline,
    in_place,
    opened,
    read,
    settled,
    sideways,
    turned,
    words_of,
)
from tests.browser.test_view import go
from tests.server import serve

nb = words("nb")
PAYLOADS = [
    "**fet** _kursiv_ ~~strøket~~ `kode`",
    "# Overskrift <h1>stor</h1>",
    "[lenke](https://evil.example/a) og <https://evil.example/b>",
    "![bilde](https://evil.example/x.png)",
    "<img src=https://evil.example/y.png onerror=window.hit=1>",
    "<script>window.hit = 1</script><svg onload=window.hit=1>",
    "$\\frac{1}{2}$ $$x^2$$ \\(y\\)",
    ":material/home: :red[rød] :smile: :blue-badge[x]",
    "www.evil.example og https://evil.example/c",
    "| a | b | {n} {{place}} %s ${x} <a href=javascript:window.hit=1>x</a>",
]
SOURCES = [
    "javascript:window.hit=1",
    "https://evil.example/d](javascript:window.hit=1)",
    'https://evil.example/" onmouseover="window.hit=1',
    "https://evil.example/<script>window.hit=1</script>",
    "data:text/html,<script>window.hit=1</script>",
    "[x](https://evil.example/e)",
    "https://**evil**.example/f",
    "//evil.example/g",
    "https://",
    "https://evil.example:99999/ h",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A server whose every text is an attack."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(ROOT / "data", data)

    def partners(rows):
        for row, payload in zip(rows, PAYLOADS * 9, strict=False):
            row["name"] = f"{payload} {row['partner_id']}"
            row["note"] = payload

    def partnerships(rows):
        for i, row in enumerate(rows):
            payload = PAYLOADS[i % 10]
            row |= {"title": payload, "purpose": payload, "note": payload}
            row |= {"focus_areas": payload.replace("|", "/"), "source": SOURCES[i % 10]}

    def activities(rows):
        for i, row in enumerate(rows):
            row["title"] = PAYLOADS[i % 10]
            if row["evidence"] != "illustrative":
                row["source"] = SOURCES[i % 10]

    def outcomes(rows):
        for i, row in enumerate(rows):
            if row["quote"]:
                row["quote"] = PAYLOADS[i % 10]
            if row["source"]:
                row["source"] = SOURCES[i % 10]

    def programmes(rows):
        known = [PAYLOADS[2], PAYLOADS[4], PAYLOADS[7], PAYLOADS[0]]
        names: dict[str, str] = {}
        for row in rows:
            if row["programme"] and row["programme"] != "WorkOP":
                row["programme"] = names.setdefault(
                    row["programme"], f"{known[len(names) % 4]} {row['programme']}"
                )

    def measures(rows):
        for i, row in enumerate(rows):
            row |= {"definition_nb": PAYLOADS[i % 10], "definition_source": PAYLOADS[i % 10]}
            row |= dict.fromkeys(("caveat_nb", "caveat_en"), PAYLOADS[(i + 1) % 10])

    for file, change in (
        ("partners.csv", partners),
        ("partnerships.csv", partnerships),
        ("activities.csv", activities),
        ("outcomes.csv", outcomes),
        ("measures.csv", measures),
    ):
        changed(data, file, change)
    for file in ("partnerships.csv", "activities.csv", "outcomes.csv", "targets.csv"):
        changed(data, file, programmes)
    with serve(data, var=in_place(data)) as server:
        yield server


def harmless(page):
    """No script has run, and nothing in the text has become an element."""
    assert page.evaluate("window.hit") is None
    main = page.get_by_test_id("stMain")
    assert main.locator("img:not([src^='data:'])").count() == 0
    own = main.get_by_test_id("stHtml").locator("script")  # sets the page's language
    assert main.locator("script").count() == own.count() <= 1
    assert main.locator("iframe, svg[onload], [onerror], [onmouseover]").count() == 0
    assert main.locator(".katex, h1 h1").count() == 0
    links = page.locator("a[href]").evaluate_all("all => all.map(a => [a.href, a.textContent])")
    for address, _ in links:
        assert not address.startswith(("javascript:", "data:", "mailto:")), address
    return [(address, text) for address, text in links if "127.0.0.1" not in address]


def test_every_page_story_fold_and_filter_shows_hostile_text_as_text(page, hostile):
    opened(page, hostile.url)
    for name in ("overview", "partnerships", "activities", "outcomes", "about"):
        go(page, nb, name)
        links = harmless(page)
        if name not in ("overview", "outcomes"):  # which have statements, with their sources
            assert links == [], f"{name}: a text has become a link"
        said = words_of(page)
        shown = [payload for payload in PAYLOADS if payload in said]
        if name in ("partnerships", "activities", "about"):
            assert len(shown) >= 9, set(PAYLOADS) - set(shown)
        assert nb("trouble.what") not in said
        for menu in page.get_by_role("button", name=nb("figure.menu")).all()[:2]:
            menu.click()
            settled(page)
            harmless(page)
            page.keyboard.press("Escape")
        if name == "outcomes":
            folds = page.locator("[class*=st-key-programme-] summary")
            assert folds.count() > 3
            for place in range(4):
                folds.nth(place).click()
                settled(page)
            harmless(page)
            assert nb("trouble.what") not in words_of(page)
    turned(page, "partnerships?partnership=ig_nav")
    seen = {told_harmlessly(page)}
    stories = page.locator(".records a.link")
    for place in range(9):
        page.get_by_role("button", name=nb("story.back")).click()
        settled(page)
        stories.first.wait_for()  # the list is drawn after the page
        stories.nth(place).click()
        settled(page)
        seen.add(told_harmlessly(page))
    assert len(seen) >= 5
    # A filter is chosen and said, by its address in a first visit, too.
    turned(page, "activities")
    page.locator(".st-key-filters summary").click()
    settled(page)
    page.locator(".filters [name=programme] label", has_text="[lenke]").first.click()
    settled(page)
    assert "[lenke](https://evil.example/a)" in read(page.locator(".st-key-filters summary"))
    harmless(page)
    opened(page, page.url)
    assert "[lenke](https://evil.example/a)" in read(page.locator(".st-key-filters summary"))


def told_harmlessly(page):
    """The title of the story that is open."""
    title = headline(page)
    assert title in PAYLOADS
    for address, _ in harmless(page):
        assert address.startswith("https://"), address
    return title


LONG = "Samarbeidsforumet for næringsutvikling, kompetanse og omstilling i hele regionen "
UNBROKEN = "Kommunaldepartementsunderavdelingssekretariatslederforeningen" * 2


def test_long_names_and_forty_partners_do_not_break_the_layout(page, data):
    def forty(rows):
        first = rows[0]
        rows += [
            first | {"partner_id": f"many_{i}", "name": f"{LONG}{i} {UNBROKEN}"} for i in range(40)
        ]

    def one(rows):
        rows[0] |= {
            "title": LONG * 3 + UNBROKEN,
            "partner_ids": "|".join(f"many_{i}" for i in range(40)),
            "programme": LONG + UNBROKEN,
            "purpose": UNBROKEN * 3,
            "confirmed_date": "2026",
        }
        return rows

    def activity(rows):
        rows[0] |= {"title": UNBROKEN * 2, "programme": LONG + UNBROKEN}

    changed(data, "partners.csv", forty)
    changed(data, "partnerships.csv", one)
    changed(data, "activities.csv", activity)
    with serve(data, var=in_place(data)) as server:
        opened(page, server.url)
        for name in ("overview", "partnerships", "activities", "outcomes", "story"):
            if name == "story":
                turned(page, "partnerships?partnership=nfdr_buskerud")
            else:
                go(page, nb, name)
            for width in (390, 1440):
                page.set_viewport_size({"width": width, "height": 844})
                settled(page)
                assert sideways(page) <= 0, f"{name} at {width}"
                assert page.get_by_test_id("stAlert").count() == 0
        said = words_of(page)
        assert nb("story.partners", n=40) in said
        assert all(f"{LONG}{i} " in said for i in (0, 39))
