"""Settings from the environment, by helpers that refuse nonsense.

A variable ``NAME`` may also come from a file named by ``NAME_FILE`` (container
secrets), or from the ``.env`` file beside manage.py; the environment wins.
"""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def load_dotenv(path: Path) -> None:
    """Put the ``NAME=value`` lines of *path* into the environment, where not set."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    if name in os.environ:
        return os.environ[name]
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
    return default


def flag(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).strip().lower()
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is “{value}”; say true or false.")
    return value in TRUE


def number(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; say a whole number."
        ) from None
    if result < least:
        raise ImproperlyConfigured(f"{name} is {result}; the least is {least}.")
    return result


def names(name: str, default: str = "") -> list[str]:
    return [x.strip() for x in text(name, default).split(",") if x.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(one) for one in names(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name}: {error}; say networks such as 192.168.7.0/24,fd00::/8."
        ) from error


def folders(name: str) -> list[Path]:
    paths = [Path(one) for one in names(name)]
    for path in paths:
        if not path.is_absolute():
            raise ImproperlyConfigured(f"{name}: “{path}” does not begin with /.")
    return paths


def fernet_keys(name: str) -> list[str]:
    keys = names(name)
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(f"{name}: {error}") from error
    return keys


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(
            f"{name} is “{value}”; say one of {', '.join(allowed)}."
        )
    return value


def database(name: str, default: str) -> dict[str, object]:
    """A Django database from ``sqlite:///path`` or ``postgresql://user:pw@host/db``."""
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(url.path[1:])}
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
        }
    raise ImproperlyConfigured(f"{name} must begin with sqlite:/// or postgresql://.")
