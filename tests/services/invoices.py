"""Small invoices, drawn: two layouts, and scans of them that lie askew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from documents.models import Document, Page, RoiTemplate, TemplatePage
from tests.made_roi import made_definition, made_region, made_version

SIZE = WIDTH, HEIGHT = 1000, 1400
FIRST = {"number": "4711", "date": "2021-12-27", "total": "145.20"}
SECOND = {"number": "8263", "date": "2022-03-14", "total": "987.65"}
LABELS = {"number": "Invoice number", "date": "Date of issue", "total": "Total due"}
PLACES = {"number": (640, 180), "date": (640, 260), "total": (640, 1120)}
ITEMS = ("Flour, coarse", "Oats, rolled", "Barley, pearled", "Rye, whole")


def invoice(values: Mapping[str, str] = FIRST) -> Image.Image:
    """The mill's invoice: a head, a table in a frame, labels beside the values."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    pen.rectangle((60, 60, 360, 140), fill="#264653")
    pen.text((80, 78), "Old Mill Ltd", fill="white", font_size=40)
    pen.text((60, 160), "14 River Lane, Millbrook", fill="black", font_size=26)
    pen.text((60, 200), "VAT GB 123 4567 89", fill="black", font_size=26)
    for top in range(400, 1001, 120):
        pen.line((60, top, 940, top), fill="black", width=3)
    for left in (60, 560, 740, 940):
        pen.line((left, 400, left, 1000), fill="black", width=3)
    for number, item in enumerate(ITEMS):
        pen.text((80, 560 + 120 * number), item, fill="black", font_size=30)
    for name, (left, top) in PLACES.items():
        pen.text((400, top), LABELS[name], fill="black", font_size=28)
        pen.text((left, top), values.get(name, ""), fill="black", font_size=34)
    pen.text((60, 1300), "Payable within 30 days.", fill="black", font_size=26)
    return page


def ticket() -> Image.Image:
    """The print of quite another layout."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((350, 80, 650, 380), outline="black", width=12)
    pen.text((420, 200), "SKY", fill="black", font_size=80)
    for number in range(9):
        left = 80 + 40 * (number % 3)
        pen.rectangle((left, 480 + 90 * number, left + 30, 510 + 90 * number), "black")
        pen.text((250, 480 + 90 * number), f"Gate {number}{number + 3}", "black", None)
    pen.text((80, 1310), "Boarding pass", fill="black", font_size=44)
    return page


def scanned(page: Image.Image, skew: float = 1.2) -> Image.Image:
    """*page* as a scanner makes it: turned a little, shifted, of another size."""
    turned = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    moved = Image.new("RGB", (WIDTH + 60, HEIGHT + 60), "white")
    moved.paste(turned, (38, 24))
    return moved.resize((1272, 1752), Image.Resampling.BICUBIC)


def document_of(
    user: User, *pictures: Image.Image, name: str = "invoice.tiff"
) -> Document:
    """A document whose pages are *pictures*, upright already."""
    out = BytesIO()
    first, *others = pictures
    first.save(out, "TIFF", save_all=True, append_images=others)
    content = out.getvalue()
    document = Document(
        workspace=user.personal_workspace,
        created_by=user,
        name=name,
        media_type="image/tiff",
        size=len(content),
        sha256=f"{Document.objects.count() + 1:064}",  # each a file of its own
        page_count=len(pictures),
        source=Document.Source.WEB,
    )
    document.file.save("original.tiff", ContentFile(content), save=False)
    document.save()
    Page.objects.bulk_create(
        Page(document=document, number=n, width=p.width, height=p.height, turn=0)
        for n, p in enumerate(pictures, start=1)
    )
    return document


def regions() -> list[dict[str, Any]]:
    """One around each value, as a person would draw it."""
    kinds = {"number": "digits"}
    return [
        made_region(
            name,
            order,
            box={
                "left": (left - 15) / WIDTH,
                "top": (top - 10) / HEIGHT,
                "right": (left + 250) / WIDTH,
                "bottom": (top + 54) / HEIGHT,
            },
            **({"kind": kinds[name]} if name in kinds else {}),
        )
        for order, (name, (left, top)) in enumerate(PLACES.items())
    ]


def layout_of(
    document: Document, pages: int = 1, *, name: str = "Mill", **more: Sequence[Any]
) -> RoiTemplate:
    """A layout drawn on the first pages of *document*, not prepared yet."""
    template = RoiTemplate.objects.create(
        workspace=document.workspace,
        name=name,
        document=document,
        created_by=document.created_by,
    )
    made_version(template, made_definition(regions(), **more))
    TemplatePage.objects.bulk_create(
        TemplatePage(template=template, number=n, width=WIDTH, height=HEIGHT)
        for n in range(1, pages + 1)
    )
    return template
