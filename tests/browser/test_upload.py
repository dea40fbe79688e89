"""An editor puts figures in on the page: asked, told, shown what changes, and published."""

import os
import re
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ringvirkning.store import versions
from ringvirkning.store.leftovers import BUILDING
from tests.browser.conftest import (
    DONE,
    axe,
    english_in,
    headline,
    opened,
    read,
    settled,
    sideways,
    words_of,
)
from tests.browser.test_access import GROUNDS
from tests.browser.test_view import switch_to
from tests.command import run
from tests.habits import named
from tests.server import serve
from tests.test_participants import SIGN, SOILED, traces
from tests.test_reading_hostile import TABLE, book, sheet_xml

nb = named("nb")
ROWS = (
    "Aktiviteter i foreningen;;;;\n;;;;\n"
    "Kjært barn;Aktivitetstype;Startdato;Deltakere;Grunnlag;Partnere;Rom\n"
    "Frokostmøte;Bedriftskafé;12.03.2026;1 234;Ikke oppgitt;NAV;B2\n"
)
# The framework's uploader has a role that it takes back.
UPLOADERS_OWN = "presentation-role-conflict (minor)"
PERSONAL = "Navn;Partnertype;Merknad\nLier;Kommune;født 010170 00027\n"


def uploaded(page, folder: Path, name: str, text: str):
    path = folder / name
    path.write_bytes(text.encode("cp1252"))
    page.locator("input[type=file]").set_input_files(path)
    return settled(page)


def question(page, kind: str, **said: str):
    return page.get_by_role("combobox", name=nb(f"choice.{kind}", **said), exact=True)


def answer(page, kind: str, option: str, **said: str):
    question(page, kind, **said).select_option(label=option)
    return settled(page)


def current(var: Path) -> versions.Version:
    version = versions.current(var)
    assert version
    return version


def files_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_from_a_spreadsheet_to_a_version(page, desk, tmp_path):
    var, before = desk.var, versions.history(desk.var)
    opened(page, f"{desk.url}/data")
    uploaded(page, tmp_path, "aktiviteter.csv", ROWS)
    publish = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    expect(publish).to_be_disabled()
    expect(page.get_by_text("4 spørsmål må besvares")).to_have_count(2)  # on top and beside it
    answer(page, "column", nb("column.title"), column="Kjært barn")
    expect(page.get_by_text("3 spørsmål må besvares")).to_have_count(2)
    answer(page, "column", nb("choice.answer.leave_out"), column="Rom")
    there = {"found": "Bedriftskafé", "column": "Aktivitetstype"}
    answer(page, "word", nb.code("activity_type", "conference"), **there)
    # An association that is not offered is written; that is the last thing to choose.
    whose = question(page, "every_row.association")
    assert whose.locator("option").last.inner_text() == nb("choice.write")
    whose.select_option(label=nb("choice.write"))
    page.keyboard.type("Ny forening")
    page.keyboard.press("Enter")
    expect(whose).to_have_value("Ny forening")
    settled(page)
    expect(publish).to_be_enabled()
    assert nb("upload.missing", what="").split(":")[0] not in words_of(page)
    assert english_in(page) == []
    said = words_of(page)
    assert nb("upload.changes", n=1) in said
    assert "Frokostmøte" in said
    assert "Gjennomførte aktiviteter: 47 → 48" in said
    sign(page, nb("upload.publish"), "Kari", "- Frokost, ring 901 23 456")
    settled(page)
    assert refused_phone("note") in words_of(page)
    assert versions.history(var) == before
    # A note may begin as an option of a command does.
    sign(page, nb("upload.publish"), "Kari", "- Frokost")
    page.get_by_role("heading", name="48 aktiviteter").wait_for()
    settled(page)
    now = current(var)
    assert (now.way, now.who, now.note) == ("upload", "Kari", "- Frokost")
    assert list(var.glob("inbox-*")) == []
    # What it changed can be seen afterwards, too.
    page.get_by_text("Hva er endret i versjonen fra").click()
    page.get_by_text("47 → 48").wait_for()
    # Back again, after a look at another page; the name is remembered.
    page.get_by_role("link", name=nb("menu.about")).click()
    settled(page)
    page.get_by_role("link", name=nb("menu.data")).click()
    settled(page)
    page.get_by_text(nb("publication.back"), exact=True).click()
    assert page.get_by_role("textbox", name=nb("publication.who")).input_value() == "Kari"
    sign(page, nb("publication.back_now"), "901 23 456", "")
    settled(page)
    assert refused_phone("who") in read(page.get_by_test_id("stPopoverBody"))
    assert current(var) == now
    sign(page, nb("publication.back_now"), "Ola", "")
    page.locator(DONE).get_by_text("Angret: Versjonen fra").wait_for()
    page.get_by_role("heading", name="47 aktiviteter").wait_for()
    assert settled(page).get_by_test_id("stPopoverBody").count() == 0  # nor that of withdrawing
    assert (current(var).way, current(var).who, current(var).note) == ("undo", "Ola", None)
    assert "Traceback" not in desk.log()
    assert b"901 23 456" not in files_below(var)


def test_a_partner_is_asked_for_what_is_missing_and_what_was_found_out_is_shown_a_sheet_at_a_time(
    page, server, tmp_path
):
    opened(page, f"{server.url}/data")
    for label, chosen in (("association", "Næringsforeningen"), ("partner", "Lier kommune")):
        box = page.get_by_role("combobox", name=nb(f"follow_up.{label}"))
        box.click()
        box.press_sequentially(chosen)
        box.press("Enter")
        settled(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("follow_up.download")).click()
    assert download.value.suggested_filename == "oppfolging-NFDR-Lier-kommune.xlsx"
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    file = tmp_path / "former.xlsx"
    run("template", file, "--filled", var=server.var, lang="nb")
    page.locator("input[type=file]").set_input_files(file)
    settled(page)
    assert nb("upload.same") in words_of(page)
    boxes = page.locator(".questions select")
    assert boxes.count() == 0
    page.get_by_text(nb("upload.assumed", file="former.xlsx")).click()
    settled(page)
    named_after = boxes.evaluate_all("all => all.map(box => box.getAttribute('aria-label'))")
    of_first = nb("sheet.associations")
    assert 5 < boxes.count() < 40
    assert any(of_first in name for name in named_after)
    page.get_by_role("combobox", name=nb("upload.sheet"), exact=True).fill(nb("sheet.partners"))
    page.keyboard.press("Enter")
    of_second = page.locator(f".questions select[aria-label*='{nb('sheet.partners')}']")
    expect(of_second).not_to_have_count(0)
    settled(page)
    named_after = boxes.evaluate_all("all => all.map(box => box.getAttribute('aria-label'))")
    assert any(nb("sheet.partners") in name for name in named_after)
    assert not any(of_first in name for name in named_after)
    assert "Traceback" not in server.log()


def test_rows_of_participants_are_counted_and_kept_nowhere(page, desk, tmp_path):
    """Neither on the server nor in the browser, from the first look to the version."""
    opened(page, f"{desk.url}/data")
    uploaded(page, tmp_path, "deltakere.csv", SOILED)
    answers = {
        "participants": nb("choice.answer.registered_each"),
        "other_stages": nb("choice.answer.attended"),
        "blanks": nb("choice.answer.blank_is_no"),
    }
    for kind, said in answers.items():
        page.get_by_role("combobox", name=nb(f"choice.{kind}")).select_option(label=said)
        settled(page)
    for name, said in {
        "association": "Innovasjon Gardermoen",
        "programme": "WorkOP",
        "any": nb.code("activity_type", "job_matching"),
        "evidence": nb.code("evidence", "register"),
    }.items():
        asked = nb(f"choice.every_row.{name}", column=nb("column.activity_type"))
        page.get_by_role("combobox", name=asked).select_option(label=said)
        settled(page)
    assert nb("upload.counted", n=2) in words_of(page) and english_in(page) == []
    assert "Vår 2024 ved foreningen" in words_of(page)
    page.get_by_role("combobox", name=nb("choice.part_of_year")).select_option(
        label=nb("choice.answer.year_only")
    )
    settled(page)
    shown = page.content().lower()
    assert traces(desk.var) == [] and SIGN not in shown
    publish = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    if publish.is_disabled():
        page.get_by_role("checkbox", name=nb("confirm.read")).check(force=True)
        settled(page)
    publish.click()
    page.locator(DONE).wait_for()
    settled(page)
    assert current(desk.var).way == "upload" and traces(desk.var) == []
    assert any(
        "Vår 2024 ved foreningen" in file.read_text(encoding="utf-8")
        for file in current(desk.var).files(desk.var).glob("activities.csv")
    )
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert SIGN not in (kept + desk.log()).lower()


def sign(page, button, who, note):
    """Say who and why, and press at once, as one does who has not left the field."""
    page.get_by_role("textbox", name=nb("publication.who")).fill(who)
    page.get_by_role("textbox", name=nb("publication.note")).fill(note)
    page.get_by_role("button", name=button, exact=True).click()


def refused_phone(field):
    return nb("publication.personal.phone", field=nb(f"publication.{field}"))


def test_what_few_persons_tell_apart_is_confirmed_before_it_is_published(page, desk, tmp_path):
    """By keyboard alone, and read to who doesn't see it."""
    var = desk.var
    opened(page, f"{desk.url}/data")
    file = current(var).files(var) / "activities.csv"
    text = file.read_text(encoding="utf-8").replace(",no,41,27,", ",no,41,26,")
    uploaded(page, tmp_path, "activities.csv", text)
    publish = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    expect(publish).to_be_disabled()
    box = page.get_by_role("checkbox", name=nb("confirm.read"))
    warning = page.get_by_role("alert").filter(has_text=nb("confirm.first"))
    assert nb("finding.rule.few_persons_changed") in read(warning)
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    settled(page)
    expect(publish).to_be_enabled()
    publish.focus()
    page.keyboard.press("Enter")
    page.locator(DONE).wait_for()
    settled(page)
    assert current(var).way == "upload"


def test_who_publishes_after_another_is_told_and_looks_again(page, desk, tmp_path):
    """Else all that is not in the file would be removed, what was published meanwhile unseen."""
    var = desk.var
    opened(page, f"{desk.url}/data")
    uploaded(page, tmp_path, "partnere.csv", "Navn;Partnertype\nHemsedal kommune;Kommune\n")
    assert nb("upload.changes", n=1) in words_of(page)
    other = tmp_path / "andre.csv"
    other.write_text("Navn;Partnertype\nGol kommune;Kommune\n", encoding="utf-8")
    run("publish", other, var=var)
    theirs = current(var)
    publish = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    publish.click()
    page.get_by_text(nb("finding.rule.overtaken")).first.wait_for()
    settled(page)
    assert current(var) == theirs
    publish.click()
    page.locator(DONE).wait_for()
    settled(page)
    names = (current(var).files(var) / "partners.csv").read_text(encoding="utf-8")
    assert "Gol kommune" in names
    assert "Hemsedal kommune" in names


def kill_publisher(server: int, var: Path) -> None:
    """Kill -9 what publishes for this server, as soon as it builds: its only child then. Linux."""
    deadline = time.monotonic() + 120
    while not list(var.glob(f"{BUILDING}*")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    for place in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (place / "stat").read_text().rpartition(") ")[2].split()[1]
            if parent == str(server):
                os.kill(int(place.name), signal.SIGKILL)


@pytest.mark.skipif(sys.platform != "linux", reason="the process is looked for in /proc")
def test_a_publisher_that_is_killed_changes_nothing_and_the_page_says_so(page, desk, tmp_path):
    var, history = desk.var, versions.history(desk.var)
    opened(page, f"{desk.url}/data")
    uploaded(page, tmp_path, "partnere.csv", "Navn;Partnertype\nFlå kommune;Kommune\n")
    publish = page.get_by_role("button", name=nb("upload.publish"), exact=True)
    publish.click()
    kill_publisher(desk.process.pid, var)
    page.get_by_test_id("stAlert").wait_for()
    settled(page)
    assert nb("upload.failed") in words_of(page)
    assert versions.history(var) == history
    assert list(var.glob("inbox-*")) == []
    # Once more, with the file still there.
    publish.click()
    page.locator(DONE).wait_for()
    settled(page)
    assert len(versions.history(var)) == len(history) + 1
    assert list(var.glob("building-*")) == []


def test_personal_data_and_files_of_another_kind_are_refused_in_our_words(page, server, tmp_path):
    """Whatever a file is called: the framework would refuse an ending in words of its own. Of what
    is personal nothing is kept."""
    opened(page, f"{server.url}/data")
    shortcut = tmp_path / "Runder.url"
    shortcut.write_text("[InternetShortcut]\nURL=https://example.no/\n")
    lock = tmp_path / "~$Runder.xlsx"
    lock.write_bytes(b"\4Kari")
    personal = tmp_path / "partnere.csv"
    personal.write_bytes(PERSONAL.encode("cp1252"))
    page.locator("input[type=file]").set_input_files([shortcut, lock])
    settled(page)
    for rule in ("link_file", "lock_file"):
        expect(page.get_by_text(nb(f"finding.rule.{rule}"))).to_be_visible()
    expect(
        page.get_by_text(nb("upload.assumed", file="Runder").partition("Runder")[0])
    ).to_have_count(0)
    page.locator("input[type=file]").set_input_files(personal)
    page.get_by_text(nb("finding.rule.personal_national_id")).wait_for()
    settled(page)
    assert page.get_by_text("010170").count() == 0
    expect(page.get_by_role("button", name=nb("upload.publish"), exact=True)).to_be_disabled()
    assert b"010170" not in files_below(server.var)
    assert "010170" not in server.log()


def test_a_new_association_is_welcomed_and_begins(page, tmp_path):
    (tmp_path / "empty").mkdir()
    with serve(tmp_path / "empty", var=tmp_path / "var") as server:
        opened(page, server.url)
        assert headline(page) == nb("welcome.title")
        switch_to(page, "English")
        assert headline(page) == named("en")("welcome.title")
        assert page.evaluate("document.documentElement.lang") == "en"
        switch_to(page, "Norsk")
        with page.expect_download() as download:
            page.get_by_role("link", name=nb("upload.template")).click()
        assert download.value.suggested_filename == nb("upload.template_file")
        uploaded(page, tmp_path, "partnere.csv", "Navn;Partnertype\nLier kommune;Kommune\n")
        page.get_by_role("button", name=nb("upload.publish"), exact=True).click()
        page.locator(DONE).wait_for()
        settled(page)
        assert current(tmp_path / "var").way == "upload"
        assert page.get_by_test_id("stAlert").count() == 1, "that it is published, and no more"
        assert "Traceback" not in server.log()


MANY = "Aktivitet;Aktivitetstype;Startdato;Grunnlag;A;B;C;D\n" + "".join(
    f"Møte {n};{kind};0{n}.02.2026;register;x;y;{n};z\n"
    for n, kind in enumerate(["Konferanze", "Webinarr", "Jobbmesssse"], 1)
)


def test_many_questions_are_answered_at_once_by_keyboard_alone(page, server, tmp_path):
    opened(page, f"{server.url}/data")
    # Answers are remembered: of these headings no other test may ask.
    uploaded(page, tmp_path, "mange.csv", MANY)
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    assert sideways(page) == 0
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 900})
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", GROUNDS["dark"])
    settled(page)
    assert axe(page, "color-contrast") == []
    assert sideways(page) == 0
    # From what is said on top to the first question, which is a question to who hears it alone.
    first = page.get_by_role("link", name=nb("upload.open", n=5)[1:].partition("]")[0]).first
    first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == nb("choice.rest")
    page.keyboard.press("ArrowDown")  # the likely answer
    page.keyboard.press("Tab")
    settled(page)
    assert question(page, "rest").input_value() == "leave_out"
    page.get_by_role("button", name=nb("choice.accept", n=2), exact=True).focus()
    page.keyboard.press("Enter")
    settled(page)
    said = {"found": "Konferanze", "column": "Aktivitetstype"}
    assert question(page, "word", **said).input_value() == "conference"
    expect(page.get_by_text("2 spørsmål må besvares")).to_have_count(2)


WITHOUT_TYPE = (
    "Forening;Tittel;Aktivitetstype;Startdato;Grunnlag\n"
    "Innovasjon Gardermoen;Jobbmesse;;14.04.2026;Ikke oppgitt\n"
    "Innovasjon Gardermoen;Frokost;Konferanse;13.03.2026;Ikke oppgitt\n"
)


def test_a_cell_that_has_one_of_some_words_is_corrected_by_a_list_of_them(page, server, tmp_path):
    opened(page, f"{server.url}/data")
    uploaded(page, tmp_path, "uten-type.csv", WITHOUT_TYPE)
    field = page.locator(".findings form select")
    assert field.locator("option").all_inner_texts()[:2] == [nb("choice.open"), "Jobbkobling"]
    field.select_option(label="Konferanse")
    page.get_by_role("button", name=nb("upload.correct"), exact=True).click()
    settled(page)
    expect(page.locator(".findings form")).to_have_count(0)
    expect(page.get_by_role("button", name=nb("upload.publish"), exact=True)).to_be_enabled()


AGREEMENTS = "Forening;Partnerskap;Partnerskapstype;Startdato;Partnere\n" + "".join(
    f"Innovasjon Gardermoen;Avtale {n};Annet;2026;{of}\n"
    for n, of in enumerate(["Bygdelaget|Sagbruket Nord", "Tolga kommune|Drammen komune"], 1)
)


def test_new_partners_are_added_by_one_answer_but_for_those_that_may_be_known(
    page, server, tmp_path
):
    opened(page, f"{server.url}/data")
    uploaded(page, tmp_path, "avtaler.csv", AGREEMENTS)
    near, meant = {"found": "Drammen komune"}, nb("choice.meant", name="Drammen kommune")
    assert question(page, "new_partner", **near).locator("option").nth(1).inner_text() == meant
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    page.get_by_label(nb("choice.add_all", n=3)).select_option(label="Bedrift")
    page.get_by_role("button", name=nb("choice.take"), exact=True).click()
    settled(page)
    for name in ("Bygdelaget", "Sagbruket Nord", "Tolga kommune"):
        assert question(page, "new_partner", found=name).input_value() == "company"
    assert question(page, "new_partner", **near).input_value() == ""
    answer(page, "new_partner", meant, **near)
    expect(page.get_by_role("button", name=nb("upload.publish"), exact=True)).to_be_enabled()


WRONG = (
    "Aktiviteter i foreningen;;;;;;\n;;;;;;\n"
    "Forening;Tittel;Aktivitetstype;Startdato;Deltakere;Grunnlag;Partnere\n"
    "Innovasjon Gardermoen;Frokostmøte;Konferanse;13.03.2026;1 234;Ikke oppgitt;NAV\n"
    "Innovasjon Gardermoen;Jobbmesse;Jobbmesse;14.04.2026;mange;Ikke oppgitt;NAV\n"
)


def test_what_is_found_stands_beside_the_sheet_and_in_a_copy(page, server, tmp_path):
    opened(page, f"{server.url}/data")
    unknown = "Innovasjon Gardermoen;Møte;Konferanse;15.04.2026;-;Ikke oppgitt;NAV\n"
    uploaded(page, tmp_path, "feil.csv", WRONG + unknown)
    name = f"feil.csv, {nb('report.level.must_fix')} (1)"
    sheet = page.get_by_role("region", name=name, exact=True)
    marked = sheet.locator("td.must_fix")
    expect(marked).to_have_count(1)  # the sheet is drawn after what is said of it
    assert marked.inner_text().startswith("mange")
    # It stands beside what should be looked at, too, and says so.
    expect(page.get_by_role("region", name="feil.csv")).to_have_count(2)
    assert axe(page, "landmark-unique") == []
    rule = nb("finding.rule.not_whole_number")
    assert rule in marked.text_content()
    expect(page.get_by_text("1 feil må rettes")).to_have_count(2)
    # A place pressed is shown in its sheet, also after looking elsewhere.
    sheet.evaluate("sheet => sheet.querySelector('.current').classList.remove('current')")
    page.get_by_role("button", name="feil.csv, rad 5, kolonne «Deltakere»").click()
    assert sheet.locator(".current").inner_text().startswith("mange")
    with page.expect_download() as download:
        page.get_by_role("link", name=nb("upload.with_remarks", file="feil.csv")).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[4].endswith(f"NAV;Deltakere: {rule} Fant «mange».")
    assert "Traceback" not in server.log()


SEVERAL = WRONG.replace("1 234", "mange") + (
    "Innovasjon Gardermoen;Kurs;Konferanse;;5;Ikke oppgitt;NAV\n"
    "Innovasjon Gardermoen;Tur;Konferanse;;6;Ikke oppgitt;NAV\n"
    "Innovasjon Gardermoen;Fest;Konferanse;5.5.2026;seks;Ikke oppgitt;NAV\n"
)


def test_cells_are_corrected_beside_what_is_found_and_published_so(page, desk, tmp_path):
    """By keyboard, all of one kind at once, by a column that is pasted; and taken back."""
    opened(page, f"{desk.url}/data")
    uploaded(page, tmp_path, "flere.csv", SEVERAL)
    fields = page.locator(".findings form input")
    expect(fields).to_have_count(2)  # one for both that say the same
    page.get_by_role("link", name="3 feil må rettes").first.focus()
    page.keyboard.press("Enter")
    expect(fields.first).to_be_focused()
    assert "mange" in fields.first.get_attribute("aria-label")
    fields.first.evaluate(
        """field => {
          const clipboardData = new DataTransfer();
          clipboardData.setData('text', '41\\nseksti\\n');
          field.dispatchEvent(new ClipboardEvent('paste', {clipboardData, cancelable: true}));
        }"""
    )
    page.keyboard.press("Enter")
    settled(page)
    expect(fields).to_have_count(1)
    assert fields.input_value() == "seksti"
    fields.fill("60")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator(".questions .correcting input")).to_have_count(2)
    asked = nb("choice.cell", found="mange", column="Deltakere")
    page.get_by_role("button", name=f"{nb('choice.undo')}: {asked}").click()
    settled(page)
    expect(page.get_by_text("2 feil må rettes")).to_have_count(2)
    page.get_by_role("textbox", name=asked, exact=True).fill("40")
    page.keyboard.press("Enter")
    settled(page)
    assert [line for line in axe(page) if UPLOADERS_OWN not in line] == []
    sign(page, nb("upload.publish"), "Kari", "Vår")
    page.locator(DONE).wait_for()
    settled(page)
    now = current(desk.var)
    assert now.note == f"Vår · {nb('upload.corrected', n=3)}"
    rows = (now.files(desk.var) / "activities.csv").read_text(encoding="utf-8")
    own = [row for row in rows.splitlines() if "_2026_0" in row.split(",")[0]]
    assert sum(",40," in row for row in own) == 2 and sum(",60," in row for row in own) == 1
    assert "Traceback" not in desk.log()


def peak_memory(server) -> int:
    """Bytes that the server has held at most, where the system tells."""
    status = Path(f"/proc/{server.process.pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return 1024 * int(found[1]) if found else 0


def test_a_bomb_is_refused_and_nobody_else_notices(page, new_page, desk, tmp_path):
    bomb = book(tmp_path, sheet_xml(TABLE + " " * 400_000_000))
    assert bomb.stat().st_size < 2**20
    other = opened(new_page(), desk.url)
    opened(page, f"{desk.url}/data")
    before = peak_memory(desk)
    page.locator("input[type=file]").set_input_files(bomb)
    other.get_by_role("link", name=nb("menu.about")).click()
    settled(other)
    page.get_by_text(nb("finding.rule.unzipped_too_large")).wait_for()
    assert peak_memory(desk) - before < 100 * 2**20
    assert headline(other) == nb("about.title")
    assert "Traceback" not in desk.log()
