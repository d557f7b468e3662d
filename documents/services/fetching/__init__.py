"""Files from the web: the one place that connects to an address somebody typed.

Who waits for a stranger's host takes one of the places for waiting requests, so that
the other half of the web server's threads stays free; workers are few, and would read
nothing meanwhile. No user may hold all of these places: each has a share of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.uploadedfile import TemporaryUploadedFile

from documents.services.fetching.downloads import Limits, download
from documents.services.fetching.errors import (
    BadUrl,
    FetchError,
    ForbiddenAddress,
    NotFetched,
)
from documents.services.fetching.shares import one_more_for
from documents.services.fetching.targets import LONGEST
from documents.services.uploads import clean_name
from documents.services.waiting import one_more_waits

__all__ = [
    "LONGEST",
    "BadUrl",
    "FetchError",
    "ForbiddenAddress",
    "NotFetched",
    "fetched",
]


@contextmanager
def fetched(url: str, user: AbstractBaseUser) -> Iterator[TemporaryUploadedFile]:
    """What *url* leads to, as if *user* had uploaded it; gone when the context ends.

    Raises:
        FetchError: nothing was fetched; the message says why.
        TooLarge: there is more of it than may be uploaded.
        TooManyWait: half of the server's threads wait already, or this user's share.
    """
    limits = Limits(
        megabytes=settings.MAX_UPLOAD_MB,
        seconds=settings.FETCH_SECONDS,
        allowed=settings.FETCH_ALLOWED_NETWORKS,
    )
    with TemporaryUploadedFile("fetched", "", 0, None) as file:
        with one_more_for(user.pk), one_more_waits():
            name = download(url, file, limits)
        file.name = clean_name(name)
        file.size = file.tell()
        file.flush()
        yield file
