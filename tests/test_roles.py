"""A role for one association on a server of several: each address that gives anything away, asked
by each role, for each association."""

import io
import json
import re
import socket
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import queries
from queries import answers
from ringvirkning import ROOT, child
from ringvirkning.export.deck import Deck, Planned
from ringvirkning.finding import must_fix
from ringvirkning.intake import publishing
from ringvirkning.intake.publishing import own_rows
from ringvirkning.intake.publishing.watch import Watch
from ringvirkning.server import access, published
from ringvirkning.server.sign_in import Person
from ringvirkning.store import audit, numbered, versions
from tests.server import KEY, Server, serve
from tests.test_access import ISSUER, SECRETS, THROUGH_THE_PROXY, cookies, upload, visit
from tests.test_own_rows import IG, NFDR, edited
from tests.test_queries import KNOWN
from tests.visitor import BINARY, a_run, connected, frame, frames, sent

pytestmark = pytest.mark.slow

ROLES = f"""
["{ISSUER}"]
reader_a = {{ role = "viewer", associations = ["{IG}"] }}
editor_a = {{ role = "editor", associations = ["{IG}"] }}
editor_b = {{ role = "editor", associations = ["{NFDR}"] }}
reader = "viewer"
editor = "editor"
"""
A, B, ALL = "a", "b", "all"
# Whose exact figures, notes, presentations and drafts each role may see.
SEES: Mapping[str, tuple[str, ...]] = {
    "public": (),
    "reader_a": (A,),
    "editor_a": (A,),
    "editor_b": (B,),
    "reader": (A, B, ALL),
    "editor": (A, B, ALL),
}
EDITORS = ("editor_a", "editor_b", "editor")
# Exact counts, none of which rounding leaves as it is, and words that are only for staff.
COUNTS = {A: 1237, B: 2411}
WORDS = {
    A: ("merketa", "stokka", "publiserta"),
    B: ("merketb", "stokkb", "publisertb"),
    ALL: ("kort for begge",),
}
DECKS = {A: "aaaaaaaaaaaa", B: "bbbbbbbbbbbb", ALL: "cccccccccccc"}
WHOSE = {A: (IG,), B: (NFDR,), ALL: ()}


def with_canaries(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """An activity of each association in the same year has a count that is known, and a note."""
    matching = [row for row in rows if row["activity_type"] == "job_matching"]
    mine = next(r for r in matching if r["association"] == IG and r["start_date"][:4] == "2025")
    theirs = next(r for r in matching if r["association"] == NFDR)
    theirs |= {"start_date": mine["start_date"], "end_date": "", "date_qualifier": ""}
    for one, row in ((A, mine), (B, theirs)):
        row |= {"registered_count": f"{COUNTS[one]}", "note": WORDS[one][0]}
        row |= {"cancelled": "", "count_qualifier": "", "evidence": "register"}
    return rows


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions: of all, then by each association's editor; and a presentation of each."""
    place = tmp_path_factory.mktemp("roles")
    data, var = edited(ROOT / "data", place / "data", activities=with_canaries), place / "var"
    var.mkdir()
    (var / "secret").write_bytes(KEY)
    assert not must_fix(publishing.publish(data, var))
    for one in (A, B):
        version = versions.current(var)
        assert version
        folder = edited(
            version.files(var), place / one, activities=partial(retitled, WHOSE[one][0])
        )
        publish = partial(publishing.publish, var=var, way="upload", note=WORDS[one][2])
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv(child.ASSOCIATIONS, json.dumps(WHOSE[one]))
            found = own_rows.publish_looked_at(folder, var, version.name, WHOSE[one], publish)
        assert not must_fix(found)
    for one, id in DECKS.items():
        keep_deck(var, id, one)
    return var


def retitled(association: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    place = next(n for n, row in enumerate(rows) if row["association"] == association)
    return [r | {"title": f"{r['title']} (ny)"} if n == place else r for n, r in enumerate(rows)]


def keep_deck(var: Path, id: str, one: str) -> None:
    version = versions.current(var)
    assert version
    chosen = [f"association={name.replace(' ', '+')}" for name in (*WHOSE[one], "")]
    slides = tuple(
        Planned("figure", "activities", "registered_and_attended", "" if c[-1] == "=" else c)
        for c in chosen
    )
    deck = Deck(id, WORDS[one][one != ALL], "nb", version.name, "2026-11-23")
    made = {"is_internal": True, "staff_of": WHOSE[one], "slides": slides}
    numbered.keep_numbered(var / "decks", Deck(**{**deck.__dict__, **made}))


@pytest.fixture(scope="module")
def server(var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    (folder / "roles.toml").write_text(ROLES, encoding="utf-8")
    env = {
        "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"),
        "RINGVIRKNING_ROLES": str(folder / "roles.toml"),
        "RINGVIRKNING_DATA": str(var.parent / "data"),
    }
    options = ("--server.allowedHosts", "dash.example")
    with serve(var=var, env=env, options=options) as running:
        yield running


def cookie_of(role: str) -> str:
    return "" if role == "public" else cookies(sub=role, name=role)


class Visitor:
    """A session of somebody with a role, who goes from address to address."""

    def __init__(self, port: int, role: str, stack: ExitStack) -> None:
        headers, protocol = visit(cookie_of(role))
        opened = stack.enter_context(connected(port, headers, protocol))
        self.connection: socket.socket = opened[1]
        self.answer: BinaryIO = opened[2]

    def asks(self, address: str) -> str:
        """All that a page says at an address such as `data?lang=nb`."""
        page, _, query = address.partition("?")
        self.connection.sendall(frame(a_run(page_name=page, query_string=query)))
        said = b"".join(one.SerializeToString() for one in whole_run(self.answer))
        return said.decode("utf-8", "replace")


def whole_run(answer: BinaryIO) -> Iterator[ForwardMsg]:
    for opcode, content in frames(answer):
        if opcode == BINARY:
            message = ForwardMsg.FromString(content)
            yield message
            is_end = message.WhichOneof("type") == "script_finished"
            if is_end and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return


# The name of a run, a message or a file: drawn by lot, so it may hold any four digits in a row.
DRAWN = re.compile(r"[0-9A-Za-z_-]{32,}")


def given_away(said: str, totals: Collection[int]) -> set[str]:
    """Of whom an answer says more than the public may see."""
    plain = DRAWN.sub(" ", said).replace("\u00a0", "").replace("\u202f", "")
    found = {one for one, count in COUNTS.items() if re.search(rf"(?<!\d){count}(?!\d)", plain)}
    found |= {ALL for total in totals if re.search(rf"(?<!\d){total}(?!\d)", plain)}
    return found | {one for one, said in WORDS.items() if any(word in plain for word in said)}


@pytest.fixture(scope="module")
def totals(var: Path) -> set[int]:
    """The exact totals of all associations that the public edition rounds."""
    version = versions.current(var)
    assert version
    exact, protected = (
        {
            int(row.registered_count)
            for row in asked_of(database)
            if row.registered_count and row.registered_count > 999
        }
        for database in (version.exact(var), version.protected(var))
    )
    found = exact - protected - {*COUNTS.values()}
    assert found
    return found


def asked_of(database: Path) -> list[answers.ActivitiesByYear]:
    with queries.opened(database) as connection:
        values = {**KNOWN, "association": [], "from_year": None, "to_year": None}
        values |= {"partner_type": [], "partnership_type": [], "programme": []}
        values |= {"illustrative": True}
        return queries.rows(connection, answers.ActivitiesByYear, values)


CHOSEN = {A: f"association={IG}", B: f"association={NFDR}", ALL: "lang=nb"}
PAGES = ("", "activities")
ADDRESSES = [f"{page}?{chosen}" for page in PAGES for chosen in CHOSEN.values()]
ADDRESSES += [f"explore?measure=registered&rows=association&{CHOSEN[ALL]}"]
ADDRESSES += [f"explore?measure=registered&rows=time&{CHOSEN[A]}&page=1"]
ADDRESSES += [f"activities?association={IG}&association={NFDR}"]
ADDRESSES += [f"present?deck={id}" for id in DECKS.values()]
ADDRESSES += ["present?lang=nb", f"data?{CHOSEN[A]}", f"data?{CHOSEN[B]}"]
# Who may see all cannot be told too much: that they are told it is asked here.
TOLD_ALL = [f"activities?{chosen}" for chosen in CHOSEN.values()]
TOLD_ALL += [f"present?deck={id}" for id in DECKS.values()] + [f"data?{CHOSEN[A]}"]


@pytest.fixture(scope="module")
def told(server: Server, var: Path) -> Mapping[str, Mapping[str, str]]:
    """What each role is told at each address, the earlier versions and comparisons among them."""
    first = versions.history(var)[0].name
    before = [f"activities?{CHOSEN[A]}&version={first}", f"data?since={first}"]
    found: dict[str, dict[str, str]] = {}
    for role, seen in SEES.items():
        asked = [*TOLD_ALL, *before[:1]] if ALL in seen else [*ADDRESSES, *before]
        with ExitStack() as stack:
            somebody = Visitor(server.port, role, stack)
            found[role] = {address: somebody.asks(address) for address in asked}
    return found


def test_no_address_tells_a_role_more_than_it_may_see(told, totals):
    wrong = [
        (role, address, more)
        for role, by_address in told.items()
        for address, said in by_address.items()
        if (more := given_away(said, totals) - {*SEES[role]})
    ]
    assert wrong == []
    trouble = [(r, a) for r, said in told.items() for a, s in said.items() if "trouble" in s]
    assert trouble == []


@pytest.mark.parametrize("role", SEES)
def test_each_role_sees_all_that_it_may(role: str, told, totals):
    """Else the test above could not fail."""
    seen = {one: given_away(told[role][f"activities?{CHOSEN[one]}"], totals) for one in (A, B, ALL)}
    own = {*SEES[role]} - {ALL}
    assert seen[A] == own & {A} and seen[B] == own & {B}
    assert (ALL in seen[ALL]) == (ALL in SEES[role])
    for one, id in DECKS.items():
        is_shown = WORDS[one][one != ALL] in told[role][f"present?deck={id}"]
        assert is_shown == (one in SEES[role])
    data = told[role][f"data?{CHOSEN[A]}"]
    assert {one for one in (A, B) if WORDS[one][2] in data} == own


def test_a_name_drawn_by_lot_gives_nothing_away():
    assert given_away(f"$1bdd{COUNTS[B]}-f5b1-{COUNTS[A]}-9097-f6f857bea059", ()) == set()
    assert given_away(f"registrert: {COUNTS[B]:_}".replace("_", "\u00a0"), ()) == {B}


def test_an_earlier_version_is_as_exact_as_the_role(told, totals):
    for role, said in told.items():
        (address,) = (a for a in said if "version=" in a)
        assert (A in given_away(said[address], totals)) == (A in SEES[role])


LINK = re.compile(r"\./records/([\w-]{32})")


def test_a_file_is_for_who_sees_what_it_was_offered_with(server: Server, var: Path, totals):
    """Each file of staff's that a page offers, asked for by each role."""
    with ExitStack() as stack:
        for offerer in ("reader_a", "editor_a", "editor_b", "editor"):
            somebody = Visitor(server.port, offerer, stack)
            own = CHOSEN[SEES[offerer][0]] if len(SEES[offerer]) == 1 else CHOSEN[ALL]
            tokens = [LINK.findall(somebody.asks(f"about?{own}"))[-1]]
            if offerer in EDITORS:
                tokens += LINK.findall(somebody.asks(f"data?{own}"))[:3]
            for asker, sees in SEES.items():
                may = set(SEES[offerer]) <= set(sees)
                for token in tokens:
                    status, content = got(server.port, f"/records/{token}", asker)
                    assert status == (200 if may else 403), (offerer, asker)
                    assert given_away(unpacked(content), totals) <= {*sees}, (offerer, asker)
    lines = [deed for deed in audit.deeds(var) if deed["did"] == "took_exact"]
    assert {deed.get("association") for deed in lines} >= {IG, NFDR, None}


askers = count(1)


def got(port: int, path: str, role: str) -> tuple[int, bytes]:
    """Each time by another person: one may ask for so many files a second."""
    who = ("X-Forwarded-For", f"198.51.100.{next(askers)}")
    headers = [*THROUGH_THE_PROXY[:-1], who, ("Cookie", cookie_of(role)), ("Connection", "close")]
    with sent(port, f"GET {path} HTTP/1.1", headers) as connection:
        answer = connection.makefile("rb")
        status = int(answer.readline().split()[1])
        while answer.readline().strip():
            pass
        return status, answer.read()


def unpacked(content: bytes) -> str:
    """The words of a file, those in its parts, too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            whole = b"".join(parts.read(name) for name in parts.namelist())
    except zipfile.BadZipFile:
        whole = content
    return whole.decode("utf-8", "replace")


def test_a_show_is_for_the_staff_of_those_who_made_it(server: Server, totals):
    for one, id in DECKS.items():
        for role, sees in SEES.items():
            status, content = got(server.port, f"/show/{id}", role)
            assert status == (200 if one in sees else 403), (one, role)
            seen = given_away(unpacked(content), totals)
            assert seen <= {*sees} and (one in seen) == (one in sees), (one, role)


def test_only_editors_upload(server: Server):
    for role in SEES:
        expected = 400 if role in EDITORS else 403
        assert upload(server.port, THROUGH_THE_PROXY, cookie_of(role)) == expected


PEOPLE = {
    "public": None,
    "reader_a": Person("viewer", associations=(IG,)),
    "editor_a": Person("editor", associations=(IG,)),
    "editor_b": Person("editor", associations=(NFDR,)),
    "reader": Person("viewer"),
    "editor": Person("editor"),
}


def test_the_exact_database_that_is_opened_has_nothing_of_others(
    var: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever a page asks of it."""
    watch = Watch(var.parent / "data", var)
    monkeypatch.setattr(published, "watch", lambda: watch)
    version = versions.current(var)
    assert version
    for role, person in PEOPLE.items():
        for chosen in ((), (IG,), (NFDR,), (IG, NFDR)):
            database = published.database_for(person, version, chosen)
            is_seen = ALL in SEES[role] or (
                len(chosen) == 1 and chosen in map(WHOSE.get, SEES[role])
            )
            assert (database is not None) == is_seen, (role, chosen)
            if database and ALL not in SEES[role]:
                with queries.opened(database) as connection:
                    found = connection.execute("select distinct association from facets").fetchall()
                assert found == [chosen], role


MAY = {
    "upload": {"editor_a", "editor_b", "editor"},
    "publish": {"editor_a", "editor_b", "editor"},
    "undo": {"editor_a", "editor_b", "editor"},
    "withdraw": {"editor"},
    "publish_folder": {"editor"},
}


@pytest.mark.parametrize("action", MAY)
def test_what_a_role_may_do(action: access.Permission, monkeypatch: pytest.MonkeyPatch):
    for role, person in PEOPLE.items():
        monkeypatch.setattr(access, "current_person", lambda person=person: person)
        assert access.may(action) == (role in MAY[action]), role


def test_who_may_change_a_deck(monkeypatch: pytest.MonkeyPatch):
    for person, of, expected in (
        (Person("editor", "", "i k", (IG,)), (IG,), True),
        (Person("editor", "", "i k", (IG,)), (NFDR,), False),
        (Person("editor", "", "i k", (IG,)), (), False),
        (Person("viewer", "", "i k", (IG,)), (IG,), True),
        (Person("viewer", "", "i o", (IG,)), (IG,), False),
        # Whose role is another association's now, sees what they made for the former no longer.
        (Person("viewer", "", "i k", (NFDR,)), (IG,), False),
        (Person("editor"), (IG,), True),
    ):
        monkeypatch.setattr(access, "current_person", lambda person=person: person)
        assert access.may_change("i k", of) == expected


def test_who_publishes_for_some_is_noted_with_them(var: Path):
    lines = [deed for deed in audit.deeds(var) if deed["did"] == "published"]
    assert [deed.get("association") for deed in lines] == [None, IG, NFDR]
    assert [line.associations for line in versions.history(var)] == [(), (IG,), (NFDR,)]
