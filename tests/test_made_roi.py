"""What other tests are built on is itself as reading leaves it."""

from __future__ import annotations

from decimal import Decimal

from documents.models import Field, Record
from tests.made_roi import made_record, made_template


def test_it_works(alice):
    record = made_record(alice)
    assert (record.supplier, record.number, record.date, record.total) == (
        *("Corner Shop", "A-17", "2021-12-27"),
        Decimal("12.00"),
    )
    assert Record.objects.visible_to(alice).get() == record
    assert list(record.fields.values_list("name", "kind", "value", "state")) == [
        ("supplier", "text", "Corner Shop", "auto"),
        ("number", "code", "A-17", "auto"),
        ("date", "date", "2021-12-27", "auto"),
        ("total", "amount", "12.00", "needs_review"),
    ]
    with record.fields.first().crop.open() as crop:
        assert crop.read().startswith(b"\x89PNG")
    assert record.version.template.version == 1


def test_records_of_one_layout(alice):
    template = made_template(alice, regions=("total",))
    fields = {"total": ("12.00", 0.99, "")}
    records = [made_record(template, fields) for _time in range(2)]
    assert {record.version.template_id for record in records} == {template.pk}
    assert Field.objects.visible_to(alice).to_review().count() == 0
