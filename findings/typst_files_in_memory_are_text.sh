#!/usr/bin/env bash
# Version:   typst 0.15.2 (the Python package), from PyPI
# Question:  `typst.compile({"main.typ": …, "a.png": …})` takes files as bytes. Can one of them be a PNG?
# Guess:     Yes, they are bytes and not str.
# Behaviour: No: "file is not valid UTF-8", which names no file. An SVG is taken, being text. The same PNG is taken from a
#            folder, and as bytes written out in the source.
# Seen:      png in memory: file is not valid UTF-8; svg in memory, png in a folder, png written out: a PDF
# Matters:   to whoever makes papers with logos or photos and wants to leave nothing on the disk.
set -euo pipefail
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check typst==0.15.2
cat > "$folder/look.py" <<'PY'
import struct
import sys
import zlib
from pathlib import Path

import typst


def chunk(kind, content):
    checked = kind + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        chunk(b"IDAT", zlib.compress(b"\0\0")),
        chunk(b"IEND", b""),
    )
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
WRITTEN_OUT = f"#image(bytes(({', '.join(map(str, PNG))})))".encode()


def tried(what):
    try:
        return typst.compile(what)[:4].decode()
    except RuntimeError as error:
        return str(error)


folder = Path(sys.argv[1], "papers")
folder.mkdir()
(folder / "a.png").write_bytes(PNG)
(folder / "main.typ").write_text('#image("a.png")')
seen = {
    "png in memory": tried({"main.typ": b'#image("a.png")', "a.png": PNG}),
    "svg in memory": tried({"main.typ": b'#image("a.svg")', "a.svg": SVG}),
    "png in a folder": tried(str(folder / "main.typ")),
    "png written out": tried({"main.typ": WRITTEN_OUT}),
}
print(seen)
assert list(seen.values()) == ["file is not valid UTF-8", "%PDF", "%PDF", "%PDF"]
PY
"$folder/venv/bin/python" "$folder/look.py" "$folder"
