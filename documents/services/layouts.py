"""Which layout a page was printed from, and how that lies on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext_noop as _

import engines
from documents.models import RoiTemplate, TemplatePage, Workspace
from documents.services.references import Candidate, words_on
from engines import Reference, Registration

if TYPE_CHECKING:
    from collections.abc import Iterable

NONE_FITS = _("The page looks like none of the layouts.")


class Words:
    """The print of a page with its places: what is known, else read when asked for."""

    def __init__(
        self,
        image: engines.PageImage,
        known: engines.Page | None,
        languages: Iterable[str],
    ) -> None:
        self.image = image
        self.languages = tuple(languages)
        self.page = known if known and is_placed(known) else None

    def __call__(self) -> engines.Page:
        if self.page is None:
            self.page = words_on(self.image, self.languages)
        return self.page


def is_placed(page: engines.Page) -> bool:
    """Whether it is known where the words stand: some engines do not tell."""
    return any(line.words or line.polygon for line in page.lines)


@dataclass(frozen=True)
class Found:
    """One page of a layout, and how it lies on the scan."""

    candidate: Candidate
    registration: Registration

    @property
    def template(self) -> RoiTemplate:
        return self.candidate.template

    @property
    def page(self) -> TemplatePage:
        return self.candidate.page

    @property
    def reference(self) -> Reference:
        return self.candidate.reference

    def as_json(self) -> dict[str, Any]:
        return {
            "template": str(self.template.pk),
            "name": self.template.name,
            "version": self.template.version,
            "page": self.page.number,
            **told(self.registration),
        }


def told(registration: Registration) -> dict[str, Any]:
    return {
        "score": round(registration.score, 4),
        "rung": registration.rung,
        "reason": registration.reason,
    }


def alive_layouts(workspace: Workspace) -> list[RoiTemplate]:
    """What a page of *workspace* may have been printed from."""
    # Not what was read on them: it is long, and no page is compared with it.
    pages = Prefetch("pages", TemplatePage.objects.defer("lines"))
    return list(workspace.roi_templates.alive().prefetch_related(pages))


def fitting(
    image: engines.PageImage, candidates: Sequence[Candidate], words: Words
) -> list[Found]:
    """Those that *image* was printed from, the best first, one page of each layout."""
    known = {candidate.page.pk: candidate for candidate in candidates}
    references = {key: candidate.reference for key, candidate in known.items()}
    matches = engines.choose_reference(image.image, references, words)
    best: dict[Any, Found] = {}
    for match in matches:
        candidate = known[match.key]
        found = Found(candidate, match.registration)
        best.setdefault(candidate.template.pk, found)
    return list(best.values())


def laid_over(
    image: engines.PageImage, candidates: Sequence[Candidate], words: Words
) -> Found:
    """The page of the one layout in *candidates* that fits best, if it holds or not."""
    found = [
        Found(one, engines.register_page(image.image, one.reference, words))
        for one in candidates
    ]
    return max(found, key=lambda one: (one.registration.holds, one.registration.score))


def regions_on(
    template: engines.Template, place: int, places: int
) -> tuple[engines.Region, ...]:
    """The regions that lie on page *place* of a layout of so many *places*."""
    return tuple(
        region
        for region in template.regions
        if region.page == place or (region.page == engines.LAST and place == places)
    )
