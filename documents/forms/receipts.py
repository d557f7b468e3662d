"""Which receipts to show, what people put right, and a workspace's own categories."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from documents.forms.history import ANY, DateInput
from documents.models import Receipt, Workspace
from documents.services.receipts import category_names, category_word

EMPTY_ROWS = 3  # for categories that are not there yet


class ReceiptsForm(forms.Form):
    """The filters of the list; a value that makes no sense filters nothing."""

    q = forms.CharField(label=_("Merchant or file"), max_length=200)
    category = forms.ChoiceField(label=_("Category"))
    since = forms.DateField(label=_("From"), widget=DateInput(format="%Y-%m-%d"))
    until = forms.DateField(label=_("To"), widget=DateInput(format="%Y-%m-%d"))
    batch = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, workspace: Workspace, **named: Any) -> None:
        super().__init__(*arguments, label_suffix="", **named)
        for field in self.fields.values():
            field.required = False
        used = Receipt.objects.filter(workspace=workspace).order_by("category")
        names = [*category_names(workspace), *used.values_list("category", flat=True)]
        self.fields["category"].choices = [
            ANY,
            *(
                (name, category_word(name))
                for name in dict.fromkeys(filter(None, names))
            ),
        ]

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``ReceiptQuerySet.matching`` is asked for."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def categories_in(data: QueryDict) -> Iterator[dict[str, Any]]:
    """The rows of the form of categories: words are parted by commas or lines."""
    rows = zip(data.getlist("name"), data.getlist("words"), strict=False)
    for name, words in rows:
        yield {"name": name, "words": words.replace("\n", ",").split(",")}
