"""Google Vision's addresses; a project in one of them makes no difference."""

from django.urls import re_path

from documents.api.vision import Annotate

urlpatterns = [
    re_path(
        r"^v1/(?:projects/[^/]+/(?:locations/[^/]+/)?)?images:annotate$",
        Annotate.as_view(),
        name="annotate_images",
    ),
]
