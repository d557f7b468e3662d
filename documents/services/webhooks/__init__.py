"""Webhooks: what happens in a workspace is told to the addresses that want to hear.

An event is a row for each webhook that hears of it, stored in the transaction in which
it happened; workers for the network post these rows, and again until they are heard.
Each is delivered at least once: ``docs/webhooks.md`` tells receivers what to expect.
"""

from documents.services.webhooks.events import (
    EVENTS,
    TEST,
    emit,
    tell_of_doubts,
    tell_of_job,
)
from documents.services.webhooks.keeping import forget_old
from documents.services.webhooks.managing import (
    IsOff,
    change_webhook,
    create_webhook,
    delete_webhook,
    redeliver,
    rotate_secret,
    send_test,
)
from documents.services.webhooks.sending import go_on
from documents.services.webhooks.waking import start_due

__all__ = [
    "EVENTS",
    "TEST",
    "IsOff",
    "change_webhook",
    "create_webhook",
    "delete_webhook",
    "emit",
    "forget_old",
    "go_on",
    "redeliver",
    "rotate_secret",
    "send_test",
    "start_due",
    "tell_of_doubts",
    "tell_of_job",
]
