"""One key for several installations: given, taken, and the same roundings by it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

import queries
from ringvirkning import ROOT
from ringvirkning.store import audit, keys, storage, versions
from ringvirkning.texts import words
from tests.command import run

DATA = ROOT / "data"
W = words("en")


def rounded(var: Path) -> list[tuple[str, int, int]]:
    version = versions.current(var)
    assert version
    with queries.opened(version.exact(var)) as connection:
        return connection.execute("select cell, count, rounded from cells order by all").fetchall()


@pytest.mark.slow
def test_two_installations_with_one_key_round_alike(twice: Path, var: Path, tmp_path: Path):
    file, other, another = tmp_path / "key", tmp_path / "other", tmp_path / "another"
    run("key", file, var=var)
    assert file.stat().st_mode & 0o777 == 0o600
    run("key", file, "--take", var=other)
    for place in (other, another):
        run("publish", twice.parent / "data", var=place)
    assert rounded(other) == rounded(var)
    assert rounded(another) != rounded(var)


@pytest.mark.slow
def test_the_key_from_before_is_kept_and_what_was_published_with_it_is_said(
    var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    before, shown, file = keys.secret(var), rounded(var), tmp_path / "key"
    run("key", file, var=tmp_path / "other")
    capsys.readouterr()
    run("key", file, "--take", var=var)
    (former,) = var.glob(keys.FORMER)
    assert former.read_bytes() == before != keys.secret(var) == file.read_bytes()
    assert former.stat().st_mode & 0o077 == (var / keys.NAME).stat().st_mode & 0o077 == 0
    said = [W("key.taken"), W("key.other_before", n=2), W("key.former", path=former)]
    assert capsys.readouterr().out.splitlines() == said
    assert rounded(var) == shown
    # Once more: there is nothing to say, and nothing else to keep.
    run("key", file, "--take", var=var)
    assert capsys.readouterr().out.splitlines() == [W("key.taken")]
    assert [*var.glob(keys.FORMER)] == [former]
    run("backup", tmp_path / "backup", var=var)
    assert (tmp_path / "backup" / former.name).read_bytes() == before


@pytest.mark.slow
def test_what_is_no_key_is_not_taken(var: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    before, file = keys.secret(var), tmp_path / "key"
    for content in (b"", b"x" * 32, bytes(range(33))):
        file.write_bytes(content)
        run("key", file, "--take", var=var, expected=1)
        assert W("key.not_a_key", path=file) in capsys.readouterr().err
    run("key", file, var=var, expected=1)
    assert W("version.exists", path=file) in capsys.readouterr().err
    assert file.read_bytes() == content
    assert keys.secret(var) == before and not [*var.glob(keys.FORMER)]


def test_a_key_that_a_full_disk_cut_short_is_no_key(tmp_path: Path):
    """Anybody could guess an empty one."""
    (tmp_path / keys.NAME).write_bytes(b"")
    assert keys.known_secret(tmp_path) == bytes(keys.LENGTH)
    made = keys.secret(tmp_path)
    assert len(made) == keys.LENGTH and keys.secret(tmp_path) == made


def test_of_several_who_make_a_secret_all_have_the_same(tmp_path: Path):
    for number in range(30):
        file, together = tmp_path / str(number), Barrier(3)

        def make(fresh: bytes, file: Path = file, together: Barrier = together) -> bytes:
            together.wait()
            return storage.made_once(file, fresh)

        with ThreadPoolExecutor(3) as pool:
            made = {*pool.map(make, (b"x" * 32, b"y" * 32, b"z" * 32))}
        assert made == {file.read_bytes()}


def test_a_secret_that_a_full_disk_cut_short_is_made_again(tmp_path: Path):
    """With nothing in it nobody would need it, and with less it could be guessed."""
    whole = storage.made_once(tmp_path / "secret", b"x" * 32)
    assert storage.made_once(tmp_path / "secret", b"y" * 32) == whole == b"x" * 32
    (tmp_path / "audit").mkdir()
    for place in (tmp_path / "secret", tmp_path / audit.FOLDER / audit.KEY):
        place.write_bytes(b"")
    assert len(keys.secret(tmp_path)) == len(audit.account_key(tmp_path)) == keys.LENGTH
    assert audit.account_code(tmp_path, "https://issuer.example", "1") == audit.account_code(
        tmp_path, "https://issuer.example", "1"
    )
