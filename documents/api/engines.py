"""Engines: which there are, which can run here, and what they take."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.services.engines import engine_cards


class EngineOut(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()
    available = serializers.BooleanField()
    reason = serializers.CharField(help_text="Why it cannot run here.")
    remedy = serializers.CharField(help_text="What would help.")
    version = serializers.CharField()
    languages = serializers.ListField(child=serializers.CharField())
    options = serializers.DictField(
        help_text="JSON Schema of what it takes: languages, max_side, preprocess and "
        "prompt as fields of a job, all else in its `options`."
    )
    engine_class = serializers.CharField(
        help_text="Which workers read with it: cpu, gpu or remote."
    )
    licence = serializers.CharField()
    describes = serializers.BooleanField(
        help_text="It tells what is to be seen, and reads no text."
    )
    takes_prompt = serializers.BooleanField()
    loaded = serializers.ListField(
        child=serializers.CharField(), help_text="The workers that have it in memory."
    )
    seconds = serializers.FloatField(
        allow_null=True, help_text="What its latest pages took here, on the mean."
    )
    notice = serializers.CharField(
        help_text="Why its jobs would wait: nobody is there to do them."
    )


class Engines(APIView):
    @extend_schema(responses=EngineOut(many=True))
    def get(self, request: Request) -> Response:
        """Every engine, in the order they are offered in."""
        return Response(EngineOut(engine_cards(), many=True).data)
