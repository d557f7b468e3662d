"""Numbers read by splitter and classifier, as it was before the line reader."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from engines.digits.crops import HEIGHT, Floats
from engines.digits.kit.cnn.glyphs import CLASSES
from engines.digits.kit.cnn.net import CHANNELS
from engines.digits.kit.splitting import Split, split
from engines.errors import OcrError


@dataclass(frozen=True, slots=True)
class Number:
    """Digits from left to right, how sure of each, and how the number was cut."""

    text: str
    confidences: tuple[float, ...]
    split: Split


class SplitReader:
    """The exported classifier in memory, behind the splitter.

    Raises:
        OcrError: there is no exported model at *path*.
    """

    def __init__(self, path: Path) -> None:
        import onnxruntime

        if not path.is_file():
            raise OcrError(f"There is no model at “{path}”: train one first.")
        wishes = onnxruntime.SessionOptions()
        wishes.intra_op_num_threads = wishes.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            str(path), wishes, providers=["CPUExecutionProvider"]
        )

    def read(self, image: Image.Image) -> Number:
        found = split(image)
        if not found.parts:
            return Number("", (), found)
        surely = self.probabilities(np.stack([part.pixels for part in found.parts]))
        text = "".join(CLASSES[i] for i in surely.argmax(axis=1))
        return Number(text, tuple(map(float, surely.max(axis=1))), found)

    def probabilities(self, crops: Floats) -> Floats:
        """(N, 32, 32) ink 0..1 to (N, classes)."""
        shape = (len(crops), CHANNELS, HEIGHT, HEIGHT)
        feed = {"crops": np.ascontiguousarray(np.broadcast_to(crops[:, None], shape))}
        logits = self._session.run(["logits"], feed)[0]
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), np.float32)
