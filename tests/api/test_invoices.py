"""One invoice's way through the API: drawn, read, checked, approved, taken out."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from documents.models import RoiTemplate
from documents.services.readings import read_next
from documents.services.references import prepare
from tests.made import encoded
from tests.made_invoices import printed_invoice

API = "/api/v1/"
ROWS = {"number": 0, "net": 5, "tax": 6, "total": 7}
KINDS = {"number": "code"}


@pytest.fixture(autouse=True)
def no_samples(settings) -> None:
    settings.REVIEW_SAMPLE_PERCENT = 0


@pytest.fixture
def client(api, alice) -> APIClient:
    api.force_authenticate(alice)
    return api


def upload(client: APIClient, **printed: Any) -> str:
    content = encoded(printed_invoice(**printed), "PNG")
    file = SimpleUploadedFile("invoice.png", content, "image/png")
    return client.post(f"{API}documents/", {"file": file}, format="multipart").json()[
        "id"
    ]


def region(name: str) -> dict[str, Any]:
    """The third column of the row where it is printed."""
    top = (70 + 150 * ROWS[name]) / 1400
    box = {"left": 0.72, "top": top, "right": 0.96, "bottom": top + 50 / 1400}
    return {"name": name, "kind": KINDS.get(name, "amount"), "box": box}


def draw(client: APIClient) -> str:
    wish = {
        "name": "Corner Shop",
        "document": upload(client),
        "rules": ["total = net + tax"],
        "regions": [region(name) for name in ROWS],
    }
    response = client.post(f"{API}roi-templates/", wish)
    assert response.status_code == 201
    prepare(RoiTemplate.objects.get())
    return response.json()["id"]


def read(client: APIClient, document: str) -> dict[str, Any]:
    wish = {"document": document, "template": "auto"}
    job = client.post(f"{API}jobs/", wish)
    while read_next():
        pass
    return client.get(job["Location"]).json()


def test_it_works(client):
    template = draw(client)
    document = upload(
        client,
        number="A-23/2021",
        net="1,200.00",
        tax="240.00",
        total="1,440.00",
        shift=9,
    )
    job = read(client, document)
    assert (job["state"], job["template"], job["error"]) == ("succeeded", "auto", "")
    fields = client.get(f"{API}jobs/{job['id']}/fields/").json()["results"]
    assert {one["name"]: one["value"] for one in fields} == {
        "number": "A-23/2021",
        "net": "1200.00",
        "tax": "240.00",
        "total": "1440.00",
    }
    assert {one["template"] for one in fields} == {template}
    (record,) = client.get(f"{API}records/?template={template}").json()["results"]
    assert (record["number"], record["total"], record["broken"]) == (
        *("A-23/2021", "1440"),
        [],
    )


def test_a_total_that_is_off_by_one_goes_to_review(client):
    draw(client)
    document = upload(client, net="7.50", tax="1.50", total="10.00", number="A-24/2021")
    read(client, document)
    (record,) = client.get(f"{API}records/?document={document}").json()["results"]
    url = f"{API}records/{record['id']}/"
    assert record["state"] == "to_review"
    assert client.post(f"{url}approve/").status_code == 409
    broken = f"{API}fields/?cause=rule&state=needs_review"
    names = {one["name"]: one["id"] for one in client.get(broken).json()["results"]}
    assert set(names) == {"net", "tax", "total"}
    told = client.patch(f"{API}fields/{names['total']}/", {"value": "9.00"}).json()
    assert (told["value"], told["state"], told["read_value"]) == (
        *("9.00", "corrected"),
        "10.00",
    )
    assert client.get(broken).json()["count"] == 0
    for field in client.get(url).json()["fields"]:
        if field["state"] == "needs_review":
            client.patch(f"{API}fields/{field['id']}/", {"state": "confirmed"})
    told = client.post(f"{url}approve/").json()
    assert (told["state"], told["total"]) == ("approved", "9")
    (row,) = client.get(f"{API}exports/?as=json&document={document}").json()["rows"]
    assert (row["number"], row["total"]) == ("A-24/2021", "9.00")


def test_where_no_layout_fits_someone_is_to_draw_one(client, picture):
    draw(client)
    file = {"file": picture(300, 200)}
    document = client.post(f"{API}documents/", file, format="multipart").json()["id"]
    job = read(client, document)
    assert job["state"] == "needs_template"
    assert client.get(f"{API}jobs/?state=needs_template").json()["count"] == 1
    assert client.get(f"{API}records/").json()["count"] == 0
