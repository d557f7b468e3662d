"""OpenOCR's process as seen from here: started when first asked, ended with a close.

A page that crashes it, hangs it or makes it talk nonsense fails with a sentence; the
next one finds a new process.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
import weakref
from pathlib import Path
from threading import Lock

from engines.errors import EngineError, EngineUnavailable
from engines.openocr.channel import (
    OUT_OF_MEMORY,
    Ask,
    Found,
    Garbled,
    Hello,
    Message,
    Setup,
    Trouble,
    frame,
    receive,
)

ROOT = Path(__file__).resolve().parents[2]
CHILD = "engines.openocr.child"
CHUNK = 1 << 20
PATIENCE = 5  # seconds between the end of the pipes and that of the process


class LetGo(Exception):
    """The reader was closed while somebody was about to ask."""


class Reader:
    """One process with one set of models; may be asked from any thread, in turn.

    *seconds* is what one page may take, the start of the process included; *module* is
    what the process runs.
    """

    def __init__(self, setup: Setup, seconds: int, module: str = CHILD) -> None:
        self._setup = setup
        self._module = module
        self.seconds = seconds
        self._lock = Lock()
        self._process: Process | None = None
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The process, where one runs."""
        return self._process.pid if self._process else None

    def ask(self, ask: Ask, pixels: bytes) -> Found:
        """What OpenOCR finds on *pixels* (RGB, row by row).

        Raises:
            EngineError: it could not be read, or with these models nothing can.
            MemoryError: it takes more memory than there is.
            LetGo: this reader is closed.
        """
        with self._lock:
            if self._is_closed:
                raise LetGo
            try:
                answer = self._answer(ask, pixels)
            except BaseException:
                # Half an answer may be under way: nobody can talk to it any more.
                self._end()
                raise
        if isinstance(answer, Trouble):
            raise as_error(answer)
        return answer

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._end()

    def _answer(self, ask: Ask, pixels: bytes) -> Found | Trouble:
        deadline = time.monotonic() + self.seconds
        try:
            process = self._running(deadline)
            process.send(frame(ask, pixels), deadline)
            answer = process.receive(deadline)
        except (EOFError, BrokenPipeError) as error:
            if self._process and self._process.status == OUT_OF_MEMORY:
                raise MemoryError("OpenOCR's process") from error
            raise EngineError(
                "The engine crashed on this page. Try another engine."
            ) from error
        except TimeoutError as error:
            raise EngineError(
                f"The engine took longer than {self.seconds} seconds. "
                "Try a smaller picture or another engine."
            ) from error
        except Garbled as error:
            raise nonsense() from error
        if not isinstance(answer, Found | Trouble):
            raise nonsense()
        return answer

    def _running(self, deadline: float) -> Process:
        """The process, started if need be; a fork does not share its parent's."""
        process = self._process
        if process is None or not process.is_own or not process.is_alive:
            self._end()
            process = self._process = Process(self._module)
            if not isinstance(process.receive(deadline), Hello):
                raise Garbled("no Hello")
            process.send(frame(self._setup), deadline)
        return process

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
        self._process = None


class Process:
    """A running child and its two pipes, neither of which is waited on for ever."""

    def __init__(self, module: str) -> None:
        self._child = started(module)
        self.pid = self._child.pid
        assert self._child.stdin is not None  # noqa: S101 - it was asked for: for mypy
        assert self._child.stdout is not None  # noqa: S101 - as above
        self._to, self._from = self._child.stdin.fileno(), self._child.stdout.fileno()
        self._owner = os.getpid()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)
        self._finish = weakref.finalize(self, finish, self._child, self._owner)

    @property
    def is_own(self) -> bool:
        return self._owner == os.getpid()

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    @property
    def status(self) -> int:
        """How it ended, where its pipes are closed."""
        try:
            return self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return 0

    def end(self) -> None:
        self._finish()

    def send(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            wait(self._to, select.POLLOUT, deadline)
            view = view[os.write(self._to, view[:CHUNK]) :]

    def receive(self, deadline: float) -> Message:
        return receive(lambda size: self._read(size, deadline))[0]

    def _read(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            wait(self._from, select.POLLIN, deadline)
            part = os.read(self._from, min(CHUNK, size - len(data)))
            if not part:
                raise EOFError
            data += part
        return bytes(data)


def started(module: str) -> subprocess.Popen[bytes]:
    """The child: what it prints goes to our standard error, answers to a pipe."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    # Nothing of the folder that one happens to stand in may be imported: -P.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "HF_HUB_OFFLINE": "1"},
        bufsize=0,
    )


def finish(child: subprocess.Popen[bytes], owner: int) -> None:
    """End *child*; in a fork of its *owner*, let go of the pipes alone."""
    if os.getpid() == owner:
        child.kill()
        child.wait()
    else:
        child.returncode = 0  # it is not ours to wait for
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def wait(pipe: int, event: int, deadline: float) -> None:
    """Until *event* may happen on *pipe*, or its other end is gone.

    Raises:
        TimeoutError: the *deadline* came first.
    """
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise TimeoutError


def nonsense() -> EngineError:
    return EngineError("OpenOCR's process gave an answer that nobody can read.")


def as_error(trouble: Trouble) -> Exception:
    if trouble.cause == "memory":
        return MemoryError(trouble.said)
    if trouble.cause == "models":
        return EngineUnavailable(f"OpenOCR's models cannot be loaded: {trouble.said}")
    return EngineError(f"OpenOCR could not read this page: {trouble.said}")
