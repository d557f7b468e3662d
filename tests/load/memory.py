"""Three hundred pages through one worker: does its memory stay?

python -m tests.load.memory FOLDER [--pages 300] [--engine ppocr]
"""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import mean

from tests.load.machine import resident
from tests.load.pages import pdf, pictures
from tests.processes.site import Site, running_site

HUNDRED = 100


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--engine", default="ppocr")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        settings = {"WARM_ENGINES": given.engine, "WORKERS": "1"}
        with running_site(Path(folder) / "site", **settings) as site:
            sizes = measure(site, given)
    hundreds = [sizes[at : at + HUNDRED] for at in range(0, len(sizes), HUNDRED)]
    means = [mean(size / 2**20 for size in hundred) for hundred in hundreds]
    print("MB of each hundred pages:", ", ".join(f"{size:.0f}" for size in means))
    print(f"the last beside the one before: {100 * (means[-1] / means[-2] - 1):+.1f} %")


def measure(site: Site, given: Namespace) -> list[int]:
    """The worker's memory after each page."""
    images = pictures(given.folder, given.pages)
    job = site.read(site.upload(pdf(images, "memory"), "m.pdf"), engine=given.engine)
    (worker,) = site.workers()
    sizes: list[int] = []
    while len(sizes) < given.pages:
        time.sleep(0.1)
        done = site.job(job)["progress"]["done"]
        sizes += [resident(worker)] * (done - len(sizes))
    assert site.workers() == [worker], "the worker was replaced on the way"
    return sizes


if __name__ == "__main__":
    main()
