"""Bare numbers cut out of scans: FOLDER/truth.jsonl with image, text and value."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from engines.digits.alphabet import as_ascii, in_symbols
from engines.digits.kit.evaluation.types import Reader
from engines.errors import FileError


@dataclass(frozen=True, slots=True)
class Number:
    """One scanned number: what is printed, its value in 0-9, and what was read."""

    path: Path
    text: str
    value: str
    read: str
    confidence: float

    @property
    def is_exact(self) -> bool:
        """Every character, in its own script."""
        return self.read == in_symbols(self.text)

    @property
    def has_value(self) -> bool:
        return as_ascii(self.read) == self.value


def read_numbers(folder: Path, reader: Reader) -> list[Number]:
    """
    Raises:
        FileError: *folder* holds no truth.jsonl.
    """
    numbers = []
    for row in truth_of(folder):
        path = folder / row["image"]
        with Image.open(path) as image:
            reading = reader(image)
        value = row.get("value", as_ascii(row["text"]))
        numbers.append(
            Number(path, row["text"], value, reading.text, reading.confidence)
        )
    return numbers


def truth_of(folder: Path) -> list[dict[str, Any]]:
    """The rows of *folder*/truth.jsonl.

    Raises:
        FileError: there is none, or it names no picture.
    """
    truth = folder / "truth.jsonl"
    if not truth.is_file():
        raise FileError(f"There is no truth.jsonl in {folder}.")
    lines = truth.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    if not rows:
        raise FileError(f"{truth} names no picture.")
    return rows
