"""The engines as the site offers them: their class, who can run them."""

from __future__ import annotations

from dataclasses import dataclass
from socket import gethostname
from statistics import fmean
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.utils.translation import gettext as _

from documents.models import Reading, Worker
from documents.models.workers import CPU
from documents.services.sentences import told
from documents.services.starting import how_to_start
from engines import (
    Availability,
    EngineUnavailable,
    engine_names,
    get_engine,
    traits_of,
)

LATEST = 50  # readings that tell how long an engine takes
MINUTE = 60
MEANS = "mean-seconds"


def class_of(name: str) -> str:
    """Which workers read with the engine *name*.

    Raises:
        EngineUnavailable: there is no such engine.
    """
    return traits_of(get_engine(name)).runs_on


def able_engines(engine_class: str) -> list[str]:
    """Those of *engine_class* that can run on this machine."""
    return [name for name in engine_names() if is_able(name, engine_class)]


def is_able(name: str, engine_class: str) -> bool:
    try:
        return class_of(name) == engine_class and get_engine(name).availability().ok
    # An engine of one's own may be misspelt, or break: it is offered by nobody.
    except Exception:
        return False


def availability(name: str) -> Availability:
    """Whether *name* can run here, or on the machine of a worker that offers it.

    Raises:
        EngineUnavailable: there is no such engine.
    """
    here = get_engine(name).availability()
    if here.ok or class_of(name) == CPU or name not in offered_engines():
        return here
    return Availability(ok=True)


def availabilities() -> dict[str, Availability]:
    """The same of every engine, with one look at the workers."""
    offered = offered_engines()
    found = {name: get_engine(name).availability() for name in engine_names()}
    elsewhere = {name: Availability(ok=True) for name in found if name in offered}
    return found | elsewhere


def offered_engines() -> set[str]:
    """What living workers of other machines can read with; what can be read with on
    this one is seen at once, not at the next heartbeat."""
    others = Worker.objects.alive().exclude(host=gethostname())
    return set().union(*others.values_list("offers", flat=True))


def served_classes() -> set[str]:
    """Those classes of engines that a living worker reads with."""
    return set(Worker.objects.alive().values_list("engine_class", flat=True))


def notice_of(engine: str, served: set[str]) -> str:
    """What to tell whoever waits for *engine*, where nobody reads with its class."""
    try:
        engine_class = class_of(engine)
    except EngineUnavailable as gone:
        return told(str(gone))
    if engine_class in served:
        return ""
    words = _("No worker for engines of the class “%(class)s” is running.")
    return f"{words % {'class': engine_class}} {how_to_start(engine_class)}"


def may_write_prompts(user: AbstractBaseUser) -> bool:
    """Whether *user* may ask a model something of their own, beside the presets."""
    return settings.OWN_PROMPTS or user.is_staff


@dataclass(frozen=True, slots=True)
class EngineCard:
    """All there is to tell of an engine; ``seconds`` is a page's mean here, if any."""

    name: str
    label: str
    available: bool
    reason: str
    remedy: str
    version: str
    licence: str
    engine_class: str
    describes: bool
    takes_prompt: bool
    languages: tuple[str, ...]
    options: dict[str, Any]
    loaded: tuple[str, ...]
    seconds: float | None
    notice: str


def engine_cards() -> list[EngineCard]:
    """Every engine, in the order they are offered in; three looks at the database."""
    workers = list(Worker.objects.alive())
    means = mean_seconds()
    return [card_of(name, workers, means.get(name)) for name in engine_names()]


def card_of(name: str, workers: list[Worker], seconds: float | None) -> EngineCard:
    try:
        return _card_of(name, workers, seconds)
    # An engine of one's own (EXTRA_ENGINES) may be misspelt: the page must show that.
    except (EngineUnavailable, ImportError, AttributeError) as error:
        return EngineCard(
            *(name, name, False, str(error), "EXTRA_ENGINES", "", "", ""),
            *(False, False, (), {}, (), None, ""),
        )


def _card_of(name: str, workers: list[Worker], seconds: float | None) -> EngineCard:
    engine = get_engine(name)
    traits = traits_of(engine)
    able = engine.availability()
    others = [worker for worker in workers if worker.host != gethostname()]
    if not able.ok and any(name in worker.offers for worker in others):
        able = Availability(ok=True)
    served = {worker.engine_class for worker in workers}
    return EngineCard(
        name=name,
        label=engine.label,
        available=able.ok,
        reason=able.reason,
        remedy=able.remedy,
        version=engine.version,
        licence=traits.licence,
        engine_class=traits.runs_on,
        describes=traits.describes,
        takes_prompt=traits.takes_prompt,
        languages=engine.languages(),
        options=dict(engine.options_schema),
        loaded=tuple(str(one) for one in workers if name in one.engines),
        seconds=seconds,
        notice=notice_of(name, served) if able.ok else "",
    )


def mean_seconds() -> dict[str, float]:
    """By engine, what its latest pages took here; looked up once a minute."""
    known = cache.get(MEANS)
    if known is None:
        means = ((name, _mean_of(name)) for name in engine_names())
        known = {name: mean for name, mean in means if mean is not None}
        cache.set(MEANS, known, MINUTE)
    return known


def _mean_of(name: str) -> float | None:
    latest = Reading.objects.filter(engine=name).order_by("-pk")
    seconds = latest.values_list("seconds", flat=True)[:LATEST]
    return fmean(seconds) if seconds else None
