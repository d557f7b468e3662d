"""Objects of a JSON file that strangers wrote: each look inside is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import Any

from engines.errors import FileError

LARGEST = 1e6  # of any number that a place or a size may have


class Node:
    """An object and where it stands in the file.

    A field may be named in camelCase or snake_case. One that is absent or null has its
    type's empty value, as in Protocol Buffers: zero, "", an empty list or object.

    Raises, from each method:
        FileError: what is there is of another type.
    """

    __slots__ = ("fields", "place")

    def __init__(self, value: Any, place: str = "") -> None:
        self.place = place
        if value is not None and not isinstance(value, Mapping):
            raise misplaced(place)
        self.fields: Mapping[str, Any] = value or {}

    def get(self, name: str) -> Any:
        value = self.fields.get(name)
        return self.fields.get(snake_case(name)) if value is None else value

    def child(self, name: str) -> Node:
        return Node(self.get(name), self.place_of(name))

    def children(self, name: str) -> list[Node]:
        values, place = self.get(name), self.place_of(name)
        if values is None:
            return []
        if not isinstance(values, list):
            raise misplaced(place)
        return [Node(value, f"{place}[{at}]") for at, value in enumerate(values)]

    def text(self, name: str) -> str:
        value = self.get(name)
        if value is None:
            return ""
        if not isinstance(value, str) or "\0" in value:
            raise misplaced(self.place_of(name))
        return value

    def number(self, name: str) -> float:
        """A number within ± ``LARGEST``; Protocol Buffers allow it in quotes, too."""
        value = self.get(name)
        if value is None:
            return 0.0
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            raise misplaced(self.place_of(name)) from None
        if isinstance(value, bool) or not isfinite(number) or abs(number) > LARGEST:
            raise misplaced(self.place_of(name))
        return number

    def place_of(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def misplaced(place: str) -> FileError:
    where = f": look at “{place}”" if place else ""
    return FileError(f"This is no answer of Google Vision, or a damaged one{where}.")


@cache
def snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name)
