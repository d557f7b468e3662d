"""The official client of Google Vision, pointed at this site."""

from __future__ import annotations

import io
from ipaddress import ip_network

import pytest
from google.api_core.exceptions import BadRequest, Unauthorized
from google.cloud import vision
from PIL import Image

from documents.models import Document, Job
from documents.services.keys import create_key
from tests.hosts import open_host, picture, says

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reading_meanwhile"),
]


@pytest.fixture
def client(live_server, alice) -> vision.ImageAnnotatorClient:
    return client_of(live_server.url, create_key(alice, name="a till")[1])


def client_of(url: str, key: str) -> vision.ImageAnnotatorClient:
    options = {"api_endpoint": url, "api_key": key}
    return vision.ImageAnnotatorClient(transport="rest", client_options=options)


def scan(width: int = 60) -> vision.Image:
    out = io.BytesIO()
    Image.new("RGB", (width, 40), "white").save(out, "PNG")
    return vision.Image(content=out.getvalue())


def points(polygon: vision.BoundingPoly) -> list[tuple[int, int]]:
    return [(vertex.x, vertex.y) for vertex in polygon.vertices]


def test_document_text_detection(client):
    answer = client.document_text_detection(image=scan())
    assert answer.error.message == ""
    assert answer.full_text_annotation.text == "Total 12.50"
    [page] = answer.full_text_annotation.pages
    assert (page.width, page.height) == (60, 40)
    [paragraph] = page.blocks[0].paragraphs
    assert points(paragraph.bounding_box) == [(1, 2), (30, 2), (30, 12), (1, 12)]
    breaks = vision.TextAnnotation.DetectedBreak.BreakType
    total, amount = paragraph.words
    assert "".join(symbol.text for symbol in total.symbols) == "Total"
    assert total.symbols[-1].property.detected_break.type_ == breaks.SPACE
    assert amount.symbols[-1].property.detected_break.type_ == breaks.LINE_BREAK
    assert page.blocks[0].block_type == vision.Block.BlockType.TEXT


def test_text_detection(client):
    answer = client.text_detection(image=scan(), image_context=CONTEXT)
    texts = [one.description for one in answer.text_annotations]
    assert texts == ["Total 12.50", "Total", "12.50"]
    assert points(answer.text_annotations[0].bounding_poly)[0] == (1, 2)
    assert Job.objects.get().languages == ["ara", "eng"]


CONTEXT = vision.ImageContext(language_hints=["ar", "en-GB", "tlh"])


def test_batches(client):
    feature = vision.Feature(type_=vision.Feature.Type.TEXT_DETECTION)
    images = scan(50), vision.Image(content=b"no picture"), scan(70)
    requests = [
        vision.AnnotateImageRequest(image=image, features=[feature]) for image in images
    ]
    found = client.batch_annotate_images(requests=requests).responses
    assert [one.full_text_annotation.text for one in found] == [
        *("Total 12.50", "", "Total 12.50")
    ]
    assert [one.error.code for one in found] == [0, 3, 0]
    assert found[1].error.message.startswith("This file cannot be read")


def test_an_address_of_a_picture(client, settings):
    settings.FETCH_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    with open_host() as host:
        host.answers["/till.png"] = says(picture())
        answer = client.text_detection(
            image=at(f"http://127.0.0.1:{host.port}/till.png")
        )
    assert answer.error.message == ""
    assert answer.full_text_annotation.text == "Total 12.50"
    document = Document.objects.get()
    assert (document.name, document.source) == ("till.png", "url")


def test_a_forbidden_address(client):
    error = client.text_detection(image=at("http://127.0.0.1:1/till.png")).error
    assert error.code == 3
    assert "is in a network from which nothing is fetched" in error.message
    assert Document.objects.count() == 0


def test_an_address_after_the_time_is_up(client, settings):
    settings.READ_WAIT_SECONDS = -1
    error = client.text_detection(image=at("http://127.0.0.1:1/till.png")).error
    assert error.message == "Too many pictures were slow to fetch. Send fewer."


def at(url: str) -> vision.Image:
    return vision.Image(source=vision.ImageSource(image_uri=url))


def test_other_features_are_refused_in_words(client):
    answer = client.label_detection(image=scan())
    assert answer.error.code == 3
    assert "TEXT_DETECTION" in answer.error.message


def test_too_many_pictures(client):
    with pytest.raises(BadRequest, match="at most 16 pictures"):
        client.batch_annotate_images(requests=[{"image": scan()}] * 17)


def test_a_key_that_is_none(live_server):
    with pytest.raises(Unauthorized, match="There is no such API key"):
        client_of(live_server.url, "ocr_none").text_detection(image=scan())
