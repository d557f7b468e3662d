"""Where an installed model came from, written down beside its files."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "origin.json"


def write_origin(folder: Path, source: str, revision: str = "") -> None:
    said = {"source": source, "revision": revision}
    (folder / FILE).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


def revision_in(folder: Path) -> str:
    """The commit that the model in *folder* was published as; empty if unknown."""
    try:
        said = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return str(said["revision"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
