"""Pages a second through the whole site, beside two bare processes in a loop.

    python -m tests.load.throughput FOLDER [--pages 60] [--rounds 3] [--engine ppocr]

Site and bare processes take turns, a third of the pages each time, so that whatever
else the machine does meets both. A turn of the site goes from the upload of one PDF to
the last page of its result; then the same pictures once more, as files of their own.
With ``--engine fine``, which does nothing, the difference is what the site costs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PIL import Image

from tests.load.machine import cpu_seconds
from tests.load.pages import jpeg, pdf, pictures
from tests.processes.site import Site, running_site

# Reads its share of a PDF's pages: the engine, then for each turn a line with a path.
BARE = """
import sys, time
import engines
engine, share, shares = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
engines.register("fine", "tests.fakes.Fine")
engines.get_engine(engine).warm_up()
print("warm", flush=True)
for line in sys.stdin:
    path, pages = line.split()
    for number in range(1 + share, int(pages) + 1, shares):
        engines.read_page(path, number=number, engine=engine)
    print("done", flush=True)
"""
PROCESSES = 2
POLL = 0.25  # seconds: as a patient program asks


class Bare:
    """Processes that know nothing of queues and databases."""

    def __init__(self, engine: str) -> None:
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-c", BARE, engine, str(share), str(PROCESSES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for share in range(PROCESSES)
        ]
        self.hear()

    def read(self, path: Path, pages: int) -> None:
        for process in self.processes:
            process.stdin.write(f"{path} {pages}\n")
            process.stdin.flush()
        self.hear()

    def hear(self) -> None:
        for process in self.processes:
            process.stdout.readline()

    def pids(self) -> list[int]:
        return [process.pid for process in self.processes]

    def __enter__(self) -> Bare:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.communicate()


class Stopwatch:
    """Wall and CPU seconds of some processes over several turns."""

    def __init__(self, name: str) -> None:
        self.name, self.wall, self.cpu, self.pages = name, 0.0, 0.0, 0

    @contextmanager
    def turn(self, pids: Callable[[], list[int]], pages: int) -> Iterator[None]:
        start, before = time.perf_counter(), cpu_seconds(pids())
        yield
        self.wall += time.perf_counter() - start
        self.cpu += cpu_seconds(pids()) - before
        self.pages += pages

    def show(self, bare: Stopwatch) -> None:
        pace, cost = self.pages / self.wall, self.cpu / self.pages
        faster, dearer = pace * bare.wall / bare.pages, cost * bare.pages / bare.cpu
        print(
            f"{self.name:16} {self.pages:4} pages  {pace:5.2f} a second  "
            f"{cost:5.2f} CPU s a page   pace x {faster:.2f}   CPU x {dearer:.2f}"
        )


def read_document(site: Site, path: Path, engine: str) -> None:
    job = site.read(site.upload(path.read_bytes(), "scan.pdf"), engine=engine)
    collect(site, [job])


def read_files(site: Site, images: list[Image.Image], batch: int, engine: str) -> None:
    names = (f"{batch}-{number}" for number in range(len(images)))
    files = [jpeg(image, name) for image, name in zip(images, names, strict=True)]
    collect(site, [site.read(site.upload(f, "a.jpg"), engine=engine) for f in files])


def collect(site: Site, jobs: list[str]) -> None:
    for job in jobs:
        while not site.job(job)["finished"]:
            time.sleep(POLL)
        status, _ = site.ask("GET", f"/api/v1/jobs/{job}/result/?as=json")
        assert status == 200


def measure(given: Namespace, folder: Path) -> list[Stopwatch]:
    bare, site, files = map(Stopwatch, ("bare processes", "site, a PDF", "site, files"))
    pages = given.pages // given.rounds
    images = pictures(given.folder, given.pages)
    with ExitStack() as stack:
        house = stack.enter_context(
            running_site(folder / "site", **site_settings(given))
        )
        loop = stack.enter_context(Bare(given.engine))
        for number in range(given.rounds):
            some = images[number * pages : (number + 1) * pages]
            path = folder / f"{number}.pdf"
            path.write_bytes(pdf(some, str(number)))
            with bare.turn(loop.pids, pages):
                loop.read(path, pages)
            with site.turn(house.processes, pages):
                read_document(house, path, given.engine)
            with files.turn(house.processes, pages):
                read_files(house, some, number, given.engine)
    return [bare, site, files]


def site_settings(given: Namespace) -> dict[str, str]:
    return {
        "WARM_ENGINES": given.engine,
        "DEFAULT_ENGINE": given.engine,
        "SWEEP_SECONDS": "5",
        "WORKERS": str(PROCESSES),
    }


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--engine", default="ppocr")
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        watches = measure(parser.parse_args(), Path(folder))
    for watch in watches:
        watch.show(watches[0])


if __name__ == "__main__":
    main()
