"""A record as one PDF: its values with their crops, who changed what, its scan."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from documents.models import Field, FieldChange, Page, Record
from documents.services.pdf_text import font, is_right_to_left, set_lines
from documents.services.sentences import told

WIDTH, HEIGHT = A4
MARGIN = 42.0  # points
NAMES, VALUES, CROPS = 100.0, 250.0, WIDTH - 2 * MARGIN - 350  # widths of the columns
INK, SOFT, LINE, ACCENT = map(HexColor, ("#14181d", "#56606a", "#c5ccd2", "#0b6e69"))
DOUBT = HexColor("#b8322a")
MOST_PAGES = 100  # of the scan: enough for an invoice, and for the memory of the site


def name_of(record: Record) -> str:
    words = (record.supplier, record.number, record.date)
    name = "-".join(word for word in words if word) or str(record.pk)
    return get_valid_filename(f"{name[:100]}.pdf")


def record_pdf(record: Record) -> BytesIO:
    """The whole, from its first byte."""
    out = BytesIO()
    sheet = Sheet(out, str(record))
    fields = list(record.fields.with_changes().order_by("order", "pk"))
    print_head(sheet, record)
    for field in fields:
        print_field(sheet, field)
    for page in pages_of(record):
        print_page(
            sheet, page, [field for field in fields if field.page == page.number]
        )
    sheet.canvas.save()
    out.seek(0)
    return out


def pages_of(record: Record) -> Sequence[Page]:
    numbers = (record.first_page, record.last_page)
    pages = record.document.pages.filter(number__range=numbers).exclude(preview="")
    return pages[:MOST_PAGES]


class Sheet:
    """Paper that is written on from the top down; *y* is where the next line goes."""

    def __init__(self, out: BytesIO, title: str) -> None:
        self.canvas = Canvas(out, pagesize=A4, pageCompression=1)
        self.canvas.setTitle(title)
        self.y = HEIGHT - MARGIN

    def turn_over(self) -> None:
        self.canvas.showPage()
        self.y = HEIGHT - MARGIN

    def make_room(self, height: float) -> None:
        if self.y - height < MARGIN:
            self.turn_over()

    def write(
        self,
        text: str,
        *,
        size: float = 9,
        color: HexColor = INK,
        x: float = MARGIN,
        width: float = WIDTH - 2 * MARGIN,
    ) -> float:
        """Set *text* in a column and return how high it is; *y* stays where it is."""
        top, leading = self.y, size * 1.4
        for line in set_lines(text, size, width):
            if top - leading < MARGIN:
                break  # a value as long as a page is cut at its foot
            self.canvas.setFont(font(), size)
            self.canvas.setFillColor(color)
            if is_right_to_left(text):
                self.canvas.drawRightString(x + width, top - size, line)
            else:
                self.canvas.drawString(x, top - size, line)
            top -= leading
        return self.y - top

    def picture(self, file: FieldFile, x: float, width: float, height: float) -> float:
        """Show *file* as large as fits, and return how high it is: 0 without one."""
        image = opened(file)
        if image is None:
            return 0
        across, down = image.getSize()
        scale = min(width / across, height / down)
        place = (x, self.y - down * scale, across * scale, down * scale)
        self.canvas.drawImage(image, *place)
        self.canvas.setStrokeColor(LINE)
        self.canvas.rect(*place)
        return down * scale

    def rule(self) -> None:
        self.canvas.setStrokeColor(LINE)
        self.canvas.line(MARGIN, self.y, WIDTH - MARGIN, self.y)


def opened(file: FieldFile) -> ImageReader | None:
    if not file:
        return None
    try:
        with file.open() as content:
            return ImageReader(BytesIO(content.read()))
    except OSError:  # gone from the store, or no picture any more
        return None


def print_head(sheet: Sheet, record: Record) -> None:
    title = " ".join(word for word in (record.supplier, record.number) if word)
    sheet.y -= sheet.write(title or record.document.name, size=16) + 4
    for words in facts(record):
        sheet.y -= sheet.write(words, color=SOFT)
    for broken in record.broken:
        sheet.y -= sheet.write(told(broken["reason"]), color=DOUBT)
    sheet.y -= 10


def facts(record: Record) -> list[str]:
    pages = f"{record.first_page}–{record.last_page}"
    if record.first_page == record.last_page:
        pages = str(record.first_page)
    return [
        _("%(state)s · layout %(layout)s, version %(version)d")
        % {
            "state": state_of(record),
            "layout": record.version.template.name,
            "version": record.version.number,
        },
        _("Document %(name)s, page %(pages)s")
        % {"name": record.document.name, "pages": pages},
        _("Printed %(moment)s") % {"moment": moment(timezone.now())},
    ]


def state_of(record: Record) -> str:
    if record.approved is None:
        return str(record.get_state_display())
    who = record.approved_by or _("nobody: nothing was in doubt")
    return _("%(state)s %(moment)s by %(who)s") % {
        "state": record.get_state_display(),
        "moment": moment(record.approved),
        "who": who,
    }


def moment(when: object) -> str:
    return date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")


def print_field(sheet: Sheet, field: Field) -> None:
    """Its name, its value, its crop; below them its state and its history."""
    sheet.make_room(64)
    sheet.rule()
    sheet.y -= 6
    x = MARGIN + NAMES
    left = sheet.write(field.name, color=SOFT, width=NAMES - 8)
    right = sheet.picture(field.crop, x + VALUES, CROPS, 48)
    top = sheet.y
    sheet.y -= sheet.write(shown(field) or "–", size=11, x=x, width=VALUES - 12)
    doubtful = field.state == Field.State.NEEDS_REVIEW
    words, color = state_words(field), DOUBT if doubtful else SOFT
    sheet.y -= sheet.write(words, size=8, color=color, x=x, width=VALUES - 12)
    sheet.y = min(sheet.y, top - left, top - right)
    for change in field.changes.all():
        sheet.make_room(14)
        width = VALUES + CROPS
        sheet.y -= sheet.write(told_change(change), size=8, x=x, width=width)
    sheet.y -= 6


def shown(field: Field) -> str:
    return f"{field.value} {field.currency}".strip()


def state_words(field: Field) -> str:
    words = [str(field.get_state_display()), f"{field.confidence:.0%}"]
    if field.state == Field.State.NEEDS_REVIEW and field.reason:
        words.append(told(field.reason))
    return " · ".join(words)


def told_change(change: FieldChange) -> str:
    act = _("%(when)s, %(who)s: %(act)s") % {
        "when": moment(change.at),
        "who": change.by or _("automatic"),
        "act": change.get_act_display(),
    }
    if change.before != change.after:
        act += f" {change.before or '–'} → {change.after or '–'}"
    return f"{act} ({change.reason})" if change.reason else act


def print_page(sheet: Sheet, page: Page, fields: Sequence[Field]) -> None:
    """The scan on a sheet of its own, with the places that were read."""
    sheet.turn_over()
    words = _("Page %(number)d") % {"number": page.number}
    sheet.y -= sheet.write(words, color=SOFT) + 4
    room = sheet.y - MARGIN
    height = sheet.picture(page.preview, MARGIN, WIDTH - 2 * MARGIN, room)
    if not height or not page.height:
        return
    scale = height / page.height
    sheet.canvas.setStrokeColor(ACCENT)
    for field in fields:
        outline = sheet.canvas.beginPath()
        corners = [
            (MARGIN + x * scale, sheet.y - y * scale) for x, y in field.polygon or ()
        ]
        for place, corner in enumerate(corners):
            (outline.lineTo if place else outline.moveTo)(*corner)
        if corners:
            outline.close()
            sheet.canvas.drawPath(outline)
