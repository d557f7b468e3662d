"""The line reader's network at run time: ONNX Runtime, one thread, loaded once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.digits.crops import Crop

Scores = NDArray[np.float32]  # (T, CLASSES): logarithms of probabilities, T = W / 2

FRAME = 2  # columns of the crop to a frame


class Network:
    """Weights in memory. Any thread may ask it at any time."""

    def __init__(self, path: Path) -> None:
        import onnxruntime

        wishes = onnxruntime.SessionOptions()
        # Workers read pages side by side: a crop is too small to share out.
        wishes.intra_op_num_threads = wishes.inter_op_num_threads = 1
        wishes.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(path), wishes, providers=["CPUExecutionProvider"]
        )

    def scores(self, crop: Crop) -> Scores:
        """What stands in each frame of *crop*."""
        feed = {"crops": crop.pixels[None, None]}
        return np.asarray(self._session.run(["scores"], feed)[0][0], np.float32)
