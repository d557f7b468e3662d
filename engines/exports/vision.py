"""Pages as Google Vision answers them: for programs that were written for it.

As in Google's own answers, joining symbols and breaks gives ``fullTextAnnotation.text``
to the letter, and there are no empty lines: where a page has one, a block ends. Each
line is a paragraph, so that its outline is kept. Places are whole pixels of the upright
page, or of the frame that is asked for; a word's corners begin where the top left of
its text is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from engines.exports import Result, Wishes
from engines.geometry import IDENTITY, Affine, Frame
from engines.types import Box, Line, Page, Polygon
from engines.vision.pieces import WRITTEN, Block, Piece, blocks_of, letters_of

Json = dict[str, Any]


def render(result: Result, wishes: Wishes) -> bytes:
    """``{"responses": […]}`` with an AnnotateImageResponse for each page."""
    responses = [
        {**response_of([page]), "context": {"pageNumber": number}}
        for number, page in result.pages.items()
    ]
    return json.dumps({"responses": responses}, ensure_ascii=False).encode()


def response_of(pages: Sequence[Page], frames: Sequence[Frame] = ()) -> Json:
    """The AnnotateImageResponse of one picture, which may have several *pages*.

    Each is written in its own of *frames*; without any, upright.
    """
    frames = frames or [Frame(IDENTITY, page.width, page.height) for page in pages]
    cut = [blocks_of(page) for page in pages]
    words = [
        [word for block in blocks for _, line in block for word in line]
        for blocks in cut
    ]
    text = "".join(word.text + WRITTEN[word.after] for one in words for word in one)
    text = text.removesuffix("\n")
    written = [
        {**moved(_page(page, blocks), frame.move), **_sized(frame)}
        for page, blocks, frame in zip(pages, cut, frames, strict=True)
    ]
    full = {"fullTextAnnotation": {"pages": written, "text": text}}
    listed = [
        moved(_described(word.text, word.polygon), frame.move)
        for one, frame in zip(words, frames, strict=True)
        for word in one
    ]
    if not listed:
        return full
    return {"textAnnotations": [_whole(text, listed), *listed], **full}


def moved(node: Any, move: Affine) -> Any:
    """*node* with all corners in it moved, still in the order of its text."""
    if isinstance(node, list):
        return [moved(one, move) for one in node]
    if not isinstance(node, dict):
        return node
    if "vertices" in node:
        corners = (move((corner["x"], corner["y"])) for corner in node["vertices"])
        return {"vertices": [{"x": round(x), "y": round(y)} for x, y in corners]}
    return {name: moved(one, move) for name, one in node.items()}


def _whole(text: str, words: Sequence[Json]) -> Json:
    """The text with what is around all *words*, from the picture's own top left."""
    corners = [
        (corner["x"], corner["y"])
        for word in words
        for corner in word.get("boundingPoly", {}).get("vertices", ())
    ]
    return _described(text, Box.around(corners).polygon if corners else None)


def _described(text: str, polygon: Polygon | None) -> Json:
    return {"description": text, **_placed("boundingPoly", polygon)}


def _sized(frame: Frame) -> Json:
    return {"width": frame.width, "height": frame.height}


def _page(page: Page, blocks: Sequence[Block]) -> Json:
    return {
        "blocks": [_block(block) for block in blocks],
        **_rated(page.confidence),
    }


def _block(block: Block) -> Json:
    corners = [corner for line, _ in block for corner in line.polygon or ()]
    return {
        **_placed("boundingBox", Box.around(corners).polygon if corners else None),
        "paragraphs": [_paragraph(line, words) for line, words in block],
        "blockType": "TEXT",
    }


def _paragraph(line: Line, words: Sequence[Piece]) -> Json:
    return {
        **_placed("boundingBox", line.polygon),
        "words": [_word(word) for word in words],
        **_rated(line.confidence),
    }


def _word(word: Piece) -> Json:
    return {
        **_placed("boundingBox", word.polygon),
        "symbols": [_symbol(letter) for letter in letters_of(word)],
        **_rated(word.confidence),
    }


def _symbol(letter: Piece) -> Json:
    symbol = {**_placed("boundingBox", letter.polygon), "text": letter.text}
    if letter.after:
        symbol["property"] = {"detectedBreak": {"type": letter.after}}
    return {**symbol, **_rated(letter.confidence)}


def _placed(name: str, polygon: Polygon | None) -> Json:
    if polygon is None:
        return {}
    return {name: {"vertices": [{"x": round(x), "y": round(y)} for x, y in polygon]}}


def _rated(confidence: float | None) -> Json:
    return {} if confidence is None else {"confidence": confidence}
