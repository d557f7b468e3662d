"""What people said of crops, for the training of digits."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from documents.models import Field, LabelledCrop
from documents.services import fields
from documents.services.training import (
    Corrections,
    UnknownWorkspace,
    workspaces_named,
)
from tests.made_roi import made_record

READ = {
    "supplier": ("Corner Shop", 0.9, ""),
    "date": ("2021-12-27", 0.9, ""),
    "total": ("12.00", 0.6, "doubtful"),
}


@pytest.fixture
def labelled(alice: User) -> dict[str, Field]:
    """Three fields that alice has looked at, one of them corrected."""
    named = {field.name: field for field in made_record(alice, READ).fields.all()}
    fields.confirm(named["supplier"], user=alice)
    fields.confirm(named["date"], user=alice)
    fields.correct(named["total"], "٥٢٥٠٠", user=alice)
    return named


def test_it_works(labelled: dict[str, Field]) -> None:
    found = list(Corrections())
    assert [(key, text, kind) for key, _, text, kind in found] == [
        (labelled["date"].pk.hex, "2021-12-27", "date"),
        (labelled["total"].pk.hex, "٥٢٥٠٠", "amount"),
    ]
    assert {picture[:4] for _, picture, _, _ in found} == {b"\x89PNG"}


def test_words_are_no_numbers(labelled: dict[str, Field]) -> None:
    LabelledCrop.objects.update(text="paid", kind="amount")
    assert list(Corrections()) == []


def test_crops_that_are_gone_are_counted(labelled: dict[str, Field]) -> None:
    labelled["date"].crop.delete(save=False)  # the file alone
    Field.objects.filter(name="total").update(crop="")
    corrections = Corrections()
    assert (list(corrections), corrections.gone) == ([], 2)
    assert (list(corrections), corrections.gone) == ([], 2)  # counted anew


def test_other_workspaces_are_left_out(
    alice: User, charlie: User, labelled: dict[str, Field]
) -> None:
    theirs = Corrections((charlie.personal_workspace,))
    hers = Corrections((alice.personal_workspace,))
    assert (len(list(theirs)), len(list(hers))) == (0, 2)


def test_workspaces_by_name(alice: User, charlie: User) -> None:
    hers, his = alice.personal_workspace, charlie.personal_workspace
    hers.name, his.name = "Mill", "Shop"
    hers.save()
    his.save()
    assert workspaces_named(["Mill"]) == (hers,)
    assert workspaces_named([str(his.pk)]) == (his,)
    assert set(workspaces_named(["Mill", "Shop"])) == {hers, his}
    assert workspaces_named(["Mill", "all"]) is None
    with pytest.raises(UnknownWorkspace, match="There is no workspace “Mall”"):
        workspaces_named(["Mill", "Mall"])
