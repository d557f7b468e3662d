"""Engine ``ppocr``: PP-OCRv6 detection and recognition, with decoding of our own."""

from engines.ppocr.engine import PPOCR

__all__ = ["PPOCR"]
