"""Engine ``paddleocr``: the genuine PaddleOCR on networks that lie on this machine."""

from engines.paddleocr.engine import PaddleOCR

__all__ = ["PaddleOCR"]
