"""The sample through the whole product, with the real engine; and the README's picture.

``SCREENSHOT=1 .venv/bin/pytest tests/e2e/test_readme_screenshot.py`` draws it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Page, expect

from documents.services.readings import read_next

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "documents" / "samples" / "receipt.jpg"
PICTURE = ROOT / "docs" / "screenshot.png"


def test_the_sample_is_read_and_shown(site: str, page: Page, tmp_path: Path) -> None:
    page.goto(site)
    page.set_input_files("input[name=file]", SAMPLE)
    page.locator("#latest").get_by_role("link", name="receipt.jpg").click()
    while read_next():
        pass
    lines = page.locator(".lines")
    expect(lines).to_contain_text("THE PAPER LANTERN")
    total = lines.locator("li").filter(has_text="33.34").first
    total.hover()
    expect(page.locator("polygon.on")).to_have_count(1)
    page.wait_for_function("document.querySelector('image').getBBox().width > 0")
    page.wait_for_load_state("networkidle")
    picture = PICTURE if os.environ.get("SCREENSHOT") else tmp_path / "screenshot.png"
    picture.parent.mkdir(exist_ok=True)
    page.screenshot(path=picture)
    assert picture.stat().st_size > 20_000
