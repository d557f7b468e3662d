"""Webhooks switched on and off; their owner hears of what the site does by itself."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from documents.models import Webhook
from documents.services.webhooks.keeping import give_up

logger = logging.getLogger(__name__)
CLEAN_SLATE = ("active", "trouble", "failures", "failing_since", "next_try")


@transaction.atomic
def switch_off(hook: Webhook, *, trouble: str = "") -> None:
    """Nothing is sent to *hook* any more; with *trouble*, it is the site's doing."""
    on = Webhook.objects.filter(pk=hook.pk, active=True)
    if not on.update(active=False, trouble=trouble):
        return
    hook.active, hook.trouble = False, trouble
    give_up(hook.deliveries.all(), _("The webhook was switched off."))
    if trouble:
        logger.warning("Webhook %s is switched off: %s", hook.pk, trouble)
        transaction.on_commit(lambda: tell_owner(hook))


@transaction.atomic
def switch_on(hook: Webhook) -> None:
    """A clean slate: what failed before does not count."""
    hook.active, hook.trouble = True, ""
    hook.failures, hook.failing_since, hook.next_try = 0, None, None
    hook.save(update_fields=[*CLEAN_SLATE, "updated"])


def tell_owner(hook: Webhook) -> None:
    """By e-mail, in their language, if they have an address."""
    if not (hook.owner and hook.owner.email):
        return
    with translation.override(hook.owner.profile.language or None):
        subject = _("The webhook “%(name)s” is switched off") % {"name": hook}
        words = _(
            "The site has switched off a webhook of yours, “%(name)s”.\n\n"
            "%(trouble)s\n\n"
            "Address: %(url)s\n"
            "Workspace: %(workspace)s\n\n"
            "Calls that were waiting are not made. When the address answers again, "
            "switch the webhook on under “Webhooks”, and deliver anew what you need."
        )
        text = words % {
            "name": hook,
            "trouble": _(hook.trouble),
            "url": hook.url,
            "workspace": hook.workspace,
        }
    try:
        send_mail(" ".join(subject.split()), text, None, [hook.owner.email])
    except (OSError, SMTPException) as error:
        logger.warning("The owner of webhook %s heard nothing: %s", hook.pk, error)
