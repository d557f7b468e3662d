"""What a job wishes of an engine, and the key under which its answer is kept."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.conf import settings

import engines
from documents.models import Job

PDF = "application/pdf"


def options_of(job: Job) -> engines.Options:
    return engines.Options(
        languages=tuple(job.languages),
        preprocess=job.preprocess,
        prompt=job.prompt,
        max_side=job.max_side,
        extra=job.options,
    )


def reading_key(job: Job) -> dict[str, Any]:
    """What a Reading of the job's document must have been made with; page aside.

    Raises:
        EngineUnavailable: there is no such engine.
    """
    return {
        "workspace_id": job.workspace_id,
        "sha256": job.document.sha256,
        "engine": job.engine,
        "engine_version": engines.get_engine(job.engine).version,
        "pipeline_version": engines.PIPELINE_VERSION,
        "options": digest(job),
    }


def digest(job: Job) -> str:
    """All wishes that can change the answer, in 64 characters."""
    wishes = {
        "languages": job.languages,
        "preprocess": job.preprocess,
        "prompt": job.prompt,
        "max_side": job.max_side,
        "dpi": settings.PDF_DPI if job.document.media_type == PDF else None,
        **({"options": job.options} if job.options else {}),
    }
    return hashlib.sha256(json.dumps(wishes, sort_keys=True).encode()).hexdigest()
