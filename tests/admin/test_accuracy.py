"""GET /admin/accuracy/"""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils.html import strip_tags

from documents.models import Document
from documents.services.texts.corrections import correct_line
from tests.made import made_document, made_job

URL = "/admin/accuracy/"
NOBODY = "Nobody has corrected a line yet."


@pytest.fixture
def read(alice: User) -> Document:
    """A page that two engines read, the first of them with a digit for a letter."""
    document = made_document(alice)
    made_job(document, engine="ppocr")
    return document


def rows_of(response: HttpResponse) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", response.content.decode(), re.DOTALL)
    cells = [re.findall(r"<t[dh].*?</t[dh]>", row) for row in rows[1:]]
    return [[strip_tags(cell) for cell in row] for row in cells]


def test_it_works(desk: Client, alice: User, read: Document) -> None:
    right = (("Corner Shop", 0.9), ("2 apples 1.20", 0.9), ("Total  1.20", 0.9))
    made_job(read, engine="tesseract", words=right)
    correct_line(read.jobs.last().page_reads.get(), 2, "Total 1.20", user=alice)
    response = desk.get(URL)
    assert [row[0] for row in rows_of(response)] == [
        "PP-OCR ppocr",
        "Tesseract tesseract",
    ]
    assert [row[2:] for row in rows_of(response)] == [
        ["1", "36", "2.78 %", "85.7 %"],
        ["1", "36", "0.00 %", "100.0 %"],
    ]


def test_nobody_has_corrected_anything(desk: Client, read: Document) -> None:
    response = desk.get(URL)
    assert rows_of(response) == []
    assert NOBODY in response.content.decode()


def test_staff_without_the_right_is_told(client: Client, charlie: User) -> None:
    charlie.is_staff = True
    charlie.save()
    client.force_login(charlie)
    assert client.get(URL).status_code == 403


def test_who_may_view_everything_sees_it(looker: Client) -> None:
    assert looker.get(URL).status_code == 200


def test_a_stranger_finds_nothing(client: Client, charlie: User) -> None:
    client.force_login(charlie)
    assert client.get(URL).status_code == 404
