"""What a source may be: its kind's schema, and what its owner may use."""

from __future__ import annotations


class InvalidSource(ValueError):
    """It cannot be so: ``errors`` has a sentence for each field."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors
