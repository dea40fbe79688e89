"""Data that changes, breaks, is little or was broken from the start, before a reader's eyes. With
nothing but headings a page draws no figure: tests/test_little_data.py."""

from ringvirkning.texts import words
from tests.browser.conftest import DONE, axe, changed, headline, in_place, opened, settled, words_of
from tests.browser.test_view import go
from tests.server import serve

nb = words("nb")


def attended(page):
    """Of the examples, whose year the changed row is of."""
    return int(page.locator(".st-key-example_cards .card .number").nth(1).inner_text())


def round_of_2025(rows):
    return next(
        row
        for row in rows
        if row["start_date"].startswith("2025") and row["attended_count"] and row["programme"]
    )


def test_a_changed_file_is_picked_up_and_a_broken_one_leaves_the_old_version(page, data, var):
    with serve(data, var=var) as server:
        opened(page, server.url)
        before = attended(page)

        def one_more(rows):
            row = round_of_2025(rows)
            row["attended_count"] = str(int(row["attended_count"]) + 1)

        changed(data, "activities.csv", one_more)
        page.reload()
        settled(page)
        assert attended(page) == before, "one person's change waits for somebody"
        assert axe(page) == []
        page.get_by_role("button", name=nb("confirm.now")).click()
        page.locator(DONE).wait_for()
        settled(page)
        assert page.get_by_test_id("stAlert").count() == 1, "that it is published, and no more"
        assert attended(page) == before + 1

        places = []

        def broken(rows):
            places.append(rows.index(round_of_2025(rows)) + 2)
            round_of_2025(rows)["attended_count"] = "tolv"

        changed(data, "activities.csv", broken)
        page.reload()
        settled(page)
        assert attended(page) == before + 1, "the old version stays"
        alert = page.get_by_test_id("stAlert")
        assert alert.count() == 1
        fold = page.locator("details", has_text=nb("data.findings", n=1))
        fold.locator("summary").click()
        said = fold.inner_text()
        assert "activities.csv" in said
        assert nb("finding.row", row=str(places[0])) in said
        assert nb("finding.column", column="Deltakere (attended_count)") in said
        assert "tolv" in said and nb("finding.rule.not_whole_number") in said
        assert "Traceback" not in server.log()
        for said_in_the_log in ("activities.csv", str(places[0]), "attended_count"):
            assert said_in_the_log in server.log()
        assert "tolv" not in server.log(), "no value of a file"

        changed(data, "activities.csv", eleven_more)
        page.reload()
        settled(page)
        assert page.get_by_test_id("stAlert").count() == 0
        assert attended(page) == before + 12


def eleven_more(rows):
    row = next(r for r in rows if r["attended_count"] == "tolv")
    row["attended_count"] = "0"
    others = [r for r in rows if r["start_date"].startswith("2025") and r is not row]
    known = sum(int(r["attended_count"] or 0) for r in others)
    row["attended_count"] = str(78 - known)


def test_broken_from_the_start_says_what_to_correct(page, data):
    def broken(rows):
        rows[3]["partner_type"] = "kommune"
        rows[4]["partner_id"] = rows[3]["partner_id"]

    changed(data, "partners.csv", broken)
    (data / "targets.csv").unlink()
    with serve(data) as server:
        opened(page, f"{server.url}/outcomes")
        assert headline(page) == nb("data.broken")
        said = words_of(page)
        assert "targets.csv" in said and nb("finding.rule.missing_file") in said
        assert "Traceback" not in said
        # The file comes back: then the rows are looked at.
        (data / "targets.csv").write_bytes((data / "measures.csv").read_bytes())
        page.reload()
        settled(page)
        said = words_of(page)
        assert headline(page) == nb("data.broken")
        assert nb("finding.rule.unknown_column") in said
        assert "Traceback" not in server.log()


def test_one_partnership_alone_is_enough(page, data):
    for name in ("activities", "outcomes", "targets", "work_streams", "contributions"):
        changed(data, f"{name}.csv", list.clear)

    def alone(rows):
        del rows[1:]

    changed(data, "partnerships.csv", alone)
    with serve(data, var=in_place(data)) as server:
        opened(page, server.url)
        for name in ("overview", "partnerships", "activities", "outcomes", "about"):
            go(page, nb, name)
            assert page.locator("h1").count() == 1
            assert page.get_by_test_id("stAlert").count() == 0, name
            assert nb("empty.data") not in headline(page) or name in ("activities", "outcomes")
        assert "Traceback" not in server.log()
