"""The page for everyone: whole, protected, without a script; and the command that writes files."""

import re
from collections.abc import Sequence
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from queries import answers
from ringvirkning.charts import Numbers
from ringvirkning.export import report
from ringvirkning.export.deck import Deck, Planned, of_page
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import FOLDERS, SITE_PAGES, on_page, write_site
from ringvirkning.figures import stories
from ringvirkning.figures.catalogue import figures, seen
from ringvirkning.intake.watch import Watch
from ringvirkning.store import numbered
from ringvirkning.texts import LANGUAGES, sentences, words
from tests.command import run
from tests.test_deck import AS_OF, Tables

pytestmark = pytest.mark.slow
DAY = date.fromisoformat(AS_OF)
WHO = Identity("Næringsforeningen <i>", site="https://tall.example.no/")


def whose(associations: Sequence[str]) -> Identity:
    return WHO if len(associations) > 1 else Identity(associations[0])


@pytest.fixture(scope="module")
def written(watch: Watch, tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("site")
    latest = watch.published[-1]
    write_site(latest, watch.var, DAY, whose, into)
    return into


def test_the_worklist_is_not_on_the_site(written: Path):
    for language in LANGUAGES:
        for page in (written / FOLDERS[language]).rglob("*.html"):
            assert words(language)("attention.title") not in page.read_text(encoding="utf-8")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.found += [v for k, v in attributes if k in ("href", "src") and v and v[0] != "#"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [file for file, _, _ in SITE_PAGES])
def test_a_page_has_the_numbers_of_the_protected_figures(
    watch: Watch, written: Path, language: str, file: str
):
    text = (written / f"{FOLDERS[language]}{file}").read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in text
    latest = watch.published[-1]
    shown = seen(words(language), latest, latest.protected(watch.var), DAY, "")
    name = next(name for one, name, _ in SITE_PAGES if one == file)
    tables = Tables.of(text)
    of_page = on_page(shown, name)
    assert len(of_page) >= 3
    for figure in of_page:
        assert [list(row) for row in figure.chart.rows] in tables, figure.name
        assert (
            figure.chart.form in ("numbers", "table")  # written out, and not drawn
            or text.count(f'aria-label="{figure.chart.alt[:20]}') >= 2
        )
    assert "<i>" not in re.sub(r"<i class[^>]*>", "", text)


def test_links_lead_to_files_that_are_there_and_nowhere_else(written: Path):
    for file in written.rglob("*.html"):
        links = Links()
        links.feed(file.read_text(encoding="utf-8"))
        assert len(links.found) >= 6
        for link in links.found:
            assert (file.parent / link).resolve().is_file(), (file.name, link)


def test_the_first_page_is_small_and_needs_no_script(written: Path):
    text = (written / "index.html").read_text(encoding="utf-8")
    fonts = sum(file.stat().st_size for file in written.glob("*.woff2"))
    assert len(text.encode()) + fonts + (written / "site.css").stat().st_size < 400_000
    without = re.sub(r"<script.*?</script>", "", text)
    assert "<table>" in without and "<svg" in without and " on" + "click" not in without


def test_written_again_it_is_the_same_and_nothing_is_left_over(watch: Watch, written: Path):
    before = {file: file.read_bytes() for file in written.rglob("*") if file.is_file()}
    latest = watch.published[-1]
    write_site(latest, watch.var, DAY, whose, written)
    after = {file: file.read_bytes() for file in written.rglob("*") if file.is_file()}
    assert before == after


def test_it_is_written_without_the_exact_figures(watch: Watch, tmp_path: Path, written: Path):
    latest = watch.published[-1]
    exact = latest.exact(watch.var)
    hidden = exact.with_suffix(".hidden")
    exact.rename(hidden)
    try:
        write_site(latest, watch.var, DAY, whose, tmp_path)
    finally:
        hidden.rename(exact)
    assert (tmp_path / "index.html").read_bytes() == (written / "index.html").read_bytes()


# The command


def test_the_command_writes_the_site_and_decks(watch: Watch, tmp_path: Path, capsys):
    run("site", tmp_path / "site", var=watch.var)
    assert (tmp_path / "site/en/index.html").is_file()
    latest = watch.published[-1]
    shown = seen(words("nb"), latest, latest.protected(watch.var), DAY, "")
    deck = Deck(numbered.new_number(), "Møte", "nb", latest.name, AS_OF)
    kept = of_page(deck, "overview", "", figures(shown, "overview", ""))
    numbered.keep_numbered(watch.var / "decks", kept)
    for kind, begins in ((".pptx", b"PK"), (".pdf", b"%PDF"), (".html", b"<!doctype html>")):
        file = tmp_path / f"deck{kind}"
        run("deck", deck.id, file, var=watch.var)
        assert file.read_bytes().startswith(begins)
    capsys.readouterr()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("partner", [None, "drammen", "nav"])
def test_a_report_is_one_tagged_page_with_what_the_pages_say(
    watch: Watch, tmp_path: Path, language: str, partner: str | None, capsys
):
    file = tmp_path / "report.pdf"
    of = ["--partner", partner] if partner else []
    run("report", file, *of, var=watch.var, lang=language)
    reader = PdfReader(file)
    assert len(reader.pages) == 1
    assert reader.root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
    said = re.sub(r"\s+", " ", reader.pages[0].extract_text())
    latest = watch.published[-1]
    shown = seen(words(language), latest, latest.protected(watch.var), DAY, "")
    if partner:
        results = shown.rows(answers.PartnerResults, partner_id=partner)
        wanted = [text for row in stories.by_period(shown, results, 99) for text in row]
        wanted += stories.lacking(shown, partner)
    else:
        (numbers, *_) = on_page(shown, "overview")
        assert isinstance(numbers.chart, Numbers)
        wanted = [one.number for one in numbers.chart.figures]
        assert words(language)("attention.title") not in said
    assert len(wanted) > 3
    for text in wanted:
        assert re.sub(r"\s+", " ", text) in said, text
    capsys.readouterr()


@pytest.mark.parametrize("partner", ["nav", "drammen", "usn"])
def test_a_partners_paper_drops_no_row_unsaid(watch: Watch, partner: str):
    latest = watch.published[-1]
    shown = seen(words("nb"), latest, latest.exact(watch.var), DAY, "")
    w = shown.words
    found = stories.organisations(shown, partner)
    rows = shown.rows(answers.PartnerResults, partner_id=partner)
    for most in (1, 2, 99):
        section = report.results_section(shown, partner, most)
        body = section.rows[1:]
        figures = [text for line in body for text in line[3:-2] if text]
        said = w("story.further_figures", n=len(rows) - len(figures))
        assert (said in section.lines) is (len(figures) < len(rows))
        assert most < 99 or len(figures) == len(rows)
        for line in body:  # a whole is in the total, whichever periods stand beside it
            own = [
                row.value
                for row in rows
                if row.value is not None
                and sentences.measured(w, row.measure, row.measured_at) == line[0]
                and (row.programme or "", w.code("evidence", row.evidence)) == (line[1], line[-1])
            ]
            assert line[2].removesuffix("kr").strip() == w.known(sum(own)), line
    count = stories.activity_count(shown, partner)
    told = report.activities_section(shown, partner, found, 3)
    assert len(told.rows) == 1 + 3
    assert told.lines == [w("story.further_activities", n=count - 3)]
    assert len(report.activities_section(shown, partner, found, 99).rows) == 1 + count
    assert report.activities_section(shown, partner, found, 99).lines == []


def test_the_worklist_is_on_the_boards_paper_only_with_exact_figures(watch: Watch):
    latest = watch.published[-1]
    for database, is_told in (
        (latest.exact(watch.var), True),
        (latest.protected(watch.var), False),
    ):
        shown = seen(words("nb"), latest, database, DAY, "")
        reader = PdfReader(BytesIO(report.board_report(shown, WHO)))
        said = re.sub(r"\s+", " ", "".join(page.extract_text() for page in reader.pages))
        for text in (words("nb")("attention.title"), words("nb")("deck.internal")):
            assert (text in said) is is_told


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["deck", "abcdefabcdef", "x.pdf"], "deck.unknown"),
        (["deck", "../../etc", "x.pdf"], "deck.unknown"),
        (["site", "x"], "export.no_version"),
    ],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, capsys, arguments: list[str], key: str):
    run(*arguments, var=tmp_path, expected=1)
    assert words("en")(key) in capsys.readouterr().err


def test_a_deck_of_a_version_that_is_gone_says_so(tmp_path: Path, capsys):
    deck = Deck(numbered.new_number(), "Møte", "nb", "gone", AS_OF, slides=(Planned("title"),))
    numbered.keep_numbered(tmp_path / "decks", deck)
    run("deck", deck.id, "x.pdf", var=tmp_path, expected=1)
    assert words("en")("deck.version_gone") in capsys.readouterr().err
