"""A letter is handed to a mail server (RFC 5321), within a time: once, or it is known why not."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

# All servers take letters of seven bits, and the library asks none whether it takes eight.
POLICY = SMTP.clone(cte_type="7bit")
# A mail programme opens a message with it as a draft; it is taken away when we send.
DRAFT = "X-Unsent"
END = b"\r\n.\r\n"  # of a message: from here on the server has all of it


@dataclass(frozen=True)
class Post:
    """The mail server, and from whom and to whom letters go. `user` is "" where nobody signs
    in. `patience` is in seconds, for all of it."""

    host: str
    port: int
    is_encrypted: bool
    sender: str
    recipients: Sequence[str]
    user: str
    password: str
    patience: float


class NotSent(Exception):
    """Why not: the name of a text, and what it speaks of."""


class Unanswered(NotSent):
    """The server has all of it and didn't say that it took it: nobody knows."""


class Line(smtplib.SMTP):
    """A connection that knows whether all was handed over, and is cut when its time is over: a
    server that says a sign now and then would else never be late. Raises NotSent."""

    has_all, is_late = False, False

    def __init__(self, post: Post) -> None:
        self.place = f"{post.host}:{post.port}"
        self.timer = threading.Timer(post.patience, self.cut)
        self.timer.daemon = True
        self.timer.start()
        with self.explained():
            # Its own limit is for connecting, which can't be cut.
            super().__init__(post.host, post.port, timeout=2 * post.patience)

    def send(self, s: Any) -> None:
        if self.is_late:
            raise TimeoutError
        super().send(s)
        self.has_all |= isinstance(s, bytes) and s.endswith(END)

    def close(self) -> None:
        self.timer.cancel()
        super().close()

    def cut(self) -> None:
        self.is_late = True
        if self.sock:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """What the library raises, as what to say; the line is closed. Raises NotSent."""
        try:
            yield
        except OSError as error:  # the library's own are of it, too
            self.close()
            raise self.reason(error) from error

    def reason(self, error: OSError) -> NotSent:
        answer = error if isinstance(error, smtplib.SMTPResponseException) else None
        is_refusal = answer is not None and answer.smtp_code >= 400
        if self.has_all and (self.is_late or not is_refusal):
            return Unanswered("unanswered", self.place)
        if self.is_late:
            return NotSent("late", self.place)
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return NotSent("not_let_in", self.place)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return NotSent("not_supported", self.place)
        if isinstance(error, ssl.SSLCertVerificationError):
            return NotSent("not_trusted", self.place)
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            first = next(iter(error.recipients.values()))
            return NotSent("refused", self.place, server_answer(*first))
        if answer:
            said = server_answer(answer.smtp_code, answer.smtp_error)
            return NotSent("refused", self.place, said)
        return NotSent("unreachable", self.place)


def post_letter(
    content: EmailMessage, name: str, post: Post, handing_over: Callable[[], object]
) -> list[str]:
    """Send a letter of this name, of which there is one; those whom the server refused, though it
    took it for others. `handing_over` is called before the server is given it. Raises NotSent."""
    message = addressed(content, name, post)
    line = Line(post)
    with line.explained():
        if post.is_encrypted:
            line.starttls(context=ssl.create_default_context())
        if post.user:
            line.login(post.user, post.password)
        handing_over()
        refused = line.send_message(message)
    with suppress(OSError):  # it has it, whatever it says at the end
        line.quit()
    line.close()
    return [*refused]


def addressed(content: EmailMessage, name: str, post: Post) -> EmailMessage:
    """The message with whom it is from and goes to. Raises NotSent where an address is none."""
    del content[DRAFT]
    try:
        content["From"] = post.sender
        content["To"] = ", ".join(post.recipients)
        addresses = [*content["From"].addresses, *content["To"].addresses]
    except ValueError as error:
        raise NotSent("bad_address") from error
    if not all(one.username and one.domain for one in addresses) or len(addresses) < 2:
        raise NotSent("bad_address")
    # The same each time, so that who gets it twice by whatever way can tell; and no answer is
    # wanted of who is away (RFC 3834).
    content["Message-ID"] = f"<{name}@{content['From'].addresses[0].domain}>"
    content["Auto-Submitted"] = "auto-generated"
    return content


def server_answer(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {text}"[:200]
