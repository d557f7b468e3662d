"""What serializers share: requests with unknown fields are refused, names are clean.

A misspelt wish must not be granted as if it had not been made, so every request body
of the API is read by a ``Wish``. Unknown *query* parameters are ignored, as the web
does everywhere.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class Wish(serializers.Serializer):
    """The body of a request."""

    default_error_messages = {"unknown": _("There is no such field here.")}

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        values = super().to_internal_value(data)
        if unknown := set(data) - set(self.fields):
            reason = self.error_messages["unknown"]
            raise serializers.ValidationError(
                {name: [reason] for name in sorted(unknown)}, code="unknown"
            )
        return values
