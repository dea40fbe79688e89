"""Every word: in both languages, used, and there when asked for; numbers and dates as written."""

import ast
import html
import re
import string
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, get_args, get_type_hints

import duckdb
import pytest

import pages
import queries
from queries.contract import tables
from ringvirkning import ROOT
from ringvirkning.export import show
from ringvirkning.export.letter import LETTER_WORDS
from ringvirkning.export.site import about, funders, places
from ringvirkning.export.site import pages as site_pages
from ringvirkning.figures import (
    agreements,
    associations,
    cards,
    context,
    filters,
    jobs,
    partners,
    question,
    rounds,
)
from ringvirkning.figures.explore.ready import READY
from ringvirkning.figures.explore.records import RECORD_COLUMNS
from ringvirkning.figures.stories import OF_AGREEMENT, RESULT
from ringvirkning.figures.upkeep import FOLLOWED_UP
from ringvirkning.finding import Finding
from ringvirkning.intake.checks import report
from ringvirkning.intake.forms.entries import can_be_typed
from ringvirkning.intake.forms.in_force import ANSWERED
from ringvirkning.intake.personal import PersonalKind
from ringvirkning.intake.publishing import confirming
from ringvirkning.intake.sheets import Choice, counting, files, left_out, packages, participants
from ringvirkning.intake.sheets.vocabulary import codes_kind
from ringvirkning.intake.sheets.ways import FAMILIES
from ringvirkning.intake.uploads import new_partners
from ringvirkning.intake.words import choices
from ringvirkning.intake.words.changes import REASONS
from ringvirkning.server.doors import FRAMEWORKS_PAGE
from ringvirkning.store import storage
from ringvirkning.store.letters import Delivery
from ringvirkning.store.versions import Way
from ringvirkning.texts import LANGUAGES, entries, finding_words, with_code, words
from ringvirkning.texts.certainty import Comparison
from ringvirkning.texts.safe import cell_text, html_text, markdown_text, plotly_text, terminal_text
from ringvirkning.ui.components import filters as drawn_filters
from ringvirkning.ui.components.finder import FINDER_WORDS
from ringvirkning.ui.editor import form_fields, questions
from ringvirkning.ui.editor.letters import LETTER_COLUMNS
from ringvirkning.ui.present import decks

LEVELS = report.LEVELS


def decided_in(source: Path) -> Iterator[str]:
    """The kinds of choices that a module names itself."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("choices.decide")
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


ROOMS = ("pages", "ringvirkning")
SOURCES = [ROOT / "dashboard.py", *(f for room in ROOMS for f in (ROOT / room).rglob("*.py"))]
ENUMS = {
    name: re.findall(r"'(\w+)'", codes)
    for name, codes in re.findall(
        r"create type (\w+) as enum \((.*?)\)", queries.text("schema"), re.S
    )
}
STATUS = queries.text("measures").partition("create macro status_of")[2].partition(";")[0]
STATUSES = re.findall(r"(?:then|else) '(\w+)'", STATUS)
GOLDEN = (ROOT / "tests" / "golden" / "attention.csv").read_text(encoding="utf-8")
MATTERS = [*(line.split(",")[0] for line in GOLDEN.splitlines()[1:]), "step_is_late"]
UPKEPT = ["confirmed", "with_source"]  # what queries/upkeep.sql tells of
KINDS_OF_TYPE = ("partner_type", "partnership_type")
# Whatever intake/sheets asks: the first argument of every decide(…), and what is shown for answers.
CHOICES = sorted(
    {
        kind
        for folder in ("sheets", "cubes")
        for source in (ROOT / "ringvirkning/intake" / folder).glob("*.py")
        for kind in decided_in(source)
    }
    | FAMILIES.keys()
    | {"totals", "notes", "sum", "closing"}  # decided by functions for several kinds
    | {"cell"}  # decided where it is corrected
    | {new_partners.ASKED_KIND}  # asked of all files together
    | {*left_out.QUESTIONS.values()}
)
ALWAYS_DECIDED = {  # never asked
    *("cell", "markers", "comma", "totals", "notes", "repeated"),
    *("measure_name_nb", "measure_name_en", "measure_level"),
}
ANSWERS = [
    *("leave_out", "keep", "empty", "split", "fill", "leave_empty", "dmy", "mdy"),
    *("every_association", "organisations", "number_came", "once"),
    *("school_year", "whole_years"),
    *("year_only", "first_month", "in_names", "each", "programme"),
    *("count", "day_after", "same_day", "zero", "new_measure", "results", "targets"),
    *counting.COUNT_OF,
    *(counting.SOMETHING_ELSE, counting.PASSED, counting.NOT_TOLD),
    *(counting.BLANK_IS_NO, counting.BLANK_IS_UNKNOWN),
    *(participants.REGISTERED, participants.ATTENDED, participants.NOT_IN_WORK),
    *choices.SIGN_NAMES.values(),
]
DIMENSIONS = sorted(
    {name for names in (*question.DIMENSIONS.values(), question.TOLD_OF) for name in names}
)
ASKED = [
    *("measure", "rows", "split", "grain", "form", "compare", "first", "second"),
    *("borders", "divisor", "focus"),
]
COLUMNS = {column.name for table in tables() for column in table.columns}
# A key that is put together in the code, and all that may come in its places.
UNLIKE = ("same", "about", "unclear")  # neither more nor fewer
COMPOSED: dict[str, list[Iterable[str]]] = {
    "associations.column.{}": [associations.ASSOCIATION_COLUMNS],
    **{
        f"associations.{said}.{{}}": [get_args(associations.Rate)]
        for said in ("none", "only", "alike", "apart", "many_apart", "subtitle")
    },
    "ask.{}": [[key.removeprefix("ask.") for key in entries("nb") if key.startswith("ask.")]],
    "column_note.{}": [COLUMNS],
    "explore.{}{}": [("more", "less"), ("", "_counted")],
    "finding.write.{}": [["is_partial_date", "not_number"]],
    "form.how.{}": [["date", "period", "any_period", "age_group", "list", "whole", "number"]],
    "deck.{}": [["name", "occasion", "up", "down", "hide", "unhide", "drop"]],
    "deck.file.{}": [decks.FILE_KINDS],
    "identity.{}": [["toml", "colours", "contrast", "logo", "offline", "site"]],
    "letters.{}": [LETTER_COLUMNS],
    "upkeep.title.{}": [UPKEPT],
    "upkeep.what.{}": [UPKEPT],
    "upkeep.so_far.{}": [[*UPKEPT, FOLLOWED_UP]],
    "letters.delivery.{}": [get_args(Delivery)],
    "letter.{}": [
        [
            *LETTER_WORDS,
            *("bad_address", "unreachable", "late", "refused", "not_let_in", "not_supported"),
            *("not_trusted", "unanswered"),
        ]
    ],
    "show.{}": [show.SAID],
    "about.{}": [about.CHAPTERS],
    "about.{}_what": [about.CHAPTERS],
    "website.{}": [site_pages.PAGE_WORDS],
    "website.file.{}": [places.TAKEN_AS],
    "website.funded_file.{}": [[how.key for how in funders.FUNDED.values()]],
    "website.funded_what.{}": [[how.key for how in funders.FUNDED.values()]],
    "website.lacks.{}": [{one for how in funders.FUNDED.values() for one in how.reasons}],
    "show.key.{}": [show.KEYS],
    "difference.{}": [["added", "changed", "removed"]],
    "difference.n_{}": [REASONS],
    "difference.reason.{}": [REASONS],
    "upload.kind.{}": [["added", "changed", "removed"]],
    "sheet.{}": [[table.name for table in tables()]],
    "about.level.{}": [ENUMS["level"]],
    "about.newest_{}": [["partnership", "activity", "outcome"]],
    "attention.{}.title": [MATTERS],
    "attention.{}.what": [MATTERS],
    "attention.{}.of_none": [MATTERS],
    "card.kind.{}": [jobs.KINDS],
    "change.{}": [get_args(Comparison)],
    "card.{}": [[*cards.CARD_NAMES.values(), "no_target", "no_known_result"]],
    "card.{}{}": [["change", *UNLIKE], ["", "_so_far"]],
    "explore.{}": [
        [
            *(*UNLIKE, "first_of", "first_rounded", "added_up", "counted_once"),
            *("without_number", "total_said", "total_example", "latest_said", "latest_example"),
            *("compared", "compared_examples"),
            *("only_in", "only_has", "each_most", "each_most_tied", "not_due", "not_over"),
            *("met", "met_at_least", "unmet", "met_unsure", "undated", "without_quarter"),
        ]
    ],
    "explore.no_difference_{}": [UNLIKE],
    "explore.{}_{}_row": [["most", "each"], ["has", "in", "part"]],
    "headline.{}": [
        [
            *("targets", "targets_none", "targets_some_met", "targets_some_missed"),
            *("targets_about", "targets_unsure"),
            *("funnel_hidden", "funnel_unknown"),
        ]
    ],
    "headline.kinds_{}": [KINDS_OF_TYPE],
    "headline.only_{}": [KINDS_OF_TYPE],
    "headline.tied_{}": [KINDS_OF_TYPE],
    "share.of_{}": [("registered", "attended", "followed_up")],
    "share.{}": [("registered", "attended", "followed_up")],
    "enter.hint.{}": [form_fields.HINTED],
    "enter.label.{}": [form_fields.CHOSEN_BY_NAME],
    "enter.kind.{}": [["new", "changed", "withdrawn"]],
    "enter.new.{}": [[table.name for table in can_be_typed()]],
    "enter.wrong.{}": [
        [k.removeprefix("enter.wrong.") for k in entries("nb") if k.startswith("enter.wrong.")]
    ],
    "in_force.{}": [[*ANSWERED, "day", "role", "source"]],
    "target.{}": [["about", "unclear"]],
    "chart.{}": [
        [
            *("registered", "attended", "confirmed", "unconfirmed", "start_unknown"),
            *("spring", "autumn"),
        ],
    ],
    "chart.by_{}": [KINDS_OF_TYPE],
    "chart.n_{}": [["confirmed", "unconfirmed", "start_unknown"]],
    "choice.{}": [[*(c for c in CHOICES if c != "every_row"), *questions.QUESTION_WORDS]],
    "choice.every_row.{}": [["association", "programme", "evidence", "any"]],
    "choice.many.{}": [["column", "word", new_partners.ASKED_KIND, "cell", "single"]],
    "choice.head.{}": [
        [
            *("column", "word", new_partners.ASKED_KIND, "cell", "single", "found", "answer"),
            *questions.HEADS["cell"],
        ]
    ],
    "choice.by.{}": [get_args(get_type_hints(Choice)["by"])],
    "choice.answer.{}": [ANSWERS],
    "claim.{}": [ENUMS["evidence"]],
    "column.{}": [{column.name for table in tables() for column in table.columns}],
    "claim.job.{}": [["placements", *jobs.NAMED_KINDS]],
    "count.{}": [[*ENUMS["count_qualifier"], "suppressed", "missing", "not_yet"]],
    "date.{}": [ENUMS["date_qualifier"]],
    "explore.based_on.{}": [[*question.DIMENSIONS, "both"]],
    "explore.by.{}": [[*DIMENSIONS, "season"]],
    "explore.within_borders.{}": [question.BORDERS],
    "explore.places.{}": [question.PLACE_DIMENSIONS],
    "explore.dimension.{}": [DIMENSIONS],
    "explore.group.{}": [["partnerships", "activities", "results", "rates"]],
    "explore.label.{}": [ASKED],
    "explore.no_{}": [["rows", "split", "compare"]],
    "explore.part.{}": [["H", "Q", "W", "season"]],
    "context.{}": [context.COLUMN_NAMES],
    "explore.ready.{}": [READY],
    "explore.record.{}": [RECORD_COLUMNS],
    "explore.unit.{}": [ENUMS["unit"]],
    "explore.without.{}": [["time", "season", "name"]],
    "explore.{}.{}": [["grain"], question.GRAINS],
    "filter.{}": [(*filters.LISTS, *drawn_filters.FILTER_WORDS)],
    "filter.all.{}": [filters.LISTS],
    "foot.{}": [
        [
            *("undated", "future", "undated_activities", "counted_undated", "not_counted"),
            *("spans", "no_result", "no_number"),
            *("by_activities", "examples"),
            *("partly_known", "not_due", "not_followed_up", "follow_up_hidden"),
            *("not_followed_up_early", "follow_up_hidden_early"),
            *("associations_too_few", "without_placement_rate", "without_retention_rate"),
        ],
    ],
    "foot.based_on.{}": [["partnerships", "activities", "figures", "targets", "associations"]],
    "headline.most_{}": [KINDS_OF_TYPE],
    "menu.{}": [pages.MENU],
    "partner_list.column.{}": [partners.PARTNER_COLUMNS],
    "partner_list.standing.{}": [partners.STANDINGS],
    "record.{}": [
        [
            *("result", "value", "year", "evidence", "source"),
            *("title", "partners", "type", "start", "status"),
            *("activity", "when", "programme", "registered", "attended"),
        ],
    ],
    "sign_in.role.{}": [["viewer", "editor"]],
    "sign_in.role_own.{}": [["viewer", "editor"]],
    "report.level.{}": [LEVELS],
    "report.of.{}": [["rows", *(table.name for table in tables())]],
    "stage.{}.{}": [["registered"], ["exit"]],
    "stage.in_work_or_education.{}": [["6_months", "12_months"]],
    "publication.{}": [["when", "how", "who", "note", "why", "name", "associations"]],
    "publication.way.{}": [get_args(Way)],
    "publication.personal.{}": [get_args(PersonalKind)],
    "loaded.{}": [["partnership", "activity", "outcome", "example"]],
    "version.stage.{}": [["reading", "looking", "protecting", "compiling"]],
    "work.column.{}": [agreements.WORK],
    "work.step_{}": [["due", "late"]],
    "contribution.column.{}": [agreements.CONTRIBUTION],
    "contribution.total.{}": [ENUMS["contribution_kind"]],
    "story.unknown.{}": [("partnership", "partner")],
    "story.unknown_what.{}": [("partnership", "partner")],
    "story.of_others.{}": [("partnership", "partner")],
    "story.of_others_what.{}": [("partnership", "partner")],
    "story.lacks.{}": [[*OF_AGREEMENT, "year", "attended", "follow_up", "work_status", "amount"]],
    "story.lacks_one.{}": [OF_AGREEMENT],
    "story.column.{}": [[*RESULT, "partner", "activities", "agreements"]],
    "search.{}": [FINDER_WORDS],
    "table.{}": [
        ["search", "rows", "previous", "next", "page", "none", "empty", "sort_by", "clear"],
    ],
    "figure.may_say.{}": [ENUMS["evidence"]],
    "figure.{}": [["menu", "table", "sql", "behind", "download", "copy_link", "copied", "sort"]],
}
# Looked up by Words.code, finding_words and group_words; held against codes and rules below.
ELSEWHERE = {"code.{}.{}", "finding.rule.{}", "finding.why.{}"}


def holes(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def singular(key: str) -> str:
    """A key without its form for none, one or more: it has one if there is a form for more."""
    base, _, form = key.rpartition(".")
    has_forms = form in ("none", "one", "other") and f"{base}.other" in entries("nb")
    return base if has_forms and not key.startswith("code.") else key


KEYS = {singular(key) for key in entries("nb")}
TOP = {key.split(".")[0] for key in KEYS}
A_KEY = re.compile(rf"({'|'.join(sorted(TOP))})(\.[a-z0-9_]+)+")


@cache
def parsed(source: Path) -> ast.Module:
    return ast.parse(source.read_text(encoding="utf-8"))


def nodes(kind: type) -> Iterator[tuple[Path, Any]]:
    for source in SOURCES:
        for node in ast.walk(parsed(source)):
            if isinstance(node, kind):
                yield source, node


def composed(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


def literal_keys() -> set[str]:
    parts = {id(part) for _, node in nodes(ast.JoinedStr) for part in node.values}
    return {
        node.value
        for _, node in nodes(ast.Constant)
        if isinstance(node.value, str) and A_KEY.fullmatch(node.value) and id(node) not in parts
        if not node.value.endswith(".html")  # the name of a file
    }


def composed_keys() -> set[str]:
    """The keys with a {} in them that the code puts together."""
    found = (composed(node) for _, node in nodes(ast.JoinedStr))
    wanted = re.compile(rf"({'|'.join(sorted(TOP))})\.[a-z0-9_.{{}}]*\{{\}}[a-z0-9_.{{}}]*")
    return {text for text in found if wanted.fullmatch(text)}


def expanded() -> set[str]:
    stages = {f"stage.{measure}.{point}" for measure, point in rounds.STAGES}
    filled = {
        key.format(*values)
        for key, choices in COMPOSED.items()
        if key not in ("stage.{}.{}", "explore.{}.{}")
        for values in product(*choices)
    }
    columns = ("activity", "when", "type", "registered", "attended", "shared_with")
    lists = {
        f"explore.{name}.{code}"
        for name, codes in (
            ("dimension", DIMENSIONS),
            ("grain", question.GRAINS),
            ("borders", question.BORDERS),
            ("form", question.FORMS),
            ("compare", ["two", "period", "association", "target"]),
        )
        for code in codes
    }
    return filled | stages | lists | {f"record.{column}" for column in columns}


def calls() -> Iterator[tuple[Path, ast.Call, str]]:
    """Every `w("key", …)`, `shown.words("key", …)` and `w.pattern("key")` with its key."""
    for source, node in nodes(ast.Call):
        called = ast.unparse(node.func)
        if not (called == "w" or called.endswith((".words", "w.pattern"))) or not node.args:
            continue
        key = node.args[0]
        branches = [key.body, key.orelse] if isinstance(key, ast.IfExp) else [key]
        for branch in branches:
            if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
                yield source, node, branch.value


# The two languages


def test_both_languages_have_the_same_keys():
    assert entries("nb").keys() == entries("en").keys()
    assert LANGUAGES == ("nb", "en")


def test_both_languages_have_the_same_places():
    for key, text in entries("nb").items():
        assert holes(text) == holes(entries("en")[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_come_in_pairs(language: str):
    table = entries(language)
    for key in table:
        base, _, form = key.rpartition(".")
        if base == singular(key):
            assert form in ("none", "one", "other")
            assert {f"{base}.one", f"{base}.other"} <= table.keys(), key
            assert base not in table, f"{base} is there with and without forms"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_named_after_n_of_several_has_the_form_of_these(language: str):
    of_what = re.compile(r"(of|av) \{of\} \w")
    for key, text in entries(language).items():
        names_none = key in ("headline.latest_rounds", "explore.based_on.both", "upkeep.progress")
        assert names_none or not of_what.search(text) or key.endswith((".one", ".other")), key
    said = [words(language)("foot.based_on.activities", n=1, of=of) for of in (1, 2)]
    assert [one.split()[-1] for one in said] == {
        "nb": ["aktivitet", "aktiviteter"],
        "en": ["activity", "activities"],
    }[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_empty_or_left_to_be_written(language: str):
    for key, text in entries(language).items():
        assert text.strip(), key
        assert not re.search(r"\b(TODO|FIXME|XXX|lorem)\b", text), key


def test_languages_are_not_mixed_up():
    own = {"nb": re.compile(r"\b(ikke|og|med|eller)\b"), "en": re.compile(r"\b(not|and|with|or)\b")}
    for language, other in (("nb", "en"), ("en", "nb")):
        for key, text in entries(language).items():
            assert not own[other].search(text), f"{language} {key}: {text}"


def test_an_unknown_language_is_refused():
    with pytest.raises(KeyError):
        words("sv")


# Keys and code


def test_every_key_is_used():
    used = literal_keys() | expanded()
    unused = {
        key
        for key in KEYS - used
        if not key.startswith(("code.", "finding.rule.", "finding.why.", "framework."))
    }
    assert not unused


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_that_is_found_in_a_file_has_its_word_first(language: str):
    w = words(language)
    for table in tables():
        for column in table.columns:
            for code in column.codes:
                finding = Finding("unknown_code", table.file, 2, column.name, code)
                word = w.code(codes_kind(column).replace("adding", "adds"), code)
                said = finding_words(w, finding)
                assert said.startswith(w(f"sheet.{table.name}"))
                assert w(f"column.{column.name}") in said
                assert w("finding.found", found=with_code(word, code)) in said


def test_what_the_framework_says_is_looked_for_to_the_letter():
    """Else an update of Streamlit would bring its English back."""
    scripts = "".join(
        path.read_text(encoding="utf-8")
        for path in (FRAMEWORKS_PAGE.parent / "static" / "js").glob("*.js")
        if path.stat().st_size < 600_000  # larger ones draw charts and maps that we have none of
    )
    # What is put in is no key of ours alone: a size has its unit, a key press what it does.
    put_in = re.compile(r"\{\w+\}|MB|(?<=Press )\S+\+|(?<=Enter to )(?=apply)|(?= available)")
    for key, said in entries("en").items():
        if key.startswith("framework."):
            assert all(part in scripts for part in put_in.split(said)), key


def test_every_key_asked_for_exists():
    assert literal_keys() - KEYS == set()
    assert {key for _, _, key in calls()} - KEYS == set()
    assert expanded() - KEYS == set()


def test_every_composed_key_is_listed_here():
    assert composed_keys() - ELSEWHERE == COMPOSED.keys()


def test_every_call_fills_the_places_of_its_words():
    for source, call, key in calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr == "pattern":
            continue
        given = {keyword.arg for keyword in call.keywords}
        forms = [text for name, text in entries("nb").items() if singular(name) == key]
        wanted = {place for text in forms for place in holes(text)}
        where = f"{source.name}:{call.lineno} {key}"
        assert wanted <= given, where
        if f"{key}.one" in entries("nb"):
            assert {"n", "of"} & given, f"{where} has two forms and is asked without n"


# Codes and rules


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind, codes",
    [
        ("partner_type", ["other", "several"]),  # of what a chart puts together
        ("activity_type", ["other"]),
        ("evidence", ENUMS["evidence"]),
        ("measuring_point", ENUMS["measuring_point"]),
        ("unit", ENUMS["unit"]),
        ("adds", ENUMS["adding"]),
        ("status", STATUSES),
        *(
            (kind, ENUMS[kind])
            for kind in ("target_evidence", "date_qualifier", "count_qualifier", "result_status")
        ),
        *((kind, ENUMS[kind]) for kind in ("level", "yes_no", "value_status", "event_kind")),
        *((kind, ENUMS[kind]) for kind in ("agreement_status", "agreement_level", "work_status")),
        *((kind, ENUMS[kind]) for kind in ("giver", "contribution_kind", "contribution_state")),
    ],
)
def test_every_code_has_a_word_and_every_word_a_code(language: str, kind: str, codes: list[str]):
    prefix = f"code.{kind}."
    told = {key.removeprefix(prefix) for key in entries(language) if key.startswith(prefix)}
    assert told == set(codes)
    said = [words(language).code(kind, code) for code in codes]
    assert len(set(said)) == len(said), "two codes with the same word"


def test_every_kind_of_code_with_words_is_tested():
    kinds = {key.split(".")[1] for key in KEYS if key.startswith("code.")}
    (parameters,) = (
        mark.args[1]
        for mark in test_every_code_has_a_word_and_every_word_a_code.pytestmark
        if mark.args[0] == "kind, codes"
    )
    assert kinds == {kind for kind, _ in parameters}


def rules_in_code() -> set[str]:
    """Rules written out in code: in a Finding, or in the tuples of broken_fields."""
    found = set()
    for source in (ROOT / "ringvirkning").rglob("*.py"):
        for node in ast.walk(parsed(source)):
            first: ast.expr | None = None
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding" and node.args:
                first = node.args[0]
            if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
                first = node.value.elts[0]
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
    return found


# What intake/sheets says of a cell by the name of the rule (Understood.said, Reader.find).
SAID_OF_CELLS = {
    *("formula_without_value", "cell_error", "percent_of_count", "two_qualifiers"),
    *("qualifier_taken", "time_left_out", "short_year", "day_in_norway", "hidden_number"),
    *("week", "open_ended", "one_of_two", "dash_unknown", "computed_word_left_out"),
}
SAID_OF_CUBES = {"cube_text", "cube_sign"}
SAID_OF_FILES = {rule for _, rule, _ in files.BEGINNINGS} | {
    rule for rule, _ in packages.OTHER_BOOKS.values()
}
SAID_OF_HEADINGS = {
    "persons_left_out",
    "computed_left_out",
    "other_jobs_left_out",
    "other_left_out",
    "of_other_table",
}


def rules_of_rows(folder: Path) -> set[str]:
    """What DuckDB may reject a row for, as it says itself."""
    (folder / "a.csv").write_text("a,b\n1\n")
    with duckdb.connect() as connection:
        connection.execute(
            "create table t as select * from read_csv($path, auto_detect = false, header = true,"
            " columns = {'a': 'VARCHAR', 'b': 'VARCHAR'}, store_rejects = true)",
            {"path": str(folder / "a.csv")},
        )
        row = connection.execute("select typeof(error_type) from reject_errors").fetchone()
    assert row
    return {f"row_{kind.lower().replace(' ', '_')}" for kind in re.findall(r"'([^']+)'", row[0])}


def test_every_finding_that_intake_can_give_has_words(tmp_path: Path):
    given = rules_in_code() | rules_of_rows(tmp_path)
    given |= {check.rule for table in tables() for check in table.checks}
    given |= {f"personal_{kind}" for kind in get_args(PersonalKind)} | {
        *storage.RULE_OF_ERROR.values()
    }
    of_level = {level: rules_in_sql(level) for level in LEVELS}
    given |= set().union(*of_level.values())
    given |= (
        SAID_OF_HEADINGS
        | SAID_OF_CELLS
        | SAID_OF_CUBES
        | SAID_OF_FILES
        | {f"ask_{kind}" for kind in CHOICES if kind not in ALWAYS_DECIDED}
    )
    assert len(given) > 25
    told = {key.removeprefix("finding.rule.") for key in KEYS if key.startswith("finding.rule.")}
    assert given - told == set(), "without words"
    assert told - given == set(), "never given"
    reasons = {key.removeprefix("finding.why.") for key in KEYS if key.startswith("finding.why.")}
    assert reasons == of_level["should_look"] | of_level["could_be_better"] | confirming.RULES


def rules_in_sql(level: str) -> set[str]:
    sql = (ROOT / "ringvirkning" / "intake" / "checks" / f"{level}.sql").read_text(encoding="utf-8")
    return set(re.findall(r"^select '(\w+)'", sql, re.M))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_is_said_with_its_place_and_what_instead(language: str):
    w = words(language)
    finding = Finding("unknown_code", "partners.csv", 12, "partner_type", "kommune", "county")
    said = finding_words(w, finding)
    for part in ("partners.csv", "12", "partner_type", "kommune", "county"):
        assert part in said
    assert w("finding.rule.unknown_code") in said
    logo = finding_words(w, Finding("is_logo", "associations.csv", 2, "logo", "a" * 30_000))
    assert "a" * 200 + "…" in logo and len(logo) < 600
    thousands = finding_words(w, Finding("required", "partners.csv", 12345))
    assert "12345" in thousands, "a row number is no quantity"


# Numbers and dates


def test_norwegian_numbers():
    w = words("nb")
    assert w.number(1234.5, 1) == "1\u00a0234,5"
    assert w.number(1234567) == "1\u00a0234\u00a0567"
    assert w.percent(0.37) == "37\u00a0%"
    assert w.number(-3) == "−3"
    assert (w.signed(3), w.signed(-3), w.signed(0)) == ("+3", "−3", "0")


def test_english_numbers():
    w = words("en")
    assert w.number(1234.5, 1) == "1,234.5"
    assert w.number(1234567) == "1,234,567"
    assert w.percent(0.37) == "37%"
    assert w.number(-3) == "−3"
    assert w.signed(-1234) == "−1,234"


@pytest.mark.parametrize(
    "column, is_of_numbers",
    [
        (["1", "2 (eksempel)", "1\u00a0234"], True),
        (["7 (eksempel)", "ca. 40 (eksempel)", ""], True),
        (["3 (+2)", "0 (+1)"], True),
        (["+1", "uendret", "−2", "uendret"], True),
        (["ca. 40", "ca. 32\u00a0%", "", "–"], True),
        (["5\u00a0000 kr", "ukjent"], True),
        (["7", "2024–2025", "våren 2026"], False),
        (["15. september 2026", "10. mars 2026"], False),
        (["3 av 12", "5 av 7"], False),
        (["", "–"], False),
        ([], False),
    ],
)
def test_a_column_of_numbers_is_known_where_some_cells_say_more(
    column: list[str], is_of_numbers: bool
):
    rows = [("År", "Antall"), *(("2026", cell) for cell in column)]
    assert words("nb").number_columns(rows) == [False, is_of_numbers]
    assert words("nb").number_columns([]) == []


def test_numbers_inside_words_are_written_the_same_way():
    assert (
        words("nb")("headline.activities_in", n=1234, year="2025")
        == "1\u00a0234 aktiviteter i 2025"
    )
    assert words("en")("headline.activities_in", n=1234, year="2025") == "1,234 activities in 2025"
    for language in LANGUAGES:
        one, more = (words(language)("headline.activities_in", n=n, year="2025") for n in (1, 2))
        assert one.split()[1] != more.split()[1]


def test_shares_are_rounded_to_whole_per_cent():
    w = words("en")
    assert [w.percent(share) for share in (0, 0.004, 0.996, 1)] == ["0%", "0%", "100%", "100%"]


@pytest.mark.parametrize(
    "given, nb, en",
    [
        ("2016-05-12", "12. mai 2016", "12 May 2016"),
        ("2016-05", "mai 2016", "May 2016"),
        ("2016", "2016", "2016"),
        (date(2026, 11, 22), "22. november 2026", "22 November 2026"),
        ("2026-11-22T08:00:00+00:00", "22. november 2026", "22 November 2026"),
    ],
)
def test_dates_as_precisely_as_they_are_known(given: str | date, nb: str, en: str):
    assert words("nb").day(given) == nb
    assert words("en").day(given) == en


def test_lists():
    assert words("nb").listed(["a", "b", "c"]) == "a, b og c"
    assert words("en").listed(["a", "b"]) == "a and b"
    assert words("nb").listed([]) == ""


# Text from files

PUNCTUATION = rf"[{re.escape(string.punctuation)}]"
HOSTILE = [
    "**fet** _kursiv_ ~~strøket~~ `kode`",
    "# Overskrift",
    "[lenke](https://evil.example)",
    "![bilde](https://evil.example/x.png)",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "$\\frac{1}{2}$ og $$x^2$$",
    ":material/home: :red[rød] :smile: :blue-background[x]",
    "1. en\n2. to\n\n- tre\n> fire",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<https://evil.example> &lt;b&gt; &amp; \\* a@evil.example",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_in_text_from_files_is_escaped(payload: str):
    joined = markdown_text(payload)
    shown = re.sub(rf"\\({PUNCTUATION})", r"\1", joined)
    assert not re.search(":material/", shown), "an icon, though it is escaped (Streamlit 1.67)"
    assert not re.search("www\\.|://|@(?!\N{WORD JOINER})", shown), "a link by itself"
    safe = joined.replace("\N{WORD JOINER}", "")
    bare = re.sub(rf"\\{PUNCTUATION}", "", safe)  # what is left to mean something
    assert not re.search(r"[\\`*_{}\[\]()<>#+\-.!|~$:@&^=\"']", bare)
    assert "\n" not in safe
    assert re.sub(rf"\\({PUNCTUATION})", r"\1", safe) == " ".join(payload.split()), (
        "nothing is lost"
    )


def test_a_number_in_safe_text_stays_on_one_line():
    """The space that groups digits must not become one at which a line may break."""
    assert markdown_text("1\u00a0234 av 2\u00a0000 · 37\u00a0%") == (
        "1\u00a0234 av 2\u00a0000 · 37\u00a0%"
    )


@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_in_chart_labels_is_escaped(payload: str):
    safe = plotly_text(payload)
    assert not re.search(r"<(?!br>)|>(?<!<br>)", safe)
    assert not re.search(r"&(?!(amp|lt|gt);)", safe)


def test_a_line_end_in_a_chart_label_is_a_line_end():
    assert plotly_text("Vår\n2024") == "Vår<br>2024"


@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_in_html_is_escaped(payload: str):
    safe = html_text(payload)
    assert not re.search("[<>\"'\n]", safe)
    assert html.unescape(safe) == " ".join(payload.split())


FORMULAS = ["=1+1", "+47 12 34 56 78", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "=HYPERLINK(1)"]
PLAIN = ["", "Kiwi", "-3", "+4,5", "-0.25", "2024-01", "1-2", "a=b", "'x", "– nei"]


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_formula_in_a_cell_is_its_own_text(payload: str):
    assert cell_text(payload) == f"'{payload}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_formula_stays_as_it_is_in_a_cell(text: str):
    assert cell_text(text) == text


def test_a_terminal_is_told_nothing():
    assert terminal_text("a\x1b[31mb\x9bc\r\n\td\u00a0e") == "a [31mb c d\u00a0e"


def test_a_column_is_named_as_the_files_writer_knows_it():
    own = Finding("required", "arrangementer.csv", 2, "evidence")
    contracts = Finding("required", "activities.csv", 2, "evidence")
    assert "«Grunnlag»" in finding_words(words("nb"), own)
    assert "«Grunnlag (evidence)»" in finding_words(words("nb"), contracts)
    heading = Finding("not_number", "arrangementer.csv", 2, "Antall møtt")
    assert "«Antall møtt»" in finding_words(words("nb"), heading)
    codes = Finding("no_evidence", "arrangementer.csv", 2, None, "unstated", "register, employer")
    assert "«ikke oppgitt»" in finding_words(words("nb"), codes)
    assert "register, arbeidsgiver" in finding_words(words("nb"), codes)
    status = Finding("status_fits_value", "resultater.xlsx", 6, "value_status", "suppressed")
    assert "«skjermet»" in finding_words(words("nb"), status)


def test_a_measure_is_never_called_a_target():
    """«Mål» is a target: what a number counts is an «indikator» throughout."""
    nb, en = entries("nb"), entries("en")
    said = {key: re.sub(r"{\w+}", "", text).lower() for key, text in en.items()}
    about = [key for key, text in said.items()
             if re.search(r"\bmeasures?\b", text) and "target" not in text]  # fmt: skip
    assert len(about) > 5
    confused = {key: nb[key] for key in about if re.search(r"\b[Mm]ål(et|ene)?\b", nb[key])}
    assert confused == {}
