"""The genuine library, in the process that is its own: import it nowhere else.

It puts its folder on ``sys.path`` and with it modules named ``tools`` and ``utils``.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import cached_property, partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from engines.openocr.channel import Ask, Found, FoundLine, Setup, Unloadable
from engines.openocr.reading import (
    Reading,
    found_line,
    spaced_words,
    taught_words,
    whole,
)
from engines.ppocr.alphabets import alphabet, columns
from engines.ppocr.crops import cut, directions, trimmed
from engines.ppocr.decoding import Lattice
from engines.ppocr.detection import Quad, Rgb, quad_size
from engines.ppocr.networks import Floats

DROPPED = 0.5  # OpenOCR leaves out lines that are read less surely
PADDED = 320 / 48  # width by height, up to which its recogniser fills narrower crops
SMALLEST = 2  # pixels: of what is smaller no crop can be made
CONFIGS = {
    "repsvtr": "DEFAULT_CFG_PATH_REC",
    "svtrv2": "DEFAULT_CFG_PATH_REC_SERVER",
}

Bgr = Rgb  # the same with its channels the other way round, as OpenOCR wants them
Languages = tuple[str, ...]


class Library:
    """OpenOCR with the files of *setup*; each network is loaded when first needed."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        prepare(setup.threads)

    def answer(self, ask: Ask, rgb: Rgb) -> Found:
        """What there is on *rgb*, height x width x 3."""
        if ask.task == "recognition":
            reading = self.read(bgr(trimmed(rgb)), ask.languages)
            return Found((found_line(whole(ask.width, ask.height), reading),))
        page = bgr(rgb)
        quads = self.find(page, ask.side)
        if ask.task == "detection":
            return Found(tuple(found_line(quad) for quad in quads))
        lines = (self.read_at(page, quad, ask.languages) for quad in quads)
        return Found(tuple(x for x in lines if x.words and x.confidence >= DROPPED))

    def find(self, page: Bgr, side: int) -> list[Quad]:
        """Outlines of the lines, clockwise from the top left, in no order."""
        # The side that it is not told this time it remembers from the last page.
        found = self.detector(img_numpy=page, det_input_size=side)[0]["boxes"]
        quads = [np.asarray(box, np.float32) for box in found]
        return [quad for quad in quads if min(quad_size(quad)) >= SMALLEST]

    def read_at(self, page: Bgr, quad: Quad, languages: Languages) -> FoundLine:
        """The line within *quad*, begun at whichever corner it is read best from."""
        # OpenOCR's own way of cutting knows one direction of turned print alone.
        turns = directions(quad)
        readings = [self.read(cut(page, turn), languages) for turn in turns]
        best = max(range(len(turns)), key=lambda turn: readings[turn].confidence)
        return found_line(turns[best], readings[best])

    def read(self, crop: Bgr, languages: Languages) -> Reading:
        """The line of print that fills *crop*."""
        self.recogniser(img_numpy=crop)
        watched: Watched = self.recogniser.post_process_class
        # A recogniser of one's own writes what it was taught, whatever the language.
        is_own = bool(self.setup.characters)
        lattice = watched.lattice(None if is_own else alphabet(languages))
        words = taught_words(lattice) if is_own else spaced_words(lattice, languages)
        height, width = crop.shape[:2]
        share = min(1.0, width / height / PADDED)
        return Reading(tuple(words), lattice.steps * share)

    @cached_property
    def detector(self) -> Any:
        room = import_module("tools.infer_det")
        config = room.DEFAULT_CFG_PATH_DET
        return built(room, room.OpenDetector, config, self.setup.detector)

    @cached_property
    def recogniser(self) -> Any:
        room: Any = import_module("tools.infer_rec")
        if self.setup.characters:
            room.DEFAULT_DICT_PATH_REC = self.setup.characters
        config = getattr(room, CONFIGS[self.setup.architecture])
        made = built(room, room.OpenRecognizer, config, self.setup.recogniser)
        made.post_process_class = Watched(made.post_process_class)
        return made


class Watched:
    """OpenOCR's decoding of one line, and the probabilities that it was made from.

    They know more than the text: where a space is suspected, where each letter stands.
    """

    def __init__(self, decoding: Any) -> None:
        self._decoding = decoding
        # A folder's name with "arabic" in it has the library turn each text round.
        decoding.reverse = False
        self.characters: tuple[str, ...] = tuple(decoding.character)
        self.seen: Floats = np.zeros((0, len(self.characters)), np.float32)
        self._kept: dict[frozenset[str] | None, list[int]] = {}

    def __call__(self, chances: Any, torch_tensor: bool = True) -> Any:
        lines = chances.detach().cpu().numpy() if torch_tensor else chances
        self.seen = lines[0]
        return self._decoding(lines, torch_tensor=False)

    def lattice(self, allowed: frozenset[str] | None) -> Lattice:
        """What was seen last, as if there were no characters but those *allowed*."""
        kept = self._columns(allowed)
        chances = self.seen[:, kept]
        # The softmax over a few columns is the whole one, rescaled.
        chances /= np.maximum(chances.sum(axis=1, keepdims=True), np.float32(1e-30))
        return Lattice(chances, tuple(self.characters[column] for column in kept))

    def _columns(self, allowed: frozenset[str] | None) -> list[int]:
        if allowed not in self._kept:
            self._kept[allowed] = columns(self.characters, allowed)
        return self._kept[allowed]


def built(room: Any, kind: Any, config: str, weights: str) -> Any:
    """A detector or recogniser of the library with *weights*: ONNX or safetensors.

    Raises:
        Unloadable: they are not what they should be.
    """
    settings = room.Config(config).cfg
    wishes = {"use_gpu": "false", "backend": "torch"}
    if weights.endswith(".onnx"):
        wishes |= {"backend": "onnx", "onnx_model_path": weights}
    else:
        settings["Global"]["pretrained_model"] = weights
        checkpoints: Any = import_module("tools.utils.ckpt")
        checkpoints.load_ckpt = load_whole
    try:
        return kind(settings, **wishes)
    except Exception as error:  # each runtime has errors of its own
        raise Unloadable(f"{Path(weights).name}: {error}") from error


def load_whole(model: Any, settings: Any) -> None:
    """Give *model* all its weights; the library would leave some to chance, silently.

    Raises:
        Unloadable: the file lacks some, or holds those of another network.
    """
    from safetensors.torch import load_file

    tensors = load_file(settings["Global"]["pretrained_model"])
    try:
        missing = model.load_state_dict(tensors, strict=False).missing_keys
    except RuntimeError as error:
        raise Unloadable("the weights are another network's") from error
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing:
        raise Unloadable(f"{len(missing)} weights are missing, such as {missing[0]}")


def prepare(threads: int) -> None:
    """Let the library's modules be found, keep it quiet and to so many *threads*."""
    spec = find_spec("openocr")
    for folder in (spec and spec.submodule_search_locations) or ():
        # First of all: another package called "tools" may be installed as well.
        sys.path.insert(0, folder)
    logging.disable(logging.WARNING)
    os.environ["OMP_NUM_THREADS"] = str(threads)  # torch, which is not loaded yet
    import onnxruntime

    # The library offers no way to say so: its sessions take every core.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps the largest page's memory for good
    onnxruntime.InferenceSession = partial(
        onnxruntime.InferenceSession, sess_options=options
    )


def bgr(rgb: Rgb) -> Bgr:
    return np.ascontiguousarray(rgb[..., ::-1])
