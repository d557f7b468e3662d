"""What holds for every engine that is shipped, whether it can run here or not"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from documents.models import Reading
from engines import engine_names, get_engine, traits_of

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [name for name in engine_names() if "fake" not in name]
# What `requirements/core.txt` does not bring, and what only workers may load.
ABSENT = (
    *("torch", "transformers", "tokenizers", "safetensors", "huggingface_hub"),
    *("paddle", "paddleocr", "paddlex", "openocr", "onnx", "rapidocr_onnxruntime"),
)
HEAVY = ("cv2", "numpy", "onnxruntime", "openvino", "rapidocr", "tesserocr")


@pytest.mark.parametrize("name", NAMES)
def test_its_options_are_a_schema_whose_usual_values_fit(name: str) -> None:
    schema = get_engine(name).options_schema
    Draft202012Validator.check_schema(dict(schema))
    known = schema["properties"]
    usual = {one: what["default"] for one, what in known.items() if "default" in what}
    Draft202012Validator(dict(schema)).validate(usual)


@pytest.mark.parametrize("name", NAMES)
def test_its_version_fits_its_column(name: str) -> None:
    version = get_engine(name).version
    assert 0 < len(version) <= Reading._meta.get_field("engine_version").max_length


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_helps_where_it_cannot_run(name: str) -> None:
    able = get_engine(name).availability()
    assert able.ok or (able.reason and able.remedy)
    assert traits_of(get_engine(name)).runs_on in ("cpu", "gpu", "remote")


def test_all_can_be_asked_about_without_their_libraries() -> None:
    """As after `make install`, and with nothing heavy loaded by the asking."""
    program = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {ABSENT!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, package=None: (
    None if name.split(".")[0] in {ABSENT!r} else found(name, package)
)
from engines import engine_names, get_engine
answers = []
for name in engine_names():
    engine = get_engine(name)
    able = engine.availability()
    engine.version, engine.languages(), dict(engine.options_schema)
    if not able.ok:
        answers.append(name)
print(answers, [m for m in {HEAVY!r} if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    absent = ["paddleocr", "openocr", "qwen3-vl", "kosmos-2", "vlm-http"]
    assert done.stdout.strip() == f"{absent} []"
