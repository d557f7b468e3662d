"""Single pages, one after another: the first beside the others, and what the site adds.

    python -m tests.load.latency FOLDER [--pages 20] [--engine ppocr] [--starts 3]

The first page is asked for as soon as `/readyz` says 200; each is another picture.
"""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median

from tests.load.pages import jpeg, pictures
from tests.processes.site import Site, running_site

POLL = 0.02  # seconds


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--engine", default="ppocr")
    given = parser.parse_args()
    for _ in range(given.starts):
        with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
            settings = {"WARM_ENGINES": given.engine}
            with running_site(Path(folder) / "site", **settings) as site:
                # Anew, because a first start reads its sample at that very moment.
                site.stop()
                site.start()
                show(*measure(site, given))


def measure(site: Site, given: Namespace) -> tuple[list[float], list[float]]:
    """Seconds from wish to result, and those of them that the engine took."""
    whole, engine = [], []
    for number, image in enumerate(pictures(given.folder, given.pages)):
        document = site.upload(jpeg(image, str(number)), "page.jpg")
        start = time.perf_counter()
        job = site.read(document, engine=given.engine)
        while not (ended := site.job(job))["finished"]:
            time.sleep(POLL)
        site.ask("GET", f"/api/v1/jobs/{job}/result/?as=json")
        whole.append(time.perf_counter() - start)
        engine.append(ended["seconds"])
    return whole, engine


def show(whole: list[float], engine: list[float]) -> None:
    others = median(whole[1:])
    added = [1000 * (x - y) for x, y in zip(whole, engine, strict=True)]
    print(
        f"first page {whole[0]:.2f} s, median of the others {others:.2f} s: "
        f"x {whole[0] / others:.2f} (goal 1.3); engine alone {engine[0]:.2f} s and "
        f"{median(engine[1:]):.2f} s; added by the site: median {median(added):.0f} ms "
        f"(goal 300)",
        flush=True,
    )


if __name__ == "__main__":
    main()
