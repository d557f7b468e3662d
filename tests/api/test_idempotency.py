"""Idempotency-Key, on every POST."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from documents.api.idempotency import idempotent
from documents.models import Batch, Document, IdempotentCall, Job
from tests.api.conftest import error, put

URL = "/api/v1/batches/"
ONCE = {"Idempotency-Key": "once"}


def test_it_works(api, alice):
    api.force_authenticate(alice)
    first = api.post(URL, {"name": "June"}, headers=ONCE)
    again = api.post(URL, {"name": "June"}, headers=ONCE)
    assert first.status_code == again.status_code == 201
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Batch.objects.count() == 1


def test_another_body_is_refused(api, alice):
    api.force_authenticate(alice)
    api.post(URL, {"name": "June"}, headers=ONCE)
    response = api.post(URL, {"name": "July"}, headers=ONCE)
    assert response.status_code == 422
    assert response.json() == error(
        "This Idempotency-Key was used for another request.", "other_body"
    )
    assert Batch.objects.count() == 1


def test_another_query_is_another_request(api, alice, picture, fine):
    api.force_authenticate(alice)
    wish = {"file": picture(), "engine": "fine"}
    api.post("/api/v1/read/?wait=0", wish, headers=ONCE, format="multipart")
    wish = {"file": picture(), "engine": "fine"}
    response = api.post(
        "/api/v1/read/?wait=0&as=txt", wish, headers=ONCE, format="multipart"
    )
    assert response.status_code == 422


def test_while_the_first_still_runs(api, alice):
    api.force_authenticate(alice)
    api.post(URL, {"name": "June"}, headers=ONCE)
    IdempotentCall.objects.update(status=None)
    response = api.post(URL, {"name": "June"}, headers=ONCE)
    assert response.status_code == 409
    assert response.json() == error(
        "The first request with this Idempotency-Key is still running.",
        "still_running",
    )


@pytest.mark.parametrize(
    ("status", "age"), [(None, timedelta(minutes=11)), (201, timedelta(hours=25))]
)
def test_what_is_long_ago_is_forgotten(api, alice, status, age):
    api.force_authenticate(alice)
    api.post(URL, {"name": "June"}, headers=ONCE)
    IdempotentCall.objects.update(status=status, created=timezone.now() - age)
    response = api.post(URL, {"name": "June"}, headers=ONCE)
    assert response.status_code == 201
    assert Batch.objects.count() == 2


class Crashing(APIView):
    """Crashes the first time that it is called."""

    calls = 0

    @idempotent()
    def post(self, request: Request) -> Response:
        Crashing.calls += 1
        if Crashing.calls == 1:
            raise RuntimeError
        return Response({"calls": self.calls})


def test_a_crash_frees_the_key(alice):
    request = APIRequestFactory().post("/crash/", {}, headers=ONCE)
    force_authenticate(request, alice)
    answers = [Crashing.as_view()(request) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [500, 200, 200]
    assert answers[2].data == {"calls": 2}


def test_a_refused_request_frees_the_key(api, alice):
    api.force_authenticate(alice)
    assert api.post(URL, {"name": 7.5, "x": 1}, headers=ONCE).status_code == 400
    assert api.post(URL, {"name": "June"}, headers=ONCE).status_code == 201


def test_keys_of_different_people_and_addresses_never_meet(api, alice, charlie):
    for user in (alice, charlie):
        api.force_authenticate(user)
        assert api.post(URL, {"name": "x"}, headers=ONCE).status_code == 201
        workspaces = "/api/v1/workspaces/"
        assert api.post(workspaces, {"name": "x"}, headers=ONCE).status_code == 201
    assert Batch.objects.count() == 2


def test_uploads_are_told_apart_by_their_content(api, alice, picture):
    api.force_authenticate(alice)
    url = "/api/v1/documents/"
    first = api.post(url, {"file": picture()}, headers=ONCE, format="multipart")
    again = api.post(url, {"file": picture()}, headers=ONCE, format="multipart")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    other = api.post(url, {"file": picture(50)}, headers=ONCE, format="multipart")
    assert other.status_code == 422
    assert Document.objects.count() == 1


def test_a_result_is_answered_again_as_it_was(
    api, alice, workspace, picture, read_through
):
    read_through(put(workspace, picture()))
    api.force_authenticate(alice)
    for _ in range(2):
        wish = {"file": picture(), "engine": "fine"}
        response = api.post(
            "/api/v1/read/?as=txt", wish, headers=ONCE, format="multipart"
        )
        assert response.status_code == 200
        assert response["Content-Type"] == "text/plain; charset=utf-8"
        assert response.content == b"Total 12.50\n"
    assert response["Idempotency-Replayed"] == "true"
    assert Job.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_it_rejects_keys_that_are_none(api, alice, key):
    api.force_authenticate(alice)
    response = api.post(URL, {"name": "June"}, headers={"Idempotency-Key": key})
    assert response.status_code == 400
    assert response.json() == error(
        "An Idempotency-Key has 1 to 255 characters.", "invalid", "Idempotency-Key"
    )
