"""documents.services.code_lists: the values that a code may have."""

from __future__ import annotations

import pytest

from documents.models import CodeList
from documents.services.code_lists import delete_list, save_list
from documents.services.roi import archive_template
from engines import TemplateError
from tests.made_roi import made_region, made_template


def new(alice, name="codes", values=("A", "B")) -> CodeList:
    empty = CodeList(workspace=alice.personal_workspace)
    return save_list(empty, name=name, values=list(values))


def test_it_works(alice):
    codes = new(alice, " codes ", ["B", " A ", "", "B"])
    assert (codes.name, codes.values) == ("codes", "B\nA")
    save_list(codes, name="others", values=["C"])
    assert CodeList.objects.values("name", "values").get() == {
        "name": "others",
        "values": "C",
    }


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("", ["A"], "A list's name must not be empty."),
        ("taken", ["A"], "There is a list “taken” already. Choose another name."),
        ("codes", [], "The list holds no value."),
        ("codes", [" "], "The list holds no value."),
        ("codes", [7], "A value must be text."),
        ("codes", ["x" * 201], "A value is too long: at most 200 characters."),
        ("codes", ["a\nb"], "A value holds characters that cannot be seen."),
        (
            "codes",
            ["x"] * 50_001,
            "The values: at most 50000, and here are 50001.",
        ),
    ],
)
def test_what_cannot_be(alice, name, values, sentence):
    new(alice, "taken")
    with pytest.raises(TemplateError) as refused:
        new(alice, name, values)
    assert str(refused.value) == sentence
    assert CodeList.objects.count() == 1


def test_one_that_a_layout_uses_stays(alice):
    codes = new(alice)
    template = made_template(alice, regions=[made_region("number", list=str(codes.pk))])
    with pytest.raises(TemplateError) as refused:
        delete_list(codes)
    reason = "The layout “Corner Shop” uses this list. Change that first."
    assert str(refused.value) == reason
    archive_template(template)
    delete_list(codes)
    assert CodeList.objects.count() == 0
