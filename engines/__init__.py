"""Reading text from pictures and PDFs: the library's public names, and nothing else.

Importing it costs nothing: each heavy library is loaded by the call that needs it.
"""

from engines.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    EngineError,
    EngineUnavailable,
    FileError,
    OcrError,
    TooLarge,
    UnsupportedFile,
)
from engines.exports import EXPORTS, Export, Wishes, export_pages
from engines.images import PageImage, inspect_file, load_page
from engines.pipeline import PIPELINE_VERSION, find_turn, read_page
from engines.protocol import Engine, LineFinder, LineReader, PageReader
from engines.registry import engine_names, get_engine, register
from engines.serial import page_from_json, page_to_json
from engines.types import (
    Availability,
    Box,
    FileInfo,
    Limits,
    Line,
    Options,
    Page,
    Word,
)

__all__ = [
    "EXPORTS",
    "PIPELINE_VERSION",
    "Availability",
    "Box",
    "BrokenFile",
    "EmptyFile",
    "EncryptedFile",
    "Engine",
    "EngineError",
    "EngineUnavailable",
    "Export",
    "FileError",
    "FileInfo",
    "Limits",
    "Line",
    "LineFinder",
    "LineReader",
    "OcrError",
    "Options",
    "Page",
    "PageImage",
    "PageReader",
    "TooLarge",
    "UnsupportedFile",
    "Wishes",
    "Word",
    "engine_names",
    "export_pages",
    "find_turn",
    "get_engine",
    "inspect_file",
    "load_page",
    "page_from_json",
    "page_to_json",
    "read_page",
    "register",
]
