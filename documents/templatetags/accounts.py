"""What the pages of accounts ask: may one sign up, which browser is that."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import template
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

register = template.Library()

LABELS = {"code": gettext_lazy("Code"), "email": gettext_lazy("E-mail address")}
# The first that is found: later ones are named in the signatures of earlier ones.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


@register.simple_tag
def may_sign_up(request: HttpRequest) -> bool:
    return get_adapter(request).is_open_for_signup(request)


@register.filter
def quiet(form: Form) -> Form:
    """A library's form in our words, without placeholders that repeat its labels."""
    form.label_suffix = ""
    for bound in form:
        bound.field.widget.attrs.pop("placeholder", None)
        if bound.field.required:  # the others say that they are optional
            bound.label = LABELS.get(bound.name, bound.label)
    return form


@register.filter
def browser(signature: str) -> str:
    """A browser's long signature in the two words that its user knows it by."""
    name = first(BROWSERS, signature)
    if not name:
        return signature[:40] or _("unknown browser")
    system = first(SYSTEMS, signature)
    if not system:
        return name
    return _("%(browser)s on %(system)s") % {"browser": name, "system": system}


def first(names: dict[str, str], signature: str) -> str:
    return next((name for mark, name in names.items() if mark in signature), "")
