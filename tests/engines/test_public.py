"""The public names of the library, and that importing them costs nothing."""

from __future__ import annotations

import subprocess
import sys

import engines
from engines import engine_names

HEAVY = (
    *("PIL", "numpy", "cv2", "pypdfium2", "onnxruntime", "openvino", "rapidocr"),
    *("re2", "stdnum", "rapidfuzz"),
)


def test_all_names_are_there() -> None:
    assert [name for name in engines.__all__ if not hasattr(engines, name)] == []
    assert len(set(engines.__all__)) == len(engines.__all__)
    assert sorted(engines.__all__) == sorted(
        [
            *("read_page", "find_turn", "load_page", "inspect_file", "PageImage"),
            *("Engine", "LineReader", "LineFinder", "PageReader"),
            *("get_engine", "engine_names", "register", "PIPELINE_VERSION"),
            *("Page", "Line", "Word", "Box", "Options", "Availability"),
            *("Alternative", "corrected_line", "corrected_page"),
            *("Tally", "tally", "runs_right_to_left"),
            *("Limits", "FileInfo", "page_to_json", "page_from_json"),
            *("export_result", "Result", "EXPORTS", "Export", "Wishes"),
            *("export_of", "SHIPPED_FONT"),
            *("VisionFile", "read_vision", "vision_response"),
            *("blank_pdf", "fit_vision_page"),
            *("OcrError", "EngineError", "EngineUnavailable", "FileError"),
            *("EmptyFile", "UnsupportedFile", "BrokenFile", "EncryptedFile"),
            *("TooLarge", "TemplateError", "NotRegistered", "ModelError"),
            *("INSPECTING", "tell_inspection", "Polygon"),
            *("Template", "Region", "Anchor", "Value", "FieldReading"),
            *("Kind", "KINDS", "DATE_ORDERS", "LAST", "CAUSES", "THRESHOLDS"),
            *("Reference", "Registration", "Placement", "Match"),
            *("make_reference", "register_page", "place_region", "choose_reference"),
            *("read_fields", "read_place", "guess_region", "guess_anchor"),
            *("parse_value", "normal_value", "Habits", "CHECKS", "check_pattern"),
            *("date_order_of", "decimal_of"),
            *("Broken", "check_rules", "broken_rules"),
            *("EngineClass", "Traits", "traits_of", "ModelOwner"),
            *("let_go", "who_is_held"),
            *("read_receipt", "receipt_from_answer", "merge_receipts"),
            *("ReceiptReading", "Finding", "Category", "CATEGORIES", "OTHER"),
        ]
    )


def test_importing_loads_nothing_heavy() -> None:
    question = (
        "import sys, engines\n"
        "for name in engines.engine_names():\n"
        "    engines.get_engine(name).availability()\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    line = [sys.executable, "-c", question]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_engines_have_names() -> None:
    shipped = ("auto", "ppocr", "tesseract", "arabic", "digits", "embedded")
    assert engine_names()[:6] == shipped
