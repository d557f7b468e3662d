"""The two networks, loaded once a process, behind one face for either runtime."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from engines.errors import EngineError

Floats = npt.NDArray[np.float32]
Columns = npt.NDArray[np.intp]

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"

_loading = threading.Lock()


class Networks(Protocol):
    """Detection and recognition; both may be called from any thread."""

    characters: tuple[str, ...]  # what each column stands for; the first is CTC's blank

    def text_map(self, image: Floats) -> Floats:
        """How likely each pixel of a 1x3xHxW image is text: an HxW map."""

    def recognise(self, lines: Floats, columns: Columns) -> Floats:
        """Probabilities, batch x steps x columns, of an Nx3x48xW batch of lines.

        They add up to one over *columns*: other characters do not exist.
        """


class OnnxNetworks:
    """Through onnxruntime, which runs everywhere."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._detection = _onnx_session(folder / DETECTION, threads)
        self._recognition = _onnx_session(folder / RECOGNITION, threads)
        self.characters = _characters(self._recognition)

    def text_map(self, image: Floats) -> Floats:
        found: Floats = self._detection.run(None, {"x": image})[0][0, 0]
        return found

    def recognise(self, lines: Floats, columns: Columns) -> Floats:
        every: Floats = self._recognition.run(None, {"x": lines})[0]
        chosen = every[:, :, columns]
        # The softmax over a few columns is the whole one, rescaled.
        chosen /= np.maximum(chosen.sum(axis=-1, keepdims=True), np.float32(1e-30))
        return chosen


class OpenVinoNetworks:
    """Through OpenVINO, nearly twice as fast on CPUs that compute in bfloat16.

    The last layer of recognition, 18,710 characters wide, is cut off and computed
    apart: for the wanted characters alone, and in full precision.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        import openvino

        self._core = openvino.Core()
        self._settings = {
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": 1,
            "ENABLE_CPU_PINNING": False,  # workers beside each other share the cores
            # Programs kept for shapes seen: without a bound every new page size adds
            # some megabytes for good.
            "CPU_RUNTIME_CACHE_CAPACITY": 1024,
        }
        model = self._core.read_model(folder / RECOGNITION)
        features, self._weights, self._bias = _last_layer(model)
        trunk = openvino.Model([features], model.get_parameters())
        self._detection = self._compiled(self._core.read_model(folder / DETECTION))
        self._trunk = self._compiled(trunk)
        self.characters = _characters(_onnx_session(folder / RECOGNITION, threads))
        # One head for each alphabet in use: that of the last few jobs' languages.
        self._head = lru_cache(maxsize=8)(self._make_head)
        self._requests = threading.local()

    def text_map(self, image: Floats) -> Floats:
        found: Floats = self._run("detection", self._detection, image)[0, 0]
        return found

    def recognise(self, lines: Floats, columns: Columns) -> Floats:
        features = self._run("trunk", self._trunk, lines)
        head = self._head(columns.tobytes())
        return np.array(head.create_infer_request().infer([features])[0])

    def _run(self, name: str, network: Any, image: Floats) -> Floats:
        # An inference request serves one thread at a time.
        request = getattr(self._requests, name, None)
        if request is None:
            request = network.create_infer_request()
            setattr(self._requests, name, request)
        return np.array(request.infer([image])[0])

    def _make_head(self, columns: bytes) -> Any:
        import openvino
        from openvino import opset13 as ops

        chosen = np.frombuffer(columns, np.intp)
        features = ops.parameter([-1, -1, len(self._weights)], np.float32)
        weights = ops.constant(np.ascontiguousarray(self._weights[:, chosen]))
        product = ops.matmul(features, weights, False, False)
        output = ops.softmax(ops.add(product, ops.constant(self._bias[chosen])), 2)
        head = openvino.Model([output], [features])
        return self._compiled(head, INFERENCE_PRECISION_HINT="f32")

    def _compiled(self, model: Any, **settings: str) -> Any:
        return self._core.compile_model(model, "CPU", {**self._settings, **settings})


def load_networks(runtime: str, threads: int) -> Networks:
    """The networks under *runtime*: "openvino", "onnxruntime" or "auto".

    "auto" takes OpenVINO where it is installed and this CPU computes in bfloat16,
    where it is the faster one. Loaded once a process.

    Raises:
        EngineError: the models are not where the rapidocr package keeps them.
    """
    with _loading:
        return _loaded(runtime, threads)


@lru_cache(maxsize=2)
def _loaded(runtime: str, threads: int) -> Networks:
    try:
        chosen = fastest_runtime() if runtime == "auto" else runtime
        if chosen == "openvino":
            return OpenVinoNetworks(model_folder(), threads)
        return OnnxNetworks(model_folder(), threads)
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineError(f"The PP-OCR models could not be loaded: {error}") from error


def model_folder() -> Path:
    """Where the rapidocr package keeps its models; the package is not imported."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package rapidocr is not installed")
    return Path(spec.origin).parent / "models"


def fastest_runtime() -> str:
    if find_spec("openvino") is None:
        return "onnxruntime"
    import openvino

    abilities = openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return "openvino" if "BF16" in abilities else "onnxruntime"


def _onnx_session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps the largest page's memory for good
    return onnxruntime.InferenceSession(
        os.fspath(path), options, providers=["CPUExecutionProvider"]
    )


def _characters(session: Any) -> tuple[str, ...]:
    metadata = session.get_modelmeta().custom_metadata_map
    return ("", *metadata["character"].splitlines(), " ")


def _last_layer(model: Any) -> tuple[Any, Floats, Floats]:
    """The output that feeds the last linear layer, its weights and its bias."""
    addition = _feeding(model.get_results()[0], "Add")
    product = _feeding(addition, "MatMul")
    weights = product.input(1).get_source_output().get_node()
    bias = addition.input(1).get_source_output().get_node()
    return product.input(0).get_source_output(), weights.data.copy(), bias.data.copy()


def _feeding(node: Any, kind: str) -> Any:
    """The nearest node of *kind* before *node*, along first inputs."""
    while node.get_type_name() != kind:
        node = node.input(0).get_source_output().get_node()
    return node
