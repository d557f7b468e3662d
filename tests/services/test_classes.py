"""documents.services.engines and .queue: engines of a class, workers of that class."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.utils import timezone
from django_q.models import OrmQ

from documents.models import Document, PageRead, Worker
from documents.services import engines, workers
from documents.services.engines import (
    able_engines,
    availabilities,
    availability,
    class_of,
    mean_seconds,
    notice_of,
    served_classes,
)
from documents.services.jobs import create_job
from documents.services.queue import claim, lease
from documents.services.readings import read_on
from documents.services.starting import network_notice
from documents.services.sweep import wake_the_sleeping
from documents.services.warming import warm_engines
from documents.services.workers import beat, register_worker, say_warm
from engines import holding
from tests.services.conftest import MakeDocument


def worker(engine_class: str, *offers: str, seen: float = 0) -> Worker:
    return Worker.objects.create(
        host="there",
        pid=Worker.objects.count() + 1,
        engine_class=engine_class,
        offers=list(offers),
        seen=timezone.now() - timedelta(seconds=seen),
    )


def test_each_class_reads_its_own_pages(
    settings, alice: User, make_document: MakeDocument
) -> None:
    graphic = create_job(make_document(alice), user=alice, engine="graphic")
    fine = create_job(make_document(alice), user=alice, engine="fine")
    assert (class_of("graphic"), class_of("fine")) == ("gpu", "cpu")
    assert [claim().job, claim()] == [fine, None]
    settings.WORKER_CLASS = "remote"
    assert claim() is None
    settings.WORKER_CLASS = "gpu"
    assert [claim().job, claim()] == [graphic, None]


def test_wake_ups_go_to_the_cluster_of_the_class(
    alice: User, document: Document, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        create_job(document, user=alice, engine="graphic")
        create_job(document, user=alice, engine="fine")
    keys = OrmQ.objects.order_by("pk").values_list("key", flat=True)
    assert list(keys) == ["ocrsite-gpu", "ocrsite"]


def test_the_sweep_wakes_each_class(alice: User, make_document: MakeDocument) -> None:
    create_job(make_document(alice, pages=2), user=alice, engine="graphic")
    create_job(make_document(alice), user=alice, engine="fine")
    assert wake_the_sleeping() == 3
    assert wake_the_sleeping() == 0
    keys = OrmQ.objects.order_by("pk").values_list("key", flat=True)
    assert sorted(keys) == ["ocrsite", "ocrsite-gpu", "ocrsite-gpu"]


def test_a_wake_up_is_passed_on_within_the_class(
    settings, alice: User, make_document: MakeDocument
) -> None:
    create_job(make_document(alice, pages=3), user=alice, engine="graphic")
    settings.WORKER_CLASS = "gpu"
    read_on(may_go_on=iter([True, False]).__next__)
    assert OrmQ.objects.get().key == "ocrsite-gpu"
    assert PageRead.objects.filter(state="succeeded").count() == 1


def test_leases_last_as_long_as_the_class_may_take(settings) -> None:
    settings.PAGE_SECONDS = {"gpu": 900, "remote": 20}
    assert lease("gpu") == timedelta(seconds=930)
    assert lease("remote") == timedelta(seconds=40)


def test_a_class_that_nobody_serves_is_told_of(db) -> None:
    worker("cpu")
    worker("gpu", seen=3600)
    assert served_classes() == {"cpu"}
    assert notice_of("fine", served_classes()) == ""
    assert notice_of("graphic", served_classes()) == (
        "No worker for engines of the class “gpu” is running. "
        "Start one: GPU_WORKERS=1 python manage.py up"
    )
    assert notice_of("gone", set()).startswith("There is no engine “gone”.")


def test_an_engine_may_be_on_another_machine(db) -> None:
    assert availability("absent").reason == "It is not here."
    worker("gpu", "absent", seen=3600)
    assert not availability("absent").ok
    worker("gpu", "absent")
    assert availability("absent").ok
    assert availabilities()["absent"].ok
    assert availabilities()["graphic"].ok


def test_of_this_machine_it_believes_what_it_sees(db, monkeypatch) -> None:
    """A model that breaks is told of before the worker's next heartbeat."""
    worker("gpu", "absent")
    monkeypatch.setattr(engines, "gethostname", lambda: "there")
    assert not availability("absent").ok
    assert not availabilities()["absent"].ok


def test_a_worker_says_what_it_offers_and_holds(settings, db, monkeypatch) -> None:
    monkeypatch.setattr(workers, "_current", None)  # this process is none afterwards
    settings.WORKER_CLASS = "gpu"
    here = register_worker(1)
    assert (here.engine_class, here.offers) == ("gpu", able_engines("gpu"))
    assert "graphic" in here.offers
    assert not {"absent", "fine"} & set(here.offers)
    say_warm(here, ["graphic"])
    holding.held("large", "key", object)
    try:
        assert beat(here)
        assert Worker.objects.get(pk=here.pk).engines == ["graphic", "large"]
    finally:
        holding.let_go()


@pytest.mark.parametrize(
    ("engine_class", "warm"), [("cpu", ["fine"]), ("gpu", ["graphic"]), ("remote", [])]
)
def test_workers_warm_what_they_read_with(
    settings, engine_class: str, warm: list[str]
) -> None:
    settings.WORKER_CLASS = engine_class
    settings.WARM_ENGINES = ["fine", "graphic", "misspelt"]
    assert warm_engines() == warm


def test_how_long_an_engine_takes_here(alice: User, document: Document) -> None:
    assert mean_seconds() == {}
    job = create_job(document, user=alice, engine="fine")
    read_on(may_go_on=iter([True, False]).__next__)
    assert mean_seconds() == {}  # for a minute
    cache.clear()
    reading = job.page_reads.get().reading
    assert mean_seconds() == {"fine": reading.seconds}


def test_who_visits_sources(db) -> None:
    worker("cpu")
    worker("network", seen=3600)
    assert network_notice() == (
        "No worker that visits sources and calls webhooks is running. "
        "Start one: NETWORK_WORKERS=1 python manage.py up"
    )
    worker("network")
    assert network_notice() == ""
