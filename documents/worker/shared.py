"""Memory that a cluster's processes share: who belongs to it, and how things stand.

It is made before the cluster forks, and each of its places has but one writer.
"""

from __future__ import annotations

import os
from multiprocessing.sharedctypes import RawArray, RawValue

MOST = 64  # members, successors of dead ones included
GENERATIONS = 2  # the sentinel, then worker, pusher, monitor: not what engines fork

_members = RawArray("i", MOST)
_warm = RawValue("b", False)
_closing = RawValue("b", False)
_forked = _generation = 0  # not shared: each process has its own


def keep_count() -> None:
    """Have every process of the cluster that is forked from now on enter itself."""
    os.register_at_fork(before=_count, after_in_child=_enter)


def _count() -> None:
    global _forked
    _forked += 1


def _enter() -> None:
    global _generation
    _generation += 1
    if _generation <= GENERATIONS and _forked < MOST:
        _members[_forked] = os.getpid()


def members() -> list[int]:
    """The processes that ever belonged to the cluster, but for the main one."""
    return [pid for pid in _members if pid]


def set_warm() -> None:
    _warm.value = True


def is_warm() -> bool:
    return bool(_warm.value)


def set_closing() -> None:
    _closing.value = True


def is_closing() -> bool:
    """Whether the cluster is to stop: the worker begins no further page."""
    return bool(_closing.value)
