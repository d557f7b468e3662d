"""Where files are kept when that is no disk, and what can go wrong there."""

from __future__ import annotations


class StorageTrouble(OSError):
    """The storage did not do what it was asked; the message says why."""


class StorageAway(StorageTrouble):
    """It cannot be reached now, or is overloaded: the same is worth another try."""


class StorageRefuses(StorageTrouble):
    """It is set up wrongly: only its operator can change that."""
