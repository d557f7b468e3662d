"""House rules that a machine can hold: who imports whom, how long things are."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ocrsite", "engines", "documents", "tests")
FILE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_LINES = 10

# room: what it must never import (a prefix of dotted names)
FORBIDDEN = {
    "engines": ("django", "rest_framework", "documents", "ocrsite"),
    "ocrsite": ("documents", "engines"),
    "documents.querysets": (
        "documents.models",
        "documents.services",
        "documents.views",
        "documents.api",
        "engines",
    ),
    "documents.models": (
        "documents.services",
        "documents.views",
        "documents.api",
        "documents.tasks",
        "engines",
    ),
    "documents.services": (
        "documents.views",
        "documents.api",
        "documents.forms",
        "documents.tasks",
        "documents.admin",
        "django.http",
        "rest_framework",
    ),
    "documents.views": ("documents.api", "documents.tasks", "documents.admin"),
    "documents.forms": ("documents.api", "documents.views", "documents.tasks"),
    "documents.api": ("documents.views", "documents.forms", "documents.admin"),
    "documents.tasks": ("documents.views", "documents.api", "documents.forms"),
    "documents.admin": ("documents.views", "documents.api"),
    "documents.management": ("documents.views", "documents.api"),
}
# Loaded by workers, at the moment they read; never by settings, models or the web.
HEAVY = (
    *("cv2", "numpy", "onnxruntime", "openvino", "rapidocr", "tesserocr", "torch"),
    *("paddle", "paddleocr", "paddlex", "openocr", "transformers", "tokenizers"),
    *("safetensors", "huggingface_hub"),
    *("googleapiclient", "httplib2", "imap_tools", "boto3"),  # sources, buckets
)


def modules(*rooms: str) -> Iterator[tuple[str, Path]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(ROOT).with_suffix("").parts
                yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("room", FORBIDDEN)
def test_rooms_import_in_one_direction(room: str) -> None:
    broken = [
        f"{name} imports {imported}"
        for name, path in modules(room.split(".")[0])
        if within(name, room)
        for imported in imports(path)
        if any(within(imported, prefix) for prefix in FORBIDDEN[room])
    ]
    assert broken == []


def test_engines_are_called_by_their_public_names() -> None:
    broken = [
        f"{name} imports {imported}"
        for name, path in modules("documents", "ocrsite")
        for imported in imports(path)
        if within(imported, "engines") and imported.count(".") > 1
    ]
    assert broken == []


def test_files_stay_short() -> None:
    lengths = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in modules(*ROOMS)
    }
    assert {n: lines for n, lines in lengths.items() if lines > FILE_LINES} == {}


def test_functions_stay_short() -> None:
    lengths = {
        f"{name}.{function}": lines
        for name, path in modules(*ROOMS)
        for function, lines in functions(path)
    }
    assert {n: lines for n, lines in lengths.items() if lines > FUNCTION_LINES} == {}
    assert statistics.median(lengths.values()) < MEDIAN_LINES


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in modules("ocrsite", "engines", "documents")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        and path.stat().st_size
    ]
    assert silent == []


def test_the_web_process_loads_nothing_heavy() -> None:
    program = (
        "import django, sys; django.setup();"
        "import ocrsite.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns;"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "[]"
