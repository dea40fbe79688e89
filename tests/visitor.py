"""A visitor without a browser: requests to the letter, and what a session shows."""

import base64
import os
import socket
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

Headers = Sequence[tuple[str, str]]
TEXT, BINARY, CLOSE = 1, 2, 8  # RFC 6455, 5.2


def sent(port: int, first_line: str, headers: Headers, body: bytes = b"") -> socket.socket:
    """A connection on which just this was sent, in this order and with nothing added."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    connection = socket.create_connection(("127.0.0.1", port), timeout=120)
    connection.sendall("\r\n".join(lines).encode("latin-1") + body)
    return connection


def status(port: int, method: str, path: str, headers: Headers, body: bytes = b"") -> int:
    """The status of the answer to a request."""
    ends = [("Content-Length", str(len(body))), ("Connection", "close")]
    with sent(port, f"{method} {path} HTTP/1.1", [*headers, *ends], body) as connection:
        return int(connection.makefile("rb").readline().split()[1])


@contextmanager
def connected(
    port: int, headers: Headers, protocol: str = "streamlit"
) -> Iterator[tuple[str, socket.socket, BinaryIO]]:
    """A websocket begun with these headers: the status of its answer, and both its directions."""
    handshake = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", base64.b64encode(os.urandom(16)).decode()),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Protocol", protocol),
    ]
    with sent(port, "GET /_stcore/stream HTTP/1.1", [*headers, *handshake]) as connection:
        answer = connection.makefile("rb")
        code = answer.readline().split()[1].decode()
        while answer.readline().strip():
            pass
        yield code, connection, answer


@contextmanager
def session(
    port: int, headers: Headers, protocol: str = "streamlit"
) -> Iterator[Callable[[], str]]:
    """A session begun with these headers: each call runs it and gives the first text it shows.

    If it was refused, the status of that.
    """
    with connected(port, headers, protocol) as (code, connection, answer):

        def run() -> str:
            if code != "101":
                return code
            connection.sendall(frame(a_run()))
            return [*texts(answer), "nothing"][0]

        yield run


def a_run(**asked: str) -> bytes:
    """The message that asks for a page."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    for name, value in asked.items():
        setattr(message.rerun_script, name, value)
    return message.SerializeToString()


def shown(port: int, headers: Headers, protocol: str = "streamlit") -> str:
    """What a session shows in its first run, or the status of its refusal."""
    with session(port, headers, protocol) as run:
        return run()


def frame(payload: bytes, opcode: int = BINARY) -> bytes:
    """A client's frame (RFC 6455, 5.2), masked with zeros."""
    if len(payload) < 126:
        length = bytes([0x80 | len(payload)])
    else:
        length = b"\xff" + struct.pack("!Q", len(payload))
    return bytes([0x80 | opcode]) + length + bytes(4) + payload


def frames(answer: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The opcode and the content of each frame that comes, until the connection ends."""
    while head := answer.read(2):
        length = head[1] & 0x7F
        if length >= 126:
            form = "!H" if length == 126 else "!Q"
            (length,) = struct.unpack(form, answer.read(struct.calcsize(form)))
        yield head[0] & 0x0F, answer.read(length)


def messages(answer: BinaryIO) -> Iterator[ForwardMsg]:
    """What comes until a run ends."""
    for opcode, content in frames(answer):
        if opcode == BINARY:
            message = ForwardMsg.FromString(content)
            yield message
            if message.WhichOneof("type") == "script_finished":
                return


def closed(answer: BinaryIO) -> int:
    """The code that the server closes a connection with."""
    return next(
        int.from_bytes(content[:2]) for opcode, content in frames(answer) if opcode == CLOSE
    )


def texts(answer: BinaryIO) -> Iterator[str]:
    """The texts that are shown until the run ends."""
    for message in messages(answer):
        if message.delta.new_element.WhichOneof("type") == "text":
            yield message.delta.new_element.text.body
