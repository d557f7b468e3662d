"""What must be there before anything starts: a secret, a lock, a port, static files."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.core.management.utils import get_random_secret_key

from documents.storage import StorageTrouble

UNUSED = ["rest_framework", "redoc"]  # static files of libraries, in megabytes


NEW_SECRETS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": get_random_secret_key,
    "ENCRYPTION_KEYS": lambda: Fernet.generate_key().decode(),
}


def missing_secrets() -> list[str]:
    return [
        name
        for name in NEW_SECRETS
        if not (os.environ.get(name) or os.environ.get(f"{name}_FILE"))
    ]


def write_secrets(path: Path, names: list[str]) -> None:
    """Add new secrets to the settings file at *path*, for its owner's eyes."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        path.chmod(0o600)
        file.writelines(f"{name}={NEW_SECRETS[name]()}\n" for name in names)


def check_storage() -> None:
    """
    Raises:
        CommandError: files cannot be kept where the settings say.
    """
    try:
        with suppress(FileNotFoundError):  # of a disk on which nothing lies yet
            default_storage.listdir("originals")
    except StorageTrouble as error:
        raise CommandError(str(error)) from error


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold *folder*, which only one ``up`` at a time may use.

    Tells whether the last holder left it in good order.

    Raises:
        CommandError: another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "up.lock").open("a+", encoding="utf-8") as file:
        file.seek(0)
        holder = file.read().strip()
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                f"The site already runs from {folder} (process {holder}). "
                "Stop that one, or set another DATA_DIR."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield not holder
        finally:
            file.truncate(0)


def check_port(host: str, port: int, patience: float) -> None:
    """See that *port* can be had, within so many seconds.

    Raises:
        CommandError: it cannot.
    """
    end = time.monotonic() + patience
    while (trouble := port_trouble(host, port)) and time.monotonic() < end:
        time.sleep(0.3)  # a site that is just ending lets go of its port
    if trouble:
        raise CommandError(trouble)


def port_trouble(host: str, port: int) -> str:
    try:
        family, kind, *_, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror:
        return f"There is no address {host} on this machine. Choose another --host."
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                return f"{host}:{port} cannot be used: {error.strerror}."
            return (
                f"Port {port} is taken by another program. Stop that one, or choose "
                f"another port: manage.py up --port {port + 1}"
            )
    return ""


def collect_static() -> bool:
    """Collect static files if any has changed since the last time; say whether so."""
    mark = settings.STATIC_ROOT / ".fingerprint"
    now = fingerprint()
    with suppress(OSError):
        if mark.read_text() == now:
            return False
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=UNUSED
    )
    mark.write_text(now)
    return True


def fingerprint() -> str:
    """Names, sizes and dates of all static files, in 64 characters."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(UNUSED):
            stat = Path(storage.path(name)).stat()
            digest.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
