"""Kosmos-2: an engine."""

from engines.kosmos2.engine import Kosmos2

__all__ = ["Kosmos2"]
