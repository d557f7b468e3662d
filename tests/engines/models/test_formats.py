"""Files of weights are told whole or broken without being loaded."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from engines.digits.store import SHIPPED
from engines.models.formats import BrokenWeights, header_of, insist_on_whole
from engines.tessdata import data_folder
from tests.engines.models.made import save

POINTER = (
    b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4255140312\n"
)
DAMAGED = "{} is damaged or of another kind."


def fault(path: Path) -> str:
    try:
        insist_on_whole(path)
    except BrokenWeights as said:
        return str(said)
    return ""


@pytest.fixture
def tensors(tmp_path: Path) -> Path:
    file = tmp_path / "model.safetensors"
    save(file, "a", "b")
    return file


def onnx() -> bytes:
    return (SHIPPED / "line.onnx").read_bytes()


def traineddata() -> bytes:
    folder = data_folder()
    assert folder is not None
    return (folder / "eng.traineddata").read_bytes()


def test_whole_files_are_whole(tmp_path: Path, tensors: Path) -> None:
    network, language = tmp_path / "x.onnx", tmp_path / "eng.traineddata"
    network.write_bytes(onnx())
    language.write_bytes(traineddata())
    assert [fault(path) for path in (tensors, network, language)] == ["", "", ""]
    assert header_of(tensors) == {"a", "b"}


@pytest.mark.parametrize("name", ["x.safetensors", "x.onnx", "x.pdiparams", "x.json"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "{} is empty."),
        (b"  \n", "{} is empty."),
        (POINTER, "{} is a pointer of Git LFS, not the file that it points to."),
        (
            b"<!DOCTYPE html><title>404</title>",
            "{} is a web page, not a part of a model.",
        ),
        (b"\n<html><body>no", "{} is a web page, not a part of a model."),
    ],
)
def test_common_accidents_are_named(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert fault(file) == said.format(name)


def test_safetensors_cut_short(tensors: Path) -> None:
    whole = tensors.read_bytes()
    tensors.write_bytes(whole[:-1])
    size = len(whole)
    assert fault(tensors) == (
        f"model.safetensors is cut short: {size - 1} of {size} bytes are there."
    )
    begins = 8 + struct.unpack("<Q", whole[:8])[0]
    tensors.write_bytes(whole[:20])
    assert fault(tensors) == (
        f"model.safetensors is cut short: 20 of {begins} bytes are there."
    )


def headed(header: object, content: bytes = b"") -> bytes:
    said = json.dumps(header).encode()
    return struct.pack("<Q", len(said)) + said + content


@pytest.mark.parametrize(
    "content",
    [
        b"\x01\x02",
        b"\xff" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        struct.pack("<Q", 10) + b"not a json",
        headed([1, 2]),
        headed({"a": {"dtype": "F32", "shape": [1]}}),
        headed({"a": {"dtype": "F99", "shape": [1], "data_offsets": [0, 4]}}, b"1234"),
        headed({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}, b"1234"),
        headed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [1, 5]}}, b"12345"),
        headed({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}, b"12345"),
    ],
)
def test_safetensors_garbled(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.safetensors"
    file.write_bytes(content)
    assert fault(file) == DAMAGED.format("x.safetensors")


def test_onnx_cut_short_or_of_another_kind(tmp_path: Path) -> None:
    file, whole = tmp_path / "x.onnx", onnx()
    file.write_bytes(whole[:-40])
    assert fault(file).startswith("x.onnx is cut short: ")
    for content in (b"\x80\x04\x95pickled", b"PK\x03\x04zip", whole[:2], b"\x08\x07"):
        file.write_bytes(content)
        assert fault(file) == DAMAGED.format("x.onnx"), content


def test_traineddata_cut_short_or_of_another_kind(tmp_path: Path) -> None:
    file, whole = tmp_path / "eng.traineddata", traineddata()
    file.write_bytes(whole[:100_000])
    assert fault(file).startswith("eng.traineddata is cut short: 100000 of ")
    for content in (whole[:50], b"\x1f\x8bzipped" * 9, b"abc"):
        file.write_bytes(content)
        assert fault(file) == DAMAGED.format("eng.traineddata"), content


def test_orientation_data_is_no_language(tmp_path: Path) -> None:
    folder = data_folder()
    assert folder is not None
    assert fault(folder / "osd.traineddata") == DAMAGED.format("osd.traineddata")


def test_json_cut_short(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_text('{"model": {"vocab": {"a": 1')
    assert fault(file) == DAMAGED.format("tokenizer.json")


def test_what_was_mended_is_whole(tensors: Path) -> None:
    whole = tensors.read_bytes()
    tensors.write_bytes(whole[:-1])
    assert fault(tensors)
    tensors.write_bytes(whole)
    assert fault(tensors) == ""
