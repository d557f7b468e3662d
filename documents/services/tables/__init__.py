"""Records out: one row each over all layouts, as Excel, CSV or JSON."""

from documents.services.tables.columns import (
    Column,
    UnknownColumn,
    chosen_columns,
    columns_of,
)
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
    "UnknownColumn",
    "UnknownFormat",
    "chosen_columns",
    "columns_of",
    "save_export",
    "table",
    "take",
    "take_saved",
    "totals_of",
]
