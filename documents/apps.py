"""The apps' start: engines of your own, signals, and the admin's site."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.core import checks
from django.utils.translation import gettext_lazy as _

from documents.services import weights
from engines import models, register, tessdata


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        for name, path in settings.EXTRA_ENGINES.items():
            register(name, path)
        weights.use_chosen_model()
        tessdata.use_models(settings.MODELS_ROOT / "tesseract")
        models.use_models(settings.MODELS_ROOT)
        checks.register(weights.check_chosen_model)
        import_module("documents.signals")


class AdminConfig(admin_apps.AdminConfig):
    default_site = "documents.admin_site.Site"
