"""The letter: it says what the pages say and no more, and is sent once or kept for next time."""

import asyncio
import csv
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from pypdf import PdfReader

from ringvirkning import ROOT
from ringvirkning.commands.main import main
from ringvirkning.export.letter import LETTER_WORDS, LetterPart, LetterText, letter_html, one_line
from ringvirkning.export.sending import POLICY, NotSent, Post, addressed
from ringvirkning.figures import feet, overview, stories
from ringvirkning.figures.catalogue import seen
from ringvirkning.figures.filters import address_of_associations
from ringvirkning.store import audit, backup, letters, versions
from ringvirkning.store.letters import Letter
from ringvirkning.texts import LANGUAGES, clock, words
from tests.command import run
from tests.put_back import put_back
from tests.server import free_port

pytestmark = pytest.mark.slow  # they publish, and talk to a mail server

W = words("en")
SHIPPED = ROOT / "data"
IG, NFDR = "Innovasjon Gardermoen", "Næringsforeningen i Drammensregionen"
NOTE = "Kanarimerknad: 37 kom i mai"
SENDER, READER, OTHER = "post@example.org", "styret@example.org", "leder@example.org"


def read(letter: Letter, var: Path) -> EmailMessage:
    return message_from_bytes(letter.message(var).read_bytes(), policy=SMTP)


def plain(message: EmailMessage) -> str:
    return part(message, "plain").replace("\r\n", "\n")


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def paper(message: EmailMessage) -> str:
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    pages = PdfReader(BytesIO(attached.get_content())).pages
    return "\n".join(page.extract_text() for page in pages)


def newest(var: Path) -> Letter:
    return letters.kept_letters(var)[-1]


@pytest.fixture(scope="module")
def grown(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var/ with letters of what is shipped, and then an agreement that was confirmed and an
    activity of 37; put back by whoever writes to it."""
    place = tmp_path_factory.mktemp("grown")
    data, var = shutil.copytree(SHIPPED, place / "data"), shutil.copytree(published, place / "var")
    for series in ([], ["--staff"], [f"--association={NFDR}"], [f"--association={IG}"]):
        run("letter", *series, var=var)
    run("letter", var=var, lang="nb")
    with (data / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        agreements = [*csv.DictReader(file)]
    confirmed = next(row for row in agreements if "Nannestad" in row["title"])
    assert confirmed["association"] == IG
    confirmed["confirmed_date"] = "2026-11-01"
    write(data / "partnerships.csv", agreements)
    with (data / "activities.csv").open(encoding="utf-8", newline="") as file:
        held = [*csv.DictReader(file)]
    new = dict.fromkeys(held[0], "") | {
        **{"activity_id": "ny", "association": IG, "title": "Frokostmøte om læreplasser"},
        **{"activity_type": "other", "start_date": "2025-05-06", "date_qualifier": "exact"},
        **{"cancelled": "no", "registered_count": "41", "attended_count": "37"},
        **{"evidence": "register", "source": "Egen telling"},
    }
    write(data / "activities.csv", [*held, new])
    run("publish", data, var=var, note=NOTE, who="Kari")
    return var


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, rows[0], lineterminator="\n")
        made.writeheader()
        made.writerows(rows)


@pytest.fixture
def later(grown: Path) -> Iterator[Path]:
    with put_back(grown) as var:
        yield var


@pytest.fixture(scope="module")
def shipped(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(published, tmp_path_factory.mktemp("shipped") / "var"))


@pytest.fixture
def var(shipped: Path) -> Iterator[Path]:
    with put_back(shipped) as var:
        yield var


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_exact", [False, True])
@pytest.mark.parametrize("association", ["", NFDR])
def test_a_letter_says_what_the_pages_and_the_paper_say(
    language: str, is_exact: bool, association: str, var: Path
):
    options = ["--staff"] * is_exact + [f"--association={association}"] * bool(association)
    run("letter", *options, var=var, lang=language)
    letter = newest(var)
    message = read(letter, var)
    version = versions.current(var)
    assert version and letter.version == version.name
    database = version.exact(var) if is_exact else version.protected(var)
    address = address_of_associations([association] if association else [])
    w = words(language)
    shown = seen(w, version, database, clock.today(), address)
    said = plain(message)
    assert said.count(overview.headline(shown)) == 1
    assert feet.under_headline(shown) in said
    for card in overview.published_cards(shown):
        assert f"- {card.label}: {card.number}" in said
    due = [f"- {title}: {what}" for title, what in stories.attention(shown)]
    assert any(line in said for line in due) == is_exact
    assert (w("deck.internal") in said) == is_exact
    # The same in HTML, and on the paper that goes with it.
    html = part(message, "html")
    bare = re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.S))
    for line in filter(None, said.splitlines()):
        if not line.startswith(("=", "-")) and line.upper() != line:
            assert re.sub(r"\s+", " ", line) in bare, line
    on_paper = re.sub(r"\s+", " ", paper(message))
    assert re.sub(r"\s+", " ", overview.headline(shown)) in on_paper
    assert (w("deck.internal") in on_paper) == is_exact


def test_what_is_new_and_why(later: Path, capsys: pytest.CaptureFixture[str]):
    run("letter", "--staff", var=later)
    said = plain(read(newest(later), later))
    now = versions.current(later)
    assert now
    assert W("letter.news", date=W.day(clock.now().date())).upper() in said
    assert "- Partnerships: 1 changed" in said
    assert "- Activities: 1 new" in said
    assert W("difference.reasons", reasons=W("difference.n_late", n=2)) in said
    assert "- Active partnerships: 1 → 2\n" in said
    assert f"{W.moment(now.current_at)}: {NOTE}" in said
    # The figures are those of the preview and of the command that compares.
    capsys.readouterr()
    run("changes", var=later)
    compared = capsys.readouterr().out
    moved = [line.removeprefix("- ") for line in said.splitlines() if "→" in line]
    assert len(moved) > 2 and all(f"  {line}\n" in compared for line in moved)


def test_everyone_is_told_what_everyone_may_know(later: Path):
    run("letter", var=later)
    message = read(newest(later), later)
    said = plain(message)
    assert "- 47 activities → 48\n" in said
    assert "- Active partnerships: 1 → 2\n" in said
    everything = said + part(message, "html") + paper(message)
    assert "Kanarimerknad" not in everything and "Kari" not in everything
    assert not re.search(r"\b(37|41|453|861)\b", everything), "exact counts of persons"
    attended = re.search(r"- Attendances: (.*)", said)
    assert attended and all(word.startswith("about") for word in attended[1].split(" → "))
    assert said.count(W("letter.rounded")) == 1
    run("letter", "--staff", var=later)
    assert W("letter.rounded") not in plain(read(newest(later), later))


def test_an_association_is_told_of_its_own(later: Path, capsys: pytest.CaptureFixture[str]):
    before = letters.kept_letters(later)
    run("letter", association=NFDR, var=later)
    assert W("letter.nothing_new", date=W.day(before[-1].written_at)) in capsys.readouterr().out
    assert letters.kept_letters(later) == before
    run("letter", association=IG, var=later)
    said = plain(read(newest(later), later))
    assert "activities → " in said and newest(later).since == before[0].version
    run("letter", "--staff", association=IG, var=later)
    run("letter", "--staff", "--anyway", association=IG, var=later)
    assert NOTE not in plain(read(newest(later), later)), "it is of all that was published"


def test_without_news_there_is_no_letter(later: Path, capsys: pytest.CaptureFixture[str]):
    run("letter", var=later)
    count = len(letters.kept_letters(later))
    run("letter", var=later)
    assert len(letters.kept_letters(later)) == count
    # Each language and edition is a series of its own.
    run("letter", var=later, lang="nb")
    assert len(letters.kept_letters(later)) == count + 1
    before = letters.kept_letters(later)
    run("letter", "--anyway", var=later)
    (anyway,) = (one for one in letters.kept_letters(later) if one not in before)
    assert W("letter.same_records") in plain(read(anyway, later))
    names = [one.name for one in letters.kept_letters(later)]
    assert len(names) == len({*names}) == len([*(later / letters.LETTERS_FOLDER).glob("*.eml")])


def test_a_letter_is_of_seven_bits():
    message = EmailMessage(policy=POLICY)
    message.set_content("Næringsforeningen\n")
    assert message.as_bytes().isascii()


def test_a_letter_never_takes_the_place_of_another(later: Path):
    run("letter", var=later)
    letter = newest(later)
    with pytest.raises(FileExistsError):
        letters.keep_letter(later, letter, b"another")
    assert read(letter, later)["Subject"]


def test_what_is_withdrawn_is_told_no_longer(later: Path):
    run("letter", var=later)
    letter, now = newest(later), versions.current(later)
    assert now and letter.message(later).exists()
    run("withdraw", now.name, var=later, why="Feil")
    assert letter not in letters.kept_letters(later)
    run("withdraw", now.name, "--destroy", var=later, why="Feil")
    assert letter not in letters.written_letters(later) and not letter.message(later).exists()
    # The next one goes on from the letter before it.
    run("letter", "--anyway", var=later)
    assert newest(later).since == newest(later).version


def test_letters_are_in_the_backup(later: Path, tmp_path: Path):
    run("letter", var=later)
    backup.backup(later, tmp_path / "copy", tmp_path)
    backup.restore(tmp_path / "copy", tmp_path / "back", tmp_path)
    assert letters.kept_letters(tmp_path / "back") == letters.kept_letters(later)
    assert all(one.message(tmp_path / "back").exists() for one in letters.kept_letters(later))


def test_what_waits_in_a_backup_is_not_sent_when_it_comes_back(
    later: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """It may have been sent since, and nobody knows there."""
    back, inbox = tmp_path / "back", Inbox()
    posted("127.0.0.1:9", var=later, expected=1)  # nobody is there: it waits
    assert newest(later).delivery == "waiting"
    backup.backup(later, tmp_path / "copy", tmp_path)
    backup.restore(tmp_path / "copy", back, tmp_path)
    letter = newest(back)
    assert letter.delivery == "handing_over"
    capsys.readouterr()
    with mail_server(inbox) as server:
        posted(server, var=back)
        assert not inbox.got
        assert W("letter.unanswered", place=str(letter.message(back))) in capsys.readouterr().err
        posted(server, var=later)  # where it waits itself it is sent
    assert len(inbox.got) == 1


NAMES = [
    "Nærings\nforening\r\nBcc: alle@example.org",
    "Forening\x00 med \x1b[31mfarge\u2028og linje",
    "Næringsforeningen for " + "Øvre og Nedre Ytre Enebakk, " * 12,
    "=?utf-8?q?Bcc=3A?= 🎉 «Ål» \u202e",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_a_heading(name: str):
    message = EmailMessage(policy=SMTP)
    subject = W("letter.subject", name=one_line(name), date="1 May 2026")
    message["Subject"] = subject
    message.set_content("text")
    back = message_from_bytes(message.as_bytes(), policy=SMTP)
    assert [*back.keys()] == [*message.keys()]
    # What looks as if it were encoded is decoded, which adds no heading.
    assert back["Subject"] == subject or "=?" in name
    assert max(map(len, message.as_bytes().splitlines())) <= 998  # RFC 5322


def test_what_others_wrote_is_text():
    script = "<script>alert(1)</script> & <b>"
    part = LetterPart(script, [script])
    said = dict.fromkeys(LETTER_WORDS, script)
    link = 'https://example.org/?a="><script>'
    page = letter_html(
        LetterText("nb", script, script, script, script, script, [], [part], link, said)
    )
    assert "<script" not in page and "<b>" not in page
    assert page.count("&lt;script&gt;") == 10


@pytest.mark.parametrize(
    "sender, to",
    [
        (f"{SENDER}\r\nBcc: {OTHER}", [READER]),
        (SENDER, [f"{READER}\nBcc: {OTHER}"]),
        ("ingen", [READER]),
        (SENDER, ["styret"]),
        (SENDER, [""]),
    ],
)
def test_what_is_no_address_is_none(sender: str, to: list[str]):
    with pytest.raises(NotSent):
        addressed(EmailMessage(policy=SMTP), "name", Post("host", 25, True, sender, to, "", "", 1))


# Sending


class Inbox:
    """What a mail server was given; it answers as it is told to."""

    def __init__(self, **answers: str) -> None:
        self.answers, self.got = answers, list[tuple[list[str], bytes]]()

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = self.answers.get(address, "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server, session, envelope):
        said = self.answers.get("data", "250 OK")
        if said.startswith("250"):
            self.got.append((envelope.rcpt_tos, envelope.content))
        return said


@contextmanager
def mail_server(inbox: Inbox, **more) -> Iterator[str]:
    """Its address, while it runs."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **more)
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()


def posted(server: str, *more: str, var: Path, expected: int = 0, to=(READER,)) -> Letter:
    """A letter, by a mail server without encryption."""
    run(
        "letter", "--plain", *more, *(f"--to={one}" for one in to),
        var=var, expected=expected, smtp=server, sender=SENDER, patience=1,
    )  # fmt: skip
    return newest(var)


def test_a_letter_is_sent_once(later: Path, capsys: pytest.CaptureFixture[str]):
    inbox = Inbox()
    with mail_server(inbox) as server:
        letter = posted(server, var=later, to=(READER, OTHER))
        assert W("letter.sent", n=2, name=letter.name) in capsys.readouterr().out
        posted(server, var=later)
    ((recipients, content),) = inbox.got
    assert recipients == [READER, OTHER] and letter.delivery == "sent" and letter.sent_at
    got = message_from_bytes(content, policy=SMTP)
    kept = read(letter, later)
    assert plain(got) == plain(kept) and part(got, "html") == part(kept, "html")
    assert paper(got) == paper(kept)
    assert (got["From"], got["To"]) == (SENDER, f"{READER}, {OTHER}")
    assert got["Message-ID"] == f"<{letter.name}@example.org>"
    assert got["X-Unsent"] is None and kept["X-Unsent"] == "1"
    assert content.isascii(), "not every server takes more"
    *_, deed = audit.deeds(later)
    assert (deed["did"], deed["version"]) == ("sent_letter", letter.version)
    # Whom it went to stands nowhere.
    kept_files = [path.read_bytes() for path in later.rglob("*") if path.is_file()]
    assert not any(READER.encode() in content for content in kept_files)


REFUSALS = {
    "recipient": {READER: "550 No such mailbox"},
    "data": {"data": "451 Try again later"},
}


@pytest.mark.parametrize("answers", REFUSALS.values(), ids=REFUSALS)
def test_what_is_refused_is_sent_the_next_time(
    answers: dict[str, str], later: Path, capsys: pytest.CaptureFixture[str]
):
    refusing, inbox = Inbox(**answers), Inbox()
    with mail_server(refusing) as server:
        letter = posted(server, var=later, expected=1)
        place, (said,) = str(letter.message(later)), answers.values()
        expected = W("letter.refused", server=server, answer=said, place=place)
        assert capsys.readouterr().err.strip() == expected
    before = letter.message(later).read_bytes()
    assert letter.delivery == "waiting" and refusing.got == []
    with mail_server(inbox) as server:
        again = posted(server, var=later)
        posted(server, var=later)
    assert (again.name, again.delivery) == (letter.name, "sent"), "it is not written twice"
    assert again.message(later).read_bytes() == before
    assert len(inbox.got) == 1


def test_who_refuses_among_several_keeps_nobody_else_from_it(
    later: Path, capsys: pytest.CaptureFixture[str]
):
    inbox = Inbox(**{OTHER: "550 No such mailbox"})
    with mail_server(inbox) as server:
        assert posted(server, var=later, to=(READER, OTHER)).delivery == "sent"
    assert [to for to, _ in inbox.got] == [[READER]]
    assert W("letter.some_refused", n=1) in capsys.readouterr().err


@contextmanager
def speaking(say: bytes, is_endless: bool = False) -> Iterator[str]:
    """The address of somebody who answers, but no mail server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over, heard = threading.Event(), list[socket.socket]()

        def speak() -> None:
            heard.append(listening.accept()[0])
            with heard[0], suppress(OSError):
                heard[0].sendall(say)
                while is_endless:
                    heard[0].sendall(say)
                over.wait()

        speaker = threading.Thread(target=speak)
        speaker.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        with suppress(OSError):
            heard[0].shutdown(socket.SHUT_RDWR)
        speaker.join()


LATE = {"silent": (b"", False), "endless": (b"220-wait\r\n" * 100, True), "half": (b"22", False)}


@pytest.mark.parametrize("say, is_endless", LATE.values(), ids=LATE)
def test_nobody_is_waited_for_without_end(
    say: bytes, is_endless: bool, later: Path, capsys: pytest.CaptureFixture[str]
):
    with speaking(say, is_endless) as server:
        letter = posted(server, var=later, expected=1)
    said = capsys.readouterr().err.strip()
    place = str(letter.message(later))
    assert said == W("letter.late", server=server, place=place)
    assert letter.delivery == "waiting"


def test_nobody_there_is_said(later: Path, capsys: pytest.CaptureFixture[str]):
    server = f"127.0.0.1:{free_port()}"
    letter = posted(server, var=later, expected=1)
    place = str(letter.message(later))
    assert W("letter.unreachable", server=server, place=place) in capsys.readouterr().err
    assert letter.delivery == "waiting"


class Deaf(Inbox):
    """Has all of a letter, and hangs up without saying so."""

    async def handle_DATA(self, server, session, envelope):
        await super().handle_DATA(server, session, envelope)
        server.transport.abort()
        return "250 OK"


class Mute(Inbox):
    """Has all of a letter, and says nothing."""

    async def handle_DATA(self, server, session, envelope):
        await super().handle_DATA(server, session, envelope)
        await asyncio.Event().wait()


@pytest.mark.parametrize("server_of_theirs", [Deaf, Mute])
def test_what_may_have_been_taken_is_not_sent_twice(
    server_of_theirs: type[Inbox], later: Path, capsys: pytest.CaptureFixture[str]
):
    deaf, inbox = server_of_theirs(), Inbox()
    with mail_server(deaf) as server:
        letter = posted(server, var=later, expected=1)
    said = W("letter.unanswered", place=str(letter.message(later)))
    assert said in capsys.readouterr().err
    assert letter.delivery == "handing_over" and len(deaf.got) == 1
    with mail_server(inbox) as server:
        posted(server, var=later)
        assert said in capsys.readouterr().err
    assert inbox.got == []


class Killing(Inbox):
    """Has all of a letter, and whoever sent it is ended before it hears so."""

    def __init__(self, sender: list[subprocess.Popen[bytes]]) -> None:
        super().__init__()
        self.sender = sender

    async def handle_DATA(self, server, session, envelope):
        await super().handle_DATA(server, session, envelope)
        self.sender[0].kill()
        self.sender[0].wait()
        return "250 OK"


def test_whatever_ends_us_while_it_is_handed_over_it_is_not_sent_twice(later: Path):
    sender: list[subprocess.Popen[bytes]] = []
    inbox = Killing(sender)
    with mail_server(inbox) as server:
        command = [sys.executable, "-m", "ringvirkning", "letter", "--plain", "--lang=en"]
        command += [f"--var={later}", f"--smtp={server}", f"--sender={SENDER}", f"--to={READER}"]
        with subprocess.Popen(command, cwd=ROOT, env=os.environ) as started:
            sender.append(started)
        letter = newest(later)
        assert letter.delivery == "handing_over" and len(inbox.got) == 1
        posted(server, var=later)
    assert len(inbox.got) == 1


def test_a_letter_of_what_was_withdrawn_is_not_sent(later: Path):
    inbox = Inbox()
    waiting = posted(f"127.0.0.1:{free_port()}", var=later, expected=1)
    run("withdraw", waiting.version, var=later, why="Feil")
    with mail_server(inbox) as server:
        posted(server, "--anyway", var=later)
    ((_, content),) = inbox.got
    assert waiting.name not in str(message_from_bytes(content)["Message-ID"])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate of this machine, in one file."""
    file = tmp_path_factory.mktemp("certificate") / "both.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject]
    subprocess.run([*command, "-keyout", file, "-out", f"{file}.cert"], check=True)
    file.write_bytes(file.read_bytes() + Path(f"{file}.cert").read_bytes())
    return file


def authenticate(server, session, envelope, mechanism, data) -> AuthResult:
    is_known = isinstance(data, LoginPassword) and data.password == b"hemmelig"
    return AuthResult(success=is_known, handled=False)


def test_who_signs_in_does_so_encrypted_and_with_who_it_should_be(
    certificate: Path,
    later: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    password, inbox = tmp_path / "password", Inbox()
    safe = {"require_starttls": True, "authenticator": authenticate, "auth_required": True}
    with mail_server(inbox, tls_context=context, **safe) as server:
        server = server.replace("127.0.0.1", "localhost")
        given = {"smtp": server, "sender": SENDER, "to": READER, "user": "ringvirkning"}
        given |= {"password-file": str(password)}

        def said_of(secret: str, expected: int = 1) -> str:
            password.write_text(secret + "\n", encoding="utf-8")
            run("letter", var=later, expected=expected, patience=5, **given)
            out, err = capsys.readouterr()
            assert secret not in out + err
            return err

        place = str(newest(later).message(later).with_name("2026-11-23-all-public-en-2.eml"))
        about = {"server": server, "place": place}
        assert W("letter.not_trusted", **about) in said_of("hemmelig")
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.cert")
        assert W("letter.not_let_in", **about) in said_of("galt-passord")
        run("letter", "--plain", var=later, expected=1, **given)
        assert W("letter.plain_password") in capsys.readouterr().err
        assert inbox.got == []
        assert said_of("hemmelig", 0) == ""
    assert len(inbox.got) == 1


def test_who_can_do_no_encryption_is_given_nothing(later: Path, capsys: pytest.CaptureFixture[str]):
    inbox = Inbox()
    with mail_server(inbox) as server:
        run("letter", var=later, expected=1, smtp=server, sender=SENDER, to=READER)
        place = str(newest(later).message(later))
        assert W("letter.not_supported", server=server, place=place) in capsys.readouterr().err
    assert inbox.got == []


def test_settings_of_the_server_are_heeded_and_need_sense(
    later: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for option, key in ((["--smtp=:25"], "no_server"), (["--smtp=localhost:x"], "no_server")):
        assert main(["letter", f"--var={later}", "--lang=en", *option]) == 1
        found = option[0].removeprefix("--smtp=")
        assert W(f"letter.{key}", found=found) in capsys.readouterr().err
    run("letter", "--smtp=localhost", var=later, expected=1)
    assert W("letter.no_addresses") in capsys.readouterr().err
    inbox = Inbox()
    with mail_server(inbox) as server:
        given = {"SMTP": server, "SMTP_PLAIN": "1", "LETTER_FROM": SENDER}
        given |= {"LETTER_TO": f"{READER} {OTHER}", "ADDRESS": "https://dash.example.no/"}
        for name, value in given.items():
            monkeypatch.setenv(f"RINGVIRKNING_{name}", value)
        run("letter", association=IG, var=later)
    ((recipients, content),) = inbox.got
    assert recipients == [READER, OTHER]
    got = message_from_bytes(content, policy=SMTP)
    link = "https://dash.example.no/?association=Innovasjon+Gardermoen&lang=en"
    assert f"\n{link}\n" in plain(got)
    assert f'href="{link.replace("&", "&amp;")}"' in part(got, "html")
