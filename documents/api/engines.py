"""Engines: which there are, which can run here, and what they take."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

import engines


class EngineOut(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    available = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why it cannot run here.")
    remedy = serializers.CharField(help_text="What would help.")
    version = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    options = serializers.DictField(help_text="JSON Schema of what it takes.")


class Engines(APIView):
    @extend_schema(responses=EngineOut(many=True))
    def get(self, request: Request) -> Response:
        """Every engine, in the order they are offered in."""
        return Response([described(name) for name in engines.engine_names()])


def described(name: str) -> dict[str, Any]:
    engine = engines.get_engine(name)
    availability = engine.availability()
    return {
        "name": name,
        "label": engine.label,
        "available": availability.ok,
        "reason": availability.reason,
        "remedy": availability.remedy,
        "version": engine.version,
        "languages": list(engine.languages()),
        "options": dict(engine.options_schema),
    }
