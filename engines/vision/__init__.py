"""Answers of Google Vision, as its API and its client libraries write them, as pages.

Google's frame is the picture as its file stores it; ours is upright. Where a camera
noted a turn (EXIF), Google's words run up, down or upside down, and the order of their
corners tells: the page is turned until most of its letters stand upright.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engines.types import Page
from engines.vision.file import answers, load, numbers
from engines.vision.pages import pages_of


@dataclass(frozen=True, slots=True)
class VisionFile:
    """What a file holds: its pages by number, and a sentence for each that failed."""

    pages: Mapping[int, Page]
    errors: Mapping[int, str]


def read_vision(content: bytes) -> VisionFile:
    """The pages of a JSON file of Google Vision, with nothing of their text lost.

    It may hold one answer, ``{"responses": […]}``, a list of either, or what Google
    leaves in a bucket; with camelCase or snake_case names, enums as names or numbers.
    A page's text is the file's ``fullTextAnnotation.text``.

    Raises:
        OcrError: the file is not JSON, or holds no answer of Google Vision.
    """
    found = answers(load(content))
    pages: dict[int, Page] = {}
    errors: dict[int, str] = {}
    for first, answer in zip(numbers(found), found, strict=True):
        if sentence := answer.failure():
            errors[first] = sentence
        if not sentence or answer.has_text():
            pages.update(enumerate(pages_of(answer.node), first))
    return VisionFile(pages, errors)
