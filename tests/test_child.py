"""A process of its own within limits: whatever it does, there is an answer here, or Failed."""

import os
import sys
from pathlib import Path

import pytest

from ringvirkning import ROOT, child
from ringvirkning.child import Limits
from ringvirkning.finding import Finding

pytestmark = pytest.mark.slow  # processes of its own

SHIPPED = ROOT / "data"
AMPLE = Limits(memory=8 * 2**30, seconds=60)
TAKE_ORDER = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("child", {file!r})
sys.modules["child"] = module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.take_order()
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def asked(code: str, place: Path, patch: pytest.MonkeyPatch, limits: Limits = AMPLE) -> list[int]:
    """The answer of a child that takes its limits and runs this code."""
    program = TAKE_ORDER.format(file=child.__file__) + code
    (place / "ringvirkning").mkdir()
    (place / "ringvirkning" / "__init__.py").write_text("ROOT = None", encoding="utf-8")
    (place / "ringvirkning" / "__main__.py").write_text(program, encoding="utf-8")
    patch.setattr(child, "ROOT", place)
    patch.setattr(child, "early_child", child.Early())
    return child.reply(list[int], [], limits)


def test_answer_and_progress(tmp_path: Path):
    told: list[tuple[str, float]] = []
    arguments = ["publish", str(SHIPPED), "--var", str(tmp_path / "var")]
    found = child.reply(list[Finding], arguments, AMPLE, lambda *said: told.append(said))
    assert found == []
    assert [stage for stage, part in told if part == 1] == ["reading", "protecting", "compiling"]


def test_one_that_was_begun_early_is_told_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It works as any other: for whom it is asked, and where; and it is asked once."""
    monkeypatch.setattr(child, "early_child", child.Early())
    child.early_child.prepare(tmp_path)
    begun = child.early_child.waiting
    child.early_child.prepare(tmp_path)
    assert begun and child.early_child.waiting is begun
    monkeypatch.setenv("RINGVIRKNING_VAR", str(tmp_path / "var"))
    found = child.reply(list[Finding], ["publish", str(SHIPPED)], AMPLE, actor="kari")
    assert found == [] and begun.returncode is not None and child.early_child.waiting is None
    assert "kari" in "".join(file.read_text() for file in (tmp_path / "var" / "audit").iterdir())


def test_one_that_nobody_asks_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child, "early_child", child.Early())
    monkeypatch.setattr(child, "PATIENCE", 0.2)
    child.early_child.prepare(tmp_path)
    begun = child.early_child.waiting
    assert begun and child.early_child.giving_up
    child.early_child.giving_up.join()
    assert begun.returncode == 0 and child.early_child.take() is None


def test_one_that_goes_on_after_its_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It can be waited for, and ended."""
    go_on = "print('[1]', flush=True); sys.stdin.readline() or open('gone_on', 'w').close()"
    assert asked(go_on + "; import time; time.sleep(600)", tmp_path, monkeypatch) == [1], "ended"
    (tmp_path / "gone_on").unlink(missing_ok=True)
    program = TAKE_ORDER.format(file=child.__file__) + go_on
    (tmp_path / "ringvirkning" / "__main__.py").write_text(program, encoding="utf-8")
    task = child.ChildTask([], AMPLE)
    assert task.answer(list[int]) == [1]
    task.finish()
    assert (tmp_path / "gone_on").is_file() and task.child.returncode == 0
    assert not task.clock.is_alive() or task.clock.finished.is_set()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no limit counts addresses")
def test_threads_take_few_of_the_addresses_that_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Twenty that allocate would take 64 MB each, and a large version's look 3.5 GB of 3."""
    code = """
import re, threading
with_memory, ends = threading.Barrier(21), threading.Event()
def hold():
    held = bytearray(2**16)
    with_memory.wait()
    ends.wait()
def peak():
    return int(re.search(r"VmPeak:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = peak()
for _ in range(20):
    threading.Thread(target=hold).start()
with_memory.wait()
print([(peak() - before) // 1024])
ends.set()
"""
    (megabytes,) = asked(code, tmp_path, monkeypatch)
    assert megabytes < 20 * 30  # most of it their stacks


@unix
def test_pages_may_go_before_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    code = "import os; print([os.nice(0)])"
    first = os.nice(0)
    found = asked(code, tmp_path, monkeypatch, Limits(AMPLE.memory, AMPLE.seconds, nice=3))
    assert found == [first + 3]


@unix
def test_too_much_memory_ends_the_child_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    small = Limits(memory=500 * 2**20, seconds=60)
    with pytest.raises(child.Failed) as failed:
        asked("x = bytearray(2**30); print('[]')", tmp_path, monkeypatch, small)
    assert not failed.value.took_too_long
    assert "MemoryError" in failed.value.log


def test_too_much_time_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(child.Failed) as failed:
        asked("while True: pass", tmp_path, monkeypatch, Limits(memory=2**30, seconds=1))
    assert failed.value.took_too_long


CRASHES = {
    "signal": "import os; os.abort()",
    "no answer": "pass",
    "exit code": "sys.exit(3)",
    "no JSON": "print('what?')",
    "half an answer": "print('[{', end='', flush=True)",
    "another type": "print('[\"1\"]')",
    "another stage": 'print(\'{"stage": "reading", "part": null}\')',
    "error": "raise ValueError('the reason')",
}


@pytest.mark.parametrize("code", CRASHES.values(), ids=CRASHES.keys())
def test_a_crash_is_an_answer(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(child.Failed) as failed:
        asked(code, tmp_path, monkeypatch)
    assert not failed.value.took_too_long
    assert failed.value.log.endswith("no list[int]")


def test_endless_output_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(child, "LONGEST_LINE", 1000)
    with pytest.raises(child.Failed):
        asked("while True: print('x' * 1000, end='')", tmp_path, monkeypatch)


def test_a_noisy_error_output_does_not_stop_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    noisy = "sys.stderr.write('x' * 1_000_000); sys.stderr.flush(); print('[1]')"
    assert asked(noisy, tmp_path, monkeypatch) == [1]


@unix
def test_a_crash_leaves_no_picture_of_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    code = "import resource; print(list(resource.getrlimit(resource.RLIMIT_CORE)))"
    assert asked(code, tmp_path, monkeypatch) == [0, 0]
