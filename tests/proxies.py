"""Proxies in front of a server: nginx with the block of docs/serving.md, or as bare as it can be,
and one of ours that rewrites who was asked for and from where."""

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ringvirkning import ROOT
from tests.server import free_port

# Debian keeps it where only root looks.
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
BARE = """
server {
    listen 127.0.0.1:443;
    location / {
        proxy_pass http://127.0.0.1:8501;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection upgrade;
    }
}
"""
AROUND = """
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 4000; }}
http {{
    access_log off;
    {temporary}
    {block}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def documented_block() -> str:
    """The block that docs/serving.md gives."""
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    (found,) = [b for b in re.findall(r"```nginx\n(.*?)```", page, re.S) if "proxy_pass" in b]
    return found


def before_several(ports: Sequence[int]) -> str:
    """The same in front of several processes, as docs/serving.md has it, for two."""
    page = (ROOT / "docs" / "serving.md").read_text(encoding="utf-8")
    (upstream,) = re.findall(r"```nginx\n(upstream .*?)```", page, re.S)
    for documented, port in zip((8501, 8502), ports, strict=True):
        upstream = upstream.replace(f"127.0.0.1:{documented};", f"127.0.0.1:{port};")
    assert "`http://ringvirkning` in place of `http://127.0.0.1:8501`" in page
    return upstream + documented_block().replace("http://127.0.0.1:8501", "http://ringvirkning")


@contextmanager
def nginx(block: str, behind: int = 8501, port: int | None = None) -> Iterator[int]:
    """nginx with this block, but for the ports and the certificate; the port that it listens on."""
    port = port or free_port()
    with TemporaryDirectory(prefix="ringvirkning-nginx-") as name:
        folder = Path(name)
        certificate(folder / "site.pem", folder / "site.key")
        for pattern, put in (
            (r"listen (127\.0\.0\.1:)?443", f"listen 127.0.0.1:{port}"),
            (r"127\.0\.0\.1:8501", f"127.0.0.1:{behind}"),
            (r"ssl_certificate \S+;", f"ssl_certificate {folder}/site.pem;"),
            (r"ssl_certificate_key \S+;", f"ssl_certificate_key {folder}/site.key;"),
        ):
            block = re.sub(pattern, put, block)
        temporary = "\n".join(f"{one}_temp_path {folder}/{one};" for one in TEMPORARY)
        settings = AROUND.format(folder=folder, temporary=temporary, block=block)
        (folder / "nginx.conf").write_text(settings, encoding="utf-8")
        command = [NGINX, "-p", name, "-c", f"{name}/nginx.conf", "-g", "daemon off;"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            try:
                wait_for(port, process, folder / "error.log")
                yield port
            finally:
                process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError(f"nginx did not start:\n{log.read_text() if log.exists() else ''}")


def certificate(file: Path, key_file: Path) -> None:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "dash.example.no")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, plain))


@contextmanager
def rewriting(behind: int) -> Iterator[int]:
    """A proxy that says of each request that it is for localhost, and from a page of it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):  # until it is closed
                while True:
                    asking, _ = listening.accept()
                    answering = socket.create_connection(("127.0.0.1", behind))
                    for pair in ((asking, answering, True), (answering, asking, False)):
                        threading.Thread(target=passed_on, args=pair, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def passed_on(source: socket.socket, target: socket.socket, is_asking: bool) -> None:
    """Pass on what comes, the first part of it as a request for localhost."""
    with suppress(OSError):
        while part := source.recv(2**16):
            if is_asking:
                part = re.sub(rb"(?i)\r\nhost: [^\r]*", b"\r\nHost: localhost:8501", part)
                part = re.sub(rb"(?i)(\r\norigin:) [^\r]*", rb"\1 http://localhost:8501", part)
                is_asking = False
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
