"""What every source promises, and what goes to and fro."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol


class SourceError(Exception):
    """The place cannot be looked at, or a file not be fetched, for now: it is tried
    again. The message is a sentence for whoever owns the source."""


class NeedsSomebody(SourceError):
    """No further try helps before somebody acts: the password is wrong, the access was
    revoked, the folder is gone. The source waits until it is changed or resumed."""


class AccessLost(NeedsSomebody):
    """The account is refused: nothing that reads with it goes on."""


class ItemGone(SourceError):
    """The file is not there any more, or is another one by now: it is left alone."""


class ItemRefused(SourceError):
    """This file can never be taken, such as one that is too large for its exporter."""


@dataclass(frozen=True, slots=True)
class Setup:
    """A source's settings and opened secrets, as its kind's schema has them."""

    settings: Mapping[str, Any]
    secrets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A file at its place.

    ``key`` is the same as long as it is the same file there (at most 500 characters),
    ``checksum`` as long as its content is (at most 128); ``place`` is JSON, what
    ``fetch`` and ``settle`` need to find it again.
    """

    key: str
    checksum: str
    name: str
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """A part of what is there, and the cursor that holds once these rows are kept.

    ``gone`` are keys of files that have gone; in ``again_in`` seconds something that is
    not ready yet (a file still being written) may be. After one that ``is_last`` the
    visit has looked, even where its step ends with this look: a place that is listed
    anew each time begins again with the cursor that it holds.
    """

    found: tuple[Found, ...]
    cursor: Mapping[str, Any]
    gone: tuple[str, ...] = ()
    again_in: float | None = None
    is_last: bool = False


# Whether any of the source's files with these keys still waits to be taken.
Waits = Callable[[Collection[str]], bool]


def none_waits(keys: Collection[str]) -> bool:
    return False


class Connector(Protocol):
    """One place, looked at by one worker for a moment; made anew for each step.

    Made with a ``Setup`` alone; making one connects to nothing. Every method may raise
    SourceError or NeedsSomebody.
    """

    def test(self) -> str:
        """Connect, look, change nothing; a sentence that says what is there."""

    def look(self, cursor: Mapping[str, Any]) -> Iterator[Look]:
        """What there is since *cursor* ({}: everything), some hundred files at a time.

        May tell of files that were told of before. A crash between two looks begins
        again at the cursor of the last one that was kept.
        """

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        """Write the file to *sink*, an empty file on disk.

        Raises:
            ItemGone, ItemRefused, TooLarge (engines)
        """

    def settle(self, found: Found, *, taken: bool, waits: Waits = none_waits) -> None:
        """Let the place show that the file was taken, or given up: move it, mark it.

        May be called again after a crash, when all of it, or nothing, was done.
        *waits* is for places where several files are marked as one: a mail is left as
        it is while others of its attachments wait, and marked with the last of them.
        """

    def close(self) -> None:
        """Let go of connections; never raises."""
