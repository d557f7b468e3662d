"""engines.paddleocr.standing: whether PaddleOCR can run here."""

from __future__ import annotations

from pathlib import Path

import pytest

from engines.paddleocr import choice, standing
from engines.paddleocr.standing import availability, lacks_libgl
from engines.types import Availability


@pytest.fixture(autouse=True)
def forget() -> None:
    lacks_libgl.cache_clear()


def test_it_works(root):
    assert availability() == Availability(ok=True)


def test_opencv_with_windows_wants_libgl(root, tmp_path, monkeypatch):
    libraries, package = tmp_path / "ld.so.cache", tmp_path / "cv2"
    package.mkdir()
    (package / "__init__.py").write_text("")
    built = package / "cv2.abi3.so"
    built.write_bytes(b"\x7fELF without windows")
    libraries.write_bytes(b"libm.so.6\0")
    monkeypatch.setattr(standing, "find_spec", found_in(package))
    assert not fresh(libraries)
    built.write_bytes(b"\x7fELF libGL.so.1\0")
    assert fresh(libraries)
    libraries.write_bytes(b"libm.so.6\0libGL.so.1\0")
    assert not fresh(libraries)
    assert not fresh(tmp_path / "nothing")


def test_it_says_what_helps(root, monkeypatch):
    monkeypatch.setattr(standing, "lacks_libgl", lambda libraries: True)
    assert availability() == Availability(
        False,
        "OpenCV needs the system's library libGL.so.1, which is not here.",
        "apt-get install libgl1 libglib2.0-0",
    )


def test_without_anything_that_runs_networks(root, monkeypatch):
    monkeypatch.setattr(choice, "is_installed", lambda runtime: False)
    assert availability() == Availability(
        False,
        "Not installed: onnxruntime.",
        "pip install -r requirements/paddle.txt",
    )


def fresh(libraries: Path) -> bool:
    lacks_libgl.cache_clear()
    return lacks_libgl(libraries)


def found_in(package: Path):
    from importlib.util import spec_from_file_location

    spec = spec_from_file_location(
        "cv2", package / "__init__.py", submodule_search_locations=[str(package)]
    )
    return lambda name: spec
