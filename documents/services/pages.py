"""A page as a picture: loaded once, set upright once, shown as a small JPEG."""

from __future__ import annotations

import io
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

import engines
from documents.models import Document, Page
from documents.models.jobs import OPEN
from documents.services.copies import copy_of
from documents.services.patience import patient

if TYPE_CHECKING:
    from PIL import Image

logger = logging.getLogger(__name__)
PREVIEW_SIDE = 1600  # pixels of the longest side
NEARLY = 1.2  # times that: so much larger a page is not worth the time to shrink it
PREVIEW_QUALITY = 80
MOMENT = 5.0  # seconds: then pages that people wait for have their turn


@contextmanager
def loaded(page: Page) -> Iterator[engines.PageImage]:
    """The page's picture, upright; which way is up is decided now, if it was not yet.

    Its file is at hand within the context only: a PDF's own text is read from it.

    Raises:
        FileError: the file cannot be read.
        OSError: the file cannot be fetched.
    """
    with local_path(page.document.file) as path:
        image = engines.load_page(path, page.number, dpi=settings.PDF_DPI)
        if page.turn is None:
            decide_turn(page, image)
        yield image.turned(page.turn)


def decide_turn(page: Page, image: engines.PageImage) -> None:
    """Write down which way is up; another worker may have written the same."""
    turn = engines.find_turn(image)
    width, height = image.image.size
    if turn % 2:
        width, height = height, width
    _settle(page, turn, width, height)
    page.turn, page.width, page.height = turn, width, height


@patient
def _settle(page: Page, turn: int, width: int, height: int) -> None:
    Page.objects.filter(pk=page.pk, turn=None).update(
        turn=turn, width=width, height=height
    )


def make_preview(page: Page, image: Image.Image) -> None:
    """Keep a small JPEG of the upright *image*, if there is none yet."""
    if page.preview:
        return
    page.preview.save("preview.jpg", ContentFile(jpeg(image)), save=False)
    if not _keep_preview(page):
        page.preview.delete(save=False)


@patient
def _keep_preview(page: Page) -> bool:
    # Another worker may have been faster, or the page may be gone by now.
    missing = Page.objects.filter(pk=page.pk, preview="")
    return bool(missing.update(preview=page.preview.name))


def jpeg(image: Image.Image) -> bytes:
    """*image* as a JPEG of about PREVIEW_SIDE at most."""
    from PIL import Image  # not for the web process

    scale = PREVIEW_SIDE / max(image.size)
    if scale * NEARLY < 1:
        width, height = (max(1, round(side * scale)) for side in image.size)
        image = image.resize(
            (width, height), Image.Resampling.BILINEAR, reducing_gap=2.0
        )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=PREVIEW_QUALITY)
    return out.getvalue()


def prepare_page(page: Page) -> None:
    """Set *page* upright and make its preview."""
    with loaded(page) as image:
        make_preview(page, image.image)


def prepare_document(document: Document) -> bool:
    """Make the previews that are missing, for a moment; say whether all are made.

    Pages that a job is going to read are left to it.
    """
    end = time.monotonic() + MOMENT
    missing = document.pages.filter(preview="").exclude(reads__state__in=OPEN)
    for page in missing.select_related("document"):
        if time.monotonic() > end:
            return False
        try:
            prepare_page(page)
        except (engines.OcrError, OSError):
            # The page is shown without a picture; a job on it will tell the reason.
            logger.exception("Page %s has no preview", page.pk)
    return True


@contextmanager
def local_path(file: FieldFile) -> Iterator[Path]:
    """A path where the content of *file* lies, wherever it is stored."""
    try:
        path = file.path
    except NotImplementedError:  # the storage is none of this machine's disks
        copy = copy_of(file.storage, file.name)
        yield copy.path
    else:
        yield Path(path)
