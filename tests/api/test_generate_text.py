"""POST /generate-text"""

from __future__ import annotations

import io
from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from PIL import Image
from rest_framework.test import APIClient

from documents.models import Document, Job
from engines import register
from tests.api.conftest import error, with_key
from tests.hosts import Host, open_host, says
from tests.hosts import picture as picture_bytes

pytestmark = pytest.mark.usefixtures("reading_meanwhile")
URL = "/generate-text"
TOTAL = {"text": "Total 12.50", "response": "Total 12.50"}
NEITHER = "Send a picture as Image_file, or its address as image_url."


@pytest.fixture
def program(alice) -> APIClient:
    return with_key(alice, ["write"])


@pytest.fixture
def host(settings) -> Iterator[Host]:
    """A host with a picture, on loopback, which is allowed."""
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_host() as host:
        host.answers["/cat.png"] = says(picture_bytes())
        yield host


def upload(client: APIClient, file: object, **more: object):
    return client.post(URL, {"Image_file": file, **more}, format="multipart")


def test_it_works(program, picture):
    response = upload(program, picture(name="cat.png"))
    assert response.status_code == 200
    assert response.json() == TOTAL
    job = Job.objects.get()
    assert response["Location"] == f"/api/v1/jobs/{job.pk}/"
    assert (job.document.name, job.document.source) == ("cat.png", "api")


@pytest.mark.parametrize("form", ["json", "multipart"])
def test_an_address(program, host, form):
    body = {"image_url": f"http://127.0.0.1:{host.port}/cat.png"}
    response = program.post(URL, body, format=form)
    assert response.json() == TOTAL
    document = Document.objects.get()
    assert (document.name, document.source) == ("cat.png", "url")


def test_an_address_in_a_plain_form_or_in_the_query(program, host):
    address = f"image_url=http://127.0.0.1:{host.port}/cat.png"
    plain = "application/x-www-form-urlencoded"
    assert program.post(URL, address, content_type=plain).json() == TOTAL
    assert program.post(f"{URL}?{address}").json() == TOTAL


def test_kosmos_where_it_is_there(program, picture):
    register("kosmos-2", "tests.fakes.Fine")
    assert upload(program, picture()).json() == TOTAL
    assert Job.objects.get().engine == "kosmos-2"


def test_another_engine(program, picture):
    register("kosmos-2", "tests.fakes.Fine")
    assert upload(program, picture(), engine="fine").json() == TOTAL
    assert Job.objects.get().engine == "fine"


def test_kosmos_where_it_cannot_run(program, picture):
    register("kosmos-2", "tests.api.test_img_txt.Absent")
    assert upload(program, picture()).json() == TOTAL
    assert Job.objects.get().engine == "fine"


def test_an_engine_that_is_not_there(program, picture):
    response = upload(program, picture(), engine="crystal ball")
    assert response.status_code == 400
    assert [one["attr"] for one in response.json()["errors"]] == ["engine"]
    assert Document.objects.count() == 0


def test_jpeg_is_read_and_other_kinds_are_not(program):
    assert upload(program, scan("JPEG")).json() == TOTAL
    response = upload(program, scan("GIF"))
    assert response.status_code == 415
    reason = "This is a file of the kind GIF. Send one of these: PNG, JPEG."
    assert response.json() == error(reason, "unsupported_file")
    assert Document.objects.count() == 1


def test_a_gif_that_is_here_already_is_refused_all_the_same(program):
    file = scan("GIF")
    program.post("/img_txt", {"image": file}, format="multipart")
    file.seek(0)
    assert upload(program, file).status_code == 415


def scan(kind: str) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, kind)
    out.seek(0)
    out.name = "scan.png"
    return out


@pytest.mark.parametrize("body", [{}, {"image_url": ""}, {"image": "x"}])
def test_without_a_picture(program, body):
    response = program.post(URL, body)
    assert response.status_code == 400
    assert response.json() == error(NEITHER, "invalid", "Image_file")


def test_two_pictures_are_one_too_many(program, picture):
    response = upload(program, picture(), image_url="https://example.org/cat.png")
    assert response.json() == error(NEITHER, "invalid", "Image_file")


@pytest.mark.parametrize("body", [b"[1]", b'"x"', b"{"])
def test_bodies_that_are_no_form(program, body):
    response = program.post(URL, body, content_type="application/json")
    assert response.status_code == 400


def test_a_forbidden_address(program):
    response = program.post(URL, {"image_url": "http://127.0.0.1:1/cat.png"})
    assert response.status_code == 400
    [one] = response.json()["errors"]
    assert one["code"] == "forbidden_address"
    assert Document.objects.count() == 0


def test_strangers(db, picture):
    assert upload(APIClient(), picture()).status_code == 401
    assert Document.objects.count() == 0


def test_a_key_that_may_only_read(as_reader, picture):
    assert upload(as_reader, picture()).status_code == 403


def test_a_page_elsewhere_may_ask_where_the_operator_says_so(program, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://ui.example.org"]
    for origin, allowed in [
        ("https://ui.example.org", "https://ui.example.org"),
        ("https://evil.example.org", None),
    ]:
        asked = program.options(
            URL,
            headers={
                "Origin": origin,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization",
            },
        )
        assert asked.get("Access-Control-Allow-Origin") == allowed
