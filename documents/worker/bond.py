"""Bonds between processes: none outlives the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h
SUPERVISOR = "SUPERVISOR_PID"  # in the environment of what it starts
_forking = 0


def die_with_parent(how: signal.Signals, parent: int | None = None) -> None:
    """Have the kernel send *how* to this process when its parent dies.

    When that has happened already, which shows where the *parent* is told, it ends now.
    The bond is to the thread that forked: only main threads may start processes.
    Elsewhere than on Linux there is no such bond, and the supervisor's own end has to
    be an orderly one.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
    if parent is not None and os.getppid() != parent:
        os._exit(1)


def die_with_supervisor() -> None:
    """Stop in good order when the supervisor dies that started this process, if any."""
    supervisor = os.environ.get(SUPERVISOR)
    die_with_parent(signal.SIGTERM, int(supervisor) if supervisor else None)


def bind_children() -> None:
    """Kill all that is forked from now on, and what that forks, with its parent."""
    os.register_at_fork(
        before=_remember,
        after_in_child=lambda: die_with_parent(signal.SIGKILL, _forking),
    )


def _remember() -> None:
    global _forking
    _forking = os.getpid()


def kill_group() -> None:
    """End this process and all it has started, if it leads a group of its own."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
