"""Pages as Google Vision answers them: for programs that were written for it.

As in Google's own answers, joining symbols and breaks gives ``fullTextAnnotation.text``
to the letter, and there are no empty lines: where a page has one, a block ends. Each
line is a paragraph, so that its outline is kept. Places are whole pixels of the upright
page; a word's corners begin where the top left of its text is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from engines.exports import Result, Wishes
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


def response_of(pages: Sequence[Page]) -> Json:
    """The AnnotateImageResponse of one picture, which may have several *pages*."""
    cut = [blocks_of(page) for page in pages]
    words = [
        word for blocks in cut for block in blocks for _, line in block for word in line
    ]
    text = "".join(word.text + WRITTEN[word.after] for word in words).removesuffix("\n")
    written = [_page(page, blocks) for page, blocks in zip(pages, cut, strict=True)]
    full = {"fullTextAnnotation": {"pages": written, "text": text}}
    return {"textAnnotations": _listed(text, words), **full} if words else full


def _listed(text: str, words: Sequence[Piece]) -> list[Json]:
    """The whole text first, then its words."""
    corners = [corner for word in words for corner in word.polygon or ()]
    around = Box.around(corners).polygon if corners else None
    return [
        {"description": said, **_placed("boundingPoly", polygon)}
        for said, polygon in [(text, around), *((x.text, x.polygon) for x in words)]
    ]


def _page(page: Page, blocks: Sequence[Block]) -> Json:
    return {
        "width": page.width,
        "height": page.height,
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
