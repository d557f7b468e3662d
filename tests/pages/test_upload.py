"""POST / : files from the first page"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from ipaddress import ip_network
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from documents.models import Batch, Document, Job, Membership
from documents.models.jobs import Lane
from documents.models.people import Role
from documents.services.waiting import WAITING
from tests.hosts import Host, open_host, says
from tests.made_roi import made_template

URL = "/"


def picture(name: str = "scan.png", width: int = 40) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def send(client: Client, file: SimpleUploadedFile, **wishes: object) -> HttpResponse:
    """As the page's script does."""
    data = {"file": file, "engine": "tesseract", "languages": ["eng"], **wishes}
    return client.post(URL, data, headers={"Accept": "application/json"})


def page_of(job: Job) -> str:
    return f"/documents/{job.document_id}/?job={job.pk}"


def told(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_it_works(as_alice: Client, alice: User) -> None:
    response = send(as_alice, picture(), preprocess="none", max_side="1200")
    job = Job.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "name": "scan.png",
            "url": page_of(job),
            "known": False,
            "error": "",
            "status": 201,
        },
    )
    assert job.document.workspace == alice.personal_workspace
    assert (job.created_by, job.document.source) == (alice, Document.Source.WEB)
    assert (job.engine, job.languages) == ("tesseract", ["eng"])
    assert (job.preprocess, job.max_side) == ("none", 1200)
    assert (job.state, job.lane) == ("queued", Lane.INTERACTIVE)


def test_a_file_that_is_known_is_read_again(as_alice: Client) -> None:
    send(as_alice, picture("first.png"))
    response = send(as_alice, picture("second.png"))
    assert Document.objects.count() == 1
    newest = Job.objects.order_by("-created").first()
    assert (response.status_code, response.json()) == (
        200,
        {
            "name": "first.png",
            "url": page_of(newest),
            "known": True,
            "error": "",
            "status": 200,
        },
    )


def test_the_files_of_a_drop_are_one_batch(as_alice: Client, alice: User) -> None:
    drop = str(uuid4())
    send(as_alice, SimpleUploadedFile("bad.png", b"no picture"), batch=drop)
    assert Batch.objects.count() == 0
    for width in (20, 30):
        send(as_alice, picture(width=width), batch=drop)
    batch = Batch.objects.get()
    assert (str(batch.pk), batch.created_by) == (drop, alice)
    assert batch.documents.count() == 2


def test_nothing_gets_into_a_strangers_batch(as_alice: Client, charlie: User) -> None:
    batch = Batch.objects.create(workspace=charlie.personal_workspace)
    assert send(as_alice, picture(), batch=batch.pk).status_code == 201
    assert batch.documents.count() == 0


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.png", b""), "The file is empty. Choose another one."),
        (
            SimpleUploadedFile("a.png", b"plain words"),
            "This file cannot be read: it is no picture or PDF. "
            "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF.",
        ),
    ],
)
def test_it_says_why_a_file_is_refused(
    as_alice: Client, file: SimpleUploadedFile, sentence: str
) -> None:
    response = send(as_alice, file)
    assert (response.status_code, response.json()["error"]) == (400, sentence)
    assert Document.objects.count() == Job.objects.count() == 0


def test_it_refuses_an_engine_that_is_not_there(as_alice: Client) -> None:
    response = send(as_alice, picture(), engine="crystal ball")
    assert response.status_code == 400
    assert response.json()["error"] == (
        "Select a valid choice. crystal ball is not one of the available choices."
    )
    assert Document.objects.count() == 0


def test_a_viewer_may_not(as_vera: Client) -> None:
    assert send(as_vera, picture()).status_code == 403
    assert Document.objects.count() == 0


def test_without_a_user_it_asks_for_one(client: Client, db: None) -> None:
    assert send(client, picture()).url == "/accounts/login/?next=/"
    assert Document.objects.count() == 0


def test_without_script_one_file_leads_to_its_page(as_alice: Client) -> None:
    response = as_alice.post(URL, {"file": picture(), "engine": "tesseract"})
    assert (response.status_code, response.url) == (302, page_of(Job.objects.get()))


def test_without_script_several_lead_to_the_list(as_alice: Client) -> None:
    bad = SimpleUploadedFile("bad.png", b"")
    data = {"file": [picture(width=20), picture(width=30), bad], "engine": "tesseract"}
    response = as_alice.post(URL, data)
    assert (response.status_code, response.url) == (302, "/")
    (sentence,) = told(response)
    assert sentence == "\u2068bad.png\u2069: The file is empty. Choose another one."
    assert Document.objects.count() == 2


def test_without_a_file_it_asks_for_one(as_alice: Client) -> None:
    response = as_alice.post(URL, {"engine": "tesseract"})
    assert told(response) == ["Choose a file first."]


def test_layouts_can_be_chosen_where_there_are_some(
    as_alice: Client, alice: User
) -> None:
    assert 'name="template"' not in as_alice.get(URL).content.decode()
    template = made_template(alice, name="Mill")
    assert 'name="template"' in as_alice.get(URL).content.decode()
    chosen = []
    for width, wish in enumerate(("auto", "", str(template.pk)), start=40):
        send(as_alice, picture(width=width), template=wish)
        job = Job.objects.first()
        chosen.append((job.any_template, job.template, job.text))
    assert chosen == [
        (True, None, True),
        (False, None, True),
        (False, template, True),
    ]
    assert send(as_alice, picture(width=50), template="x").status_code == 400


@pytest.fixture
def host(settings) -> Iterator[Host]:
    """A host with a picture, on loopback, which is allowed."""
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_host() as host:
        host.answers["/march/receipt.png"] = says(picture().read())
        yield host


def send_url(client: Client, url: str, **wishes: object) -> HttpResponse:
    data = {"url": url, "engine": "tesseract", **wishes}
    return client.post(URL, data, headers={"Accept": "application/json"})


def test_a_url_is_fetched(as_alice: Client, host: Host) -> None:
    url = f"http://127.0.0.1:{host.port}/march/receipt.png"
    response = send_url(as_alice, f" {url} ")
    job = Job.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        {
            "name": "receipt.png",
            "url": page_of(job),
            "known": False,
            "error": "",
            "status": 201,
        },
    )
    assert job.document.source == Document.Source.URL
    assert job.document.batch is None


def test_a_url_that_leads_to_a_private_network(as_alice: Client) -> None:
    url = "http://127.0.0.1:9/receipt.png"
    response = send_url(as_alice, url)
    assert (response.status_code, response.json()) == (
        400,
        {
            "name": url,
            "url": "",
            "known": False,
            "error": "“127.0.0.1” is in a network from which nothing is fetched. "
            "Upload the file instead, or ask the site's operator to allow that "
            "network.",
            "status": 400,
        },
    )
    assert Document.objects.count() == 0


def test_when_too_many_wait_a_url_can_be_tried_again(
    as_alice: Client, host: Host
) -> None:
    taken = [WAITING.acquire(blocking=False) for _place in range(8)]
    try:
        response = send_url(as_alice, f"http://127.0.0.1:{host.port}/")
    finally:
        WAITING.release(len(taken))
    assert response.status_code == 503
    reason = "Too many requests wait already. Try again in a moment."
    assert response.json()["error"] == reason
    assert host.connections == 0


def test_a_wish_that_is_refused_fetches_nothing(as_alice: Client, host: Host) -> None:
    url = f"http://127.0.0.1:{host.port}/march/receipt.png"
    assert send_url(as_alice, url, engine="none").status_code == 400
    assert host.connections == 0


def test_a_viewer_fetches_nothing(
    as_charlie: Client, alice: User, charlie: User, host: Host
) -> None:
    workspace = alice.personal_workspace
    Membership.objects.create(workspace=workspace, user=charlie, role=Role.VIEWER)
    charlie.profile.workspace = workspace
    charlie.profile.save()
    url = f"http://127.0.0.1:{host.port}/march/receipt.png"
    assert send_url(as_charlie, url).status_code == 403
    assert host.connections == 0


def test_without_script_a_url_leads_to_its_document(
    as_alice: Client, host: Host
) -> None:
    url = f"http://127.0.0.1:{host.port}/march/receipt.png"
    response = as_alice.post(URL, {"url": url, "engine": "tesseract"})
    assert (response.status_code, response.url) == (302, page_of(Job.objects.get()))


def test_without_script_a_refused_url_is_told(as_alice: Client) -> None:
    response = as_alice.post(URL, {"url": "file:///x", "engine": "tesseract"})
    assert (response.status_code, response.url) == (302, URL)
    reason = "This is no address of a file: it begins with http:// or https://."
    assert told(response) == [f"\u2068file:///x\u2069: {reason}"]
