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
    NotRegistered,
    OcrError,
    TemplateError,
    TooLarge,
    UnsupportedFile,
)
from engines.exports import EXPORTS, Export, Wishes, export_pages
from engines.images import PageImage, inspect_file, load_page
from engines.inspection import INSPECTING, tell_inspection
from engines.pipeline import PIPELINE_VERSION, find_turn, read_page
from engines.protocol import Engine, LineFinder, LineReader, PageReader
from engines.regions import THRESHOLDS, read_fields, read_place
from engines.registration import (
    Match,
    Placement,
    Reference,
    Registration,
    choose_reference,
    make_reference,
    place_region,
    register_page,
)
from engines.registry import engine_names, get_engine, register
from engines.roi import (
    CAUSES,
    DATE_ORDERS,
    KINDS,
    LAST,
    Anchor,
    FieldReading,
    Kind,
    Region,
    Template,
    Value,
)
from engines.rules import Broken, broken_rules, check_rules
from engines.serial import page_from_json, page_to_json
from engines.types import (
    Availability,
    Box,
    FileInfo,
    Limits,
    Line,
    Options,
    Page,
    Polygon,
    Word,
)
from engines.values import CHECKS, Habits, check_pattern, normal_value, parse_value

__all__ = [
    "CAUSES",
    "CHECKS",
    "DATE_ORDERS",
    "EXPORTS",
    "INSPECTING",
    "KINDS",
    "LAST",
    "PIPELINE_VERSION",
    "THRESHOLDS",
    "Anchor",
    "Availability",
    "Box",
    "Broken",
    "BrokenFile",
    "EmptyFile",
    "EncryptedFile",
    "Engine",
    "EngineError",
    "EngineUnavailable",
    "Export",
    "FieldReading",
    "FileError",
    "FileInfo",
    "Habits",
    "Kind",
    "Limits",
    "Line",
    "LineFinder",
    "LineReader",
    "Match",
    "NotRegistered",
    "OcrError",
    "Options",
    "Page",
    "PageImage",
    "PageReader",
    "Placement",
    "Polygon",
    "Reference",
    "Region",
    "Registration",
    "Template",
    "TemplateError",
    "TooLarge",
    "UnsupportedFile",
    "Value",
    "Wishes",
    "Word",
    "broken_rules",
    "check_pattern",
    "check_rules",
    "choose_reference",
    "engine_names",
    "export_pages",
    "find_turn",
    "get_engine",
    "inspect_file",
    "load_page",
    "make_reference",
    "normal_value",
    "page_from_json",
    "page_to_json",
    "parse_value",
    "place_region",
    "read_fields",
    "read_page",
    "read_place",
    "register",
    "register_page",
    "tell_inspection",
]
