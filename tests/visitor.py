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


def sent(port: int, first_line: str, headers: Headers, body: bytes = b"") -> socket.socket:
    """A connection on which just this was sent, in this order and with nothing added."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall("\r\n".join(lines).encode("latin-1") + body)
    return connection


def status(port: int, method: str, path: str, headers: Headers, body: bytes = b"") -> int:
    """The status of the answer to a request."""
    ends = [("Content-Length", str(len(body))), ("Connection", "close")]
    with sent(port, f"{method} {path} HTTP/1.1", [*headers, *ends], body) as connection:
        return int(connection.makefile("rb").readline().split()[1])


@contextmanager
def session(
    port: int, headers: Headers, protocol: str = "streamlit"
) -> Iterator[Callable[[], str]]:
    """A session begun with these headers: each call runs it and gives the first text it shows.

    If it was refused, the status of that.
    """
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

        def run() -> str:
            if code != "101":
                return code
            asked = BackMsg()
            asked.rerun_script.query_string = ""
            connection.sendall(frame(asked.SerializeToString()))
            return [*texts(answer), "nothing"][0]

        yield run


def shown(port: int, headers: Headers, protocol: str = "streamlit") -> str:
    """What a session shows in its first run, or the status of its refusal."""
    with session(port, headers, protocol) as run:
        return run()


def frame(payload: bytes) -> bytes:
    """A client's binary frame (RFC 6455, 5.2), masked with zeros."""
    assert len(payload) < 126
    return bytes([0x82, 0x80 | len(payload)]) + bytes(4) + payload


def texts(answer: BinaryIO) -> Iterator[str]:
    """The texts that are shown until the run ends."""
    while head := answer.read(2):
        length = head[1] & 0x7F
        if length >= 126:
            form = "!H" if length == 126 else "!Q"
            (length,) = struct.unpack(form, answer.read(struct.calcsize(form)))
        message = ForwardMsg()
        message.ParseFromString(answer.read(length))
        if message.WhichOneof("type") == "script_finished":
            return
        if message.delta.new_element.WhichOneof("type") == "text":
            yield message.delta.new_element.text.body
