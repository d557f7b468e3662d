"""The admin's jobs and pages: /admin/documents/job/, /admin/documents/pageread/"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client

from documents.models import Job
from tests.admin.conftest import act, make_document, make_job, messages_of, rows_of

URL = "/admin/documents/job/"
PAGES = "/admin/documents/pageread/"


def states(job: Job) -> tuple[str, list[str]]:
    job.refresh_from_db()
    return job.state, list(job.page_reads.values_list("state", flat=True))


def test_it_works(desk: Client, job: Job) -> None:
    assert rows_of(desk.get(URL)) == [
        ["receipt.png", "failed", "2 of 2", "ppocr", "alice", "3 s"],
    ]


def test_it_asks_the_same_for_one_row_and_three(
    desk: Client, alice: User, job: Job, django_assert_num_queries
) -> None:
    desk.get(URL)
    with django_assert_num_queries(5):
        desk.get(URL)
    for name in ("two.png", "three.png"):
        make_job(make_document(alice, name), "running")
    with django_assert_num_queries(5):
        desk.get(URL)


def test_search_and_filters(desk: Client, alice: User, job: Job) -> None:
    make_job(make_document(alice, "letter.pdf"), "running")
    for query, found in {
        "q=receipt": 1,
        f"q={job.pk}": 1,
        "q=alice": 2,
        "state__exact=failed": 1,
        "engine=ppocr": 2,
        "engine=tesseract": 0,
        "lane__exact=0": 2,
        "lane__exact=1": 0,
        "workspace=ali": 2,
        "workspace=ali&state__exact=running": 1,
        f"document__id__exact={job.document_id}": 1,
    }.items():
        assert len(rows_of(desk.get(f"{URL}?{query}"))) == found, query


def test_its_page_shows_its_pages_with_their_errors(desk: Client, job: Job) -> None:
    read = job.page_reads.get(number=1)
    page = desk.get(f"{URL}{job.pk}/change/").content.decode()
    assert f'<a href="/admin/documents/reading/{read.reading_id}/change/">' in page
    assert "<p>The engine gave up.</p>" in page
    failed = f"{PAGES}?job__id__exact={job.pk}&amp;state__exact=failed"
    assert f'<a href="{failed}">1 failed</a>' in page


def test_its_page_asks_the_same_for_two_pages_and_twelve(
    desk: Client, alice: User, job: Job, django_assert_num_queries
) -> None:
    many = make_job(make_document(alice, pages=12), *["succeeded"] * 11, "failed")
    desk.get(f"{URL}{job.pk}/change/")
    with django_assert_num_queries(7):
        desk.get(f"{URL}{job.pk}/change/")
    with django_assert_num_queries(7):
        desk.get(f"{URL}{many.pk}/change/")


def test_it_cannot_be_edited(desk: Client, job: Job) -> None:
    url = f"{URL}{job.pk}/change/"
    assert 'name="engine"' not in desk.get(url).content.decode()
    assert desk.post(url, {"engine": "other"}).status_code == 403
    assert desk.post(f"{URL}{job.pk}/delete/", {"post": "yes"}).status_code == 403
    assert desk.get(f"{URL}add/").status_code == 403


def test_retry_asks_first(desk: Client, job: Job) -> None:
    words = act(desk, URL, "retry", job).content.decode()
    assert "Read again what failed (1)" in words
    assert states(job) == ("failed", ["succeeded", "failed"])


def test_retry(desk: Client, alice: User, job: Job) -> None:
    fine = make_job(make_document(alice, "fine.png"), "succeeded")
    response = act(desk, URL, "retry", job, fine, confirmed=True)
    assert messages_of(response) == ["1 job is being read again."]
    assert states(job) == ("queued", ["succeeded", "queued"])
    assert states(fine) == ("succeeded", ["succeeded"])


def test_cancel(desk: Client, alice: User, job: Job) -> None:
    open_job = make_job(make_document(alice, "open.png", pages=2), "running", "queued")
    response = act(desk, URL, "cancel", job, open_job, confirmed=True)
    assert messages_of(response) == ["1 job was cancelled."]
    assert states(open_job) == ("cancelled", ["cancelled", "cancelled"])
    assert states(job) == ("failed", ["succeeded", "failed"])


def test_all_that_match(desk: Client, alice: User) -> None:
    jobs = [make_job(make_document(alice, f"{n}.png"), "failed") for n in range(3)]
    across = {"action": "retry", "index": 0, "select_across": 1, "confirmed": "yes"}
    chosen = across | {"_selected_action": [jobs[0].pk]}
    response = desk.post(f"{URL}?state__exact=failed", chosen, follow=True)
    assert messages_of(response) == ["3 jobs are being read again."]


def test_its_page_offers_what_makes_sense(desk: Client, alice: User, job: Job) -> None:
    def offered(one: Job) -> list[str]:
        page = desk.get(f"{URL}{one.pk}/change/")
        return [name for name, _label in page.context["row_actions"]]

    assert offered(job) == ["retry"]
    assert offered(make_job(make_document(alice, "open.png"), "running")) == ["cancel"]
    assert offered(make_job(make_document(alice, "fine.png"), "succeeded")) == []


def test_who_may_only_look_is_offered_no_action(looker: Client, job: Job) -> None:
    assert looker.get(f"{URL}{job.pk}/change/").context["row_actions"] == []
    act(looker, URL, "retry", job, confirmed=True)
    assert states(job) == ("failed", ["succeeded", "failed"])


def test_pages_of_all_jobs(desk: Client, job: Job) -> None:
    assert rows_of(desk.get(PAGES)) == [
        ["receipt.png", "2", "failed", "3", "3 s", "The engine gave up."],
        ["receipt.png", "1", "done", "1", "3 s", "text"],
    ]
    assert len(rows_of(desk.get(f"{PAGES}?state__exact=failed"))) == 1


def test_pages_ask_the_same_for_two_rows_and_four(
    desk: Client, alice: User, job: Job, django_assert_num_queries
) -> None:
    desk.get(PAGES)
    with django_assert_num_queries(5):
        desk.get(PAGES)
    make_job(make_document(alice, "two.png", pages=2), "succeeded", "running")
    with django_assert_num_queries(5):
        desk.get(PAGES)


def test_a_page_cannot_be_edited(desk: Client, job: Job) -> None:
    url = f"{PAGES}{job.page_reads.get(number=2).pk}/change/"
    assert "The engine gave up." in desk.get(url).content.decode()
    assert desk.post(url, {"state": "queued"}).status_code == 403


def test_a_stranger_finds_nothing(client: Client, charlie: User, job: Job) -> None:
    client.force_login(charlie)
    for url in (URL, f"{URL}{job.pk}/change/", PAGES):
        assert client.get(url).status_code == 404
