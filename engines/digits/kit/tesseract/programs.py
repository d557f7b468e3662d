"""Tesseract's programs for training: whether they are here, and running them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

from engines.errors import EngineError, EngineUnavailable

PROGRAMS = ("tesseract", "unicharset_extractor", "combine_lang_model", "lstmtraining")
PACKAGE = "tesseract-ocr"
STOPPING = 10  # seconds a program has to end when it is told to


def check_programs() -> None:
    """
    Raises:
        EngineUnavailable: not all of PROGRAMS are installed.
    """
    missing = ", ".join(program for program in PROGRAMS if which(program) is None)
    if missing:
        raise EngineUnavailable(
            f"Tesseract cannot be trained, not installed: {missing}. "
            f"On Debian: apt-get install {PACKAGE}"
        )


def environment() -> dict[str, str]:
    # OpenMP's threads take five times as long where other processes need the cores.
    return {**os.environ, "OMP_THREAD_LIMIT": "1"}


def run(*command: str, folder: Path) -> None:
    """Run *command* in *folder*, silently.

    Raises:
        EngineError: it failed, in its own last words.
    """
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise failed(command[0], done.stderr.splitlines())


def lines_said(*command: str, folder: Path) -> Iterator[str]:
    """What *command* says, line by line; it is ended where the caller stops asking.

    Raises:
        EngineError: it failed, in its own last words.
    """
    last: list[str] = []
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                last = [*last[-4:], line]
                yield line
        finally:
            end(process)
    if process.returncode:
        raise failed(command[0], last)


def end(process: subprocess.Popen[str]) -> None:
    """End *process* where it still runs."""
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            process.kill()


def failed(program: str, said: list[str]) -> EngineError:
    words = " ".join(" ".join(said[-5:]).split())
    return EngineError(f"{program} failed: {words or 'it did not say why'}")
