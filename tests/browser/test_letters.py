"""The letters that were written: listed for staff, read as their readers did, and taken along."""

from io import BytesIO
from pathlib import Path

from playwright.sync_api import expect
from pypdf import PdfReader

from ringvirkning.store import letters, versions
from tests.browser.conftest import axe, english_in, opened, settled, sideways, words_of
from tests.browser.test_access import GROUNDS
from tests.browser.test_upload import UPLOADERS_OWN
from tests.command import run
from tests.habits import named

nb = named("nb")


def listed(page):
    return page.get_by_role("table", name=nb("letters.title"), exact=True)


def test_a_letter_is_read_on_a_phone(new_page, desk):
    page = opened(new_page(390), f"{desk.url}/data")
    none = "Ingen brev er skrevet ennå."
    assert none in words_of(page)
    run("letter", "--staff", var=desk.var, lang="nb")
    run("letter", var=desk.var, lang="en")
    opened(page, f"{desk.url}/data")
    assert none not in words_of(page)
    staff = next(one for one in letters.kept_letters(desk.var) if one.is_exact)
    row = listed(page).get_by_role("row").filter(has_text=nb("letters.exact"))
    expect(row).to_contain_text(nb("letters.delivery.kept"))
    row.get_by_role("link").or_(row.get_by_role("button")).click()
    settled(page)
    letter = page.locator(".st-key-letter")
    expect(letter.get_by_role("heading", level=1)).to_be_visible()
    expect(letter.get_by_text(nb("deck.internal"), exact=True)).to_be_visible()
    expect(letter.get_by_role("heading", name=nb("attention.title"))).to_be_visible()
    assert english_in(page) == []
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    assert not sideways(page)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", GROUNDS["dark"])
    assert axe(page, "color-contrast") == []
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("letters.paper")).click()
    assert download.value.suggested_filename == f"{staff.name}.pdf"
    paper = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    assert nb("deck.internal") in paper.pages[0].extract_text()
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("letters.message")).click()
    assert Path(download.value.path()).read_bytes() == staff.message(desk.var).read_bytes()


def test_the_public_sees_none_and_what_is_withdrawn_is_gone(new_page, desk, watch):
    run("letter", "--anyway", var=desk.var, lang="nb")
    letter = letters.kept_letters(desk.var)[-1]
    public = opened(new_page(), f"{desk.url}/data?surface=public")
    assert nb("letters.title") not in public.get_by_role("heading").all_inner_texts()
    page = opened(new_page(), f"{desk.url}/data")
    date = nb.moment(letter.written_at)
    listed(page).get_by_role("link", name=date).or_(
        listed(page).get_by_role("button", name=date)
    ).first.click()
    settled(page)
    link = page.get_by_role("link", name=nb("letters.message"))
    address = f"{desk.url}/{str(link.get_attribute('href')).removeprefix('./')}"
    assert page.request.get(address).ok
    now = versions.current(desk.var)
    assert now
    run("withdraw", now.name, var=desk.var, why="Feil")
    assert page.request.get(address).status == 404
