"""RapidOCR as it comes, with its defaults: the yardstick that ``bench`` measures by."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from engines.layout import arranged
from engines.types import Line, Page, Point, Polygon

NAME = "rapidocr-plain"


def read_plainly(path: Path, threads: int) -> Page:
    """The page at *path*, its lines in rows."""
    import numpy as np
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    blue_first = np.ascontiguousarray(np.asarray(upright)[:, :, ::-1])
    found = _engine(threads)(blue_first)
    boxes = [] if found.boxes is None else found.boxes.tolist()
    lines = tuple(
        Line(text, _polygon(box), confidence=min(1.0, float(score)))
        for box, text, score in zip(
            boxes, found.txts or (), found.scores or (), strict=True
        )
    )
    return arranged(Page(upright.width, upright.height, lines, engine=NAME))


@lru_cache(maxsize=1)
def _engine(threads: int) -> Any:
    from rapidocr import RapidOCR

    settings = "EngineConfig.onnxruntime."
    return RapidOCR(
        params={
            "Global.log_level": "error",
            settings + "intra_op_num_threads": threads,
            settings + "inter_op_num_threads": 1,
        }
    )


def _polygon(box: list[Point]) -> Polygon:
    a, b, c, d = ((x, y) for x, y in box)
    return a, b, c, d
