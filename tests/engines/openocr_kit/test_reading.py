"""What the kit writes, read with by the engine itself: its characters, in its order."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from engines.holding import let_go
from engines.openocr import OpenOCR
from engines.openocr.kit.exporting import export_onnx
from engines.openocr.kit.generate import Style, line_of
from engines.openocr.kit.networks import HEAD, build, classes_of
from engines.openocr.weights import recogniser_called, write_recogniser
from engines.types import Options

CHARACTERS = (*"0123456789", "€")


def sure_of(char: str) -> dict[str, torch.Tensor]:
    """The weights of a network that sees *char* everywhere."""
    classes = classes_of(CHARACTERS)
    state = build("repsvtr", len(classes)).state_dict()
    state[f"{HEAD}weight"].zero_()
    state[f"{HEAD}bias"].zero_()[classes.index(char)] = 9.0
    return state


@pytest.mark.parametrize("char", ["0", "€"])
def test_the_engine_reads_with_it(
    char: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCR_MODELS", str(tmp_path))
    folder = tmp_path / "openocr" / "mine"
    write_recogniser(folder, "repsvtr", CHARACTERS, sure_of(char))
    image, _ = line_of(1, Style())
    wish = Options(extra={"recogniser": "mine"})
    engine = OpenOCR()
    assert "mine" in engine.options_schema["properties"]["recogniser"]["enum"]
    try:
        assert engine.read_line(image, wish).text == char
        export_onnx(["mine"], None, False, lambda words: None)
        assert recogniser_called("mine").onnx == folder / "model.onnx"
        assert engine.read_line(image, wish).text == char
    finally:
        let_go()
