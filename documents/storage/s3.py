"""Files in a bucket, on any server that speaks S3.

Keys are the names that files have on a disk, each with a random part: of two workers
that make the same file, neither can overwrite or remove what the other has kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import PurePosixPath
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    PartialCredentialsError,
)
from django.core.files.base import File
from django.utils.translation import gettext as _
from storages.backends import s3

from documents.storage import StorageAway, StorageRefuses, StorageTrouble

IN_MEMORY = 2**20  # bytes of a file; what is larger lies on the disk meanwhile
CLIENT = Config(
    connect_timeout=5,
    read_timeout=30,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=32,  # one client serves all threads
    # Checksums that the protocol gained later are beyond many servers that speak it.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
UNHEARD = (EndpointConnectionError, ConnectTimeoutError)  # nothing was done for it
BUSY = {429, 500, 502, 503, 504}  # HTTP
LOST = {"404", "NoSuchKey"}


class S3Storage(s3.S3Storage):
    """Nothing in the bucket is public: all of it goes through the site."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(CLIENT)

    @cached_property
    def connection(self) -> Any:
        """One for all threads: each has the whole description of S3 in its memory."""
        session = boto3.Session(
            aws_access_key_id=self.access_key, aws_secret_access_key=self.secret_key
        )
        return session.resource(
            "s3",
            region_name=self.region_name,
            endpoint_url=self.endpoint_url,
            config=self.client_config,
        )

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        path = PurePosixPath(name)
        unique = self.get_alternative_name(str(path.with_suffix("")), path.suffix)
        return super().get_available_name(unique, max_length)

    def fetch(self, name: str) -> IO[bytes]:
        """All of the file, before anybody gets its first byte: an error is an answer
        then, not a download that breaks off, and slow readers hold no connection."""
        content = SpooledTemporaryFile(IN_MEMORY, prefix="ocrsite-")  # noqa: SIM115 - its reader closes it
        try:
            with in_words(self.bucket_name):
                key = self._normalize_name(name)
                copyfileobj(self.bucket.Object(key).get()["Body"], content)
        except BaseException:
            content.close()
            raise
        content.seek(0)
        return content

    def _open(self, name: str, mode: str = "rb") -> File:
        return Fetched(self, name)

    def _save(self, name: str, content: File) -> str:
        try:
            with in_words(self.bucket_name):
                return super()._save(name, content)
        except StorageTrouble as error:
            # It may be there all the same: the answer alone may have been lost.
            if not isinstance(error.__cause__, UNHEARD):
                with suppress(StorageTrouble):
                    self.delete(name)
            raise

    def delete(self, name: str) -> None:
        with in_words(self.bucket_name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with in_words(self.bucket_name):
            return super().exists(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with in_words(self.bucket_name):
            return super().listdir(name)

    def size(self, name: str) -> int:
        with in_words(self.bucket_name):
            return super().size(name)


class Fetched(File):
    """A file of the storage, which can be opened again after it was closed."""

    def __init__(self, storage: S3Storage, name: str) -> None:
        super().__init__(storage.fetch(name), name)
        self.storage = storage

    def open(self, mode: str | None = None) -> Fetched:
        if self.closed:
            self.file = self.storage.fetch(self.name)
        self.seek(0)
        return self


@contextmanager
def in_words(bucket: str) -> Iterator[None]:
    """What goes wrong is an ``OSError`` with a sentence, as it is with a disk."""
    try:
        yield
    except ClientError as error:
        raise refusal(error, bucket) from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise StorageRefuses(wrong_key()) from error
    except BotoCoreError as error:
        raise StorageAway(unreachable()) from error


def refusal(error: ClientError, bucket: str) -> OSError:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    code = str(error.response.get("Error", {}).get("Code", ""))
    if code in LOST:
        return FileNotFoundError(str(error))
    if status in BUSY:
        return StorageAway(unreachable())
    if status in (401, 403):
        return StorageRefuses(wrong_key())
    if code == "NoSuchBucket":
        words = _("The file store has no bucket “%(name)s”. Check S3_BUCKET.")
        return StorageRefuses(words % {"name": bucket})
    words = _("The file store refused the request (%(code)s). Tell whoever runs this.")
    return StorageRefuses(words % {"code": code or status})


def unreachable() -> str:
    return _("The file store cannot be reached. Try again in a minute.")


def wrong_key() -> str:
    return _(
        "The file store does not accept the site’s key. "
        "Check S3_ACCESS_KEY and S3_SECRET_KEY, and what the key may do."
    )
