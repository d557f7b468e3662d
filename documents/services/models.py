"""Models as staff sees them: what each engine reads with, where it lies, what helps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines import (
    Availability,
    Engine,
    ModelError,
    ModelOwner,
    engine_names,
    get_engine,
    models,
    traits_of,
)


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model as it stands here, and the ``places`` that it is looked for in."""

    standing: models.Standing
    places: Mapping[str, str]

    @property
    def model(self) -> models.Model:
        return self.standing.model

    @property
    def state(self) -> str:
        """In a word: here, optional (and not here), missing or broken."""
        if self.standing.ok:
            return "here"
        if self.standing.origin:
            return "broken"
        return "optional" if self.model.optional else "missing"

    @property
    def size(self) -> int:
        """Bytes: of the files that are here, else what the model weighs; 0: unknown."""
        if not self.standing.ok:
            return self.model.size
        return sum(size_of(path) for path in self.standing.files)


@dataclass(frozen=True, slots=True)
class EngineModels:
    """An engine, whether it can run, and the models that it can read with."""

    name: str
    label: str
    licence: str
    availability: Availability
    models: tuple[ModelState, ...]

    @property
    def lacks_more(self) -> bool:
        """Whether it cannot run for a reason that none of its models tells."""
        told = {state.standing.trouble for state in self.models}
        return not self.availability.ok and self.availability.reason not in told

    @property
    def has_command(self) -> bool:
        """Whether what helps is a command: sentences begin with a capital."""
        return self.availability.remedy[:1].islower()

    @property
    def counted(self) -> list[ModelState]:
        """Those that are here or should be."""
        return [state for state in self.models if state.state != "optional"]

    @property
    def spare(self) -> list[ModelState]:
        """Those that could be here, too."""
        return [state for state in self.models if state.state == "optional"]


def size_of(path: Path) -> int:
    """Bytes of *path*; where it is the index of several files, of all beside it."""
    if path.name.endswith(".safetensors.index.json"):
        return sum(x.stat().st_size for x in path.parent.glob("*.safetensors"))
    return path.stat().st_size


def all_models(names: Iterable[str] = ()) -> list[EngineModels]:
    """How the models of the engines *names* stand here; none: of all.

    Raises:
        EngineUnavailable: there is no engine of a name.
    """
    return [models_of(name) for name in tuple(names) or engine_names()]


def models_of(name: str) -> EngineModels:
    engine = get_engine(name)
    states = (
        ModelState(models.standing(model), models.places_of(model))
        for model in owned_by(engine)
    )
    return EngineModels(
        name,
        engine.label,
        traits_of(engine).licence,
        engine.availability(),
        tuple(states),
    )


def owned_by(engine: Engine) -> tuple[models.Model, ...]:
    return engine.models() if isinstance(engine, ModelOwner) else ()


def wanted_models(name: str, model: str = "") -> list[models.Model]:
    """Those of the engine *name* that are to be installed: the one called *model*, else
    all that it cannot do without and has not.

    Raises:
        EngineUnavailable: there is no such engine.
        ModelError: it has no such model, or none that is missing.
    """
    owned = owned_by(get_engine(name))
    if not owned:
        raise ModelError(f"The engine {name} needs no files of its own.")
    if model:
        found = [one for one in owned if one.name == model]
    else:
        needed = [one for one in owned if not one.optional] or list(owned)
        missing = [one for one in needed if not models.standing(one).ok]
        found = missing or needed[:1]
    if not found:
        names = ", ".join(one.name for one in owned)
        raise ModelError(f"{name} has no model {model}. It has: {names}.")
    return found


def as_json(row: EngineModels) -> dict[str, Any]:
    return {
        "engine": row.name,
        "label": row.label,
        "available": row.availability.ok,
        "reason": row.availability.reason,
        "remedy": row.availability.remedy,
        "models": [state_as_json(state) for state in row.models],
    }


def state_as_json(state: ModelState) -> dict[str, Any]:
    model, found = state.model, state.standing
    return {
        "name": model.name,
        "title": model.title,
        "format": model.format,
        "files": list(model.files),
        "hub": model.hub,
        "revision": found.revision or model.revision,
        "licence": model.licence,
        "optional": model.optional,
        "state": state.state,
        "bytes": state.size,
        "origin": found.origin,
        "path": str(found.path) if found.path else None,
        "looked_in": dict(state.places),
        "trouble": found.trouble,
        "remedy": found.remedy,
    }
