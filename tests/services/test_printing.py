"""A record as PDF, and how its text is set."""

from __future__ import annotations

import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from django.contrib.auth.models import User

from documents.models import Field, Record
from documents.services.fields import correct
from documents.services.pdf_text import is_right_to_left, set_lines, width_of
from documents.services.printing import name_of, record_pdf
from tests.made import made_document
from tests.made_roi import made_field, made_record, made_template

ARABIC = "شركة المشرق للتجارة"


def pages(pdf: BytesIO) -> list[str]:
    """The words of each page, line by line, as they stand on the paper."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def pictures(pdf: BytesIO) -> list[int]:
    """How many pictures each page has."""
    image = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    with pypdfium2.PdfDocument(pdf) as document:
        return [len(list(page.get_objects(filter=[image]))) for page in document]


def seen(text: str) -> str:
    """*text* as it is read on paper: joined forms as their letters, order as seen."""
    return unicodedata.normalize("NFKC", text)[::-1]


@pytest.fixture
def record(alice: User) -> Record:
    template = made_template(alice, name="Mill")
    document = made_document(alice, name="scan.pdf", pages=3)
    fields = {
        "supplier": ("Corner Shop", 0.99, ""),
        "total": ("12.00", 0.62, "doubtful"),
    }
    return made_record(template, fields, document=document, pages=(2, 3), number="A-17")


def test_it_works(alice: User, record: Record) -> None:
    correct(record.fields.get(name="total"), "13.00 EUR", user=alice, reason="a stain")
    record.refresh_from_db()
    made = record_pdf(record)
    first, second, third = pages(made)
    lines = first.splitlines()
    assert lines[0].startswith("Corner Shop")
    assert lines[1] == "to review · layout Mill, version 1"
    assert lines[2] == "Document scan.pdf, page 2–3"
    assert "automatic · 99%" in lines
    assert "total 13.00 EUR" in lines
    assert "corrected · 62%" in lines
    assert any(
        line.endswith("alice: corrected 12.00 → 13.00 EUR (a stain)") for line in lines
    )
    assert (second.strip(), third.strip()) == ("Page 2", "Page 3")
    made.seek(0)
    assert pictures(made) == [2, 1, 1]


def test_doubts_and_approval_are_told(alice: User, record: Record) -> None:
    broken = {"rule": "a = b", "reason": "a = b does not hold.", "values": {}}
    Record.objects.update(broken=[broken])
    record.refresh_from_db()
    text = pages(record_pdf(record))[0]
    assert "a = b does not hold." in text
    assert "to review · 62% · The reader was not sure." in text
    approved = made_record(alice, {}, state=Record.State.APPROVED)
    assert "by alice" in pages(record_pdf(approved))[0]
    Record.objects.update(approved_by=None)
    approved.refresh_from_db()
    assert "by nobody: nothing was in doubt" in pages(record_pdf(approved))[0]


def test_arabic_is_joined_and_runs_from_the_right(record: Record) -> None:
    Field.objects.filter(name="supplier").update(value=ARABIC)
    text = pages(record_pdf(record))[0]
    assert ARABIC in text  # whoever searches or copies finds it
    (line,) = set_lines(ARABIC, 11, 500)
    assert seen(line) == ARABIC
    joined = [letter for letter in line if "\ufb50" <= letter <= "\ufeff"]
    assert len(joined) > 10


def test_digits_within_arabic_keep_their_order() -> None:
    (line,) = set_lines("رقم 1234", 11, 500)
    assert line.startswith("1234 ")
    assert (is_right_to_left("12 رقم"), is_right_to_left("12 no رقم")) == (True, False)


@pytest.mark.parametrize("text", ["word " * 60, "w" * 300, f"{ARABIC} " * 20])
def test_no_line_is_wider_than_its_column(text: str) -> None:
    lines = set_lines(text, 9, 200)
    assert len(lines) > 3
    assert max(width_of(line, 9) for line in lines) <= 200
    assert sum(len(line.replace(" ", "")) for line in lines) >= len(
        text.replace(" ", "")
    ) - 20 * text.count("لا")


def test_what_has_no_shape_is_left_out() -> None:
    assert set_lines("a\x00b\u202ec\ud800d", 9, 200) == ["abcd"]
    assert set_lines("", 9, 200) == []


def test_many_fields_go_on_over_the_page(record: Record) -> None:
    for number in range(30):
        made_field(record, f"field {number}", "1.00", order=9 + number)
    made_field(record, "long", "word " * 3000, order=99)
    text = pages(record_pdf(record))
    assert len(text) == 2 + 2
    assert "field 29" in "".join(text)


def test_pictures_that_are_gone_leave_a_gap(record: Record) -> None:
    for field in record.fields.all():
        field.crop.storage.delete(field.crop.name)
    page = record.document.pages.get(number=3)
    page.preview.storage.delete(page.preview.name)
    assert pictures(record_pdf(record)) == [0, 1, 0]


def test_its_name(record: Record) -> None:
    assert name_of(record) == "Corner_Shop-A-17.pdf"
    record.supplier, record.number = ARABIC, "a/b"
    assert name_of(record) == "شركة_المشرق_للتجارة-ab.pdf"
    record.supplier = record.number = ""
    assert name_of(record) == f"{record.pk}.pdf"
