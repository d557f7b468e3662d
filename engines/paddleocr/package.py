"""PaddleOCR's own objects: made without a network, quiet, one page at a time."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from engines.errors import EngineError
from engines.paddleocr.catalogue import ORIENTATION, UNWARPING
from engines.paddleocr.choice import RUNTIMES, Choice
from engines.paddleocr.folders import folder_for, home

Bgr = npt.NDArray[np.uint8]  # height x width x 3, blue first
Quads = npt.NDArray[np.float32]  # lines x 4 corners x (x, y)

ENGINES = {"onnxruntime": "onnxruntime", "paddle": "paddle_static"}
# How sure an outline is to be, and how far it is grown: measured on receipts. Grown by
# the usual 1.5 it cuts letters at the ends of lines.
BOX, GROWTH = 0.5, 1.7
LEAST_PADDLE_THREADS = 2  # oneDNN takes ten times as long for a page with one


@dataclass(frozen=True, slots=True)
class Setup:
    """The folders to read with; *marks* changes where one of them does."""

    choice: Choice
    folders: tuple[Path, ...]  # as choice.names
    marks: tuple[str, ...]
    threads: int

    def folder(self, name: str) -> str:
        return str(self.folders[self.choice.names.index(name)])


def setup(choice: Choice, threads: int) -> Setup:
    """
    Raises:
        EngineUnavailable: a model is not here, or not whole.
    """
    folders = tuple(folder_for(name) for name in choice.names)
    return Setup(choice, folders, tuple(map(mark, folders)), threads)


def mark(folder: Path) -> str:
    """What changes when a network in *folder* is written anew."""
    known = [(path.name, path.stat()) for path in sorted(folder.iterdir())]
    return " ".join(f"{name} {x.st_size} {x.st_mtime_ns}" for name, x in known)


class Library:
    """PaddleOCR with the models of one choice; each part loads when first asked for.

    The library's objects serve one thread at a time: the lock sees to it.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._lock = RLock()
        self._shared: dict[str, Any] = {
            "engine": ENGINES[setup.choice.runtime],
            "engine_config": engine_config(setup),
            "device": "cpu",
        }
        with self._lock, told():
            self._made = imported(setup.choice.runtime)

    def read(self, image: Bgr, side: int) -> Mapping[str, Any]:
        """What the pipeline says of *image*, whose longest side is *side* pixels to
        whoever finds the lines."""
        with self._lock, told():
            (found,) = self._pipeline.predict(
                image,
                text_det_limit_side_len=side,
                text_det_limit_type="resize_long",
                text_det_box_thresh=BOX,
                text_det_unclip_ratio=GROWTH,
                return_word_box=True,
            )
        result: Mapping[str, Any] = found
        return result

    def find(self, image: Bgr, side: int) -> Quads:
        """The outlines of the lines on *image*, looked for at that size."""
        with self._lock, told():
            (found,) = self._detector.predict(
                image,
                limit_side_len=side,
                limit_type="resize_long",
                box_thresh=BOX,
                unclip_ratio=GROWTH,
            )
        return np.asarray(found["dt_polys"], np.float32).reshape(-1, 4, 2)

    def recognise(self, crop: Bgr) -> Mapping[str, Any]:
        """What the recogniser says of the one line on *crop*."""
        with self._lock, told():
            (found,) = self._recogniser.predict(crop, return_word_box=True)
        result: Mapping[str, Any] = found
        return result

    @cached_property
    def _pipeline(self) -> Any:
        choice, folder = self.setup.choice, self.setup.folder
        steps: dict[str, Any] = {}
        if choice.orientation:
            steps["doc_orientation_classify_model_name"] = ORIENTATION
            steps["doc_orientation_classify_model_dir"] = folder(ORIENTATION)
        if choice.unwarp:
            steps["doc_unwarping_model_name"] = UNWARPING
            steps["doc_unwarping_model_dir"] = folder(UNWARPING)
        return self._made.PaddleOCR(
            text_detection_model_name=choice.detection,
            text_detection_model_dir=folder(choice.detection),
            text_recognition_model_name=choice.recognition,
            text_recognition_model_dir=folder(choice.recognition),
            # Padding lines to the widest of a batch costs both time and accuracy.
            text_recognition_batch_size=1,
            use_doc_orientation_classify=choice.orientation,
            use_doc_unwarping=choice.unwarp,
            use_textline_orientation=False,
            **steps,
            **self._shared,
        )

    @cached_property
    def _detector(self) -> Any:
        return self._part(self._made.TextDetection, self.setup.choice.detection)

    @cached_property
    def _recogniser(self) -> Any:
        return self._part(self._made.TextRecognition, self.setup.choice.recognition)

    def _part(self, kind: Callable[..., Any], name: str) -> Any:
        folder = self.setup.folder(name)
        return kind(model_name=name, model_dir=folder, **self._shared)


def engine_config(setup: Setup) -> dict[str, Any]:
    if setup.choice.runtime == "onnxruntime":
        return {
            "intra_op_num_threads": setup.threads,
            "inter_op_num_threads": 1,
            # The arena would keep the largest page's memory for good.
            "enable_cpu_mem_arena": False,
        }
    threads = max(LEAST_PADDLE_THREADS, setup.threads)
    if any((folder / "inference.json").is_file() for folder in setup.folders):
        # paddlepaddle 3.3 runs oneDNN on programs of the old format alone.
        return {"run_mode": "paddle", "cpu_threads": threads}
    return {"run_mode": "mkldnn", "enable_new_ir": False, "cpu_threads": threads}


def imported(runtime: str) -> Any:
    """The package, told where its files go and to ask no host, before it looks."""
    os.environ.setdefault("PADDLE_PDX_CACHE_HOME", str(home()))
    os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"
    os.environ.setdefault("MPLCONFIGDIR", str(home()))  # PaddleX draws by matplotlib
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    with warnings.catch_warnings(), without_modelscope():
        # Its libraries warn of each other when they are loaded; no one here can help.
        warnings.simplefilter("ignore")
        import paddleocr  # type: ignore[import-untyped]  # it has no types

        import_module(RUNTIMES[runtime][0])  # it warns too

    for name in ("paddlex", "paddleocr"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return paddleocr


@contextmanager
def without_modelscope() -> Iterator[None]:
    """Keep out what would only download, and costs 200 MB: it imports torch and
    transformers."""
    name = "modelscope"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        del sys.modules[name]


class told:  # noqa: N801  # a context manager reads as a verb
    """PaddleOCR's complaints, which have many classes, as ours."""

    def __enter__(self) -> None:
        """There is nothing to begin."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        # Who asked for the page has a sentence of his own for want of memory.
        if isinstance(error, Exception) and not isinstance(
            error, EngineError | MemoryError
        ):
            said = " ".join(str(error).split())[:300] or type(error).__name__
            raise EngineError(f"PaddleOCR failed: {said}") from error
