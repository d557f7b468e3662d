"""What to type where nobody reads, or the queue sleeps."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.models import Worker
from documents.models.workers import NETWORK

START = "python manage.py up"
SWEEP = "python manage.py sweep"
SETTINGS = {
    "cpu": "WORKERS",
    "gpu": "GPU_WORKERS",
    "remote": "REMOTE_WORKERS",
    "network": "NETWORK_WORKERS",
}


def how_to_start(engine_class: str = "") -> str:
    """How to start a worker: any, or one for engines of *engine_class*."""
    setting = f"{SETTINGS[engine_class]}=1 " if engine_class else ""
    return _("Start one: %(command)s") % {"command": f"{setting}{START}"}


def network_notice() -> str:
    """What to tell whoever waits for a source or a webhook, where nobody attends."""
    if Worker.objects.alive().filter(engine_class=NETWORK).exists():
        return ""
    words = _("No worker that visits sources and calls webhooks is running.")
    return f"{words} {how_to_start(NETWORK)}"


def how_to_wake() -> str:
    return _(
        "Wake the queue: %(sweep)s. If that does not help, start again: %(start)s"
    ) % {"sweep": SWEEP, "start": START}
