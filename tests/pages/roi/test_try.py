"""GET /templates/<id>/try/, POST /templates/<id>/read/"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Document, Job
from documents.models.jobs import State
from tests.made import made_document, made_job
from tests.made_roi import made_record, made_template
from tests.pages.saying import says


def names(client: Client, template: object) -> list[str]:
    return says(client.get(f"/templates/{template.pk}/try/"), "look")


def test_it_works(as_alice: Client, alice: User) -> None:
    """First those that fit no layout, then the newest without a record."""
    drawn_on = made_document(alice, name="drawn.png")
    template = made_template(alice, drawn_on)
    lost = made_document(alice, name="lost.png", age=timedelta(days=3))
    Job.objects.filter(pk=made_job(lost).pk).update(state=State.NEEDS_TEMPLATE)
    made_document(alice, name="older.png", age=timedelta(days=2))
    made_document(alice, name="newer.png")
    made_record(template)
    assert names(as_alice, template) == ["lost.png", "newer.png", "older.png"]
    config = as_alice.get(f"/templates/{template.pk}/try/").context["config"]
    assert config["scans"][0] == {
        "document": str(lost.pk),
        "name": "lost.png",
        "page": 1,
        "width": 400,
        "height": 300,
        "picture": f"/documents/{lost.pk}/pages/1/image/",
    }
    assert config["kinds"] == {"number": "code", "date": "date", "total": "amount"}


def test_without_other_scans_it_says_what_to_do(as_alice: Client, alice: User) -> None:
    template = made_template(alice, made_document(alice))
    assert says(as_alice.get(f"/templates/{template.pk}/try/"), "empty") == [
        "There is no other scan to try it on Upload a second invoice of this layout; "
        "it is shown here before it is read. Read something"
    ]


def test_those_ticked_are_read_with_it(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    chosen, other = made_document(alice), made_document(alice, name="other.png")
    url = f"/templates/{template.pk}/read/"
    response = as_alice.post(url, {"document": [chosen.pk, "x"]}, follow=True)
    job = Job.objects.get()
    assert (job.document, job.template, job.text) == (chosen, template, False)
    assert says(response, "message") == ["1 scan is read with this layout."]
    assert not other.jobs.exists()


def test_none_ticked_is_told(as_alice: Client, alice: User) -> None:
    template = made_template(alice)
    made_document(alice)
    response = as_alice.post(f"/templates/{template.pk}/read/", follow=True)
    assert says(response, "message")[0] == "Tick at least one document first."


def test_strangers_find_nothing(as_charlie: Client, alice: User, charlie: User) -> None:
    template, scan = made_template(alice), made_document(alice)
    url = f"/templates/{template.pk}/"
    assert as_charlie.get(f"{url}try/").status_code == 404
    read = as_charlie.post(f"{url}read/", {"document": scan.pk})
    assert read.status_code == 404
    mine = made_template(charlie)
    as_charlie.post(f"/templates/{mine.pk}/read/", {"document": scan.pk})
    assert not Job.objects.exists()


def test_viewers_look_only(as_vera: Client, alice: User) -> None:
    template, scan = made_template(alice), made_document(alice)
    page = as_vera.get(f"/templates/{template.pk}/try/")
    assert says(page, "look") == ["scan.png"]
    assert "Read these" not in page.content.decode()
    url = f"/templates/{template.pk}/read/"
    assert as_vera.post(url, {"document": scan.pk}).status_code == 403
    assert not Document.objects.get(pk=scan.pk).jobs.exists()
