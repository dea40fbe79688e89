"""An association that has no figures and no spreadsheet types its first ones in."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import published
from ringvirkning.store import keys, storage
from tests.habits import named
from tests.server import KEY
from tests.test_pages import assert_no_error, headline, opened, plain, text_of

pytestmark = pytest.mark.slow  # publishes

nb = named("nb")


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What a server keeps before anything is published."""
    for name in ("data", "var"):
        (tmp_path / name).mkdir()
    storage.write(tmp_path / "var" / keys.NAME, KEY)
    running = Watch(tmp_path / "data", tmp_path / "var")
    monkeypatch.setattr(published, "watch", lambda: running)
    return running


def said_in(app: AppTest) -> str:
    assert_no_error(app)
    return text_of(app)


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [one for one in app.button if one.label == label]
    return button.click().run()


def field_of(app: AppTest, column: str):
    fields = [*app.text_input, *app.selectbox, *app.multiselect]
    (found,) = [one for one in fields if one.key.endswith(f"-{column}")]
    return found


def test_it_begins_without_a_spreadsheet_and_is_told_what_was_published(watch: Watch):
    app = opened("data", {})
    assert headline(app) == nb("welcome.title")
    assert nb("enter.new.partners") in said_in(app)
    app = opened("data", {"entry": ["partners"]})
    assert headline(app) == nb("enter.new.partners")
    field_of(app, "name").input("Lier kommune")
    field_of(app, "partner_type").select("municipality")
    press(app, nb("enter.keep"))
    assert headline(app) == nb("enter.waiting")
    said = said_in(app)
    assert nb("upload.changes", n=1) in said, "types that are offered are nobody's change"
    assert nb("enter.one_more") in said
    # The next form knows what waits.
    app = opened("data", {"entry": ["partnerships"]})
    assert "Lier kommune" in field_of(app, "partner_ids").options[0]
    field_of(app, "association").input("Lier Næringsforening")
    field_of(app, "title").input("Næringsplan")
    field_of(app, "partnership_type").select("strategic")
    field_of(app, "partner_ids").select("Lier kommune")
    field_of(app, "start_date").input("mars 2022")
    press(app, nb("enter.keep"))
    assert f"{nb('column.start_date')}: mars 2022" in said_in(app)
    app = opened("data", {"entry": ["activities"]})
    assert field_of(app, "association").value == "Lier Næringsforening", "there is one alone"
    app = opened("data", {"entry": ["targets"]})
    assert field_of(app, "evidence").value == "stated", "an example would be said to be one"
    app = opened("data", {"entry": ["waiting"]})
    press(app, nb("upload.publish"))
    made = watch.version
    assert made
    told = f"{nb('upload.published_then', date=nb.moment(made.current_at))} · {made.note}"
    for _ in range(2):  # it does not vanish
        assert told in [plain(one.value) for one in app.success]
        app.run()
    said_in(app.switch_page("../../pages/overview.py").run())
    assert not app.success, "elsewhere it is told no more"
    app = opened("outcomes", {})
    assert headline(app) == nb("empty.data")
    said = said_in(app)
    assert nb("empty.data_begin") in said
    assert nb("enter.new.outcomes") in said


def test_an_agreement_may_name_partners_that_nobody_knows_yet(watch: Watch):
    app = opened("data", {"entry": ["partnerships"]})
    field_of(app, "association").input("Lier Næringsforening")
    field_of(app, "title").input("Næringsplan")
    field_of(app, "partnership_type").select("strategic")
    field_of(app, "partner_ids").set_value(["NAV Lier"])
    press(app, nb("enter.keep"))
    assert headline(app) == nb("enter.waiting")
    said = said_in(app)
    assert f"{nb('column.partner_ids')}: NAV Lier" in said
    assert nb("upload.questions", n=1) in said, "of which type it is"
