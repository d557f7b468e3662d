"""The shapes that a file of Google Vision may have, and the answers inside."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engines.errors import FileError
from engines.vision.nodes import Node, misplaced

# One of them at least is in an answer that stands outside of a list of responses.
TELLING = (
    *("fullTextAnnotation", "textAnnotations", "error", "context"),
    *("labelAnnotations", "faceAnnotations", "landmarkAnnotations"),
    *("logoAnnotations", "localizedObjectAnnotations", "safeSearchAnnotation"),
    *("imagePropertiesAnnotation", "cropHintsAnnotation", "webDetection"),
)
# Responses in responses: those of several files, and of each file's pages.
DEEPEST = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What Google said about one picture, or one page of a file."""

    node: Node

    def failure(self) -> str:
        """A sentence, if it could not be read."""
        error = self.node.child("error")
        said = " ".join(error.text("message").split())
        if not said and not error.number("code"):
            return ""
        return f"Google Vision failed: {said or 'it gave no reason'}"

    def has_text(self) -> bool:
        full, flat = (
            self.node.get(name) for name in ("fullTextAnnotation", "textAnnotations")
        )
        return bool(full or flat)

    def page_count(self) -> int:
        return max(1, len(self.node.child("fullTextAnnotation").children("pages")))


def load(content: bytes) -> Any:
    """The values of a JSON file.

    Raises:
        FileError: it is no JSON, or its text is no Unicode.
    """
    try:
        data = json.loads(content, parse_constant=_refuse)
        # Half a surrogate pair is valid JSON, but no text that can be written.
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise FileError("The file is no JSON, or damaged. Export it again.") from None
    return data


def answers(data: Any) -> list[Answer]:
    """All answers, in the file's order; there is at least one.

    Raises:
        FileError: *data* is nothing that Google Vision writes.
    """
    found = [Answer(node) for node in _responses(data)]
    if not found:
        raise FileError("The file of Google Vision holds no answer.")
    return found


def numbers(found: Sequence[Answer]) -> list[int]:
    """The number of each answer's first page: its own, if all have one; else counted.

    Files of several documents say one number more than once: then it is counted, too.
    """
    counts = [answer.page_count() for answer in found]
    own = [int(answer.node.child("context").number("pageNumber")) for answer in found]
    if min(own) > 0 and len(set(own)) == len(own) and max(counts) == 1:
        return own
    return [1 + sum(counts[:at]) for at in range(len(counts))]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _responses(data: Any) -> Iterator[Node]:
    if not isinstance(data, list):
        yield from _within(Node(data))
        return
    for at, one in enumerate(data):
        # Google's client for Node hands out a list whose tail is null.
        if one is not None:
            yield from _within(Node(one, f"[{at}]"))


def _within(node: Node) -> Iterator[Node]:
    if node.get("responses") is not None:
        yield from _listed(node, DEEPEST)
    elif any(node.get(name) is not None for name in TELLING):
        yield node
    else:
        raise misplaced(node.place)


def _listed(node: Node, depth: int) -> Iterator[Node]:
    for one in node.children("responses"):
        if depth > 1 and one.get("responses") is not None:
            yield from _listed(one, depth - 1)
        else:
            yield one
