"""Records out: one row each over all layouts, as Excel, CSV or JSON."""

from documents.services.tables.columns import Column, chosen_columns, columns_of
from documents.services.tables.exports import (
    FORMATS,
    UnknownFormat,
    save_export,
    table,
    take,
    take_saved,
    totals_of,
)

__all__ = [
    "FORMATS",
    "Column",
    "UnknownFormat",
    "chosen_columns",
    "columns_of",
    "save_export",
    "table",
    "take",
    "take_saved",
    "totals_of",
]
