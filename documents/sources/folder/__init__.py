"""Files that a scanner or another program puts into a folder of the server."""

from documents.sources.folder.watched import WatchedFolder

__all__ = ["WatchedFolder"]
