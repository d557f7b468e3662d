"""manage.py read, as a process: without a site, at a terminal, interrupted."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import scan

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "Total 12.50\n"
pytestmark = pytest.mark.processes


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    file = tmp_path / "receipt.tif"
    file.write_bytes(scan(1))
    return file


def command(*arguments: object, engine: str = "fine") -> list[str]:
    words = [str(argument) for argument in arguments]
    return [sys.executable, str(ROOT / "manage.py"), "read", "--engine", engine, *words]


def environment(data: Path) -> dict[str, str]:
    """Nothing of the site's: no secret, and a data folder that is not there."""
    return {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(data),
        "PYTHONPATH": str(ROOT),
        "EXTRA_ENGINES": "fine=tests.fakes.Fine,slow=tests.fakes.Slow",
        "FAKE_SECONDS": "60",
    }


def test_it_needs_no_site(tmp_path: Path, receipt: Path) -> None:
    data = tmp_path / "none"
    answer = subprocess.run(
        command(receipt),
        env=environment(data),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, TEXT, "")
    assert not data.exists()


def test_a_terminal_sees_progress_and_page_breaks(tmp_path: Path) -> None:
    file = tmp_path / "two.tif"
    file.write_bytes(scan(2))
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            command(file),
            env=environment(tmp_path / "none"),
            stdout=theirs,
            stderr=theirs,
            check=True,
        )
        seen = os.read(ours, 10_000).decode().replace("\r\n", "\n")
    finally:
        os.close(ours)
        os.close(theirs)
    assert f"\r\x1b[K1/1 {file}, page 2 of 2" in seen
    assert seen.endswith("\r\x1b[KTotal 12.50\n---\nTotal 12.50\n\r\x1b[K")


def listen_to_ctrl_c() -> None:
    """A shell makes what it starts in the background deaf to it, and its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_it_in_a_word(tmp_path: Path, receipt: Path) -> None:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        command(receipt, engine="slow"),
        env=environment(tmp_path / "none"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        preexec_fn=listen_to_ctrl_c,
    )
    try:
        seen = ""
        while "page 1 of 1" not in seen:
            seen += os.read(ours, 1000).decode()
        child.send_signal(signal.SIGINT)
        out, _err = child.communicate()
        seen += os.read(ours, 1000).decode()
    finally:
        child.kill()
        os.close(ours)
        os.close(theirs)
    assert (child.returncode, out) == (130, b"")
    assert "Stopped." in seen
    assert "Traceback" not in seen


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.tif").write_bytes(scan(1))
    child = subprocess.Popen(
        command(tmp_path),
        env=environment(tmp_path / "none"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    child.stdout.close()
    error = child.stderr.read()
    child.stderr.close()
    assert (child.wait(), error) == (0, b"")
