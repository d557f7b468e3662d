"""The cache of the Hugging Face hub, read by its layout: its library is heavy.

``models--ORG--NAME/snapshots/COMMIT/`` hold links to files; ``refs/BRANCH`` says which
commit a branch was at.
"""

from __future__ import annotations

from pathlib import Path

from engines.environment import text


def cache_folder() -> Path:
    """Where the hub's own library would keep what it downloads."""
    if said := text("HF_HUB_CACHE") or text("HUGGINGFACE_HUB_CACHE"):
        return Path(said).expanduser()
    if home := text("HF_HOME"):
        return Path(home).expanduser() / "hub"
    caches = text("XDG_CACHE_HOME", "~/.cache")
    return Path(caches).expanduser() / "huggingface" / "hub"


def repository_folder(hub: str) -> Path:
    return cache_folder() / "--".join(["models", *hub.split("/")])


def snapshot_of(hub: str, revision: str) -> Path | None:
    """The folder of *hub* at *revision*, a commit or a branch; None: not downloaded."""
    repository, wanted = repository_folder(hub), revision or "main"
    named = repository / "refs" / wanted
    commit = named.read_text("utf-8").strip() if named.is_file() else wanted
    folder = repository / "snapshots" / commit
    return folder if folder.is_dir() else None


def other_snapshots(hub: str) -> list[str]:
    """The commits of *hub* that are in the cache."""
    folder = repository_folder(hub) / "snapshots"
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
