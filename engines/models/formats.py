"""Files of weights, told whole or broken by their beginnings: nothing is loaded."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

# Bits of one number in a safetensors file, by the name that it has there.
BITS = {
    "BOOL": 8,
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    **dict.fromkeys(("U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0"), 8),
    **dict.fromkeys(("F8_E4M3FNUZ", "F8_E5M2FNUZ"), 8),
    **dict.fromkeys(("U16", "I16", "F16", "BF16"), 16),
    **dict.fromkeys(("U32", "I32", "F32"), 32),
    **dict.fromkeys(("U64", "I64", "F64", "C64"), 64),
}
MOST_HEADER = 100_000_000  # bytes; the format's own limit
BEGINNING = 64  # bytes, enough to know a pointer or a web page by
POINTER = b"version https://git-lfs"
WEB_PAGES = (b"<!doctype", b"<html", b"<?xml")
GRAPH = 7  # the field of an ONNX ModelProto that holds the network
FIELDS = range(1, 64)  # of a ModelProto, those to come included
LSTM = 17  # the part of a traineddata file that Tesseract's networks lie in
MOST_PARTS = 24


class BrokenWeights(Exception):
    """A file is not what its name says; the message is the end of a sentence."""


def insist_on_whole(path: Path) -> None:
    """
    Raises:
        BrokenWeights: *path* is empty, cut short, a pointer, or of another kind.
    """
    known = path.stat()
    if said := _fault(path, known.st_mtime_ns, known.st_size):
        raise BrokenWeights(said)


def header_of(path: Path) -> frozenset[str]:
    """The names of the weights in the safetensors file *path*, which is whole."""
    known = path.stat()
    return _names(path, known.st_mtime_ns, known.st_size)


def json_of(path: Path) -> Any:
    """What the small JSON file *path* says.

    Raises:
        BrokenWeights: it is no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BrokenWeights(f"{path.name} is damaged or of another kind.") from error


@lru_cache(maxsize=2048)
def _fault(path: Path, changed: int, size: int) -> str:
    """What is wrong with *path*, kept until the file changes."""
    try:
        with path.open("rb") as file:
            _check_kind(path.name, file, size)
            check = next(
                (c for end, c in CHECKS.items() if path.name.endswith(end)), None
            )
            if check is not None:
                file.seek(0)
                check(path.name, file, size)
    except BrokenWeights as fault:
        return str(fault)
    return ""


def _check_kind(name: str, file: BinaryIO, size: int) -> None:
    beginning = file.read(BEGINNING).lstrip()
    if not beginning and size <= BEGINNING:
        raise BrokenWeights(f"{name} is empty.")
    if beginning.startswith(POINTER):
        raise BrokenWeights(
            f"{name} is a pointer of Git LFS, not the file that it points to."
        )
    if beginning.lower().startswith(WEB_PAGES):
        raise BrokenWeights(f"{name} is a web page, not a part of a model.")


def _of_another_kind(name: str) -> BrokenWeights:
    return BrokenWeights(f"{name} is damaged or of another kind.")


def _cut_short(name: str, size: int, whole: int) -> BrokenWeights:
    return BrokenWeights(f"{name} is cut short: {size} of {whole} bytes are there.")


def _check_safetensors(name: str, file: BinaryIO, size: int) -> None:
    header, begin = _safetensors_header(name, file, size)
    end = 0
    for tensor in sorted(header.values(), key=_offsets_of):
        if _offsets_of(tensor) != (end, end + _bytes_of(tensor)):
            raise _of_another_kind(name)
        end = _offsets_of(tensor)[1]
    if begin + end > size:
        raise _cut_short(name, size, begin + end)
    if begin + end < size:
        raise _of_another_kind(name)


def _safetensors_header(
    name: str, file: BinaryIO, size: int
) -> tuple[dict[str, dict[str, Any]], int]:
    """The tensors that a file holds by name, and where their numbers begin."""
    if size < 8:
        raise _of_another_kind(name)
    length: int = struct.unpack("<Q", file.read(8))[0]
    if length > MOST_HEADER or file.read(1) not in (b"{", b""):
        raise _of_another_kind(name)
    file.seek(8)
    if 8 + length > size:
        raise _cut_short(name, size, 8 + length)
    try:
        header = json.loads(file.read(length))
        tensors = {key: one for key, one in header.items() if key != "__metadata__"}
        for one in tensors.values():
            _offsets_of(one), _bytes_of(one)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _of_another_kind(name) from error
    return tensors, 8 + length


def _offsets_of(tensor: dict[str, Any]) -> tuple[int, int]:
    begin, end = tensor["data_offsets"]
    return int(begin), int(end)


def _bytes_of(tensor: dict[str, Any]) -> int:
    return int(prod(tensor["shape"])) * BITS[tensor["dtype"]] // 8


@lru_cache(maxsize=64)
def _names(path: Path, changed: int, size: int) -> frozenset[str]:
    with path.open("rb") as file:
        return frozenset(_safetensors_header(path.name, file, size)[0])


def _check_onnx(name: str, file: BinaryIO, size: int) -> None:
    """Walk over the fields of a ModelProto: they fill the file, one is the network."""
    seen: set[int] = set()
    while (here := file.tell()) < size:
        tag = _varint(name, file)
        field, kind = tag >> 3, tag & 7
        if field not in FIELDS or kind not in (0, 2):
            raise _of_another_kind(name)
        value = _varint(name, file)
        if kind == 2:
            if file.tell() + value > size:
                # What is not yet known to be a model is rather none than half a one.
                raise (
                    _cut_short(name, size, file.tell() + value)
                    if here
                    else (_of_another_kind(name))
                )
            file.seek(value, os.SEEK_CUR)
        seen.add(field)
    if GRAPH not in seen:
        raise _of_another_kind(name)


def _varint(name: str, file: BinaryIO) -> int:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            break
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise _of_another_kind(name)


def _check_json(name: str, file: BinaryIO, size: int) -> None:
    """Tokenizers are large: that it begins and ends like JSON is enough."""
    begins = file.read(BEGINNING).lstrip()[:1]
    file.seek(max(0, size - BEGINNING))
    ends = file.read().rstrip()[-1:]
    if begins + ends not in (b"{}", b"[]"):
        raise _of_another_kind(name)


def _check_traineddata(name: str, file: BinaryIO, size: int) -> None:
    """A number of parts and where each begins; there must be a network among them."""
    head = file.read(4)
    parts = struct.unpack("<i", head)[0] if len(head) == 4 else 0
    if not LSTM < parts <= MOST_PARTS:
        raise _of_another_kind(name)
    table = file.read(8 * parts)
    if len(table) < 8 * parts:
        raise _of_another_kind(name)
    begins = struct.unpack(f"<{parts}q", table)
    there = [begin for begin in begins if begin != -1]
    if begins[LSTM] == -1 or there != sorted(there) or there[0] != file.tell():
        raise _of_another_kind(name)
    if there[-1] >= size:
        raise _cut_short(name, size, there[-1] + 1)


CHECKS: dict[str, Callable[[str, BinaryIO, int], None]] = {
    ".safetensors": _check_safetensors,
    ".onnx": _check_onnx,
    ".json": _check_json,
    ".traineddata": _check_traineddata,
}
