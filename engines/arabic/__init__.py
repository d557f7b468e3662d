"""Whole pages of Arabic: letters by Tesseract, numbers by the reader of digits."""

from engines.arabic.engine import Arabic

__all__ = ["Arabic"]
