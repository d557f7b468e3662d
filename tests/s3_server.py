"""A server that speaks S3, a process of its own, and what is in its bucket."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from tests.processes.site import free_port, wait_for

BUCKET, KEY, SECRET = "scans", "an-access-key", "a-secret-key"
EMPTY: Mapping[str, bytes] = {}


class Bucket:
    """A server of its own with one bucket; it logs what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "s3.log"
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

    def start(self, content: Mapping[str, bytes] = EMPTY) -> None:
        program = shutil.which("moto_server", path=str(Path(sys.executable).parent))
        assert program
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [program, "-H", "127.0.0.1", "-p", str(self.port)],
                stdout=log,
                stderr=log,
            )
        wait_for(self.answers, 60)
        self.client.create_bucket(Bucket=BUCKET)
        for key, body in content.items():
            self.client.put_object(Bucket=BUCKET, Key=key, Body=body)

    def answers(self) -> bool:
        try:
            self.client.list_buckets()
        except (BotoCoreError, ClientError):
            return False
        return True

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)
            self.server = None
        self.client.close()

    def names(self) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return [one["Key"] for page in pages for one in page.get("Contents", ())]

    def content(self) -> dict[str, bytes]:
        """All there is: the server forgets it when it stops."""
        objects = (
            (k, self.client.get_object(Bucket=BUCKET, Key=k)) for k in self.names()
        )
        return {key: answer["Body"].read() for key, answer in objects}

    def fetched(self, room: str) -> int:
        """How often an object below *room* was fetched."""
        return len(
            re.findall(rf'"GET /{BUCKET}/\S*{room}/\S+ HTTP', self.log.read_text())
        )

    def unfinished(self) -> list[str]:
        """Keys of uploads that were begun and not ended."""
        answer = self.client.list_multipart_uploads(Bucket=BUCKET)
        return [one["Key"] for one in answer.get("Uploads", ())]


@contextlib.contextmanager
def running_bucket(folder: Path) -> Iterator[Bucket]:
    bucket = Bucket(folder)
    bucket.start()
    try:
        yield bucket
    finally:
        bucket.stop()
