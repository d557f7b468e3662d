"""A client of ocrsite's API: this one file, Python 3.9 or newer, nothing else.

    from ocrsite import Client

    client = Client("https://ocr.example.org", "ocr_...")
    print(client.read("receipt.jpg", languages=["eng"]).decode())

As a program: ``ocrsite import FOLDER --wait --as txt``; ``ocrsite --help`` tells more.

Calls that may succeed a little later are repeated: 429, most of 5xx, and connections
that break. Every POST carries an Idempotency-Key, so that nothing happens twice. What
is refused is an ``OcrsiteError`` with the site's own sentence.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import http.client
import json
import os
import random
import re
import ssl
import sys
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

__all__ = ["Client", "OcrsiteError", "main", "verify_webhook"]
__version__ = "1.0"

Json = dict[str, Any]
API = "/api/v1"
WAITING = ("queued", "running")  # states of a job that has not ended
IN_VAIN = ("failed", "cancelled")
TABLES = ("xlsx", "csv", "json")  # what a table of records may be
PAGE_SIZE = 100  # rows of a list that are asked for at a time
CHUNK = 2**16  # bytes of a file that are sent at a time


class Call(NamedTuple):
    """What the API takes: a path below /api/v1, and the names that may go with it."""

    method: str
    path: str
    query: tuple[str, ...] = ()
    body: tuple[str, ...] = ()


PAGES = ("page", "page_size", "ordering")
TIMES = ("created_after", "created_before")
READING = (
    *("engine", "languages", "preprocess", "prompt", "options", "max_side"),
    *("template", "text"),
)
RECORDS = ("q", "state", "template", "document", "batch", "since", "until", "exported")
# All that is ever asked of the API; it is compared with the API's own schema.
CALLS = {
    "upload": Call(
        "POST", "/documents/", body=("file", "workspace", "batch", "external_id")
    ),
    "upload_url": Call(
        "POST", "/documents/", body=("url", "workspace", "batch", "external_id")
    ),
    "documents": Call(
        "GET",
        "/documents/",
        query=(
            *("q", "media_type", "external_id", "sha256", "batch", "tag", "workspace"),
            *("updated_after", *TIMES, *PAGES),
        ),
    ),
    "document": Call("GET", "/documents/{id}/"),
    "change_document": Call(
        "PATCH", "/documents/{id}/", body=("tags", "alt_text", "text_job")
    ),
    "delete_document": Call("DELETE", "/documents/{id}/"),
    "page_image": Call("GET", "/documents/{id}/pages/{number}/image/"),
    "create_job": Call("POST", "/jobs/", body=("document", *READING)),
    "jobs": Call(
        "GET",
        "/jobs/",
        query=(
            *("state", "document", "workspace", "template", "engine"),
            *("updated_after", *TIMES, *PAGES),
        ),
    ),
    "job": Call("GET", "/jobs/{id}/"),
    "cancel_job": Call("POST", "/jobs/{id}/cancel/"),
    "retry_job": Call("POST", "/jobs/{id}/retry/"),
    "result": Call(
        "GET",
        "/jobs/{id}/result/",
        query=("as", "page", "layout", "rows", "background", "wait"),
    ),
    "job_fields": Call("GET", "/jobs/{id}/fields/", query=PAGES),
    "fields": Call(
        "GET",
        "/fields/",
        query=(
            *("state", "cause", "kind", "name", "template", "record", "document"),
            *("batch", "workspace", "updated_after", *PAGES),
        ),
    ),
    "change_field": Call("PATCH", "/fields/{id}/", body=("value", "state", "reason")),
    "records": Call(
        "GET",
        "/records/",
        query=(*RECORDS, "changed", "workspace", "updated_after", *PAGES),
    ),
    "record": Call("GET", "/records/{id}/"),
    "approve_record": Call("POST", "/records/{id}/approve/"),
    "export": Call(
        "GET", "/exports/", query=("as", *RECORDS, "changed", "columns", "workspace")
    ),
    "create_batch": Call("POST", "/batches/", body=("name", "workspace")),
    "batches": Call("GET", "/batches/", query=("workspace", *TIMES, *PAGES)),
    "batch": Call("GET", "/batches/{id}/"),
    "templates": Call("GET", "/roi-templates/", query=("q", "workspace", *PAGES)),
    "engines": Call("GET", "/engines/"),
    "workspaces": Call("GET", "/workspaces/", query=PAGES),
    "sources": Call("GET", "/sources/", query=("workspace", "kind", "paused", *PAGES)),
    "source": Call("GET", "/sources/{id}/"),
    "sync_source": Call("POST", "/sources/{id}/sync/"),
    "source_items": Call("GET", "/sources/{id}/items/", query=("state", *PAGES)),
    "retry_source": Call("POST", "/sources/{id}/retry/", body=("items",)),
    "webhooks": Call("GET", "/webhooks/", query=("workspace", "active", *PAGES)),
    "create_webhook": Call(
        "POST", "/webhooks/", body=("url", "events", "name", "workspace")
    ),
    "rotate_secret": Call("POST", "/webhooks/{id}/rotate-secret/"),
    "test_webhook": Call("POST", "/webhooks/{id}/test/"),
    "delete_webhook": Call("DELETE", "/webhooks/{id}/"),
    "webhook_deliveries": Call(
        "GET", "/webhooks/{id}/deliveries/", query=("state", "event", *PAGES)
    ),
    "redeliver": Call("POST", "/webhooks/{id}/deliveries/{delivery}/redeliver/"),
}


class OcrsiteError(Exception):
    """What was asked could not be done; the message is the site's own sentence.

    ``status`` is that of HTTP, 0 where no answer came; ``errors`` are the API's own,
    each with ``code``, ``detail`` and ``attr``.
    """

    def __init__(
        self, message: str, status: int = 0, errors: Iterable[Json] = ()
    ) -> None:
        super().__init__(message)
        self.status, self.errors = status, list(errors)


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class Form:
    """A multipart form with one file, which is sent piece by piece, also again."""

    def __init__(self, fields: Json, file: IO[bytes], name: str) -> None:
        self.boundary, self.file = uuid.uuid4().hex, file
        parts = [
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="{key}"'
            f"\r\n\r\n{value}\r\n"
            for key, value in fields.items()
        ]
        escaped = re.sub(r'(["\\])', r"\\\1", re.sub(r"[\r\n]", " ", name))
        parts.append(
            f"--{self.boundary}\r\nContent-Disposition: form-data; "
            f'name="file"; filename="{escaped}"\r\n\r\n'
        )
        self.head = "".join(parts).encode()
        self.tail = f"\r\n--{self.boundary}--\r\n".encode()
        self.length = len(self.head) + file.seek(0, os.SEEK_END) + len(self.tail)
        self.kind = f"multipart/form-data; boundary={self.boundary}"

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        self.file.seek(0)
        while chunk := self.file.read(CHUNK):
            yield chunk
        yield self.tail


class Transport:
    """One connection that is kept and mended; not for several threads at once."""

    AGAIN = (429, 500, 502, 503, 504)
    LONGEST = 60.0  # seconds between two tries, where the site names no time

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float,
        retries: int,
        context: ssl.SSLContext | None,
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OcrsiteError(f"“{url}” is no address: begin it with https://.")
        self.host, self.port = parts.hostname, parts.port
        self.root = parts.path.rstrip("/") + API
        self.is_secure = parts.scheme == "https"
        self.context = context
        if self.is_secure and context is None:
            self.context = ssl.create_default_context()
        self.timeout, self.retries = timeout, retries
        self.headers = {"Authorization": f"Bearer {key}", "Accept": "*/*"}
        self.connection: http.client.HTTPConnection | None = None
        self.tries = 0  # that the last call took

    def send(
        self, method: str, target: str, body: bytes | Form | None, headers: Json
    ) -> Answer:
        """The answer, whatever its status, after as many tries as it takes."""
        self.tries = 0
        for tried in range(self.retries + 1):
            try:
                answer = self.once(method, target, body, headers)
            except ssl.SSLCertVerificationError as error:
                raise OcrsiteError(f"{self.host}: {error.verify_message}.") from error
            except (OSError, http.client.HTTPException) as error:
                if tried == self.retries:
                    told = str(error) or type(error).__name__
                    words = f"{self.host} cannot be reached: {told}"
                    raise OcrsiteError(words) from error
                pause = self.pause(tried)
            else:
                if tried == self.retries or not self.is_worth_another(answer):
                    return answer
                pause = self.pause(tried, answer.headers.get("Retry-After"))
            time.sleep(pause)  # the site is away, or has asked for it
        raise AssertionError("the last try has answered, or raised")

    def once(
        self, method: str, target: str, body: bytes | Form | None, headers: Json
    ) -> Answer:
        """One try; a second one where the site has closed the kept connection."""
        is_kept = self.connection is not None
        try:
            return self.exchange(method, target, body, headers)
        except (ConnectionError, http.client.HTTPException):
            self.close()
            if not is_kept:
                raise
        return self.exchange(method, target, body, headers)

    def exchange(
        self, method: str, target: str, body: bytes | Form | None, headers: Json
    ) -> Answer:
        self.tries += 1
        connection = self.connection = self.connection or self.connected()
        given = {**self.headers, **headers}
        if isinstance(body, Form):
            given.update(
                {"Content-Type": body.kind, "Content-Length": str(body.length)}
            )
        elif body is not None:
            given["Content-Type"] = "application/json"
        try:
            try:
                connection.request(
                    method,
                    self.root + target,
                    iter(body) if isinstance(body, Form) else body,
                    given,
                )
            except (BrokenPipeError, ConnectionResetError):
                # What is too large is refused before all of it has come: what the
                # site has said by then counts.
                if not isinstance(body, Form):
                    raise
            response = connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except BaseException:
            self.close()
            raise
        if response.will_close or isinstance(body, Form):
            self.close()  # of a form, some may be on its way still
        return answer

    def connected(self) -> http.client.HTTPConnection:
        if self.is_secure:
            return http.client.HTTPSConnection(
                self.host, self.port, timeout=self.timeout, context=self.context
            )
        return http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def is_worth_another(self, answer: Answer) -> bool:
        if answer.status == 409:  # the first try of this very call still runs
            return any(one["code"] == "still_running" for one in errors_in(answer))
        return answer.status in self.AGAIN

    def pause(self, tried: int, wish: str | None = None) -> float:
        """Seconds before the next try: what the site asks for, else ever more."""
        if wish is not None:
            return min(seconds_of(wish), 10 * self.LONGEST)
        spread = random.uniform(0.5, 1)  # noqa: S311 - so that clients do not come at once
        return min(0.5 * 2**tried, self.LONGEST) * spread


def seconds_of(retry_after: str) -> float:
    """Of the header, which says a number or a moment."""
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (TypeError, ValueError):
        return 1.0


def errors_in(answer: Answer) -> list[Json]:
    """The API's own errors; none where something before the API has answered."""
    try:
        return list(answer.json()["errors"])
    except (ValueError, KeyError, TypeError):
        return []


def error_of(answer: Answer) -> OcrsiteError:
    errors = errors_in(answer)
    sentences = [
        f"{one['attr']}: {one['detail']}" if one.get("attr") else str(one["detail"])
        for one in errors
    ]
    words = " ".join(sentences) or f"The site answered with status {answer.status}."
    return OcrsiteError(words, answer.status, errors)


class Client:
    """The site at *url*, in the eyes of whom *key* belongs to; for one thread."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 120.0,
        retries: int = 8,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.transport = Transport(
            url, key, timeout=timeout, retries=retries, context=context
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        self.transport.close()

    # Documents

    def upload(
        self, file: str | os.PathLike[str] | IO[bytes], name: str = "", **place: Any
    ) -> Json:
        """The document that *file*, a path or an open file, has become, or is already.

        *place*: ``workspace``, ``batch``, ``external_id``.
        """
        if isinstance(file, (str, os.PathLike)):
            with open(file, "rb") as opened:  # noqa: PTH123 - a path of any kind
                return self.upload(opened, name or Path(file).name, **place)
        name = name or Path(str(getattr(file, "name", "document"))).name
        return self._call("upload", form=Form(place, file, name), body=place).json()

    def upload_url(self, url: str, **place: Any) -> Json:
        """The document at *url*, which the site fetches."""
        return self._call("upload_url", body={"url": url, **place}).json()

    def documents(self, **filters: Any) -> Iterator[Json]:
        """The newest first; *filters* as in the API: ``q``, ``batch``, ``tag``…"""
        return self._rows("documents", **filters)

    def document(self, key: str) -> Json:
        return self._call("document", id=key).json()

    def change_document(self, key: str, **changes: Any) -> Json:
        """Set ``tags``, ``alt_text`` or ``text_job``."""
        return self._call("change_document", id=key, body=changes).json()

    def delete_document(self, key: str) -> None:
        """Move it to the trash."""
        self._call("delete_document", id=key)

    def page_image(self, key: str, number: int, timeout: float = 60.0) -> bytes:
        """The upright page as a JPEG."""
        return self._made("page_image", timeout, id=key, number=number)

    # Reading

    def create_job(
        self, document: str, *, idempotency_key: str = "", **wishes: Any
    ) -> Json:
        """Have *document* read: ``engine``, ``languages``, ``template``…"""
        body = {"document": document, **wishes}
        return self._call("create_job", body=body, key=idempotency_key).json()

    def jobs(self, **filters: Any) -> Iterator[Json]:
        return self._rows("jobs", **filters)

    def job(self, key: str) -> Json:
        return self._call("job", id=key).json()

    def cancel_job(self, key: str) -> Json:
        return self._call("cancel_job", id=key).json()

    def retry_job(self, key: str) -> Json:
        return self._call("retry_job", id=key).json()

    def wait(self, key: str, timeout: float = 3600.0) -> Json:
        """The job, once it has ended, in whatever way."""
        end, pause = time.monotonic() + timeout, 0.1
        while (job := self.job(key))["state"] in WAITING:
            if time.monotonic() > end:
                words = job["notice"] or "It is still being read. Wait for longer."
                raise OcrsiteError(words)
            time.sleep(pause)  # the site has no way to call back
            pause = min(1.5 * pause, 2.0)
        return job

    def result(self, key: str, as_: str = "json", **wishes: Any) -> bytes:
        """What a job read, as a file of any format: txt, json, pdf, hocr…"""
        return self._made("result", 600.0, id=key, query={"as": as_, **wishes})

    def read(
        self,
        file: str | os.PathLike[str] | IO[bytes],
        as_: str = "txt",
        timeout: float = 600.0,
        **wishes: Any,
    ) -> bytes:
        """Upload *file*, have it read, wait, and return what it says."""
        job = self.create_job(self.upload(file)["id"], **wishes)
        ended = self.wait(job["id"], timeout)
        if ended["state"] in IN_VAIN:
            raise OcrsiteError(ended["error"] or "The reading was cancelled.")
        return self.result(job["id"], as_)

    # Values

    def job_fields(self, key: str) -> Iterator[Json]:
        """The values that a job with a template read."""
        return self._rows("job_fields", id=key)

    def fields(self, **filters: Any) -> Iterator[Json]:
        """``state="needs_review"``: those that wait for someone."""
        return self._rows("fields", **filters)

    def change_field(self, key: str, **change: Any) -> Json:
        """Set ``value``, or ``state`` to confirm or reject the one that is there."""
        return self._call("change_field", id=key, body=change).json()

    def records(self, **filters: Any) -> Iterator[Json]:
        return self._rows("records", **filters)

    def record(self, key: str) -> Json:
        return self._call("record", id=key).json()

    def approve_record(self, key: str) -> Json:
        return self._call("approve_record", id=key).json()

    def export(self, as_: str = "xlsx", **filters: Any) -> bytes:
        """A table with one row for each record: xlsx, csv or json."""
        return self._call("export", query={"as": as_, **filters}).content

    # What there is

    def create_batch(self, name: str = "", **place: Any) -> Json:
        return self._call("create_batch", body={"name": name, **place}).json()

    def batches(self, **filters: Any) -> Iterator[Json]:
        return self._rows("batches", **filters)

    def batch(self, key: str) -> Json:
        return self._call("batch", id=key).json()

    def templates(self, **filters: Any) -> Iterator[Json]:
        return self._rows("templates", **filters)

    def engines(self) -> list[Json]:
        return self._call("engines").json()

    def workspaces(self) -> Iterator[Json]:
        return self._rows("workspaces")

    # Sources and webhooks

    def sources(self, **filters: Any) -> Iterator[Json]:
        return self._rows("sources", **filters)

    def source(self, key: str) -> Json:
        return self._call("source", id=key).json()

    def sync_source(self, key: str) -> Json:
        """Have it visited now."""
        return self._call("sync_source", id=key).json()

    def source_items(self, key: str, **filters: Any) -> Iterator[Json]:
        """Its files, and what became of each."""
        return self._rows("source_items", id=key, **filters)

    def retry_source(self, key: str, items: list[int] | None = None) -> Json:
        """Try files again that failed: all of them, or *items*."""
        body = {} if items is None else {"items": items}
        return self._call("retry_source", id=key, body=body).json()

    def webhooks(self, **filters: Any) -> Iterator[Json]:
        return self._rows("webhooks", **filters)

    def create_webhook(self, url: str, events: list[str], **more: Any) -> Json:
        """With the ``secret`` that is shown this one time."""
        body = {"url": url, "events": events, **more}
        made = self._call("create_webhook", body=body).json()
        if made["secret"] is None:  # the answer that had it was lost on its way
            made["secret"] = self.rotate_secret(made["id"])
        return made

    def rotate_secret(self, key: str) -> str:
        """Another secret for a webhook; for a day, the old one signs too."""
        while (secret := self._call("rotate_secret", id=key).json()["secret"]) is None:
            pass  # lost on its way, as above
        return secret

    def test_webhook(self, key: str) -> Json:
        return self._call("test_webhook", id=key).json()

    def delete_webhook(self, key: str) -> None:
        self._call("delete_webhook", id=key)

    def webhook_deliveries(self, key: str, **filters: Any) -> Iterator[Json]:
        """What was sent, or is going to be, and how often it was tried."""
        return self._rows("webhook_deliveries", id=key, **filters)

    def redeliver(self, key: str, delivery: str) -> Json:
        """Send a call of the webhook *key* once more, under the same id."""
        return self._call("redeliver", id=key, delivery=delivery).json()

    # How all of it is asked

    def _call(
        self,
        name: str,
        *,
        query: Json | None = None,
        body: Json | None = None,
        form: Form | None = None,
        key: str = "",
        **place: Any,
    ) -> Answer:
        call = CALLS[name]
        insist_on(name, query or {}, call.query)
        insist_on(name, body or {}, call.body)
        words = {k: plain(v) for k, v in (query or {}).items() if v is not None}
        target = call.path.format(**place)
        if words:
            target += "?" + urlencode(words, doseq=True)
        headers = {}
        if call.method == "POST":
            headers["Idempotency-Key"] = key or uuid.uuid4().hex
        told = form or (None if body is None else json.dumps(body).encode())
        answer = self.transport.send(call.method, target, told, headers)
        if (
            call.method == "DELETE"
            and answer.status == 404
            and self.transport.tries > 1
        ):
            return answer  # an earlier try has done it, and nobody heard
        if answer.status >= 300:
            raise error_of(answer)
        return answer

    def _rows(self, name: str, **wishes: Any) -> Iterator[Json]:
        """Every row of a list, page by page; one that moves meanwhile comes once."""
        place = {"id": wishes.pop("id")} if "id" in wishes else {}
        seen: set[str] = set()
        query = {"page_size": PAGE_SIZE, **wishes, "page": 0}
        is_last = False
        while not is_last:
            query["page"] += 1
            page = self._call(name, query=query, **place).json()
            for row in page["results"]:
                if row["id"] not in seen:
                    seen.add(row["id"])
                    yield row
            is_last = page["next"] is None

    def _made(self, name: str, timeout: float, **asked: Any) -> bytes:
        """A file that may take the site a while to make: 202 until it is there."""
        end = time.monotonic() + timeout
        while (answer := self._call(name, **asked)).status == 202:
            if time.monotonic() > end:
                raise OcrsiteError("The file is still being made. Ask again later.")
            # The site makes it meanwhile, and says when to ask again.
            time.sleep(seconds_of(answer.headers.get("Retry-After", "1")))
        return answer.content


def insist_on(name: str, given: Json, known: tuple[str, ...]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise TypeError(f"{name}() takes no {', '.join(unknown)}")


def plain(value: Any) -> Any:
    """As a query spells it."""
    return str(value).lower() if isinstance(value, bool) else value


def verify_webhook(
    secret: str, headers: Mapping[str, str], body: bytes, tolerance: float = 300.0
) -> Json:
    """The call that *body* is, if the site signed it within *tolerance* seconds.

    Take the body as it came, byte by byte; names of headers in any case.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    try:
        key, moment = lower["webhook-id"], lower["webhook-timestamp"]
        signatures = lower["webhook-signature"].split()
        age = abs(time.time() - int(moment))
    except (KeyError, ValueError) as error:
        raise OcrsiteError("The call carries no signature.") from error
    if age > tolerance:
        raise OcrsiteError("The call is too old, or the clocks differ.")
    signed = b".".join((key.encode(), moment.encode(), body))
    sealed = base64.b64decode(secret.removeprefix("whsec_"))
    made = base64.b64encode(hmac.new(sealed, signed, hashlib.sha256).digest())
    expected = b"v1," + made
    if not any(hmac.compare_digest(one.encode(), expected) for one in signatures):
        raise OcrsiteError("The signature is not that of the secret.")
    return json.loads(body)


# The program


class Import:
    """Brings files one after the other; what goes wrong with one stops no other.

    The site knows what it has: stopped at any moment and started again, each file is
    one document with one job of these wishes.
    """

    def __init__(self, client: Client, batch: Json, wishes: Json) -> None:
        self.client, self.batch, self.wishes = client, batch, wishes
        self.jobs: dict[str, Path] = {}  # of equal files, the first alone
        self.others = self.failed = self.skipped = 0

    def take(self, path: Path, is_named: bool) -> None:
        try:
            document = self.document(path)
            job = self.job(document["id"])
        except OSError as error:
            self.complain(path, error)
        except OcrsiteError as error:
            if error.status in (0, 401, 403):  # no other file would fare better
                raise
            if error.status == 415 and not is_named:
                self.skipped += 1
            else:
                self.complain(path, error)
        else:
            self.others += document["batch"] != self.batch["id"]
            self.jobs.setdefault(job["id"], path)

    def document(self, path: Path) -> Json:
        """What the site has of the same content already need not be sent again."""
        here = {"sha256": sha256_of(path), "workspace": self.batch["workspace"]}
        known = next(self.client.documents(**here), None)
        return known or self.client.upload(path, batch=self.batch["id"])

    def job(self, document: str) -> Json:
        """The one of these wishes, as far as a job tells them, that did not fail."""
        jobs = list(self.client.jobs(document=document))
        in_vain = [job["id"] for job in jobs if job["state"] in IN_VAIN]
        for job in jobs:
            if job["id"] not in in_vain and self.is_wished(job):
                return job
        # Of two programs that do the same at once, the second gets the first one's job.
        about = json.dumps([document, self.wishes, sorted(in_vain)], sort_keys=True)
        key = f"import-{hashlib.sha256(about.encode()).hexdigest()}"
        return self.client.create_job(document, idempotency_key=key, **self.wishes)

    def is_wished(self, job: Json) -> bool:
        told = {name: self.wishes[name] for name in self.wishes if name in job}
        return all(job[name] == value for name, value in told.items())

    def wait(self) -> None:
        read = 0
        for place, (key, path) in enumerate(self.jobs.items(), start=1):
            job = self.client.wait(key)
            if job["state"] in IN_VAIN:
                self.complain(path, job["error"] or "The reading was cancelled.")
            else:
                read += 1
            show(place, len(self.jobs), "read")
        say(f"Read: {read} of {len(self.jobs)}.")

    def write(self, form: str, out: str) -> None:
        if form in TABLES and "template" in self.wishes:
            self.write_table(form, Path(out or f"records.{form}"))
        else:
            self.write_texts(form, Path(out or "imported"))

    def write_table(self, form: str, path: Path) -> None:
        if path.is_dir():
            path = path / f"records.{form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        place = {"batch": self.batch["id"], "workspace": self.batch["workspace"]}
        path.write_bytes(self.client.export(form, **place))
        say(f"Written: {path}")
        if self.others:
            say(f"Not in it, because they were in another batch before: {self.others}.")

    def write_texts(self, form: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for key, path in self.jobs.items():
            if self.client.job(key)["state"] in IN_VAIN:
                continue  # it was told before
            name = free_name(f"{path.stem}.{form}", taken)
            try:
                (folder / name).write_bytes(self.client.result(key, form))
            except OcrsiteError as error:
                self.complain(path, error)
        say(f"Written: {folder}{os.sep}")

    def complain(self, path: Path, error: object) -> None:
        self.failed += 1
        say(f"{path}: {error}")


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(2**20):
            digest.update(chunk)
    return digest.hexdigest()


def free_name(name: str, taken: set[str]) -> str:
    stem, ending = os.path.splitext(name)  # noqa: PTH122 - it is no path
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem} ({number}){ending}"
    taken.add(name.casefold())
    return name


def files_in(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Each file once, and whether it was named; of folders, those not hidden."""
    seen: set[Path] = set()
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            inner = file.relative_to(path).parts
            is_hidden = any(part.startswith(".") for part in inner)
            if file != path and (is_hidden or not file.is_file()):
                continue
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file == path


def say(sentence: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    print(sentence, file=sys.stderr, flush=True)


def show(done: int, total: int, what: str) -> None:
    """A bar for who watches; twenty lines at most for a log."""
    share = done / total
    if sys.stderr.isatty():
        bar = ("#" * round(24 * share)).ljust(24, "-")
        sys.stderr.write(f"\r\x1b[K[{bar}] {done} of {total} {what}")
        sys.stderr.write("\r\x1b[K" if done == total else "")
        sys.stderr.flush()
    elif done * 20 // total > (done - 1) * 20 // total:
        say(f"{share:4.0%} {done} of {total} {what}")


def import_files(client: Client, given: argparse.Namespace) -> int:
    if given.form and not given.wait:
        raise OcrsiteError("Say --wait too: --as writes what has been read.")
    wishes = reading_in(given)
    name = (given.batch or " ".join(map(str, given.paths)))[:200]
    place = {"workspace": given.workspace} if given.workspace else {}
    batches = (one for one in client.batches(**place) if one["name"] == name)
    batch = next(batches, None) or client.create_batch(name, **place)
    work = Import(client, batch, wishes)
    files = list(files_in(given.paths))
    for number, (path, is_named) in enumerate(files, start=1):
        work.take(path, is_named)
        show(number, len(files), "brought")
    if work.skipped:
        say(f"Skipped, because they are no pictures or PDFs: {work.skipped}.")
    say(f"Documents: {len(work.jobs)}, in the batch “{name}”.")
    if given.wait:
        work.wait()
    if given.form:
        work.write(given.form, given.out or "")
    return 1 if work.failed else 0


def reading_in(given: argparse.Namespace) -> Json:
    wishes: Json = {}
    if given.engine:
        wishes["engine"] = given.engine
    if given.languages:
        wishes["languages"] = given.languages.split(",")
    if given.template:
        wishes["template"] = given.template
    return wishes


def read_files(client: Client, given: argparse.Namespace) -> int:
    for path in given.files:
        if len(given.files) > 1:
            print(f"==> {path} <==", flush=True)
        content = client.read(path, given.form, **reading_in(given))
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return 0


def list_jobs(client: Client, given: argparse.Namespace) -> int:
    wishes = {"state": given.state} if given.state else {}
    jobs = client.jobs(**wishes)
    for job in islice(jobs, given.number):
        progress = job["progress"]
        pages = f"{progress['done']}/{progress['total']}"
        print(job["id"], job["state"], pages, job["engine"], job["created"], sep="  ")
    return 0


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="ocrsite", description="Text out of scans.")
    add = whole.add_argument
    add("--url", default=os.environ.get("OCRSITE_URL"), help="or OCRSITE_URL")
    add("--key", default=os.environ.get("OCRSITE_KEY"), help="or OCRSITE_KEY")
    acts = whole.add_subparsers(required=True, metavar="import|read|jobs")

    one = acts.add_parser("import", help="bring files and folders, to be read there")
    one.set_defaults(act=import_files)
    one.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    one.add_argument("--workspace", help="its id; default: your own")
    one.add_argument("--batch", help="what they are shown under; default: the paths")
    one.add_argument("--wait", action="store_true", help="stay until all are read")
    one.add_argument(
        "--as",
        dest="form",
        help="with --wait: write what was read. With a template, xlsx, csv and json "
        "are one table of the batch's records; all else is a file for each document",
    )
    one.add_argument("--out", help="where: a file for a table, else a folder")
    add_reading(one)

    one = acts.add_parser("read", help="read files and print what they say")
    one.set_defaults(act=read_files)
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--as", dest="form", default="txt", help="default: %(default)s")
    add_reading(one)

    one = acts.add_parser("jobs", help="what was asked for lately")
    one.set_defaults(act=list_jobs)
    one.add_argument("--state", help="queued, running, succeeded, failed…")
    one.add_argument("--number", type=int, default=20, help="default: %(default)s")
    return whole


def add_reading(one: argparse.ArgumentParser) -> None:
    one.add_argument("--engine")
    one.add_argument("--languages", help="with commas: eng,ara")
    one.add_argument("--template", help="an id, or auto: the one that fits")


def main(arguments: list[str] | None = None) -> int:
    given = parser().parse_args(arguments)
    try:
        if not (given.url and given.key):
            raise OcrsiteError("Say where the site is: --url and --key, or set both.")
        with Client(given.url, given.key) as client:
            return given.act(client, given)
    except (OcrsiteError, OSError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The same command goes on where this ended.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
