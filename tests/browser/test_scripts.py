"""What is pure in our scripts, asked of the modules as the server gives them to a browser."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ringvirkning.server import serving
from ringvirkning.store import versions

ROW = "{cells: [' b', 'tolv', '–', ' '], sort: {1: 12, 2: null}}"
RUN = "{parentElement: place, data: [data], setTriggerValue: (...said) => log.push(said)}"


@pytest.fixture(scope="module")
def ask(browser, server) -> Iterator[Callable[[str, str], Any]]:
    """What an expression is, in which `m` is the module of a script."""
    page = browser.new_page()
    page.goto(f"{server.url}/_stcore/health")

    def answer(script: str, expression: str) -> Any:
        address = serving.address_of(serving.UI / script)
        return page.evaluate(f"import(new URL('{address[1:]}', location)).then(m => {expression})")

    yield answer
    page.close()


@pytest.mark.parametrize("script", serving.OURS, ids=lambda path: path.name)
def test_a_script_of_a_component_gives_what_is_called_at_every_run(ask, script):
    module = script.with_suffix(".py")
    is_component = module.exists() and "component(__file__" in module.read_text("utf-8")
    assert ask(script, "typeof m.default") == ("function" if is_component else "undefined")


@pytest.mark.parametrize(
    "expression, answer",
    [
        ("numberIn('1\\u00a0234,5', 'nb')", 1234.5),
        ("numberIn('1,234.5', 'en')", 1234.5),
        ("numberIn('1,234', 'en')", 1234),
        ("numberIn('−3 %', 'nb')", -3),
        ("numberIn('–', 'nb')", None),
        ("numberIn('', 'en')", None),
        ("numberIn('2 (eksempel)', 'nb')", 2),
        ("numberIn('3 (+2)', 'nb')", 3),
        ("numberIn('about 1,250', 'en')", 1250),
        # Missing is last both ways; numbers come before texts, and both in their own order.
        ("inOrder([3, null, 20, 1], v => v, 'nb', false)", [1, 3, 20, None]),
        ("inOrder([3, null, 20, 1], v => v, 'nb', true)", [20, 3, 1, None]),
        ("inOrder(['å', 'a', 'z', 'B'], v => v, 'nb', false)", ["a", "B", "z", "å"]),
        ("inOrder(['10 b', '9 b', 5], v => v, 'nb', false)", [5, "9 b", "10 b"]),
        (
            "inOrder([[1, 'a'], [0, 'b'], [1, 'c']], v => v[0], 'nb', true).map(r => r[1])",
            list("acb"),
        ),
    ],
)
def test_numbers_and_order(ask, expression, answer):
    assert ask("components/table.js", f"m.{expression}") == answer


@pytest.mark.parametrize(
    "expression, answer",
    [
        ("fill('{page} of {pages}{x}', {page: '1', pages: '3'})", "1 of 3{x}"),
        (f"sortValue({ROW}, 0)", "b"),
        (f"sortValue({ROW}, 1)", 12),
        (f"sortValue({ROW}, 2)", None),
        (f"sortValue({ROW}, 3)", None),
    ],
)
def test_values_of_records(ask, expression, answer):
    assert ask("components/records.js", f"m.{expression}") == answer


@pytest.mark.parametrize(
    "expression, answer",
    [
        ("plain('12 345', 'nb')", "12345"),
        ("plain('12\\u00a0345', 'nb')", "12345"),
        ("plain('1 2', 'nb')", "1 2"),
        ("plain('  Ål  OG\\tås ', 'nb')", "al og as"),
        ("plain('A\\u030a', 'nb')", "a"),
        (
            "plain('NÆRING på Gjøvik, Aasen, Hoenefoss, Värmland', 'nb')",
            "naering pa gjovik, asen, honefoss, varmland",
        ),
        *(
            (f"isNear('{written}', 'drammensregionen')", is_near)
            for written, is_near in {
                "drammen": True,
                "drmmen": True,
                "draammen": True,
                "dramnen": True,
                "darmmen": True,
                "rammen": True,
                "xrammen": True,
                "rdammen": True,
                "drammer": True,
                "drmme": True,
                "damen": False,
                "radmmen": False,
                "drxxmen": False,
                "ammen": False,
            }.items()
        ),
        ("matching([{text: 'oslo kommune'}, {text: 'nav'}], 'komune', 'nb').length", 1),
        ("matching([{text: 'oslo'}, {text: 'osla'}], 'oslo', 'nb').length", 1),
        ("matching([{text: 'nav'}], 'nev', 'nb').length", 0),
        ("matching([{text: '2018'}], '2019', 'nb').length", 0),
        *(
            (f"rank('{name}', 'nav', 'nb')", at)
            for at, name in enumerate(["Nav", "Oslo NAV", "Runav", "Oslo"])
        ),
        ("matching([{text: 'oslo kommune'}, {text: 'nav'}], 'Kom  os', 'nb').length", 1),
        ("matching([{text: 'oslo kommune'}, {text: 'nav'}], 'oslo nav', 'nb').length", 0),
        ("matching([{text: 'oslo kommune'}, {text: 'nav'}], ' ', 'nb').length", 2),
    ],
)
def test_what_is_searched_for_is_found(ask, expression, answer):
    assert ask("components/search.js", f"m.{expression}") == answer


@pytest.mark.parametrize(
    "expression, answer",
    [
        ("safe('<b>&</b>')", "&lt;b&gt;&amp;&lt;/b&gt;"),
        ("lines('one two three', 8)", ["one two ", "three"]),
        ("lines('a unbreakable', 4)", ["a ", "unbreakable"]),
        ("lines('', 4)", []),
        (
            "sites('https://www.b.no/a | Årsrapport 2014 | http://b.no/c?d=1')",
            "b.no | Årsrapport 2014",
        ),
    ],
)
def test_words_of_a_picture(ask, expression, answer):
    assert ask("components/picture.js", f"m.{expression}") == answer


@pytest.mark.parametrize(
    "place, letters", [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_a_spreadsheet(ask, place, letters):
    assert ask("editor/findings.js", f"m.letters({place})") == letters


def test_a_cell_is_marked_with_all_that_is_said_of_it(ask):
    place = "{sheet: 0, row: 4, column: 2}"
    levels = f"""[
        {{level: 'must_fix', groups: [
            {{summary: 'a', places: [{place}, {{sheet: null}}]}},
            {{summary: 'b', places: [{place}, {{sheet: 0, row: 4, column: null}}]}}]}},
        {{level: 'info', groups: [{{summary: 'c', places: [{place}]}}]}}]"""
    assert ask("editor/findings.js", f"[...m.marksByCell({levels})]") == [
        ["0 4 2", {"level": "must_fix", "texts": ["a", "b", "c"]}],
        ["0 4 -1", {"level": "must_fix", "texts": ["b"]}],
    ]


@pytest.mark.parametrize(
    "values, drawn",
    [
        ([1, None, 2], ["circle", "circle"]),
        ([1, 2, 3], ["circle"] * 3),
        ([0, 1, 2, 4], ["polyline", "circle"]),
        ([None], []),
    ],
)
def test_four_values_make_a_line_and_fewer_are_dots(ask, values, drawn):
    values = str(values).replace("None", "null")
    assert ask("components/cards.js", f"m.spark({values}).map(part => part.tagName)") == drawn


def test_a_line_begins_at_zero(ask):
    points = ask("components/cards.js", "m.spark([0, 1, 2, 4])[0].getAttribute('points')")
    at = [float(point.split(",")[1]) for point in points.split()]
    assert at == [30, 23.5, 17, 4]


@pytest.mark.parametrize(
    "language, text, said",
    [
        ("nb", "No results", "Ingen treff"),
        ("nb", "3 more", "3 til"),
        ("nb", "Add: a {name} (b)", "Ny: a {name} (b)"),
        ("nb", "many more", None),
        ("nb", "No results here", None),
        ("en", "No results", None),
        ("en", "3 til", "3 more"),  # said in Norwegian before the language was switched
    ],
)
def test_a_word_of_the_frameworks_is_said_in_the_pages_language(ask, language, text, said):
    words = {
        "en": {"none": "No results", "more": "{n} more", "add": "Add: {name}"},
        "nb": {"none": "Ingen treff", "more": "{n} til", "add": "Ny: {name}"},
    }
    assert ask("translate.js", f"m.speaker({words}, '{language}')('{text}') ?? null") == said


def test_addresses_in_a_text_are_links(ask):
    said = "m.linked('Se https://a.no/x|og b').map(part => part.href ?? part)"
    assert ask("components/menu.js", said) == ["Se ", "https://a.no/x", "|og b"]


def test_what_was_drawn_ahead_stays_until_its_own_run(ask, server):
    """What answers a choice of before is not drawn; where no run comes, what was said last is. What
    goes where an answer lacks it is hidden meanwhile."""
    version = versions.current(server.var)
    assert version
    log = ask(
        "components/component.js",
        f"""(async () => {{
            const log = [], place = document.createElement('div');
            document.body.append(place);
            const update = ({{said, cards}}) => log.push(said ?? cards.length);
            const draw = m.mount(() => ({{root: document.createElement('p'), update}}));
            const of = {{parentElement: place, setTriggerValue() {{}}}};
            const run = (said, number) => draw({{data: [{{key: 'cards', number, said}}], ...of}});
            const ahead = number => m.drawAhead('/ahead/overview?version={version.name}', number);
            const state = () => log.push(document.documentElement.dataset.ahead ?? 'settled');
            const other = document.createElement('p'), goes = document.createElement('div');
            m.mount(() => ({{root: other, update() {{}}}}))(
                {{...of, parentElement: goes, data: [{{key: 'targets', number: 1, goes: true}}]}});
            const isThere = () => log.push(!other.hidden);
            await fetch('/ahead/overview?version={version.name}'); // opens the version
            run('before', 1);
            isThere(); await ahead(3); state(); isThere();
            run('overtaken', 2); state();
            run('after', 3); state();
            run('later', 3);
            await ahead(4); state();
            m.settle(); state(); isThere();
            await m.drawAhead('/ahead/overview?version=none', 5); state();
            place.remove(); // another page, whose runs say nothing of this
            await ahead(6); state();
            return log;
        }})()""",
    )
    assert log == [
        *("before", True, 5, "drawn", False, "drawn", "after", "settled", "later"),
        *(5, "drawn", "later", "settled", True, "settled", "settled"),
    ]


def test_a_view_is_made_once_for_its_place_and_told_only_what_is_new(ask):
    """There are two places; one is drawn three times, once with what it has already."""
    log = ask(
        "components/component.js",
        f"""(() => {{
            const log = [];
            const draw = m.mount(send => {{
                log.push('made');
                const update = data => {{ log.push(data); send('at', data); }};
                return {{root: m.make('p'), update}};
            }});
            const run = (place, data) => draw({RUN});
            const [one, two] = [m.make('div'), m.make('div')];
            run(one, 1); run(one, 1); run(two, 1); run(one, 2);
            return [...log, one.children.length, two.children.length];
        }})()""",
    )
    assert log == ["made", 1, ["at", 1], "made", 1, ["at", 1], 2, ["at", 2], 1, 1]
