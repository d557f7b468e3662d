"""Which files OpenOCR reads with, and whether they are here: asked before it starts.

Left to itself it would look for them on the network for a minute.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path

from engines.errors import EngineUnavailable
from engines.models import Model, Standing, standing
from engines.openocr.channel import Setup
from engines.openocr.weights import (
    CHARACTERS,
    Recogniser,
    found_recognisers,
    recogniser_called,
)

HUB = "topdu/OpenOCR"
LICENCE = "Apache-2.0"
MB = 1_000_000

MOBILE = Model(
    engine="openocr",
    name="mobile",
    title="OpenOCR mobile (RepSVTR)",
    format="onnx",
    files=("openocr_det_model.onnx", "openocr_rec_model.onnx"),
    hub=HUB,
    licence=LICENCE,
    size=40 * MB,
    optional=True,
)
SERVER = Model(
    engine="openocr",
    name="server",
    title="OpenOCR server (SVTRv2)",
    format="safetensors",
    files=("openocr_det_repvit_ch.safetensors", "openocr_svtrv2_ch.safetensors"),
    hub=HUB,
    licence=LICENCE,
    size=140 * MB,
    optional=True,
)
# OpenOCR's mobile networks have the same inputs, outputs and characters as these.
PACKAGED = Model(
    engine="openocr",
    name="ppocrv4",
    title="PP-OCRv4 mobile",
    format="onnx",
    files=("ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx"),
    licence=LICENCE,
    size=16 * MB,
    package="rapidocr_onnxruntime",
    inside=("models/ch_PP-OCRv4_det_infer.onnx", "models/ch_PP-OCRv4_rec_infer.onnx"),
    needs="requirements/openocr.txt",
)
MODELS = (PACKAGED, MOBILE, SERVER)


def setup(mode: str, recogniser: str, threads: int) -> Setup:
    """What to read with: the networks of *mode*, and the *recogniser* of that name
    where one is wished for.

    Raises:
        EngineUnavailable: a file is not here.
    """
    detector, weights = usable(mode).files
    architecture, characters = "svtrv2" if mode == "server" else "repsvtr", ""
    if recogniser:
        chosen = recogniser_called(recogniser)
        weights, architecture = chosen.onnx or chosen.weights, chosen.architecture
        if chosen.characters:
            characters = str(chosen.weights.with_name(CHARACTERS))
    seen = " ".join(map(mark, (detector, weights, Path(characters or weights))))
    return Setup(str(detector), str(weights), architecture, characters, seen, threads)


def usable(mode: str) -> Standing:
    """Where the networks of *mode* are.

    Raises:
        EngineUnavailable: they are not here.
    """
    found = standing_of(mode)
    if not found.ok:
        raise EngineUnavailable(f"{found.trouble} {found.remedy}".strip())
    return found


def standing_of(mode: str) -> Standing:
    """How they stand; what the package brings serves for the mobile ones."""
    if mode == "server":
        return standing(SERVER)
    own = standing(MOBILE)
    return own if own.ok else standing(PACKAGED)


def files_version() -> str:
    """Letters that change with the files that are read with, whatever the options."""
    packaged = standing(PACKAGED)
    bundle = f"PP-OCRv4-{packaged_version()}" if packaged.ok else "none"
    own = [path for mode in (MOBILE, SERVER) for path in standing(mode).files]
    for recogniser in found_recognisers():
        own += files_of(recogniser)
    if not own:
        return bundle
    seen = "\n".join(f"{path} {mark(path)}" for path in own)
    return f"{bundle} own-{sha256(seen.encode()).hexdigest()[:12]}"


def files_of(recogniser: Recogniser) -> list[Path]:
    characters = recogniser.weights.with_name(CHARACTERS)
    files = [recogniser.weights, recogniser.onnx, characters]
    return [path for path in files if path is not None and path.is_file()]


def mark(path: Path) -> str:
    """What changes when *path* is written anew; its content is not read for it."""
    try:
        known = path.stat()
    except OSError:
        return "gone"
    return f"{known.st_size} {known.st_mtime_ns}"


def packaged_version() -> str:
    try:
        return package_version("rapidocr-onnxruntime")
    except PackageNotFoundError:
        return "none"
