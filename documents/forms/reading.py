"""How to read: the engine, the languages, what to do to the picture before."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from documents.forms.languages import own_name
from documents.models import RoiTemplate, Workspace
from documents.services.sentences import told
from engines import engine_names, get_engine

AUTO = "auto"
MAX_SIDE = 20_000  # pixels; what lies above is a mistake


def engine_choices() -> list[tuple[str, str]]:
    return [(name, told(get_engine(name).label)) for name in engine_names()]


def language_choices() -> list[tuple[str, str]]:
    """All that some engine can read here, by their own names; the site's come first."""
    codes = {code for name in engine_names() for code in get_engine(name).languages()}
    return sorted(
        ((code, own_name(code)) for code in codes),
        key=lambda choice: (choice[0] not in settings.DEFAULT_LANGUAGES, choice[1]),
    )


class EngineSelect(forms.Select):
    """Engines that cannot run here are shown, with the reason, but not to be chosen."""

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict:
        option = super().create_option(name, value, *rest, **more)
        availability = get_engine(value).availability()
        if not availability.ok:
            option["attrs"] |= {"disabled": True, "title": availability.remedy}
            option["label"] = f"{option['label']} – {told(availability.reason)}"
        return option


class ReadingForm(forms.Form):
    engine = forms.ChoiceField(
        label=_("Engine"), choices=engine_choices, widget=EngineSelect, initial="auto"
    )
    template = forms.ChoiceField(
        label=_("Layout"),
        required=False,
        initial=AUTO,
        help_text=_("Fields are read where an invoice's layout is known."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    preprocess = forms.ChoiceField(
        label=_("Picture"),
        choices=[
            ("auto", _("Improve what needs it")),
            ("none", _("Leave it as it is")),
        ],
        initial="auto",
        required=False,
        help_text=_("Straighten, clean and enlarge before reading."),
    )
    max_side = forms.IntegerField(
        label=_("Longest side"),
        min_value=0,
        max_value=MAX_SIDE,
        required=False,
        help_text=_("In pixels. Empty: what suits the engine; 0: no limit."),
    )

    def __init__(
        self, *arguments: Any, workspace: Workspace | None = None, **named: Any
    ) -> None:
        """The layouts of *workspace* can be chosen, where it has any."""
        super().__init__(*arguments, label_suffix="", **named)
        templates = RoiTemplate.objects.filter(workspace=workspace).alive()
        self.templates = {str(template.pk): template for template in templates}
        names = [(key, template.name) for key, template in self.templates.items()]
        fixed = [(AUTO, _("Layout: automatic")), ("", _("No layout: text alone"))]
        self.fields["template"].choices = [*fixed, *names]
        if not names:
            del self.fields["template"]

    def clean_engine(self) -> str:
        name = self.cleaned_data["engine"]
        availability = get_engine(name).availability()
        if not availability.ok:
            raise forms.ValidationError(f"{availability.reason} {availability.remedy}")
        return name

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``create_job`` is asked for."""
        return {
            "engine": self.cleaned_data["engine"],
            "languages": self.cleaned_data["languages"] or None,
            "preprocess": self.cleaned_data["preprocess"] or "auto",
            "max_side": self.cleaned_data["max_side"],
            **self._layout,
        }

    @property
    def _layout(self) -> dict[str, Any]:
        wish = self.cleaned_data.get("template", "")
        if not wish:
            return {}
        if wish == AUTO:
            return {"any_template": True}
        return {"template": self.templates[wish]}
