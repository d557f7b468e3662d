"""What is said of addresses that are not fetched; the sentences are fit to show."""

from __future__ import annotations

from engines import FileError


class FetchError(FileError):
    """No file was fetched from the address."""


class BadUrl(FetchError):
    """The text is no address of a file on the web."""


class ForbiddenAddress(FetchError):
    """The address leads to a network from which nothing is fetched."""


class NotFetched(FetchError):
    """The host is not there, too slow, or sends no file."""
