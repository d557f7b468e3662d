"""A layout's page prepared for comparing, and its way into bytes and back."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engines.errors import TemplateError
from engines.registration.features import Features
from engines.registration.marks import find_marks
from engines.registration.sheet import sheet_of
from engines.registration.types import Reference
from engines.types import Box, Page, Word

Pixels = NDArray[np.uint8]

MAGIC = b"ROIREF"
VERSION = 1
HEAD = len(MAGIC) + 2 + 4  # name, version, checksum
MOST_WORDS = 2_000
PNG = b"\x89PNG"
ARRAYS = ("size", "grey", "places", "looks", "marks", "boxes", "texts")


@dataclass(frozen=True, eq=False)
class Prepared:
    """All that is compared. ``grey`` is ``scale`` times as large as the page; marks and
    features lie in its pixels, words in the page's."""

    width: int
    height: int
    picture: Pixels  # its grey copy as PNG: unpacked for the few that are registered
    features: Features
    marks: NDArray[np.int16]
    words: tuple[Word, ...]

    @cached_property
    def grey(self) -> Pixels:
        return np.asarray(cv2.imdecode(self.picture, cv2.IMREAD_GRAYSCALE), np.uint8)

    @property
    def scale(self) -> float:
        return float(self.grey.shape[1]) / self.width


def make_reference(image: Image.Image, page: Page) -> Reference:
    sheet = sheet_of(image)
    across, down = image.width / page.width, image.height / page.height
    words = tuple(
        Word(word.text, _stretched(word.box, across, down))
        for line in page.lines
        for word in line.words or _whole(line.text, line.box)
    )
    prepared = Prepared(
        image.width,
        image.height,
        np.asarray(cv2.imencode(".png", sheet.grey)[1], np.uint8).ravel(),
        sheet.features,
        find_marks(sheet.grey),
        words[:MOST_WORDS],
    )
    return Reference(image.width, image.height, packed(prepared))


def _whole(text: str, box: Box | None) -> tuple[Word, ...]:
    return (Word(text, box),) if box and text else ()


def _stretched(box: Box, across: float, down: float) -> Box:
    return Box(box.left * across, box.top * down, box.right * across, box.bottom * down)


@lru_cache(maxsize=64)  # fifty layouts are compared with every page of a batch
def prepared_of(reference: Reference) -> Prepared:
    return unpacked(reference.data)


def packed(prepared: Prepared) -> bytes:
    body = io.BytesIO()
    words = prepared.words
    boxes = [(w.box.left, w.box.top, w.box.right, w.box.bottom) for w in words]
    texts = "\n".join(" ".join(word.text.split()) for word in words)
    np.savez(
        body,
        size=np.array([prepared.width, prepared.height], np.int32),
        grey=prepared.picture,
        places=prepared.features.places,
        looks=prepared.features.looks,
        marks=prepared.marks,
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        texts=np.frombuffer(texts.encode(), np.uint8),
    )
    data = body.getvalue()
    check = zlib.crc32(data).to_bytes(4, "big")
    return MAGIC + VERSION.to_bytes(2, "big") + check + data


def unpacked(data: bytes) -> Prepared:
    """
    Raises:
        TemplateError: *data* is no reference, or of another version.
    """
    if data[: len(MAGIC)] != MAGIC or len(data) < HEAD:
        raise TemplateError("These bytes are no reference page of a layout.")
    if int.from_bytes(data[len(MAGIC) : HEAD - 4], "big") != VERSION:
        raise TemplateError(
            "This reference page was prepared by another version. Prepare it again."
        )
    body = data[HEAD:]
    if zlib.crc32(body) != int.from_bytes(data[HEAD - 4 : HEAD], "big"):
        raise TemplateError("This reference page is damaged. Prepare it again.")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            return _assembled({name: arrays[name] for name in ARRAYS})
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, cv2.error) as error:
        raise TemplateError("This reference page cannot be read.") from error


def _assembled(arrays: dict[str, NDArray[np.generic]]) -> Prepared:
    width, height = (int(side) for side in arrays["size"])
    picture = np.asarray(arrays["grey"], np.uint8)
    texts = arrays["texts"].tobytes().decode().split("\n")
    boxes = arrays["boxes"].reshape(-1, 4)
    is_png = picture[: len(PNG)].tobytes() == PNG
    if not is_png or min(width, height) < 1 or len(boxes) not in (len(texts), 0):
        raise ValueError("its parts do not fit each other")
    words = tuple(
        Word(text, Box(*(float(side) for side in box)))
        for text, box in zip(texts, boxes, strict=False)
    )
    features = Features(
        np.asarray(arrays["places"], np.float32).reshape(-1, 4),
        np.asarray(arrays["looks"], np.uint8).reshape(-1, 128),
    )
    marks = np.asarray(arrays["marks"], np.int16).reshape(-1, 4)
    return Prepared(width, height, picture, features, marks, words)
