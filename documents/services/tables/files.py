"""Tables as files: Excel, CSV, JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from documents.services.tables.columns import Column
from documents.services.tables.rows import Cell, Plain

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Rows = Iterable[Sequence[Cell]]
Totals = Sequence[dict[str, Any]]
FILLS = {"lo": "FFF8D7DA", "mid": "FFFFF3CD"}  # ARGB; text stays black on both
WIDEST = 60  # characters of a column
TOTALED = ("net", "tax", "total")
# Programs run what begins so; a quote before it makes it text (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767  # characters, Excel's own limit


def as_xlsx(columns: Sequence[Column], rows: Rows, totals: Totals) -> bytes:
    """A sheet of records with a frozen, filterable head, and one of totals."""
    from openpyxl import Workbook  # not for every web process that never exports

    book = Workbook(write_only=True)
    add_sheet(book, _("Records"), columns, rows)
    add_totals(book.create_sheet(_("Totals")), totals)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def add_sheet(
    book: Workbook, title: str, columns: Sequence[Column], rows: Rows
) -> None:
    """*rows* below a head that stays in sight and filters them."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter, column in zip(letters(len(columns)), columns, strict=True):
        sheet.column_dimensions[letter].width = width_of(column)
    sheet.append([head_cell(sheet, column.label) for column in columns])
    count = 1  # the head
    for row in rows:
        cells = zip(row, columns, strict=True)
        sheet.append([sheet_cell(sheet, cell, column.kind) for cell, column in cells])
        count += 1
    if columns:
        sheet.auto_filter.ref = f"A1:{letters(len(columns))[-1]}{count}"


def letters(count: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(number) for number in range(1, count + 1)]


def width_of(column: Column) -> int:
    widths = {"amount": 14, "date": 12, "integer": 10, "text": 28, "code": 20}
    return min(WIDEST, max(len(column.label) + 4, widths.get(column.kind, 18)))


def head_cell(sheet: WriteOnlyWorksheet, words: str) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell


def sheet_cell(
    sheet: WriteOnlyWorksheet, content: Cell, kind: str = ""
) -> WriteOnlyCell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill

    value = clean(content.value)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # what begins with = stays text
    if number_format := format_of(value, kind):
        cell.number_format = number_format
    if content.doubt:
        cell.fill = PatternFill("solid", FILLS[content.doubt])
    if content.link:
        cell.hyperlink = content.link
        cell.font = Font(color="FF0B57D0", underline="single")
    return cell


def clean(value: Plain) -> Plain:
    """Text without the characters that a sheet's XML cannot hold."""
    if not isinstance(value, str):
        return value
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]


def format_of(value: Plain, kind: str) -> str:
    """Amounts keep the decimals that were printed."""
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        return "#,##0" + ("." + "0" * decimals if decimals else "")
    if isinstance(value, dt.datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, dt.date):
        return "yyyy-mm-dd"
    return "@" if kind in ("code", "digits") else ""


def add_totals(sheet: WriteOnlyWorksheet, totals: Totals) -> None:
    heads = [_("currency"), _("records"), *TOTALED]
    sheet.append([head_cell(sheet, head) for head in heads])
    for total in totals:
        values = [total["currency"], total["records"], *(total[n] for n in TOTALED)]
        sheet.append([sheet_cell(sheet, Cell(value)) for value in values])


def as_csv(columns: Sequence[Column], rows: Rows, totals: Totals) -> bytes:
    """UTF-8 with a mark by which Excel knows it; points as decimal marks."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe(column.label) for column in columns])
    writer.writerows([[plain_text(cell.value) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def plain_text(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):  # a datetime too
        return (
            value.isoformat(sep=" ") if isinstance(value, dt.datetime) else str(value)
        )
    return safe(value) if isinstance(value, str) else str(value)


def safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def as_json(columns: Sequence[Column], rows: Rows, totals: Totals) -> bytes:
    """Values as the API gives them: amounts and dates are text, so nothing is lost."""
    names = [column.name for column in columns]
    whole = {
        "columns": [
            {"name": column.name, "label": column.label, "kind": column.kind}
            for column in columns
        ],
        "rows": [
            dict(zip(names, (json_value(cell.value) for cell in row), strict=True))
            for row in rows
        ],
        "totals": [
            {name: json_value(value) for name, value in total.items()}
            for total in totals
        ],
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def json_value(value: Plain) -> str | int | None:
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)
