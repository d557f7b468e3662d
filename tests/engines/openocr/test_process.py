"""engines.openocr.process: what the process does to us, and what becomes of it."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from engines.errors import EngineError, EngineUnavailable
from engines.openocr.channel import Ask, Found
from engines.openocr.files import setup
from engines.openocr.process import LetGo, Reader
from tests.engines.openocr.talks_nonsense import SAID
from tests.engines.pictures import written

LINE = written(["Total 13.20"])
CRASHED = "The engine crashed on this page. Try another engine."


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader(setup("mobile", "", 1), 120)
    yield reader
    reader.close()


def asked(reader: Reader, picture: Image.Image = LINE) -> Found:
    # No dictionary for both: it takes its time to load.
    ask = Ask("recognition", *picture.size, 960, ("eng", "chi_sim"))
    return reader.ask(ask, picture.tobytes())


def words_of(found: Found) -> list[str]:
    return [word.text for line in found.lines for word in line.words]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)  # another process does it: nothing tells of it


def is_gone(pid: int) -> bool:
    """Whether the process has ended, reaped by its parent or not."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return said.rpartition(")")[2].split()[0] in "ZX"


def test_a_process_that_dies_in_the_middle_of_a_page(reader):
    first = asked(reader)
    assert words_of(first) == ["Total", "13.20"]
    crashed = reader.pid
    os.kill(crashed, signal.SIGSTOP)  # so that it is in the middle of it for sure
    # More than a pipe holds: we are in the middle of telling it.
    large = Image.new("RGB", (2000, 2000), "white")
    with ThreadPoolExecutor(1) as threads:
        page = threads.submit(asked, reader, large)
        until(reader._lock.locked)
        time.sleep(0.2)  # for the process to be in the middle of the page
        os.kill(crashed, signal.SIGKILL)
        with pytest.raises(EngineError, match=CRASHED):
            page.result()
    assert reader.pid is None
    assert asked(reader) == first
    assert reader.pid != crashed


def test_a_process_that_was_killed_between_two_pages(reader):
    first = asked(reader)
    killed = reader.pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: not reader._process.is_alive)
    assert asked(reader) == first
    assert reader.pid != killed


def test_a_process_that_hangs(reader):
    first = asked(reader)
    hung = reader.pid
    os.kill(hung, signal.SIGSTOP)
    reader.seconds = 1
    with pytest.raises(EngineError, match=r"took longer than 1 seconds\. Try"):
        asked(reader)
    assert is_gone(hung)
    reader.seconds = 120
    assert asked(reader) == first


@pytest.mark.parametrize("kind", SAID)
def test_a_process_that_talks_nonsense(kind, monkeypatch):
    monkeypatch.setenv("NONSENSE", kind)
    reader = Reader(setup("mobile", "", 1), 120, "tests.engines.openocr.talks_nonsense")
    said = "OpenOCR's process gave an answer that nobody can read."
    with pytest.raises(EngineError, match=said):
        asked(reader)
    assert reader.pid is None


def test_a_process_that_cannot_be_started():
    reader = Reader(setup("mobile", "", 1), 120, "engines.openocr.no_such_module")
    with pytest.raises(EngineError, match=CRASHED):
        asked(reader)


def test_a_file_that_is_no_model(tmp_path):
    broken = tmp_path / "openocr_rec_model.onnx"
    broken.write_bytes(b"no model")
    files = replace(setup("mobile", "", 1), recogniser=str(broken))
    reader = Reader(files, 120)
    said = r"^OpenOCR's models cannot be loaded: openocr_rec_model\.onnx: "
    with pytest.raises(EngineUnavailable, match=said):
        asked(reader)
    assert reader.pid is not None  # it said so itself, and is well
    reader.close()


def test_a_picture_that_takes_more_memory_than_there_is(reader):
    first = asked(reader)
    small, hard = 1 << 20, resource.prlimit(reader.pid, resource.RLIMIT_DATA)[1]
    resource.prlimit(reader.pid, resource.RLIMIT_DATA, (small, hard))
    with pytest.raises(MemoryError):
        asked(reader, Image.new("RGB", (6000, 6000), "white"))
    assert asked(reader) == first


def test_it_reads_within_what_a_worker_may_use():
    """A worker's limit holds for each process that it starts."""
    code = (
        "from resource import *; setrlimit(RLIMIT_DATA, (1 << 30, 1 << 30))\n"
        "from engines.openocr import OpenOCR; from engines import Options\n"
        "from tests.engines.pictures import written\n"
        "print(OpenOCR().read(written(['Total 13.20']), Options()).text)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "Total 13.20\n"


def test_its_end_is_the_processs_end(reader):
    asked(reader)
    pid = reader.pid
    reader.close()
    assert is_gone(pid)
    with pytest.raises(LetGo):
        asked(reader)
    assert reader.pid is None


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), 9)", "sys.exit(0)"])
def test_no_process_outlives_its_parent(end):
    code = (
        "import os, sys\n"
        "from tests.engines.openocr.test_process import LINE, Reader, asked, setup\n"
        "reader = Reader(setup('mobile', '', 1), 120); asked(reader)\n"
        f"print(reader.pid, flush=True); {end}"
    )
    parent = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    until(lambda: is_gone(int(parent.stdout)))
    assert "Traceback" not in parent.stderr
    assert "Warning" not in parent.stderr


def test_a_fork_has_a_process_of_its_own(reader):
    first = asked(reader)
    forked = os.fork()
    if not forked:
        own = asked(reader) == first and is_other(reader)
        reader.close()
        os._exit(0 if own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert asked(reader) == first


def is_other(reader: Reader) -> bool:
    stat = Path(f"/proc/{reader.pid}/stat").read_text(encoding="utf-8")
    return int(stat.rpartition(")")[2].split()[1]) == os.getpid()
