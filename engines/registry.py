"""Names to engines: one row each, a dotted path, loaded when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from engines.errors import EngineUnavailable
from engines.protocol import Engine

ENGINES: dict[str, str] = {
    "auto": "engines.auto.Auto",
    "ppocr": "engines.ppocr.PPOCR",
    "tesseract": "engines.tesseract.Tesseract",
    "arabic": "engines.arabic.Arabic",
    "digits": "engines.digits.engine.Digits",
    "embedded": "engines.embedded.Embedded",
    "agree": "engines.agree.Agree",
    "paddleocr": "engines.paddleocr.PaddleOCR",
    "openocr": "engines.openocr.OpenOCR",
    "qwen3-vl": "engines.qwen3vl.Qwen3VL",
    "kosmos-2": "engines.kosmos2.Kosmos2",
    "vlm-http": "engines.vlm_http.VlmHttp",
}


def register(name: str, path: str) -> None:
    """Add an engine of your own under *name*; *path* is its class, dotted."""
    ENGINES[name] = path
    get_engine.cache_clear()


def engine_names() -> tuple[str, ...]:
    return tuple(ENGINES)


@cache
def get_engine(name: str) -> Engine:
    """The engine called *name*; one object a process.

    Raises:
        EngineUnavailable: no engine has that name.
    """
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise EngineUnavailable(f"There is no engine “{name}”. Choose one of: {known}.")
    module, _, attribute = ENGINES[name].rpartition(".")
    engine: Engine = getattr(import_module(module), attribute)()
    return engine
