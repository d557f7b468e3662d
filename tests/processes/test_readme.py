"""The README's first curl example, as pasted into a shell at the project's root."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.processes.site import ROOT, Site

pytestmark = pytest.mark.processes


def test_it_works(site: Site) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example, *_ = re.findall(r"```sh\n(curl .+?)```", readme, re.DOTALL)
    answer = subprocess.run(
        ["/bin/sh", "-c", example.replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")],
        cwd=ROOT,
        env=site.environment | {"OCRSITE_KEY": site.key},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == "Total 12.50"
