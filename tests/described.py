"""Documents whose pictures were described, made without a model."""

from __future__ import annotations

from documents.models import Document, Job, Reading
from documents.services.texts.search import index
from engines import Box, Line, Page, page_to_json
from tests.made import HEIGHT, WIDTH, made_job

CAPTION = "A red car beside two trees, under the sky."
PLACES = {
    "a red car": [Box(40, 150, 200, 280)],
    "two trees": [Box(220, 60, 290, 260), Box(300, 80, 380, 270)],
    "The sky": [Box(0, 0, 400, 60)],
}
LINES = tuple(
    Line(phrase, box.polygon) for phrase, boxes in PLACES.items() for box in boxes
)
NAMES = ["red car", "two trees", "sky"]


def described_job(document: Document, engine: str = "kosmos-2") -> Job:
    """A job that described each page of *document*."""
    job = made_job(document, engine=engine)
    page = Page(WIDTH, HEIGHT, LINES, CAPTION, engine, is_description=True)
    readings = Reading.objects.filter(page_reads__job=job)
    readings.update(result=page_to_json(page), text=CAPTION, confidence=None)
    index(document)
    return job
