"""A place that does as it is told: it fails in every way that places can fail in.

Its files, and what it was told of them, lie in PLACE, for all connectors to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import pytest

from documents.sources import (
    KINDS,
    Found,
    ItemGone,
    Kind,
    Look,
    NeedsSomebody,
    Setup,
)
from documents.sources.kinds import text
from documents.sources.protocol import Waits, none_waits

FAKE = Kind(
    name="fake",
    label="Fake",
    about="Files of a test.",
    connector="tests.sources.fakes.FakeConnector",
    origin="mail",
    properties={
        "folder": text("Folder", minLength=1),
        "password": text("Password", minLength=1, writeOnly=True),
        "depth": {"type": "integer", "default": 3, "minimum": 1, "maximum": 9},
        "token": text("Token", writeOnly=True),
    },
    required=("folder", "password"),
)
SECRET = "open sesame"


@dataclass
class Place:
    """*files* by name; *troubles* are what happens at a name instead, as often as there
    are some: at a file, or at "test", "look", "settle <name>"."""

    files: dict[str, bytes] = field(default_factory=dict)
    troubles: dict[str, list[BaseException]] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    settled: dict[str, bool] = field(default_factory=dict)
    waited: dict[str, bool] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    again_in: float | None = None
    closed: int = 0

    def stumble(self, name: str) -> None:
        if left := self.troubles.get(name):
            raise left.pop(0)


PLACE = Place()


class FakeConnector:
    """Looks at two files at a time; its cursor is the name of the last one seen."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup

    def test(self) -> str:
        PLACE.stumble("test")
        self.insist_on_password()
        return f"There are {len(PLACE.files)} files in {self.setup.settings['folder']}."

    def look(self, cursor: Mapping[str, Any]) -> Iterator[Look]:
        PLACE.stumble("look")
        self.insist_on_password()
        names = [name for name in PLACE.files if name > cursor.get("after", "")]
        while len(names) > 2:
            yield Look(tuple(map(found, names[:2])), {"after": names[1]})
            PLACE.stumble(f"look after {names[1]}")
            names = names[2:]
        last = {"after": names[-1]} if names else dict(cursor)
        files = tuple(map(found, names))
        yield Look(files, last, PLACE.gone, PLACE.again_in, is_last=True)

    def fetch(self, found: Found, sink: BinaryIO) -> None:
        PLACE.fetched.append(found.name)
        PLACE.stumble(found.name)
        if checksum(PLACE.files.get(found.name, b"")) != found.checksum:
            raise ItemGone("The file is not there any more.")
        sink.write(PLACE.files[found.name])
        PLACE.stumble(f"fetched {found.name}")

    def settle(self, found: Found, *, taken: bool, waits: Waits = none_waits) -> None:
        PLACE.stumble(f"settle {found.name}")
        PLACE.settled[found.name] = taken
        PLACE.waited[found.name] = waits([found_key(name) for name in PLACE.files])
        PLACE.stumble(f"settled {found.name}")

    def close(self) -> None:
        PLACE.closed += 1

    def insist_on_password(self) -> None:
        if self.setup.secrets["password"] != SECRET:
            raise NeedsSomebody("The password is wrong. Enter it again.")


def found(name: str) -> Found:
    return Found(found_key(name), checksum(PLACE.files[name]), name, {"path": name})


def found_key(name: str) -> str:
    return f"key of {name}"


def checksum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def offer(monkeypatch: pytest.MonkeyPatch) -> Place:
    """Let there be this kind for a test, with an empty place."""
    monkeypatch.setitem(KINDS, FAKE.name, FAKE)
    vars(PLACE).update(vars(Place()))
    return PLACE
