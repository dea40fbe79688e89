"""What reaches a browser of the public: rounded counts and nothing that staff alone may see."""

import re

import pytest

import pages
from ringvirkning.texts import LANGUAGE_NAMES, LANGUAGES, Words, words
from tests.browser.conftest import changed, opened, settled, turned, words_of
from tests.browser.test_view import go, switch_to
from tests.server import serve

CANARY = "KANARIFUGL"
# Counts that are nothing else's, each a multiple of five no more: 1 371, 1 376 and so on.
FIRST, STEP = 1371, 5


def rounding_words(w: Words) -> str:
    """How the small print about rounding begins, whether sums are shown or not."""
    return w("foot.rounded").split(";")[0].split(",")[0]


def planted(data) -> set[int]:
    """Give every round counts that can be recognised, and every row a note; the counts."""
    counts = iter(range(FIRST, 9000, STEP))
    found: set[int] = set()

    def activities(rows):
        for row in rows:
            row["note"] = CANARY
            if row["programme"] == "WorkOP" and row["attended_count"]:
                attended, registered = next(counts), next(counts)
                row.update(attended_count=str(attended), registered_count=str(registered))
                found.update((attended, registered))

    def noted(rows):
        for row in rows:
            row["note"] = CANARY

    changed(data, "activities.csv", activities)
    for name in ("partners", "partnerships", "outcomes", "targets"):
        changed(data, f"{name}.csv", noted)
    assert len(found) > 10
    return found


def received(page) -> list[str]:
    """What comes to this page from now on, by HTTP and in the frames of its socket."""
    said: list[str] = []

    def take(text: str | bytes) -> None:
        said.append(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)

    page.on("websocket", lambda socket: socket.on("framereceived", take))
    # The code of the pages is the same whatever the figures.
    page.on(
        "response",
        lambda answer: (
            take(answer.body())
            if answer.ok and answer.request.resource_type not in ("script", "font", "stylesheet")
            else None
        ),
    )
    return said


def shown_counts(counts: set[int], said: str) -> list[str]:
    """Those of the counts that are in a text, in either language's way to write them.

    Digits within a hash are none: the framework names files and elements by theirs.
    """
    written = [
        f"(?<![0-9a-f]){str(n)[0]}[\u00a0, ]?{str(n)[1:]}(?![0-9a-f])" for n in sorted(counts)
    ]
    return [found for form in written for found in re.findall(form, said)]


def test_public_browser_gets_no_count_and_no_note_of_staff(data, tmp_path, new_page):
    counts, var = planted(data), tmp_path / "var"
    with serve(data, var=var) as server:
        staff = new_page()
        said = received(staff)
        opened(staff, f"{server.url}/activities")
        assert shown_counts(counts, "".join(said))  # the eye sees what it looks for
        staff.close()
    (exact,) = var.glob("versions/*/exact.duckdb")
    exact.unlink()
    with serve(data, var=var, env={"SURFACE": "public"}) as server:
        public = new_page()
        said = received(public)
        opened(public, f"{server.url}/?lang={LANGUAGES[0]}")
        for language in LANGUAGES:
            if language != LANGUAGES[0]:
                switch_to(public, LANGUAGE_NAMES[language])
            for name in (*pages.MENU[1:], pages.MENU[0]):
                go(public, words(language), name)
            turned(public, f"partnerships?partnership=ig_nav&lang={language}")
            public.keyboard.press("Control+k")
            public.keyboard.type(CANARY)
            none = words(language)("search.none", query=CANARY)
            assert none in public.locator(".finder dialog").inner_text()
            everything = "".join(said)
            assert rounding_words(words(language)) in everything
            assert shown_counts(counts, everything) == []
            assert CANARY not in everything
            public.keyboard.press("Escape")
        assert "Traceback" not in server.log()


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_see_what_the_public_sees_by_a_switch(visit, language):
    w = words(language)
    page = visit(f"outcomes?lang={language}")
    exact = words_of(page)
    assert rounding_words(w) not in exact
    page.get_by_text(w("surface.as_public"), exact=True).click()
    settled(page)
    assert rounding_words(w) in words_of(page)
    assert words_of(page) != exact
    page.get_by_text(w("surface.as_public"), exact=True).click()
    settled(page)
    assert words_of(page) == exact
