"""documents.services.shared_fields: the columns that all layouts share."""

from __future__ import annotations

import pytest

from documents.services.shared_fields import set_shared_fields, shared_fields
from engines import TemplateError
from tests.made_roi import made_region, made_template


def told(fields) -> list[tuple[str, str, str]]:
    return [(one.name, one.kind, one.constant) for one in fields]


def test_it_works(alice):
    workspace = alice.personal_workspace
    assert [one[:2] for one in told(shared_fields(workspace))] == [
        ("supplier", "text"),
        ("number", "code"),
        ("date", "date"),
        ("due", "date"),
        ("net", "amount"),
        ("tax", "amount"),
        ("total", "amount"),
        ("currency", "text"),
    ]
    wish = [{"name": "total", "kind": "amount"}, {"name": "branch", "constant": "7"}]
    made = set_shared_fields(workspace, wish)
    assert told(made) == [("total", "amount", ""), ("branch", "text", "7")]
    assert shared_fields(workspace) == made


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({}, "Fields must be a list."),
        ([], "A workspace shares one field at least."),
        (["total"], "A field must be an object."),
        ([{"kind": "text"}], "A field's name must not be empty."),
        ([{"name": "total"}] * 2, "Two fields are called “total”. Rename one."),
        ([{"name": "total", "kind": "money"}], "“total” is one of: text, integer"),
        ([{"name": "total", "constant": 7}], "“total” must be text."),
        ([{"name": "due", "kind": "date", "constant": "soon"}], "“due”: "),
        ([{"name": "total", "id": 7}], "A field has no “id”."),
        ([{"name": f"{n}"} for n in range(101)], "Fields: at most 100"),
    ],
)
def test_what_cannot_be(alice, wish, sentence):
    before = told(shared_fields(alice.personal_workspace))
    with pytest.raises(TemplateError) as refused:
        set_shared_fields(alice.personal_workspace, wish)
    assert sentence in str(refused.value)
    assert told(shared_fields(alice.personal_workspace)) == before


def test_what_a_layout_fills_must_stay(alice):
    made_template(alice, regions=[made_region("Summe", field="total")])
    with pytest.raises(TemplateError) as refused:
        set_shared_fields(alice.personal_workspace, [{"name": "number"}])
    assert str(refused.value) == "The layout “Corner Shop” fills “total”. Keep it."
    kept = set_shared_fields(alice.personal_workspace, [{"name": "total"}])
    assert told(kept) == [("total", "text", "")]
