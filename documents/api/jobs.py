"""Jobs: ask for a reading, follow it, stop it, try again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from documents.api import schema
from documents.api.fields import Wish
from documents.api.filters import JobFilter
from documents.api.idempotency import idempotent
from documents.api.lookup import Visible, changeable, visible
from documents.models import Document, Job, RoiTemplate, Workspace
from documents.models.jobs import OPEN
from documents.services.descriptions import describes, no_reader
from documents.services.engines import (
    availability,
    may_write_prompts,
    notice_of,
    served_classes,
)
from documents.services.jobs import cancel_job, create_job, retry_job
from documents.services.options import InvalidOption, checked_options
from documents.services.sentences import told
from engines import engine_names

LANGUAGE = r"^[A-Za-z]{3,8}([_/][A-Za-z0-9_]{1,20})?$"  # Tesseract's codes
STEPS = r"^[a-z_]+(,[a-z_]+)*$"
LARGEST_SIDE = 20_000  # pixels
AUTO = "auto"


class ReadingIn(Wish):
    """How a document shall be read."""

    engine = serializers.CharField(required=False, max_length=40)
    languages = serializers.ListField(
        child=serializers.RegexField(LANGUAGE),
        required=False,
        allow_empty=False,
        max_length=10,
        help_text=_("Tesseract's codes, the most frequent first: eng, ara, fra."),
    )
    preprocess = serializers.RegexField(
        STEPS,
        required=False,
        max_length=200,
        help_text=_("“auto”, “none”, or steps separated by commas."),
    )
    prompt = serializers.CharField(
        required=False,
        max_length=4000,
        allow_blank=True,
        help_text=_("What to ask, of an engine that takes a prompt."),
    )
    options = serializers.DictField(
        required=False,
        help_text=_("What this engine alone understands: see `options` of /engines/."),
    )
    max_side = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=LARGEST_SIDE,
        help_text=_("Pixels of the longest side that an engine gets; 0: all."),
    )
    template = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=40,
        help_text=_("The id of a template, or “auto”: the one that fits best."),
    )
    text = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text=_(
            "With a template only its fields are read; `text: true` reads the text too."
        ),
    )

    def validate_engine(self, name: str) -> str:
        if name not in engine_names():
            reason = _("There is no such engine. Choose one of: %(names)s.")
            raise serializers.ValidationError(
                reason % {"names": ", ".join(engine_names())}
            )
        able = availability(name)
        if not able.ok:
            raise serializers.ValidationError(
                f"{told(able.reason)} {told(able.remedy)}".strip()
            )
        return name

    def validate_template(self, wish: str | None) -> UUID | str | None:
        if wish in (None, AUTO):
            return wish
        try:
            return UUID(wish)
        except ValueError:
            reason = _("A template is named by its id, or it is “auto”.")
            raise serializers.ValidationError(reason) from None

    def validate(self, wishes: dict[str, Any]) -> dict[str, Any]:
        if wishes.get("template") is None and wishes.get("text") is False:
            reason = _("Without a template there is nothing but text to read.")
            raise serializers.ValidationError({"text": [reason]})
        engine = wishes.get("engine") or settings.DEFAULT_ENGINE
        if wishes.get("template") is not None and describes(engine):
            raise serializers.ValidationError({"engine": [no_reader(engine)]})
        if "options" in wishes:
            try:
                wishes["options"] = checked_options(engine, wishes["options"])
            except InvalidOption as error:
                raise serializers.ValidationError({"options": [str(error)]}) from None
        return wishes


class JobIn(ReadingIn):
    document = serializers.UUIDField()


class ProgressOut(serializers.Serializer):
    done = serializers.IntegerField(help_text=_("Pages that ended, in whatever way."))
    total = serializers.IntegerField()
    failed = serializers.IntegerField()


class JobOut(serializers.ModelSerializer):
    languages = serializers.ListField(child=serializers.CharField())
    template = serializers.SerializerMethodField()
    progress = ProgressOut(source="*")
    seconds = serializers.FloatField(
        allow_null=True, help_text=_("What the engine took, over all pages.")
    )
    notice = serializers.SerializerMethodField(
        help_text=_("Why the job waits, where nobody is there to do it.")
    )

    class Meta:
        model = Job
        fields = [
            *("id", "document", "engine", "languages", "template", "state"),
            *("options", "progress", "cached", "seconds", "error", "notice"),
            *("created", "started", "finished", "updated"),
        ]

    def get_template(self, job: Job) -> str | None:
        """An id, or “auto” where any template may fit."""
        if job.any_template:
            return AUTO
        return str(job.template_id) if job.template_id else None

    def get_notice(self, job: Job) -> str:
        if job.state not in OPEN:
            return ""
        if "served" not in self.context:  # once for all jobs of an answer
            self.context["served"] = served_classes()
        return notice_of(job.engine, self.context["served"])


def shown(job: Job) -> dict[str, Any]:
    """The job as the API shows it."""
    return JobOut(Job.objects.with_progress().get(pk=job.pk)).data


def job_address(job: Job) -> str:
    return reverse("api:job", args=[job.pk])


def follow(job: Job) -> Response:
    """202: the work goes on, and there it can be followed."""
    return Response(
        shown(job),
        status=status.HTTP_202_ACCEPTED,
        headers={"Location": job_address(job), "Retry-After": "1"},
    )


class Jobs(Visible, ListAPIView):
    """Your jobs, the newest first."""

    queryset = Job.objects.all()
    serializer_class = JobOut
    filterset_class = JobFilter
    ordering_fields = ["created", "updated", "finished"]
    ordering = ["-created"]

    def paginate_queryset(self, queryset: QuerySet) -> list[Job]:
        """One page of jobs; only theirs is counted, not the whole history."""
        rows = super().paginate_queryset(queryset)
        counted = Job.objects.with_progress().in_bulk([row.pk for row in rows])
        return [counted[row.pk] for row in rows]

    @schema.post(JobIn, {202: JobOut})
    @idempotent()
    def post(self, request: Request) -> Response:
        """Ask for a document to be read; pages known already are not read again."""
        wish = JobIn(data=request.data)
        wish.is_valid(raise_exception=True)
        return follow(asked(request.user, **wish.validated_data))


def asked(user: AbstractBaseUser, *, document: UUID, **wishes: Any) -> Job:
    documents = Document.objects.select_related("workspace")
    found = changeable(documents, user, pk=document)
    wishes = granted(user, found.workspace, wishes)
    return create_job(found, user=user, **wishes)


def granted(
    user: AbstractBaseUser, workspace: Workspace, wishes: dict[str, Any]
) -> dict[str, Any]:
    """*wishes* as ``create_job`` takes them, where *user* may have them."""
    if wishes.get("prompt") and not may_write_prompts(user):
        reason = _("Only administrators may write prompts here. Choose a preset.")
        raise serializers.ValidationError({"prompt": [reason]})
    return with_layout(user, workspace, wishes)


def with_layout(
    user: AbstractBaseUser, workspace: Workspace, wishes: dict[str, Any]
) -> dict[str, Any]:
    """*wishes* with the template itself, which must be of *workspace*."""
    wish, text = wishes.pop("template", None), wishes.pop("text", None)
    if wish is None:
        return wishes
    wishes["text"] = bool(text)
    if wish == AUTO:
        return {**wishes, "any_template": True}
    template = visible(RoiTemplate.objects, user, pk=wish)
    if template.workspace_id != workspace.pk:
        reason = _("This template belongs to another workspace.")
        raise serializers.ValidationError({"template": [reason]})
    return {**wishes, "template": template}


class OneJob(Visible, RetrieveAPIView):
    """A job and how far it is."""

    queryset = Job.objects.with_progress()
    serializer_class = JobOut


class CancelJob(APIView):
    @schema.post(None, {200: JobOut})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Stop reading. What was read stays; a job that has ended is left as it is."""
        job = changeable(Job.objects, request.user, pk=pk)
        cancel_job(job)
        return Response(shown(job))


class RetryJob(APIView):
    @schema.post(None, {202: JobOut})
    @idempotent()
    def post(self, request: Request, pk: UUID) -> Response:
        """Read the pages again that failed or were cancelled; the others stay."""
        job = changeable(Job.objects, request.user, pk=pk)
        retry_job(job)
        return follow(job)
