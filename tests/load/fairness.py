"""A single page beside five hundred of another workspace: how many page times it waits.

python -m tests.load.fairness [--pages 500]
"""

from __future__ import annotations

import tempfile
import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from statistics import median

from tests.fakes import scan
from tests.processes.site import Site, running_site, wait_for

PAGE_SECONDS = 0.5


def main() -> None:
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", type=int, default=500)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory(prefix="ocrsite-load-") as folder:
        data = Path(folder) / "site"
        with running_site(data, FAKE_SECONDS=str(PAGE_SECONDS)) as site:
            crowd = site.read(site.upload(scan(pages)), engine="slow")
            wait_for(lambda: site.some_pages_read(crowd), 60)
            other = site.of_another_user("other")
            waits = [wait(other, seed) for seed in range(1, 6)]
            left = site.job(crowd)["progress"]
    print(f"{left['total'] - left['done']} pages of the crowd still waited")
    shown = ", ".join(f"{seconds / PAGE_SECONDS:.1f}" for seconds in waits)
    print(f"page times until the other's page began: {shown}")
    print(f"median {median(waits) / PAGE_SECONDS:.1f}, goal 2")


def wait(site: Site, seed: int) -> float:
    """Seconds from a wish to the begin of its reading."""
    document = site.upload(scan(1, seed))
    asked = time.time()
    job = site.done(site.read(document, engine="slow"))
    return datetime.fromisoformat(job["started"]).timestamp() - asked


if __name__ == "__main__":
    main()
