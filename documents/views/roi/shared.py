"""What all layouts of a workspace share: its fields, and its lists of codes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from documents.forms.roi import CodeListForm
from documents.models import CodeList
from documents.services.code_lists import delete_list, save_list
from documents.services.sentences import told
from documents.services.shared_fields import set_shared_fields, shared_fields
from documents.views.lookup import (
    changeable,
    current_workspace,
    insist_on_changing,
    may_change,
    visible,
)
from documents.views.roi.words import kind_words
from documents.views.undo import isolated
from engines import TemplateError

SPARE = 1  # empty rows at the end; a page with script adds more


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: HttpRequest) -> HttpResponse:
    """The columns that every layout may fill, in the order they have in tables."""
    workspace = current_workspace(request)
    rows: list[dict[str, str]] | None = None
    if request.method == "POST":
        insist_on_changing(request, workspace)
        rows = sent_rows(request)
        try:
            set_shared_fields(workspace, rows)
        except TemplateError as error:
            messages.error(request, told(str(error)))
        else:
            messages.success(request, _("Saved."))
            return redirect("shared_fields")
    context = {
        "rows": rows or shared_fields(workspace),
        "spare": range(SPARE),
        "kinds": kind_words().items(),
        "may_change": may_change(request, workspace),
    }
    return render(request, "roi/fields.html", context)


def sent_rows(request: HttpRequest) -> list[dict[str, str]]:
    """The rows in the order they stand; one without a name is taken away."""
    columns = [request.POST.getlist(name) for name in ("name", "kind", "constant")]
    rows = zip(*columns, strict=False)
    return [
        {"name": name, "kind": kind, "constant": constant}
        for name, kind, constant in rows
        if name.strip()
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: HttpRequest) -> HttpResponse:
    workspace = current_workspace(request)
    return edit(request, CodeList(workspace=workspace))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def code_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    return edit(request, visible(CodeList.objects, request.user, pk=pk))


def edit(request: HttpRequest, one: CodeList) -> HttpResponse:
    """The form of a list, new or known, and all lists below it."""
    form = CodeListForm(initial={"name": one.name, "values": one.values})
    if request.method == "POST":
        insist_on_changing(request, one.workspace)
        form = CodeListForm(request.POST, request.FILES)
        if form.is_valid() and kept(request, one, form):
            return redirect("code_lists")
    known = None if one._state.adding else one
    context = {
        "form": form,
        "known": known,
        "rows": [
            (row, row.values.count("\n") + 1) for row in one.workspace.code_lists.all()
        ],
        "may_change": may_change(request, one.workspace),
    }
    return render(request, "roi/lists.html", context)


def kept(request: HttpRequest, one: CodeList, form: CodeListForm) -> bool:
    try:
        save_list(one, name=form.cleaned_data["name"], values=form.all_values())
    except TemplateError as error:
        form.add_error(None, told(str(error)))
        return False
    messages.success(request, _("Saved."))
    return True


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    one = changeable(CodeList.objects, request.user, pk=pk)
    try:
        delete_list(one)
    except TemplateError as error:
        messages.error(request, told(str(error)))
    else:
        words = _("The list “%(name)s” is deleted.") % {"name": isolated(one.name)}
        messages.success(request, words)
    return redirect("code_lists")
