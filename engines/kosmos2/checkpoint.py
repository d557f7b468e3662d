"""Which checkpoint Kosmos-2 speaks with, and how to tell it from another one."""

from __future__ import annotations

from pathlib import Path

from engines import environment
from engines.models import Model

HUB = "microsoft/kosmos-2-patch14-224"
REVISION = "e91cfbcb4ce051b6a55bfb5f96165a3bbf5eb82c"
SETTING = "KOSMOS_MODEL"


def checkpoint() -> Model:
    """The published one, or that which the settings name; a folder of theirs is found
    by the setting itself."""
    said = environment.text(SETTING, HUB)
    hub = HUB if Path(said).is_absolute() else said
    pinned = REVISION if hub == HUB else ""
    return Model(
        engine="kosmos-2",
        name="kosmos-2-patch14-224",
        title="Kosmos-2",
        format="safetensors",
        files=(
            *("config.json", "tokenizer.json", "tokenizer_config.json"),
            "model.safetensors",
        ),
        hub=hub,
        revision=environment.text("KOSMOS_REVISION", pinned),
        licence="MIT",
        size=6_700_000_000,
        variable=SETTING,
        architectures=("Kosmos2ForConditionalGeneration",),
    )


def files_of(folder: Path) -> list[Path]:
    """All in *folder* that changes what is said of the same picture."""
    return [*folder.glob("*.json"), *folder.glob("*.safetensors")]
