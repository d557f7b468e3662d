"""Which checkpoint Qwen3-VL speaks with: the usual one, or any of its siblings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engines.environment import text
from engines.models import Model, standing

NAME = "qwen3-vl"
SETTING, REVISION = "QWEN_MODEL", "QWEN_REVISION"
NAME_LETTERS = 60  # of a folder's own name: a version is kept in 255
FILES = (
    *("config.json", "tokenizer.json", "tokenizer_config.json"),
    *("preprocessor_config.json", "model.safetensors"),
)


def _published(size: str, revision: str, weighs: int) -> Model:
    return Model(
        engine=NAME,
        name=f"qwen3-vl-{size.lower()}",
        title=f"Qwen3-VL {size}",
        format="safetensors",
        files=FILES,
        hub=f"Qwen/Qwen3-VL-{size}-Instruct",
        revision=revision,
        licence="Apache-2.0",
        size=weighs,
        architectures=("Qwen3VLForConditionalGeneration",),
    )


SIBLINGS = (
    _published("2B", "89644892e4d85e24eaac8bacfd4f463576704203", 4_300_000_000),
    _published("4B", "ebb281ec70b05090aa6165b016eac8ec08e71b17", 8_900_000_000),
    _published("8B", "0c351dd01ed87e9c1b53cbc748cba10e6187ff3b", 17_600_000_000),
)


def checkpoints() -> tuple[Model, ...]:
    """The one to speak with first; one can do without the others."""
    first = chosen()
    others = (model for model in SIBLINGS if model.hub != first.hub)
    return first, *(replace(model, optional=True) for model in others)


def chosen() -> Model:
    """What the settings name: a sibling, another repository of the hub or a folder."""
    said = text(SETTING, SIBLINGS[0].hub)
    model = next((one for one in SIBLINGS if one.hub == said), None)
    if model is None:
        model = _other(said)
    revision = text(REVISION, model.revision)
    return replace(model, revision=revision, variable=SETTING)


def _other(said: str) -> Model:
    name = Path(said).name
    is_folder = said[0] in "./~" or Path(said).is_dir()
    hub = "" if is_folder else said
    return replace(SIBLINGS[0], name=name, title=name, hub=hub, revision="", size=0)


def identity() -> str:
    """Changes with the weights; cheap, and the same wherever they lie."""
    from engines.vlm.weights import digest_of

    model = chosen()
    found = standing(model)
    return (
        f"{model.name[:NAME_LETTERS]} {digest_of(found.files) if found.ok else 'none'}"
    )
