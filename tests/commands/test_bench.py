"""manage.py bench FOLDER"""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from tests.engines.pictures import RECEIPT, written


def test_it_works(tmp_path, capsys):
    written().save(tmp_path / "a.png")
    lines = [
        {"text": text, "roi": [64, 64 * i + 48, 400, 64 * i + 80]}
        for i, text in enumerate(RECEIPT)
    ]
    entry = json.dumps({"image": "a.png", "lines": lines})
    (tmp_path / "truth.jsonl").write_text(entry)
    call_command("bench", str(tmp_path), json=tmp_path / "rows.json")
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["engine", "pages", "recall", "precision"]
    assert row.split()[:6] == ["ppocr", "1", "1.0000", "1.0000", "0.000", "0.000"]
    (stored,) = json.loads((tmp_path / "rows.json").read_text())
    assert (stored["engine"], stored["recall"], stored["cer"]) == ("ppocr", 1.0, 0.0)


def test_an_engine_that_does_not_exist(tmp_path):
    with pytest.raises(CommandError, match="There is no engine “nope”"):
        call_command("bench", str(tmp_path), engine=["nope"])


def test_a_folder_without_truth(tmp_path):
    with pytest.raises(CommandError, match="There is no truth"):
        call_command("bench", str(tmp_path))
