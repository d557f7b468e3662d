"""Where vision-language models run: a graphics card where there is one."""

from __future__ import annotations

from engines import environment
from engines.errors import EngineUnavailable


def device() -> str:
    """What ``VLM_DEVICE`` says: "cuda" or "cpu", else the better one that is here.

    Raises:
        EngineUnavailable: the setting names a device that is not there.
    """
    import torch

    wish = environment.text("VLM_DEVICE", "auto")
    if wish == "cuda" and not torch.cuda.is_available():
        raise EngineUnavailable("VLM_DEVICE is cuda, but there is no such device here.")
    if wish == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wish
