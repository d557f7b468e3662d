"""Workers of another class, beside the usual ones"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.site import Site, command_line, proc, running_site

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("classes") / "site"
    classes = {"WORKERS": "1", "GPU_WORKERS": "1"}
    with running_site(folder, WARM_ENGINES="ppocr", **classes) as site:
        yield site


def test_each_class_has_a_cluster_of_its_own(site: Site) -> None:
    jobs = [
        site.read_scan(2, seed, engine=engine)
        for seed, engine in enumerate(["graphic", "fine"], 1)
    ]
    assert [site.done(job)["state"] for job in jobs] == ["succeeded"] * 2
    status, told = site.ask("GET", f"/api/v1/jobs/{jobs[0]}/result/?as=json")
    assert status == 200
    assert [page["text"] for page in told["pages"]] == ["gpu", "gpu"]
    kinds = site.rows("SELECT engine_class FROM documents_worker ORDER BY 1")
    assert kinds == [("cpu",), ("gpu",), ("network",)]


def test_the_web_process_loads_no_engine(site: Site) -> None:
    """Whatever it is asked: what is mapped into its memory tells."""
    heavy = ("cv2", "onnxruntime", "openvino", "libtorch", "paddle", "tesserocr")
    site.done(site.read_scan(1, 3, engine="ppocr"))
    for path in ("/api/v1/engines/", "/api/v1/schema/"):
        assert site.ask("GET", path)[0] == 200
    maps = {pid: proc(pid, "maps") for pid in site.processes()}
    web = [pid for pid in maps if "gunicorn" in command_line(pid)]
    found = [name for pid in web for name in heavy if name in maps[pid]]
    assert (len(web) > 1, found) == (True, [])
    assert any("onnxruntime" in maps[pid] for pid in site.workers())
