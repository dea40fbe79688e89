"""A folder that every test of a file may write to. What none of them touched stays the very same
file: what was asked of a database once is remembered for all of them."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def put_back(folder: Path) -> Iterator[Path]:
    """Let it be written to, and leave it as it was found."""
    with tempfile.TemporaryDirectory() as place:
        kept = Path(shutil.copytree(folder, Path(place) / "kept"))
        yield folder
        for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before it
            was = kept / path.relative_to(folder)
            if path.is_dir():
                if not was.is_dir():
                    path.rmdir()
            elif not was.is_file():
                path.unlink()
        for was in kept.rglob("*"):
            path = folder / was.relative_to(kept)
            if was.is_dir():
                path.mkdir(exist_ok=True)
            elif not path.is_file() or path.read_bytes() != was.read_bytes():
                shutil.copy2(was, path)
