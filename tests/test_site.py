"""The page for everyone: whole, protected, without a script; and the command that writes files."""

import csv
import gzip
import json
import os
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import escape, unescape
from html.parser import HTMLParser
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from queries import answers
from ringvirkning.charts import Numbers
from ringvirkning.charts.paper import later
from ringvirkning.export import report, site
from ringvirkning.export.deck import Deck, Planned, of_page
from ringvirkning.export.identity import Identity
from ringvirkning.export.site import write_site
from ringvirkning.export.site.chosen import Narrowing, may_be_chosen
from ringvirkning.export.site.folder import (
    LIST_OF_FILES,
    SITE_FOLDER,
    SiteWritten,
    is_made_of,
    write_files,
)
from ringvirkning.export.site.places import FOLDERS, SITE_PAGES, dashed, on_page, stems_apart
from ringvirkning.figures import partners, stories
from ringvirkning.figures.catalogue import figures, seen
from ringvirkning.figures.view import View
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.store import numbered
from ringvirkning.texts import LANGUAGES, sentences, words
from tests.command import run
from tests.site_files import leave_out_pictures, site_files
from tests.test_deck import AS_OF, Tables

pytestmark = pytest.mark.slow
DAY = date.fromisoformat(AS_OF)
ADDRESS = "https://tall.example.no/"
WHO = Identity("Næringsforeningen <i>", site=ADDRESS)


def whose(associations: Sequence[str]) -> Identity:
    return WHO if len(associations) > 1 else Identity(associations[0])


FEW = ("Innovasjon Gardermoen", "municipality", "WorkOP", (2022, 2026), "Arrangementer i året")


def few(shown: View) -> list[Narrowing]:
    """One of each kind: all are made alike, and many."""
    return [choice for choice in may_be_chosen(shown) if choice.code in FEW]


@pytest.fixture(scope="module", autouse=True)
def few_are_chosen() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site, "may_be_chosen", few)
        yield


@pytest.fixture(scope="module")
def written(watch: Watch, tmp_path_factory) -> Path:
    into = tmp_path_factory.mktemp("site")
    latest = watch.published[-1]
    write_site(latest, watch.var, DAY, whose, into, address=ADDRESS)
    return into


@pytest.fixture(scope="module")
def nowhere(watch: Watch, written: Path, tmp_path_factory) -> Path:
    """Another by the command, where nobody said an address: it takes the drawings from the one."""
    into = tmp_path_factory.mktemp("nowhere") / "site"
    shutil.copytree(written, into, symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        leave_out_pictures(patch)
        run("site", into, var=watch.var)
    return into


def test_the_worklist_is_not_on_the_site(written: Path):
    for language in LANGUAGES:
        for page in site_files(written / FOLDERS[language], ".html"):
            assert words(language)("attention.title") not in page.read_text(encoding="utf-8")


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.told: dict[str, Any] = {}

    def handle_starttag(self, tag, attributes):
        self.found += [v for k, v in attributes if k in ("href", "src") and v and v[0] != "#"]
        about = dict(attributes)
        if name := about.get("property") or about.get("name") or about.get("rel"):
            self.told[name + about.get("hreflang", "")] = about.get("content") or about.get("href")


def read(page: Path) -> Links:
    links = Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", [file for file, _, _ in SITE_PAGES])
def test_a_page_has_the_numbers_of_the_protected_figures(
    watch: Watch, written: Path, language: str, file: str
):
    text = (written / f"{FOLDERS[language]}{file}").read_text(encoding="utf-8")
    assert f'<html lang="{language}" ' in text
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


def test_what_keeps_pages_in_a_browser_stands_above_those_it_keeps_alone(written: Path):
    found = [one.relative_to(written).as_posix() for one in site_files(written, "sw.js")]
    assert found == ["sw.js"] and (written / "versions").is_dir()


def test_links_lead_to_files_that_are_there_and_nowhere_else(written: Path):
    for file in site_files(written, ".html"):
        links = read(file)
        assert len(links.found) >= 6
        for link in links.found:
            place = written / link.removeprefix(ADDRESS) if ADDRESS in link else file.parent / link
            place = place / "index.html" if place.is_dir() else place
            assert place.resolve().is_file(), (file.name, link)


def test_a_figure_has_an_address_and_all_that_is_known_of_it(watch: Watch, written: Path):
    latest = watch.published[-1]
    for language in LANGUAGES:
        shown = seen(words(language), latest, latest.protected(watch.var), DAY, "")
        folder = written / FOLDERS[language] / "figures"
        found = [made for _, name, _ in SITE_PAGES for made in on_page(shown, name)]
        pages = [*folder.glob("*.html")]
        assert len(pages) == len(found) > 10
        index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        addresses = {ADDRESS + page.relative_to(written).as_posix() for page in pages}
        assert {one["page"] for one in index["figures"]} == addresses
        titles = {made.chart.title: made for made in found}
        for page in pages:
            said = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
            made = titles[said["title"]]
            assert said["page"] == f"{ADDRESS}{page.relative_to(written).as_posix()}"
            assert said["basis"] == made.foot and said["version"] == latest.name
            assert [measure["measure"] for measure in said["measures"]] == [*made.measures]
            assert all(measure["definition"] and measure["unit"] for measure in said["measures"])
            assert len(said["rows"]) == len(made.chart.rows) - 1
            assert said["columns"] == [*made.chart.rows[0]]
            for row, told in zip(said["rows"], made.chart.rows[1:], strict=True):
                for cell, text in zip(row, told, strict=True):
                    known = shown.words.value(text)
                    assert known is None or cell == pytest.approx(known, abs=0.005)
            lines = [*csv.reader(page.with_suffix(".csv").open(encoding="utf-8", newline=""))]
            assert len(lines) == len(made.chart.rows)
            for kind, address in said["files"].items():
                assert (written / address.removeprefix(ADDRESS)).suffix == f".{kind}"
            with Image.open(page.with_name(f"{page.stem}-1200x630.png")) as shared:
                assert shared.size == (1200, 630)
            with Image.open(page.with_suffix(".png")) as picture:
                assert picture.width == 1200 and len(picture.getcolors(1 << 20) or []) > 8
            svg = page.with_suffix(".svg").read_text(encoding="utf-8")
            assert svg.startswith("<svg") and "<text" not in svg and "<script" not in svg
            # One line embeds just it, and without a script.
            text = unescape(page.read_text(encoding="utf-8"))
            assert f'<iframe src="{said["page"]}#embed"' in text
            assert '<html lang="' in text and 'id="embed"' in text


def test_a_shared_link_tells_of_what_it_leads_to(written: Path, nowhere: Path):
    for page in site_files(written, ".html"):
        path = newest_of(page.relative_to(written).as_posix())
        told, address = read(page).told, ADDRESS + path.removesuffix("index.html")
        assert told["og:url"] == told["canonical"] == address
        assert told["og:title"] and told["og:description"] and told["description"]
        if not is_without_figure(page):
            assert told["og:image"].endswith("-1200x630.png") and told["og:image:alt"]
        bare = path.removeprefix("en/")
        for language in LANGUAGES:
            there = f"{ADDRESS}{FOLDERS[language]}{bare}".removesuffix("index.html")
            assert told[f"alternate{language}"] == there
    assert (nowhere / "en/index.html").is_file()
    for page in site_files(nowhere, ".html"):
        told = read(page).told
        assert "og:url" not in told and "canonical" not in told
        assert told.keys().isdisjoint(f"alternate{language}" for language in LANGUAGES)
        assert not (nowhere / "sitemap.xml").exists() and not (nowhere / "feed.xml").exists()
        assert ADDRESS not in page.read_text(encoding="utf-8")
        if not is_without_figure(page):
            assert (page.parent / told["og:image"]).is_file()


def test_others_are_told_where_the_pages_are_and_when_they_became_others(
    watch: Watch, written: Path
):
    latest = watch.published[-1]
    places = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "a": "http://www.w3.org/2005/Atom",
    }
    found = ElementTree.parse(written / "sitemap.xml").findall("s:url/s:loc", places)
    paths = [page.relative_to(written).as_posix() for page in site_files(written, ".html")]
    pages = [path for path in paths if newest_of(path) == path]
    expected = {ADDRESS + page.removesuffix("index.html") for page in pages}
    assert {one.text for one in found} == expected and len(found) == len(pages)
    for language in LANGUAGES:
        place = f"{FOLDERS[language]}feed.xml"
        told = ElementTree.parse(written / place)
        assert told.findtext("a:id", "", places) == ADDRESS + place
        for name in ("a:updated", "a:entry/a:updated"):
            assert datetime.fromisoformat(told.findtext(name, "", places)).tzinfo
        assert told.findtext("a:entry/a:id", "", places).endswith(f"#{latest.name}")
        shown = seen(words(language), latest, latest.protected(watch.var), DAY, "")
        assert told.findtext("a:entry/a:summary", "", places) == SITE_PAGES[0][2](shown)
        assert len(told.findall("a:entry", places)) == len({one.name for one in watch.published})


def test_the_tables_are_as_what_tells_of_them_says(watch: Watch, written: Path):
    """Each cell by its type, each key once, each reference to a row; and every count is rounded."""
    folder = written / "data"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    webs = json.loads((folder / "csv-metadata.json").read_text(encoding="utf-8"))["tables"]
    rows: dict[str, list[dict[str, str]]] = {}
    for resource, web in zip(package["resources"], webs, strict=True):
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows[resource["name"]] = found = [*csv.DictReader(file)]
        fields = resource["schema"]["fields"]
        assert web["url"] == resource["path"] and found
        assert [*found[0]] == [one["name"] for one in fields]
        columns = web["tableSchema"]["columns"]
        assert [*found[0]] == [one["name"] for one in columns]
        # An empty cell would be read as none of them, where it is not known.
        assert not any("separator" in one for one in columns)
        for one, row in product(fields, found):
            cell, must = row[one["name"]], one["constraints"]
            assert cell or not must["required"], (resource["name"], one["name"])
            assert one["type"] in ("string", "integer", "number"), "its own profile has no lists"
            assert not cell or cell in must.get("enum", [cell])
            if cell and one["type"] in ("integer", "number"):
                assert float(cell) == (int(cell) if one["type"] == "integer" else float(cell))
        for key in resource["schema"].get("primaryKey", []):
            assert len({row[key] for row in found}) == len(found)
        assert not any(row.get("note") for row in found)
    for resource in package["resources"]:
        for key in resource["schema"].get("foreignKeys", []):
            table, (field,) = key["reference"]["resource"] or resource["name"], key["fields"]
            known = {row[key["reference"]["fields"][0]] for row in rows[table]}
            assert {row[field] for row in rows[resource["name"]]} - {""} <= known
    keys = 0
    for web in webs:
        for key in web["tableSchema"]["foreignKeys"]:
            table, field = key["reference"]["resource"].removesuffix(".csv"), key["columnReference"]
            known = {row[key["reference"]["columnReference"]] for row in rows[table]}
            # Unlike a Data Package's, none may be empty.
            assert {row[field] for row in rows[web["url"].removesuffix(".csv")]} <= known
            keys += 1
    assert keys > 5
    people = {row["measure"] for row in rows["measures"] if row["counts_people"] == "yes"}
    counts = [row["value"] for row in rows["outcomes"] if row["measure"] in people]
    counts = [count for count in counts if count and int(count) < 300]  # larger are a source's own
    assert len(counts) > 20 and all(int(count) % 5 == 0 for count in counts)
    assert package["version"] == watch.published[-1].name
    with (watch.folder / "activities.csv").open(encoding="utf-8", newline="") as file:
        said = Counter(row["cancelled"] for row in csv.DictReader(file))
    assert Counter(row["cancelled"] for row in rows["activities"]) == said, "unsaid is not no"
    assert said["no"] and said[""]


def newest_of(path: str) -> str:
    """What stands in the place of a page that stays of a version."""
    return re.sub(r"^versions/[^/]+/", "", path)


def is_without_figure(page: Path) -> bool:
    """Whether it has none that is known beside it as a picture."""
    if (
        page.name
        in ("about.html", "partners.html", "questions.html", "find.html", "agreements.html")
        and page.parent.name != "by"
    ):
        return True
    return not {"by", "years", "partners", "agreements", "questions", "versions"}.isdisjoint(
        page.parts
    )


def test_what_is_chosen_has_pages_with_the_figures_of_the_app(watch: Watch, written: Path):
    latest = watch.published[-1]
    asked = {
        "by/association/innovasjon-gardermoen": "association=Innovasjon+Gardermoen",
        "by/partner-type/municipality": "partner_type=municipality",
        "by/programme/workop": "programme=WorkOP",
        "years/2022-2026": "years=2022-2026",
    }
    for language, (folder, address) in product(LANGUAGES, asked.items()):
        own = written / FOLDERS[language] / folder
        shown = seen(words(language), latest, latest.protected(watch.var), DAY, address)
        for file, name, headline in SITE_PAGES:
            if "programme" in folder and name in ("overview", "outcomes"):
                file = "index.html" if name == "outcomes" else ""  # no overview of a programme
            if not file:
                continue
            made, page = on_page(shown, name), own / file
            assert page.is_file() is bool(made)
            if made:
                text = page.read_text(encoding="utf-8")
                assert f"<h1>{escape(headline(shown), quote=False)}</h1>" in text
                found = Tables.of(text)
                for figure in made:
                    assert [list(row) for row in figure.chart.rows] in found, figure.name
    assert not (written / "by/programme/arrangementer-i-aaret").exists(), "it has nothing to show"


def test_each_partner_has_a_page_with_all_that_is_told(watch: Watch, written: Path):
    latest = watch.published[-1]
    for language in LANGUAGES:
        shown = seen(words(language), latest, latest.protected(watch.var), DAY, "")
        listed = partners.every_partner(shown)
        text = (written / FOLDERS[language] / "partners.html").read_text(encoding="utf-8")
        names = [unescape(name) for name in re.findall(r"<td><a href=[^>]*>([^<]*)", text)]
        assert names == [row.name for row in listed]
        assert len([*(written / FOLDERS[language] / "partners").iterdir()]) == len(listed) > 40
        page = (written / FOLDERS[language] / "partners/nav.html").read_text(encoding="utf-8")
        told, found = report.told_of_partner(shown, "nav", is_paper=False), Tables.of(page)
        for section in told.sections:
            assert len(section.rows) <= 1 or [list(row) for row in section.rows] in found
            for line in section.lines:
                assert escape(line, quote=False) in page
        assert len(told.sections) > 2


def test_every_page_is_reached_from_the_first(written: Path):
    """Without a script, in either language."""
    found, ahead = set(), [written / "index.html"]
    while ahead:
        page = ahead.pop()
        found.add(page)
        links = [page.parent / link for link in read(page).found if "://" not in link]
        pages = {Path(os.path.normpath(link)) for link in links if link.suffix == ".html"}
        ahead += [one for one in pages - found if one not in ahead]
    assert found == {*site_files(written, ".html")}


def test_names_alike_have_addresses_of_their_own():
    names = ["Øst & Vest", "Øst - Vest", "東", "!"]
    assert [*stems_apart(names, lambda name: dashed(name) or "x", {"x"}).values()] == [
        *("oest-vest", "oest-vest-2", "x-2", "x-3")
    ]


def test_what_is_the_same_is_left_alone_and_what_is_gone_says_so(tmp_path: Path):
    (tmp_path / "robots.txt").write_text("somebody else's")
    assert write_files({"a.html": b"a", "f/a.csv": b"1"}, tmp_path) == SiteWritten(2, 2, 0)
    inode = (tmp_path / "a.html").stat().st_ino
    assert write_files({"a.html": b"a", "f/a.csv": b"2"}, tmp_path) == SiteWritten(2, 1, 0)
    assert (tmp_path / "a.html").stat().st_ino == inode
    assert write_files({"b.html": b"b"}, tmp_path, {"a.html": b"gone"}) == SiteWritten(2, 2, 1)
    left = {file.relative_to(tmp_path).as_posix() for file in site_files(tmp_path)}
    assert left == {"a.html", "b.html", "robots.txt", LIST_OF_FILES}
    assert (tmp_path / "a.html").read_bytes() == b"gone"


def test_where_a_file_cannot_be_written_the_site_stays_as_it_was(tmp_path: Path):
    write_files({"a.html": b"a", "b.csv": b"1"}, tmp_path)
    too_long = "x" * 300 + ".html"
    with pytest.raises(OSError):
        write_files({"a.html": b"new", "b.csv": b"2", too_long: b""}, tmp_path)
    assert (tmp_path / "a.html").read_bytes() == b"a" and (tmp_path / "b.csv").read_bytes() == b"1"
    assert {file.name for file in site_files(tmp_path)} == {"a.html", "b.csv", LIST_OF_FILES}
    assert len([*tmp_path.glob(f"{SITE_FOLDER}*")]) == 1


def test_a_list_that_somebody_has_changed_reaches_nothing_outside(tmp_path: Path):
    outside, into = tmp_path / "mine.html", tmp_path / "site"
    outside.write_text("mine")
    write_files({"a.html": b"a"}, into)
    (into / LIST_OF_FILES).write_text(f"../mine.html\n{outside}\na.html\n")
    assert write_files({}, into) == SiteWritten(0, 0, 1)
    assert outside.read_text() == "mine"


def test_the_first_page_is_small_and_needs_no_script(written: Path):
    text = (written / "index.html").read_text(encoding="utf-8")
    fonts = sum(file.stat().st_size for file in written.glob("*.woff2"))
    for page in site_files(written, ".html"):
        assert len(gzip.compress(page.read_bytes())) < 60_000, page.name
    assert len(text.encode()) + fonts + (written / "site.css").stat().st_size < 400_000
    without = re.sub(r"<script.*?</script>", "", text)
    assert "<table>" in without and "<svg" in without and " on" + "click" not in without


def test_written_again_it_is_the_same_and_nothing_is_drawn_or_left_over(
    watch: Watch, written: Path, monkeypatch: pytest.MonkeyPatch
):
    """And without the exact figures; where all is made of the same, nothing is made at all."""
    before = {file: file.read_bytes() for file in site_files(written)}
    latest = watch.published[-1]
    exact = latest.exact(watch.var)
    hidden = exact.with_suffix(".hidden")

    def again() -> SiteWritten:
        return write_site(latest, watch.var, DAY, whose, written, address=ADDRESS)

    exact.rename(hidden)
    try:
        with monkeypatch.context() as nothing:
            nothing.setattr(site, "contents_of_each", None)
            same = again()
        monkeypatch.setattr(later, "svg", None)
        listed = written / LIST_OF_FILES
        listed.write_text("".join(listed.read_text().splitlines(keepends=True)[1:]))
        made_anew = again()
    finally:
        hidden.rename(exact)
    assert same == made_anew == SiteWritten(same.files, 0, 0)
    after = {file: file.read_bytes() for file in site_files(written)}
    assert before == after


def test_what_a_site_was_made_of_is_known_until_a_file_is_another(tmp_path: Path):
    def write() -> SiteWritten:
        return write_files({"a.html": b"a", "f/a.csv": b"1"}, tmp_path, {"b.html": b"gone"}, "x")

    assert not is_made_of(tmp_path, "x")
    assert write() == SiteWritten(3, 3, 0) and is_made_of(tmp_path, "x")
    assert not is_made_of(tmp_path, "y") and not is_made_of(tmp_path, "")
    (tmp_path / "f/a.csv").write_bytes(b"2")
    assert not is_made_of(tmp_path, "x")
    assert write() == SiteWritten(3, 1, 0) and is_made_of(tmp_path, "x")
    (tmp_path / "b.html").unlink()
    assert not is_made_of(tmp_path, "x")
    assert write() == SiteWritten(3, 1, 0) and is_made_of(tmp_path, "x")
    write_files({"a.html": b"a"}, tmp_path)  # what is written without a word of it
    assert not is_made_of(tmp_path, "x")


# The command


def test_the_command_writes_decks(watch: Watch, tmp_path: Path, capsys):
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


def test_it_is_one_file_too(watch: Watch, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    latest, file = watch.published[-1], tmp_path / "site.zip"
    of = "--of=Innovasjon Gardermoen"
    leave_out_pictures(monkeypatch)
    run("archive", file, "--version", latest.name, "--as-of", AS_OF, of, var=watch.var)
    with zipfile.ZipFile(file) as packed:
        names = {*packed.namelist()}
        page, about = (packed.read(name).decode() for name in ("index.html", "about.html"))
    assert {"en/index.html", "site.css", "figures/overview-active.png"} <= names
    assert "<b>Innovasjon Gardermoen</b>" in page
    assert not [name for name in names if name.startswith(("data/", "by/association"))]
    assert "data/" not in about, "the tables are of all"
    run("archive", file, "--version=gone", "--as-of", AS_OF, var=watch.var, expected=1)
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
