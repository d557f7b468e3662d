"""Reading text from pictures and PDFs: the library's public names, and nothing else.

Importing it costs nothing: each heavy library is loaded by the call that needs it.
"""

import os

from engines.corrections import corrected_line, corrected_page
from engines.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    EngineError,
    EngineUnavailable,
    FileError,
    ModelError,
    NotRegistered,
    OcrError,
    TemplateError,
    TooLarge,
    UnsupportedFile,
)
from engines.exports import EXPORTS, Export, Result, Wishes, export_of, export_result
from engines.exports.fonts import SHIPPED_FONT
from engines.holding import let_go, who_is_held
from engines.images import PageImage, inspect_file, load_page
from engines.inspection import INSPECTING, tell_inspection
from engines.labels import guess_anchor, guess_region
from engines.layout import runs_right_to_left
from engines.pipeline import PIPELINE_VERSION, find_turn, read_page
from engines.protocol import (
    Engine,
    EngineClass,
    LineFinder,
    LineReader,
    ModelOwner,
    PageReader,
    Traits,
    traits_of,
)
from engines.receipts import (
    CATEGORIES,
    OTHER,
    Category,
    Finding,
    ReceiptReading,
    read_receipt,
)
from engines.receipts import from_answer as receipt_from_answer
from engines.receipts import merged as merge_receipts
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
from engines.scoring import Tally, tally
from engines.serial import page_from_json, page_to_json
from engines.types import (
    Alternative,
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
from engines.values import (
    CHECKS,
    Habits,
    check_pattern,
    date_order_of,
    decimal_of,
    normal_value,
    parse_value,
)
from engines.vision import VisionFile, read_vision
from engines.vision.frames import vision_response
from engines.vision.paper import blank_pdf, fit_vision_page

# onnxruntime would tell its makers of its use, and keep a number of this machine in the
# home folder; it looks for this once, when it is imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

# Where OpenMP has a limit (Tesseract is often given one) PyTorch would still begin a
# thread for each core, and wait for ever for those that it does not get.
if _limit := os.environ.get("OMP_THREAD_LIMIT"):
    os.environ.setdefault("OMP_NUM_THREADS", _limit)

__all__ = [
    "CATEGORIES",
    "CAUSES",
    "CHECKS",
    "DATE_ORDERS",
    "EXPORTS",
    "INSPECTING",
    "KINDS",
    "LAST",
    "OTHER",
    "PIPELINE_VERSION",
    "SHIPPED_FONT",
    "THRESHOLDS",
    "Alternative",
    "Anchor",
    "Availability",
    "Box",
    "Broken",
    "BrokenFile",
    "Category",
    "EmptyFile",
    "EncryptedFile",
    "Engine",
    "EngineClass",
    "EngineError",
    "EngineUnavailable",
    "Export",
    "FieldReading",
    "FileError",
    "FileInfo",
    "Finding",
    "Habits",
    "Kind",
    "Limits",
    "Line",
    "LineFinder",
    "LineReader",
    "Match",
    "ModelError",
    "ModelOwner",
    "NotRegistered",
    "OcrError",
    "Options",
    "Page",
    "PageImage",
    "PageReader",
    "Placement",
    "Polygon",
    "ReceiptReading",
    "Reference",
    "Region",
    "Registration",
    "Result",
    "Tally",
    "Template",
    "TemplateError",
    "TooLarge",
    "Traits",
    "UnsupportedFile",
    "Value",
    "VisionFile",
    "Wishes",
    "Word",
    "blank_pdf",
    "broken_rules",
    "check_pattern",
    "check_rules",
    "choose_reference",
    "corrected_line",
    "corrected_page",
    "date_order_of",
    "decimal_of",
    "engine_names",
    "export_of",
    "export_result",
    "find_turn",
    "fit_vision_page",
    "get_engine",
    "guess_anchor",
    "guess_region",
    "inspect_file",
    "let_go",
    "load_page",
    "make_reference",
    "merge_receipts",
    "normal_value",
    "page_from_json",
    "page_to_json",
    "parse_value",
    "place_region",
    "read_fields",
    "read_page",
    "read_place",
    "read_receipt",
    "read_vision",
    "receipt_from_answer",
    "register",
    "register_page",
    "runs_right_to_left",
    "tally",
    "tell_inspection",
    "traits_of",
    "vision_response",
    "who_is_held",
]
