"""What a clicked line is, and which label names it and moves with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines import (
    Anchor,
    Box,
    Line,
    Page,
    Region,
    TemplateError,
    Word,
    guess_anchor,
    guess_region,
)
from engines.roi import Kind

WIDTH, HEIGHT, PRINT = 1000, 1000, 20


def line(text: str, left: float, top: float, right: float | None = None) -> Line:
    """*text* at ten pixels a letter, or up to *right*."""
    box = Box(left, top, right or left + 10 * len(text), top + PRINT)
    return Line(text, box.polygon)


def page(*lines: Line) -> Page:
    return Page(WIDTH, HEIGHT, lines)


def named(*lines: Line, at: int = -1) -> tuple[str, Kind]:
    found = guess_region(page(*lines), at % len(lines))
    return found.name, found.kind


def in_pixels(region: Region) -> tuple[int, ...]:
    box = region.box
    sides = (box.left, box.top, box.right, box.bottom)
    return tuple(round(side * WIDTH) for side in sides)


def test_it_works() -> None:
    found = guess_region(page(line("Total", 600, 500), line("12.00 €", 800, 500)), 1)
    # A quarter of the print's height around it, and room for more digits at the left.
    assert found == Region("total", "amount", Box(0.758, 0.495, 0.875, 0.525))


@pytest.mark.parametrize(
    ("label", "value", "name", "kind"),
    [
        ("Invoice No.", "FA02/2015/020059", "number", "code"),
        ("Invoice #", "20059", "number", "code"),
        ("Invoice Date:", "12/27/2021", "date", "date"),
        ("Payment due", "27 Dec 2021", "due", "date"),
        ("Subtotal", "1,234.00", "net", "amount"),
        ("VAT 20%", "1,234.00", "tax", "amount"),
        ("Total amount due (EUR)", "1,234.00", "total", "amount"),
        ("Grand total", "120", "total", "amount"),
        ("Vendor", "Deco Addict", "supplier", "text"),
        ("Bill to:", "Deco Addict", "customer", "text"),
        ("PO number", "PO019817", "order", "code"),
        ("VAT No", "DE136695976", "tax_number", "code"),
        ("IBAN", "DE89 3704 0044 0532 0130 00", "iban", "code"),
        ("Qty", "20", "quantity", "integer"),
        ("Currency", "EUR", "currency", "text"),
        ("N° Facture", "FA01/2015/032414", "number", "code"),
        ("Facture N°", "32414", "number", "code"),
        ("Date d'échéance", "27/12/2021", "due", "date"),
        (
            "Echeacnce",
            "27/12/2021",
            "due",
            "date",
        ),  # as a reader without accents has it
        ("Total HT", "3 463,20 €", "net", "amount"),
        ("Montant TTC", "3 463,20 €", "total", "amount"),
        ("Rechnungs-Nr.", "2021-0815", "number", "code"),
        ("Rechnungsdatum", "27.12.2021", "date", "date"),
        ("Fällig am", "27.12.2021", "due", "date"),
        ("Zwischensumme", "1.234,00", "net", "amount"),
        ("19% MwSt.", "1.234,00", "tax", "amount"),
        ("Gesamtbetrag", "1.234,00", "total", "amount"),
        # Labels that are none of the known ones name their value themselves.
        ("Site & project:", "Deco Addict", "site_project", "text"),
        ("Délai", "30", "delai", "integer"),
        ("Delivery date", "27/12/2021", "delivery_date", "date"),
        ("Account number", "A-4711", "account_number", "code"),
        ("Compte", "0057657656576", "compte", "digits"),
    ],
)
def test_the_label_in_its_row_names_a_value(
    label: str, value: str, name: str, kind: str
) -> None:
    assert named(line(label, 100, 500), line(value, 500, 500)) == (name, kind)


@pytest.mark.parametrize(
    ("label", "value", "name", "kind"),
    [
        ("رقم الفاتورة", "FA02", "number", "code"),
        ("التاريخ:", "٢٠٢١/١٢/٢٧", "date", "date"),
        ("تاريخ الاستحقاق", "٢٧/١٢/٢٠٢١", "due", "date"),
        ("المجموع الفرعي", "١٢٬٣٤٥٫٦٧", "net", "amount"),
        ("ضريبة القيمة المضافة ٥٪", "١٢٫٥٠", "tax", "amount"),
        ("الإجمالي", "AED٥٦٠٠٠", "total", "amount"),
        ("المورد", "شركة النور", "supplier", "text"),
    ],
)
def test_an_arabic_label_stands_at_the_right(
    label: str, value: str, name: str, kind: str
) -> None:
    assert named(line(label, 600, 500), line(value, 400, 500)) == (name, kind)


def test_a_label_above_names_a_value() -> None:
    lines = line("Date", 100, 470), line("Due date", 300, 470)
    assert named(*lines, line("27/12/2021", 300, 500)) == ("due", "date")


def test_a_label_of_two_lines_is_read_as_one() -> None:
    lines = line("Date", 300, 450), line("d'échéance", 300, 472)
    assert named(*lines, line("27/12/2021", 300, 500)) == ("due", "date")


def test_a_label_in_the_row_goes_before_one_above() -> None:
    lines = line("Tax", 500, 470), line("Total", 300, 500)
    assert named(*lines, line("12.00", 500, 500)) == ("total", "amount")


def test_a_label_must_fit_what_it_names() -> None:
    lines = line("Date", 100, 500), line("Invoice no", 300, 475)
    assert named(*lines, line("FA02/2015", 300, 500)) == ("number", "code")


def test_what_stands_over_the_rows_of_goods_is_not_the_invoices() -> None:
    heads = line("Description", 100, 470), line("Total", 500, 470)
    found = named(*heads, line("Oak table", 100, 500), line("12.00", 500, 500))
    assert found == ("oak_table", "amount")


def test_a_label_and_its_value_in_one_line_are_parted() -> None:
    found = guess_region(page(line("TOTAL: 3 463,20 €", 100, 500)), 0)
    assert (found.name, found.kind) == ("total", "amount")
    assert in_pixels(found) == (161, 495, 275, 525)
    for text in ("Invoice # - FA01/2015", "Invoice N°:FA01/2015"):
        assert named(line(text, 100, 500)) == ("number", "code")


def test_an_arabic_line_holds_its_value_at_the_left() -> None:
    found = guess_region(page(line("الإجمالي: ١٢٫٥٠", 100, 500)), 0)
    assert (found.name, found.kind) == ("total", "amount")
    assert in_pixels(found) == (70, 495, 155, 525)


def test_where_words_are_placed_they_say_where_the_value_is() -> None:
    words = (
        Word("Total", Box(100, 500, 160, 520)),
        Word("12.00", Box(300, 500, 360, 520)),
    )
    whole = Line("Total 12.00", Box(100, 500, 360, 520).polygon, words)
    assert in_pixels(guess_region(page(whole), 0)) == (264, 495, 365, 525)


def test_of_a_row_of_values_the_clicked_one_is_taken() -> None:
    heads = line("Date", 100, 470), line("Due date", 220, 470), line("PO", 340, 470)
    row = page(*heads, line("2015-02-02 2015-04-05 BC06263", 100, 500))
    found = [guess_region(row, 3, (), at) for at in (0.15, 0.25, 0.35)]
    names = [(region.name, region.kind) for region in found]
    assert names == [("date", "date"), ("due", "date"), ("order", "code")]
    assert guess_region(row, 3) == found[0]


def test_a_name_that_is_taken_is_counted_on() -> None:
    lines = page(line("Total", 600, 500), line("12.00", 800, 500))
    assert guess_region(lines, 1, ["total"]).name == "total_2"
    assert guess_region(lines, 1, ["total", "total_2"]).name == "total_3"


def test_without_a_label_the_kind_is_the_name() -> None:
    assert named(line("Deco Addict", 100, 500)) == ("text", "text")
    assert named(line("12.00", 100, 500)) == ("amount", "amount")
    assert named(line("0012", 100, 500)) == ("digits", "digits")
    street = line("Deco Addict", 100, 470), line("77 Santa Barbara Rd", 100, 500)
    assert named(*street) == ("text", "text")


def test_a_clicked_label_is_only_text() -> None:
    lines = line("Invoice", 100, 500), line("Total", 300, 500)
    assert named(*lines) == ("text", "text")


def test_a_region_stays_on_the_page_and_off_its_neighbours() -> None:
    lines = page(line("Deco Addict", 0, 0), line("Date", 130, 0))
    assert in_pixels(guess_region(lines, 0)) == (0, 0, 129, 25)


def test_a_line_without_a_place_has_no_region() -> None:
    with pytest.raises(TemplateError, match=r"^Nobody knows where this line stands"):
        guess_region(page(Line("Total 12.00")), 0)


def test_the_anchor_is_the_label_of_what_is_drawn() -> None:
    lines = page(
        line("Oak table", 100, 470),
        line("Total", 600, 500),
        line("12.00", 800, 500),
        Line("nowhere"),
    )
    anchor = Anchor("Total", Box(0.6, 0.5, 0.65, 0.52))
    assert guess_anchor(lines, Box(0.79, 0.49, 0.86, 0.53)) == anchor
    # Where nothing is printed (yet), the nearest words have to do.
    assert guess_anchor(lines, Box(0.68, 0.49, 0.75, 0.53)) == anchor


def test_the_anchor_of_a_line_that_holds_its_label_is_that_part() -> None:
    lines = page(line("TOTAL: 3 463,20 €", 100, 500))
    box = guess_region(lines, 0).box
    assert guess_anchor(lines, box) == Anchor("TOTAL:", Box(0.1, 0.5, 0.16, 0.52))


def test_where_no_words_are_there_is_no_anchor() -> None:
    lines = page(line("27/12/2021", 100, 500), line("12.00", 300, 500))
    assert guess_anchor(lines, Box(0.29, 0.49, 0.36, 0.53)) is None
    assert guess_anchor(page(), Box(0.1, 0.1, 0.2, 0.2)) is None


TEXTS = st.text("aTé :#°1.2,/€%-الإ١ \u200f\x00", max_size=12)
LINES = st.builds(line, TEXTS, st.integers(0, 900), st.integers(0, 980))


@given(st.lists(LINES, min_size=1, max_size=8))
def test_no_page_breaks_the_guessing(lines: list[Line]) -> None:
    crowded = page(*lines)
    for index, one in enumerate(lines):
        assert one.box is not None
        found = guess_region(crowded, index)
        guess_anchor(crowded, found.box)
        assert found.name.strip()
