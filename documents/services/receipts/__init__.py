"""Receipts: made of what a document's text says, put right by people, taken home."""

from documents.services.receipts.categories import (
    InvalidCategories,
    categories_of,
    category_names,
    category_word,
    set_categories,
)
from documents.services.receipts.editing import InvalidValue, as_typed, edit_receipt
from documents.services.receipts.making import NAMES, follow_text, note_receipt
from documents.services.receipts.tables import FORMATS, receipts_table, sums_of

__all__ = [
    "FORMATS",
    "NAMES",
    "InvalidCategories",
    "InvalidValue",
    "as_typed",
    "categories_of",
    "category_names",
    "category_word",
    "edit_receipt",
    "follow_text",
    "note_receipt",
    "receipts_table",
    "set_categories",
    "sums_of",
]
