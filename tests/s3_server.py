"""A server that speaks S3, a process of its own, and what is in its bucket."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3

from tests.processes.site import free_port, wait_for

BUCKET, KEY, SECRET = "scans", "an-access-key", "a-secret-key"


class Bucket:
    """A server of its own with one bucket, which may go away and come back empty."""

    def __init__(self) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.server: subprocess.Popen[bytes] | None = None
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
        )

    @property
    def settings(self) -> dict[str, str]:
        """Those by which a site keeps its files here."""
        return {
            "S3_BUCKET": BUCKET,
            "S3_ENDPOINT": self.endpoint,
            "S3_ACCESS_KEY": KEY,
            "S3_SECRET_KEY": SECRET,
            "S3_PREFIX": "ocr/site",
            "S3_ADDRESSING": "path",
        }

    def start(self) -> None:
        program = shutil.which("moto_server", path=str(Path(sys.executable).parent))
        assert program
        self.server = subprocess.Popen(
            [program, "-H", "127.0.0.1", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.answers, 60)
        self.client.create_bucket(Bucket=BUCKET)

    def answers(self) -> bool:
        with contextlib.suppress(
            OSError, Exception
        ):  # whatever a server not yet up does
            self.client.list_buckets()
            return True
        return False

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)
            self.server = None

    def keys(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return [one["Key"] for page in pages for one in page.get("Contents", ())]

    def unfinished(self) -> list[str]:
        """Keys of uploads that were begun and not ended."""
        answer = self.client.list_multipart_uploads(Bucket=BUCKET)
        return [one["Key"] for one in answer.get("Uploads", ())]


@contextlib.contextmanager
def running_bucket() -> Iterator[Bucket]:
    bucket = Bucket()
    bucket.start()
    try:
        yield bucket
    finally:
        bucket.stop()
