"""documents.storage.s3: files in a bucket, and what is said when they cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile

from documents.storage import StorageAway, StorageRefuses
from documents.storage.s3 import S3Storage
from tests.processes.site import free_port
from tests.s3_server import BUCKET, KEY, SECRET, Bucket, running_bucket

AWAY = "The file store cannot be reached. Try again in a minute."
REFUSED = (
    "The file store does not accept the site’s key. "
    "Check S3_ACCESS_KEY and S3_SECRET_KEY, and what the key may do."
)


def storage_at(endpoint: str, bucket: str = BUCKET) -> S3Storage:
    return S3Storage(
        bucket_name=bucket,
        endpoint_url=endpoint,
        region_name="us-east-1",
        access_key=KEY,
        secret_key=SECRET,
        location="below",
        addressing_style="path",
    )


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    with running_bucket(tmp_path_factory.mktemp("s3")) as bucket:
        yield bucket


@pytest.fixture
def storage(bucket: Bucket) -> Iterator[S3Storage]:
    storage = storage_at(bucket.endpoint)
    yield storage
    storage.connection.meta.client.close()


@pytest.mark.processes
def test_it_works(storage: S3Storage, bucket: Bucket) -> None:
    name = storage.save("previews/ab/1.jpg", ContentFile(b"a picture"))
    assert name.startswith("previews/ab/1_")
    assert (bucket.names(), storage.size(name)) == ([f"below/{name}"], 9)
    file = storage.open(name)
    with file:
        assert file.read() == b"a picture"
    with file.open() as again:
        assert (again.read(4), again.size) == (b"a pi", 9)
    folders, files = storage.listdir("previews/ab")
    assert (folders, files) == ([], [name.rpartition("/")[2]])
    storage.delete(name)
    assert (bucket.names(), storage.exists(name)) == ([], False)


@pytest.mark.processes
def test_two_of_a_name_are_two(storage: S3Storage, bucket: Bucket) -> None:
    """The slower of two workers removes its own, never the other's."""
    first, second = (storage.save("a/page.jpg", ContentFile(b)) for b in (b"1", b"2"))
    storage.delete(second)
    with storage.open(first) as file:
        assert file.read() == b"1"
    storage.delete(first)
    assert bucket.names() == []


@pytest.mark.processes
def test_what_is_gone_is_no_trouble(storage: S3Storage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open("nothing.jpg")
    storage.delete("nothing.jpg")
    assert storage.listdir("nowhere") == ([], [])


@pytest.mark.processes
def test_there_is_no_such_bucket(bucket: Bucket) -> None:
    storage = storage_at(bucket.endpoint, "nowhere")
    with pytest.raises(StorageRefuses) as refusal:
        storage.open("a.jpg")
    assert str(refusal.value) == (
        "The file store has no bucket “nowhere”. Check S3_BUCKET."
    )
    storage.connection.meta.client.close()


def test_nobody_is_there() -> None:
    storage = storage_at(f"http://127.0.0.1:{free_port()}")
    for act in (
        lambda: storage.open("a.jpg"),
        lambda: storage.save("a.jpg", ContentFile(b"x")),
        lambda: storage.delete("a.jpg"),
        lambda: storage.exists("a.jpg"),
        lambda: storage.listdir(""),
    ):
        with pytest.raises(StorageAway) as away:
            act()
        assert str(away.value) == AWAY


class Handler(BaseHTTPRequestHandler):
    """Answers every request with its server's status."""

    server: Any

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_DELETE = do_HEAD = answer  # noqa: N815 - as the library calls them

    def log_message(self, *words: object) -> None:
        """Nobody reads it."""


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (403, StorageRefuses, REFUSED),
        (503, StorageAway, AWAY),
        (
            405,
            StorageRefuses,
            "The file store refused the request (405). Tell whoever runs this.",
        ),
    ],
)
def test_it_refuses(status: int, kind: type[OSError], sentence: str) -> None:
    server: Any = HTTPServer(("127.0.0.1", 0), Handler)
    server.status = status
    thread = Thread(target=server.serve_forever)
    thread.start()
    storage = storage_at(f"http://127.0.0.1:{server.server_port}")
    try:
        with pytest.raises(kind) as refusal:
            storage.open("a.jpg")
    finally:
        storage.connection.meta.client.close()
        server.shutdown()
        thread.join(10)
        server.server_close()
    assert str(refusal.value) == sentence
