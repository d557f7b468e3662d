"""Waiting for the site's first answer."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from threading import Event

from django.conf import settings

ASK_EVERY = 0.2  # seconds


def local_host() -> str:
    """The name under which this machine reaches its own site."""
    try:
        listens = ip_address(settings.HOST)
    except ValueError:
        return settings.HOST
    if not listens.is_unspecified:
        return settings.HOST
    return "127.0.0.1" if listens.version == 4 else "::1"


def address() -> str:
    """Where a browser on this machine finds the site."""
    host = local_host()
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.PORT}/"


def wait_until_ready(stopping: Event) -> bool:
    """True once the site and its workers are ready, False when it is stopped before."""
    while not stopping.wait(ASK_EVERY):
        if is_ready():
            return True
    return False


def is_ready() -> bool:
    path = "/readyz" if settings.WORKERS else "/readyz?only=web"
    connection = HTTPConnection(local_host(), settings.PORT, timeout=5)
    try:
        # The site answers to its own names alone.
        name = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
