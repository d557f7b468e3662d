"""Readers by name: ours, and those that it is measured against, on the same crops.

``network`` is the line reader's network with its decoding alone, symbol by symbol; any
other name is an engine, with its languages after a colon: ``tesseract:ara+eng``.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from engines.digits.alphabet import in_symbols
from engines.digits.engine import Digits, load
from engines.digits.kit.evaluation.types import Reader, Reading
from engines.errors import EngineError, EngineUnavailable
from engines.protocol import Engine, LineReader
from engines.registry import get_engine
from engines.types import Line, Options

NETWORK = "network"
DEFAULTS = ("digits", "network", "tesseract:ara", "tesseract:ara+eng", "ppocr")
SEED_NOTE = (
    "The classifier that this replaces was published with 95.8 % of single digits."
)
OURS = ("network", "digits", "arabic")


def is_ours(spec: str) -> bool:
    """Whether *spec* is what is measured, and no baseline."""
    return parsed(spec)[0] in OURS


def parsed(spec: str) -> tuple[str, Options]:
    """
    >>> parsed("tesseract:ara+eng")[1].languages
    ('ara', 'eng')
    """
    name, _, languages = spec.partition(":")
    wished = tuple(languages.split("+")) if languages else ("ara", "eng")
    return name, Options(languages=wished)


def reader_of(spec: str) -> Reader:
    """What reads crops under the name *spec*.

    Raises:
        EngineUnavailable: there is no such engine, it cannot run here, or it reads
            whole pages only.
    """
    if spec == NETWORK:
        return network_reader()
    engine, options = available(spec), parsed(spec)[1]
    if not isinstance(engine, LineReader):
        raise EngineUnavailable(f"The engine “{spec}” reads no single lines.")
    reads: LineReader = engine

    def read(image: Image.Image) -> Reading:
        try:
            return of_line(reads.read_line(image.convert("RGB"), options))
        except EngineError:
            return Reading("", 0.0)

    return read


def available(spec: str) -> Engine:
    """
    Raises:
        EngineUnavailable: there is no such engine, or it cannot run here.
    """
    engine = get_engine(parsed(spec)[0])
    state = engine.availability()
    if not state.ok:
        raise EngineUnavailable(f"{state.reason} {state.remedy}".strip())
    return engine


def network_reader(model: Path | None = None) -> Reader:
    """The network with its decoding alone: the only one that is sure of each symbol.
    *model* is a folder of other weights than those that are read with."""
    from engines.digits.crops import normalised
    from engines.digits.reader import ANYTHING, best_symbols, scores_of

    network, calibration = load(Digits(model).folder)

    def read(image: Image.Image) -> Reading:
        crop = normalised(image)
        if crop is None:
            return Reading("", 0.0)
        symbols = best_symbols(scores_of(crop, network), calibration, ANYTHING)
        surely = tuple(symbol.confidence for symbol in symbols)
        text = "".join(symbol.symbol for symbol in symbols)
        return Reading(text, min(surely, default=0.0), surely)

    return read


def of_line(line: Line) -> Reading:
    sure = line.confidence if line.weakest is None else line.weakest
    return Reading(in_symbols(line.text), sure or 0.0)
