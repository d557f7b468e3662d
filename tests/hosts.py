"""Hosts on the web that do as they are told: well, badly, or not at all."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from threading import Thread

from PIL import Image

Answer = Callable[[socket.socket], None]


class Host(Thread):
    """Listens on *address*, counts who connects, and answers by path.

    ``bare`` answers every connection before a word was said.
    """

    def __init__(
        self,
        address: str = "127.0.0.1",
        *,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
        bare: Answer | None = None,
    ) -> None:
        super().__init__(daemon=True)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.door = socket.create_server((address, port), family=family, backlog=64)
        self.port = self.door.getsockname()[1]
        self.tls = tls
        self.bare = bare
        self.answers: dict[str, Answer] = {}
        self.connections = 0
        self.requests: list[bytes] = []

    def run(self) -> None:
        with suppress(OSError):  # the door was closed
            while True:
                connection, _address = self.door.accept()
                self.connections += 1
                Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # whoever asked has gone
            if self.bare:
                self.bare(connection)
                return
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                head = self.head_of(connection)
                path = head.split()[1].decode()
                self.answers.get(path, says(status="404 Not Found"))(connection)

    def head_of(self, connection: socket.socket) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = connection.recv(1)
            if not byte:
                raise OSError("no request")
            head += byte
        self.requests.append(head)
        return head

    def close(self) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.join()


@contextmanager
def open_host(*given: str, **wishes: object) -> Iterator[Host]:
    host = Host(*given, **wishes)
    host.start()
    try:
        yield host
    finally:
        host.close()


def says(
    body: bytes = b"", status: str = "200 OK", **headers: object
) -> Callable[[socket.socket], None]:
    """Answers *body*, and its true length unless the headers say another one."""
    lines = {"content_length": len(body), "connection": "close", **headers}
    head = "".join(
        f"{name.replace('_', '-')}: {value}\r\n"
        for name, value in lines.items()
        if value is not None
    )
    answer = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body
    return lambda connection: connection.sendall(answer)


def leads_to(location: str, status: str = "302 Found") -> Answer:
    return says(b"", status, location=location)


def picture(width: int = 40, height: int = 30) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()
