"""The README tells the truth: every setting and engine is in it."""

from __future__ import annotations

import re
from pathlib import Path

from engines import engine_names

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def test_it_names_every_setting() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "ocrsite" / "settings").glob("*.py")
    )
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', sources))
    told = set(re.findall(r"`([A-Z_]+)`", section("Settings")))
    assert read - told == set()


def test_it_names_every_engine() -> None:
    shipped = {name for name in engine_names() if "fake" not in name}
    told = set(re.findall(r"^\| `([\w-]+)`", section("The engines"), re.M))
    assert told == shipped


def test_it_names_every_command() -> None:
    folder = ROOT / "documents" / "management" / "commands"
    commands = {path.stem for path in folder.glob("[a-z]*.py")}
    told = set(re.findall(r"`manage\.py (\w+)", section("Commands")))
    assert told == commands


def test_its_files_exist() -> None:
    shown = re.findall(r"\]\(([\w/.]+)\)|(documents/samples/[\w.]+)", README)
    missing = {a or b for a, b in shown if not (ROOT / (a or b)).exists()}
    assert missing == set()
