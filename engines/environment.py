"""What the environment says: the library's only settings, read when they are needed.

A site checks the same names when it starts (``ocrsite.settings``); a library that is
used alone falls back on the defaults.
"""

from __future__ import annotations

import os
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """What *name* says, or the file that NAME_FILE names: secrets lie in files."""
    if (said := os.environ.get(name, "").strip()) or name.endswith("_FILE"):
        return said or default
    file = text(f"{name}_FILE")
    if file and Path(file).is_file():
        return Path(file).read_text(encoding="utf-8").strip() or default
    return default


def number(name: str, default: int) -> int:
    """The whole number called *name*; the default where it is none."""
    try:
        return int(text(name))
    except ValueError:
        return default


def flag(name: str, default: bool = False) -> bool:
    said = text(name).lower()
    return said in ("1", "true", "yes", "on") if said else default


def names(name: str) -> tuple[str, ...]:
    """What *name* lists, parted by commas."""
    return tuple(part.strip() for part in text(name).split(",") if part.strip())
