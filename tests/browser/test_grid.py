"""Many rows of a table are edited as in a spreadsheet, and pasted from one."""

from playwright.sync_api import expect

from tests.browser.conftest import DONE, axe, english_in, opened, settled, sideways
from tests.browser.test_enter import confirmed_meanwhile, press, rows_of
from tests.habits import named

nb = named("nb")
WHO = "\tInnovasjon Gardermoen\t\t\t"
UNTIL_EVIDENCE = "\t" * 9
PASTED = (
    f"{WHO}\tKonferanse\tHøstkonferansen\t12. mars 2025{UNTIL_EVIDENCE}Register",
    f"{WHO}\tKurs\tKurs i eksport\t2024{UNTIL_EVIDENCE}Register",
)


def test_a_cell_is_changed_and_rows_are_pasted(new_page, desk):
    page = opened(new_page(), f"{desk.url}/data?entry=activities%3Fmany%3D1")
    assert english_in(page) == []
    assert axe(page) == []
    assert not sideways(page)
    grid = page.get_by_test_id("stDataFrame")
    before = rows_of(desk, "activities")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", "\n".join(PASTED))
    # Above the grid and seen, wherever the mouse is.
    tools = grid.locator(".stElementToolbar")
    expect(tools).to_have_css("opacity", "1")
    box, rows = tools.bounding_box(), grid.bounding_box()
    assert box and rows and box["y"] + box["height"] <= rows["y"]
    page.get_by_role("button", name=nb("framework.grid_add_row"), exact=True).press("Enter")
    # What is drawn on a canvas is a table for who hears it. A key is for the cell that was chosen
    # when the grid was drawn last, so each waits until the one before it is seen there.
    chosen = grid.locator("td[aria-selected=true]")
    added = f"{len(before) + 2}"  # rows are counted from the heading
    expect(grid.locator(f"tr[aria-rowindex='{added}']")).to_have_count(1)
    grid.locator(".dvn-scroller").click(position={"x": 60, "y": 90})
    expect(chosen).to_have_count(1)
    page.keyboard.press("Control+ArrowDown")
    expect(grid.locator(f"tr[aria-rowindex='{added}'] td[aria-selected=true]")).to_have_count(1)
    page.keyboard.press("Control+v")
    expect(grid.locator("td", has_text="Kurs i eksport")).to_have_count(1)
    page.keyboard.press("Control+Home")
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    expect(chosen).to_have_text(before[0]["title"])
    page.keyboard.press("Enter")
    page.locator("#portal textarea").fill("Et nytt navn")
    page.keyboard.press("Enter")
    expect(grid.locator("td", has_text="Et nytt navn")).to_have_count(1)
    # Somebody else publishes meanwhile: what is typed stays, upon the rows that it was typed in.
    confirmed_meanwhile(desk, "HelseHub", "Sagt av rådmannen")
    press(page, nb("grid.look"))
    expect(page.get_by_text("Gjennomførte aktiviteter: 47 → 49")).to_be_visible()
    assert page.get_by_text(nb("upload.how_replace"), exact=True).count() == 0
    # The tab is closed, or the server was killed: a new session has it, upon the same rows.
    expect(page.get_by_text(nb("grid.kept"))).to_be_visible()
    settled(page).close()
    page = opened(new_page(390), f"{desk.url}/data")
    page.get_by_role("link", name=nb("grid.waits", table=nb("sheet.activities"))).click()
    expect(page.get_by_text("Gjennomførte aktiviteter: 47 → 49")).to_be_visible()
    assert axe(settled(page)) == []
    assert not sideways(page)
    page.get_by_role("textbox", name=nb("publication.note")).fill("Fra regnearket")
    press(page, nb("upload.publish"))
    expect(page.locator(DONE)).to_be_visible()
    assert not [*desk.var.glob("drafts/*/*")]
    after = rows_of(desk, "activities")
    assert len(after) == len(before) + 2
    assert after[0] == {**before[0], "title": "Et nytt navn"}
    assert {row["title"] for row in after[-2:]} == {"Høstkonferansen", "Kurs i eksport"}
