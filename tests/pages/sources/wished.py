"""What is typed into the form of a source, and what is answered."""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.http import HttpResponse

from tests.sources.fakes import SECRET

NEW = "/sources/new/fake/"
READER = {"engine": "auto", "languages": ["ara", "eng"], "tags": "paid, 2026 ,"}
WISH = {
    "name": "Scans",
    "place_folder": "inbox",
    "place_password": SECRET,
    "place_depth": "3",
    "schedule": "0 * * * *",
    **READER,
}


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response: HttpResponse) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)
