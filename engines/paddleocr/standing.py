"""Whether PaddleOCR can run here, and what it would read with: asked at every page."""

from __future__ import annotations

import mmap
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from engines.models import standing
from engines.paddleocr.catalogue import (
    BY_NAME,
    DETECTION,
    DETECTORS,
    MODELS,
    RECOGNISERS,
    RECOGNITION,
)
from engines.paddleocr.choice import REMEDY, installed_runtimes, those_here
from engines.paddleocr.folders import RECIPE, STAMP, installed
from engines.types import Availability

NEEDS = ("paddleocr", "paddlex", "cv2")
LIBGL = b"libGL.so.1"
LIBRARIES = Path("/etc/ld.so.cache")  # the names of the system's libraries are in it


def availability() -> Availability:
    missing = [name for name in NEEDS if find_spec(name) is None]
    if not installed_runtimes():
        missing.append("onnxruntime")
    if missing:
        return Availability(False, f"Not installed: {', '.join(missing)}.", REMEDY)
    if lacks_libgl(LIBRARIES):
        return Availability(
            False,
            "OpenCV needs the system's library libGL.so.1, which is not here.",
            "apt-get install libgl1 libglib2.0-0",
        )
    for usual, names in ((DETECTION, DETECTORS), (RECOGNITION, RECOGNISERS)):
        if not those_here(names):
            found = standing(BY_NAME[usual])
            return Availability(False, found.trouble, found.remedy)
    return Availability(True)


@lru_cache(maxsize=1)
def lacks_libgl(libraries: Path) -> bool:
    """Whether OpenCV was built with windows, and what those need is not here."""
    try:
        if LIBGL in libraries.read_bytes():
            return False
    except OSError:
        return False  # no Linux as Debian's: nobody can say
    spec = find_spec("cv2")
    folders = spec.submodule_search_locations if spec else None
    built = [file for folder in folders or () for file in Path(folder).glob("cv2*.so")]
    return any(names_libgl(file) for file in built)


def names_libgl(file: Path) -> bool:
    with (
        file.open("rb") as opened,
        mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        return content.find(LIBGL) >= 0


def models_version() -> str:
    """What changes with the library, the runtimes, and every file that may be read
    with, whatever the options."""
    packages = ("paddleocr", "paddlex", "onnxruntime", "paddlepaddle", "rapidocr")
    versions = [f"{name}-{installed(name)}" for name in packages]
    own = [
        f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for found in map(standing, MODELS)
        if found.ok and found.origin != "package"
        for path in found.files
        if found.path is not None and not (found.path / STAMP).exists()
    ]
    digest = sha256("\n".join(own).encode()).hexdigest()[:12] if own else "none"
    return " ".join([*versions, f"recipe-{RECIPE}", f"own-{digest}"])
