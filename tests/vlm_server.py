"""A server that speaks OpenAI's protocol, as vLLM, SGLang, Ollama and llama.cpp do.

    python -m tests.vlm_server --port 0 --behaviour fine --key secret

says where it listens, and then behaves. Each path has a behaviour of its own, too:
``/garbled/any-name/v1`` is the endpoint of a server that answers so, and
``/log/any-name`` tells what was asked of it, whatever the behaviour.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import os
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from PIL import Image

from tests.vlm_behaviours import BEHAVIOURS
from tests.vlm_replies import Reply

MODEL = "tiny-vl"
MOST = 64 * 2**20  # bytes of a request


class Log:
    """What was asked of one endpoint, and how much of it at once."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.now = self.most_at_once = 0
        self.was_hung_up = False  # the one who asked left before the end
        self.lock = Lock()

    def __enter__(self) -> int:
        """The number of the request, from 0."""
        with self.lock:
            self.now += 1
            self.most_at_once = max(self.now, self.most_at_once)
            self.requests.append({})
            return len(self.requests) - 1

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.now -= 1

    def told(self) -> dict[str, Any]:
        return {
            "requests": self.requests,
            "most_at_once": self.most_at_once,
            "was_hung_up": self.was_hung_up,
        }


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, behaviour: str, key: str, models: list[str]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.behaviour, self.key, self.models = behaviour, key, models
        self.logs: defaultdict[str, Log] = defaultdict(Log)


class Refused(Exception):
    """The request is not as it should be: a status, a message and its type."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, *_: object) -> None:
        """Whoever asks /log is told; the terminal is left alone."""

    def do_GET(self) -> None:
        behaviour, name, rest = self.place()
        if behaviour == "log":
            self.say(200, self.server.logs[name].told())
        elif rest == "v1/models" and behaviour != "modelless":
            self.guarded(self.list_models)
        else:
            self.say(404, {"detail": "Not Found"})

    def do_POST(self) -> None:
        body = self.rfile.read(min(MOST, int(self.headers["Content-Length"])))
        behaviour, name, rest = self.place()
        if rest != "v1/chat/completions":
            self.say(404, {"detail": "Not Found"})
            return
        log = self.server.logs[name]
        with log as number:
            try:
                self.guarded(lambda: self.chat(behaviour, body, log, number))
            except OSError:
                log.was_hung_up = True
                self.close_connection = True

    def place(self) -> tuple[str, str, str]:
        """The behaviour that the path names, the endpoint's name, and what follows."""
        parts = self.path.strip("/").split("/", 2)
        if parts[0] == "v1":
            return self.server.behaviour, "", "/".join(parts)
        return (*parts, "", "")[0], (*parts, "", "")[1], (*parts, "", "")[2]

    def guarded(self, act: Any) -> None:
        try:
            key = self.server.key
            if key and self.headers["Authorization"] != f"Bearer {key}":
                raise Refused(401, "Incorrect API key provided", "AuthenticationError")
            act()
        except Refused as no:
            status, message, kind = no.args
            error = {"message": message, "type": kind, "param": None, "code": status}
            self.say(status, {"error": error})

    def list_models(self) -> None:
        rows = [{"id": name, "object": "model"} for name in self.server.models]
        self.say(200, {"object": "list", "data": rows})

    def chat(self, behaviour: str, body: bytes, log: Log, number: int) -> None:
        wish = json.loads(body)
        picture, prompt = seen(wish["messages"])
        log.requests[number] = {
            "model": wish["model"],
            "prompt": prompt,
            "picture": [picture.format, *picture.size],
            "temperature": wish["temperature"],
            "max_tokens": wish["max_tokens"],
            "stream": wish["stream"],
            "key": bool(self.headers["Authorization"]),
        }
        if wish["model"] not in self.server.models:
            message = f"The model `{wish['model']}` does not exist."
            raise Refused(404, message, "NotFoundError")
        BEHAVIOURS[behaviour](Reply(self, wish, picture, number))

    def say(self, status: int, told: object, **headers: str) -> None:
        self.say_bytes(status, json.dumps(told).encode(), "application/json", **headers)

    def say_bytes(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


def seen(messages: list[dict[str, Any]]) -> tuple[Image.Image, str]:
    """The one picture and the one text that were sent.

    Raises:
        Refused: there is no whole picture among them.
    """
    (message,) = messages
    parts = {part["type"]: part for part in message["content"]}
    head, _, data = parts["image_url"]["image_url"]["url"].partition(",")
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(data, validate=True)))
        picture.load()
    except (OSError, ValueError):
        raise Refused(400, "The picture is broken", "BadRequestError") from None
    if head != f"data:image/{(picture.format or '').lower()};base64":
        raise Refused(400, "The picture is of another type", "BadRequestError")
    return picture, parts["text"]["text"]


@contextmanager
def running(*arguments: str) -> Iterator[str]:
    """A server in a process of its own; the address that it listens at."""
    line = [sys.executable, "-m", "tests.vlm_server", *arguments]
    root = Path(__file__).resolve().parent.parent
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, text=True
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def told_of(address: str, name: str) -> dict[str, Any]:
    """What was asked of the endpoint *name* of the server at *address*."""
    with urllib.request.urlopen(f"{address}/log/{name}") as answer:
        return json.load(answer)


def end_with_input() -> None:
    """Stop when whoever started it is gone, and its standard input closed."""
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behaviour", default="fine", choices=sorted(BEHAVIOURS))
    parser.add_argument("--key", default="")
    parser.add_argument("--model", action="append", default=[])
    wish = parser.parse_args()
    server = Server(wish.port, wish.behaviour, wish.key, wish.model or [MODEL])
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    Thread(target=end_with_input, daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
