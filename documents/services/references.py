"""Reference pages of layouts: prepared by a worker once, kept at hand by each."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

import engines
from documents.models import Page, RoiTemplate, TemplatePage, Workspace
from documents.services.crops import remove
from documents.services.pages import loaded, local_path
from documents.services.patience import patient
from documents.services.queue import enqueue
from engines import Reference, TemplateError

if TYPE_CHECKING:
    from PIL import Image

logger = logging.getLogger(__name__)
PREPARE = "documents.tasks.prepare_template"
WORDS_ENGINE = "ppocr"  # finds print wherever it stands, and is on every machine
PICTURE_QUALITY = 90
AT_HAND = 128  # pages; a workspace of fifty layouts is compared with every page


@dataclass(frozen=True)
class Candidate:
    """A page of a layout that a scan may have been printed from."""

    template: RoiTemplate
    page: TemplatePage
    reference: Reference


def prepare(template: RoiTemplate) -> None:
    """Make what registration compares, on each page where it is still missing.

    Raises:
        TemplateError: the layout has no picture, and the page it was drawn on is gone.
    """
    for page in template.pages.filter(features=""):
        page.template = template
        prepare_page(page)


def prepare_forgotten() -> int:
    """Ask anew for layouts whose wake-up was lost, or whose worker died; how many."""
    unmade = TemplatePage.objects.filter(
        features="", template__archived=None, template__updated__lt=a_while_ago()
    )
    able = unmade.exclude(picture="", template__document=None)
    keys = list(able.order_by().values_list("template", flat=True).distinct())
    for key in keys:
        enqueue(PREPARE, key)
    return len(keys)


def a_while_ago() -> datetime:
    return timezone.now() - timedelta(minutes=10)


def prepare_page(page: TemplatePage) -> Reference:
    """Read *page*, keep its picture, its lines and its features; also anew, where the
    features are of another version or were lost."""
    with picture_of(page) as image:
        read = read_lines(page, image)
        reference = engines.make_reference(image.image, read)
        made = TemplatePage(
            pk=page.pk,
            template=page.template,
            number=page.number,
            width=reference.width,
            height=reference.height,
            picture=page.picture.name,
            lines=engines.page_to_json(read)["lines"],
        )
        if not page.picture:
            picture = ContentFile(jpeg(image.image))
            made.picture.save("page.jpg", picture, save=False)
    made.features.save("page.roi", ContentFile(reference.to_bytes()), save=False)
    keep(page, made)
    return reference


@contextmanager
def picture_of(page: TemplatePage) -> Iterator[engines.PageImage]:
    """The reference's own picture; before there is one, the page it was drawn on."""
    if page.picture:
        with local_path(page.picture) as path:
            yield engines.load_page(path, 1)
        return
    drawn_on = Page.objects.filter(
        document=page.template.document_id,
        number=page.template.page + page.number - 1,
    )
    if (source := drawn_on.select_related("document").first()) is None:
        raise TemplateError(
            _("The page that this layout was drawn on is gone. Draw it anew.")
        )
    with loaded(source) as image:
        yield image


def read_lines(page: TemplatePage, image: engines.PageImage) -> engines.Page:
    width, height = image.image.size
    if page.lines and (page.width, page.height) == (width, height):
        known = {"width": width, "height": height, "lines": page.lines, "text": ""}
        return engines.page_from_json(known)
    languages = tuple(page.template.newest.definition["languages"])
    return words_on(image, languages)


def words_on(image: engines.PageImage, languages: tuple[str, ...]) -> engines.Page:
    """All print on *image*, each word with its place."""
    # Only pixels: a text layer may say what the print does not.
    pixels = engines.PageImage(image.image, image.dpi)
    options = engines.Options(languages=languages)
    return engines.read_page(pixels, engine=WORDS_ENGINE, options=options, turn=0)


def keep(page: TemplatePage, made: TemplatePage) -> None:
    """Put *made* in the place of *page*, unless another worker was faster."""
    old = (page.picture.name, page.features.name)
    new = (made.picture.name, made.features.name)
    kept = _keep(page, made)
    used, unused = (new, old) if kept else (old, new)
    remove(set(unused) - set(used))
    if kept:
        page.picture, page.features, page.lines = (*new, made.lines)
        page.width, page.height = made.width, made.height


@patient
def _keep(page: TemplatePage, made: TemplatePage) -> bool:
    mine = TemplatePage.objects.filter(pk=page.pk, features=page.features.name)
    return bool(
        mine.update(
            picture=made.picture.name,
            features=made.features.name,
            lines=made.lines,
            width=made.width,
            height=made.height,
        )
    )


def jpeg(image: Image.Image) -> bytes:
    """The whole picture: regions are shown on it as sharp as they were scanned."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=PICTURE_QUALITY)
    return out.getvalue()


def candidates(templates: Iterable[RoiTemplate]) -> list[Candidate]:
    """Every page of *templates*, prepared on the spot where it is not.

    Raises:
        TemplateError: one of them cannot be prepared.
    """
    return [
        Candidate(template, page, reference_of(page, template))
        for template in templates
        for page in template.pages.all()
    ]


def sound_candidates(templates: Iterable[RoiTemplate]) -> list[Candidate]:
    """As ``candidates``, without layouts that cannot be prepared: one of them must not
    keep all others from being found."""
    found: list[Candidate] = []
    for template in templates:
        try:
            found += candidates([template])
        except (engines.OcrError, OSError) as error:
            logger.warning("Layout %s is left out: %s", template.pk, error)
    return found


def reference_of(page: TemplatePage, template: RoiTemplate) -> Reference:
    try:
        if page.features:
            return at_hand(page.features.name)
    except (TemplateError, FileNotFoundError) as error:
        # Of an older version, or lost: the picture is there to make it anew.
        logger.warning("%s is prepared again: %s", page, error)
    page.template = template
    return prepare_page(page)


@lru_cache(maxsize=AT_HAND)
def at_hand(name: str) -> Reference:
    """The reference in the file *name*, which is written once and never changed."""
    with default_storage.open(name) as file:
        return Reference.from_bytes(file.read())


def names_of(workspace: Workspace) -> list[str]:
    """Every file of the layouts of *workspace*, of those that were put away too."""
    pages = TemplatePage.objects.filter(template__workspace=workspace)
    files = pages.values_list("picture", "features")
    return [name for pair in files for name in pair if name]
