"""OpenOCR: an engine."""

from engines.openocr.engine import OpenOCR

__all__ = ["OpenOCR"]
