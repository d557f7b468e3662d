"""One large model in memory at a time: what loads another lets go of the last one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, TypeVar

T = TypeVar("T")

_lock = RLock()
_held: tuple[str, Hashable, Any] | None = None


def held(engine: str, key: Hashable, load: Callable[[], T]) -> T:
    """What *load* gives for *key*: kept until another engine or key is asked for.

    Whoever is let go may have a ``close`` to be called.
    """
    global _held
    with _lock:
        if _held is not None and _held[:2] == (engine, key):
            kept: T = _held[2]
            return kept
        let_go()
        loaded = load()
        _held = engine, key, loaded
        return loaded


def let_go() -> None:
    """Forget the model that is held, if there is one."""
    global _held
    with _lock:
        if _held is None:
            return
        close = getattr(_held[2], "close", None)
        _held = None
        if close is not None:
            close()
        gc.collect()


def who_is_held() -> str:
    """The engine whose model is in memory; empty where there is none."""
    return _held[0] if _held else ""
