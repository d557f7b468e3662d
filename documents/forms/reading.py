"""How to read: the engine, the languages, what to do to the picture before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from documents.forms.languages import own_name
from documents.forms.options import EngineOptions
from documents.models import RoiTemplate, Workspace
from documents.services.descriptions import describes, no_reader
from documents.services.engines import availabilities, may_write_prompts
from documents.services.sentences import told
from engines import Availability, engine_names, get_engine, traits_of

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
    """Engines that cannot run are shown, with the reason, but not to be chosen."""

    able: Mapping[str, Availability]  # set by the form

    def create_option(self, name: str, value: Any, *rest: Any, **more: Any) -> dict:
        option = super().create_option(name, value, *rest, **more)
        able = self.able[value]
        if not able.ok:
            option["attrs"] |= {"disabled": True, "title": able.remedy}
            option["label"] = f"{option['label']} – {told(able.reason)}"
        return option


def takes_prompt(name: str) -> bool:
    return traits_of(get_engine(name)).takes_prompt


class ReaderForm(forms.Form):
    """Who reads, in which languages, and whether fields are looked for."""

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

    def __init__(
        self, *arguments: Any, workspace: Workspace | None = None, **named: Any
    ) -> None:
        """The layouts of *workspace* can be chosen, where it has any."""
        super().__init__(*arguments, label_suffix="", **named)
        self.able = self.fields["engine"].widget.able = availabilities()
        templates = RoiTemplate.objects.filter(workspace=workspace).alive()
        self.templates = {str(template.pk): template for template in templates}
        names = [(key, template.name) for key, template in self.templates.items()]
        fixed = [(AUTO, _("Layout: automatic")), ("", _("No layout: text alone"))]
        self.fields["template"].choices = [*fixed, *names]
        if not names:
            del self.fields["template"]

    def clean_engine(self) -> str:
        name = self.cleaned_data["engine"]
        able = self.able[name]
        if not able.ok:
            reason = f"{told(able.reason)} {told(able.remedy)}"
            raise forms.ValidationError(reason.strip())
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        engine = cleaned.get("engine")
        if (
            engine
            and describes(engine)
            and cleaned.get("template", AUTO) not in ("", AUTO)
        ):
            self.add_error("engine", no_reader(engine))
        return cleaned

    @property
    def layout(self) -> dict[str, Any]:
        """The layout that was chosen, as ``create_job`` is asked for it."""
        wish = self.cleaned_data.get("template", "")
        if not wish:
            return {}
        if wish == AUTO:
            return {"any_template": not describes(self.cleaned_data["engine"])}
        return {"template": self.templates[wish]}


class ReadingForm(ReaderForm):
    chosen_options: dict[str, Any]  # of the engine alone; set by clean()

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
    prompt = forms.CharField(
        label=_("Prompt"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What to ask, in your own words; empty: as chosen below."),
    )

    def __init__(
        self, *arguments: Any, user: AbstractBaseUser | None = None, **named: Any
    ) -> None:
        """A prompt can be written where some engine takes one and *user* may."""
        super().__init__(*arguments, **named)
        usable = [name for name, found in self.able.items() if found.ok]
        self.options = EngineOptions(self, usable)
        self.prompting = [name for name in usable if takes_prompt(name)]
        if not self.prompting or user is None or not may_write_prompts(user):
            del self.fields["prompt"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if engine := cleaned.get("engine"):
            self.chosen_options = self.options.chosen(engine)
        return cleaned

    @property
    def wishes(self) -> dict[str, Any]:
        """What ``create_job`` is asked for."""
        return {
            "engine": self.cleaned_data["engine"],
            "languages": self.cleaned_data["languages"] or None,
            "preprocess": self.cleaned_data["preprocess"] or "auto",
            "max_side": self.cleaned_data["max_side"],
            "prompt": self._prompt,
            "options": self.chosen_options,
            **self.layout,
        }

    @property
    def _prompt(self) -> str:
        """What was written, if the engine has use for it."""
        if self.cleaned_data["engine"] not in self.prompting:
            return ""
        return self.cleaned_data.get("prompt", "").strip()
