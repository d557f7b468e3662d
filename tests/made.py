"""Documents as they are after they were read, made without reading them."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from documents.models import Document, Job, Page, PageRead, Reading, Workspace
from documents.models.jobs import State
from documents.services.texts.search import index

WIDTH, HEIGHT = 400, 300
WORDS = (("Corner Shop", 0.99), ("2 apples  1.20", 0.91), ("T0tal  1.20", 0.62))


def made_document(
    user: User,
    *,
    name: str = "scan.png",
    pages: int = 1,
    workspace: Workspace | None = None,
    age: timedelta = timedelta(),
    prepared: bool = True,
    words: tuple[tuple[str, float], ...] = WORDS,
) -> Document:
    """A document whose every page shows *words*; its previews lie ready."""
    picture = drawn(words)
    original = encoded(picture, "TIFF" if pages > 1 else "PNG", pages)
    preview = encoded(picture, "JPEG")
    document = Document(
        workspace=workspace or user.personal_workspace,
        created_by=user,
        name=name,
        media_type="image/png",
        size=len(preview),
        sha256=hashlib.sha256(f"{name}{timezone.now()}".encode()).hexdigest(),
        page_count=pages,
        source=Document.Source.WEB,
    )
    document.file.save("original.png", ContentFile(original), save=False)
    document.save()
    for number in range(1, pages + 1):
        page = Page(document=document, number=number, width=WIDTH, height=HEIGHT)
        if prepared:
            page.turn = 0
            page.preview.save("preview.jpg", ContentFile(preview), save=False)
        page.save()
    if age:
        document.created = timezone.now() - age
        document.save(update_fields=["created"])
    return document


def made_job(
    document: Document,
    states: str = "",
    *,
    engine: str = "tesseract",
    words: tuple[tuple[str, float], ...] = WORDS,
    error: str = "",
    seconds: float = 1.25,
) -> Job:
    """A job on it; *states* has a letter for each page: q r s f c (empty: all s)."""
    letters = states or "s" * document.page_count
    job = Job.objects.create(
        workspace=document.workspace,
        document=document,
        created_by=document.created_by,
        engine=engine,
        languages=["eng"],
        state=state_of_all(letters),
        error=error,
    )
    for page, letter in zip(document.pages.all(), letters, strict=True):
        PageRead.objects.create(
            job=job,
            page=page,
            workspace=document.workspace,
            number=page.number,
            lane=job.lane,
            state=state_of(letter),
            reading=reading(job, page, words, seconds) if letter == "s" else None,
            error="The engine gave up. Try another one." if letter == "f" else "",
        )
    index(document)
    return job


def state_of(letter: str) -> State:
    return next(state for state in State if state.value[0] == letter)


def state_of_all(letters: str) -> State:
    for letter in "rqsfc":
        if letter in letters:
            return state_of(letter)
    raise ValueError("a job has a page at least")


def reading(
    job: Job, page: Page, words: tuple[tuple[str, float], ...], seconds: float
) -> Reading:
    text = "\n".join(text for text, _confidence in words)
    return Reading.objects.create(
        workspace=job.workspace,
        sha256=job.document.sha256,
        page_number=page.number,
        engine=job.engine,
        engine_version="1",
        pipeline_version="1",
        options=job.pk.hex,
        result={
            "width": WIDTH,
            "height": HEIGHT,
            "engine": job.engine,
            "notes": [],
            "text": text,
            "lines": lines(words),
        },
        text=text,
        confidence=0.9,
        seconds=seconds,
    )


def lines(words: tuple[tuple[str, float], ...]) -> list[dict[str, Any]]:
    """One below the other, none below the page's foot."""
    pitch = min(60, (HEIGHT - 40) / max(len(words), 1))
    return [line(*word, 20 + pitch * n, pitch * 2 / 3) for n, word in enumerate(words)]


def line(text: str, confidence: float, top: float, height: float) -> dict[str, Any]:
    left, right, bottom = 20, WIDTH - 20, top + height
    polygon = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return {"text": text, "confidence": confidence, "polygon": polygon, "words": []}


def drawn(words: tuple[tuple[str, float], ...]) -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    for (text, _confidence), shape in zip(words, lines(words), strict=True):
        left, top = shape["polygon"][0]
        pen.text((left, top), text, fill="black", font_size=32)
    return picture


def encoded(picture: Image.Image, kind: str, frames: int = 1) -> bytes:
    out = BytesIO()
    more = {"save_all": True, "append_images": [picture] * (frames - 1)}
    picture.save(out, kind, **(more if frames > 1 else {}))
    return out.getvalue()
