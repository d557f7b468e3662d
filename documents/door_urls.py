"""Addresses that other services had: programs post to them, people look at a form."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from documents.api.doors import GenerateText, PictureToPicture, PictureToText
from documents.views import doors

Answer = Callable[[HttpRequest], HttpResponseBase]


def door(page: Answer, call: Answer) -> Answer:
    """GET is the *page*, unless a program with a key asks; all else is the *call*."""

    # The API insists on a token wherever a session speaks, and on none with a key.
    @csrf_exempt
    def answer(request: HttpRequest) -> HttpResponseBase:
        is_look = request.method in ("GET", "HEAD")
        by_key = "Authorization" in request.headers
        return (page if is_look and not by_key else call)(request)

    return answer


urlpatterns = [
    path("img_txt", door(doors.img_txt, PictureToText.as_view()), name="img_txt"),
    path("img_img", door(doors.img_img, PictureToPicture.as_view()), name="img_img"),
    path(
        "generate-text",
        door(doors.generate_text, GenerateText.as_view()),
        name="generate_text",
    ),
]
