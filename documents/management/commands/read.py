"""manage.py read: files to text on the console; no server, no database, no .env."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import engines
from documents.management.sources import Source, find_sources, give_targets

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended
PRINTABLE = ("text/", "application/json", "application/xml", "application/xhtml+xml")


class Command(BaseCommand):
    help = (
        "Read files, and the pictures and PDFs in folders, and print their text. "
        "Pages are parted by form feeds (--- on a terminal), files by ==> NAME <==."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        languages = ",".join(settings.DEFAULT_LANGUAGES)
        add = parser.add_argument
        add("paths", nargs="+", metavar="FILE|FOLDER")
        add("--engine", default=settings.DEFAULT_ENGINE, help="default: %(default)s")
        add("--languages", default=languages, help="default: %(default)s")
        add("--prompt", default="", help="what to ask of a vision model")
        add("--max-side", type=int, help="longest side in pixels; 0: no limit")
        add("--as", dest="form", choices=list(engines.EXPORTS), default="txt")
        add("--layout", action="store_true", help="keep columns in txt")
        add("--rows", choices=["line", "word"], default="line", help="of csv and tsv")
        add("--from-vision", action="store_true", help="the files are Google Vision's")
        add("--white", action="store_true", help="draw png on white, not the original")
        add("--out", help="a file; or a folder, which mirrors those that are read")

    def handle(self, *, paths: list[str], out: str | None, **options: Any) -> None:
        form = engines.EXPORTS[options["form"]]
        if not out and not form.media_type.startswith(PRINTABLE):
            raise CommandError("This format is no text: say with --out where it goes.")
        sources = find_sources([Path(path) for path in paths])
        if out:
            sources = give_targets(sources, out, form.ending)
        try:
            failed = Reader(self, sources, options).read_all()
        except KeyboardInterrupt:
            self.stderr.write("\nStopped.")
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # `| head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        if failed:
            self.stderr.write(f"Files with errors: {failed} of {len(sources)}.")
            sys.exit(1)


class Reader:
    """Reads one source after the other; what goes wrong with one stops no other."""

    def __init__(
        self, command: BaseCommand, sources: list[Source], options: dict[str, Any]
    ) -> None:
        self.command, self.sources, self.form = command, sources, options["form"]
        self.engine = usable_engine(options["engine"])
        background = "white" if options["white"] else "original"
        self.wishes = engines.Wishes(options["layout"], options["rows"], background)
        self.from_vision = options["from_vision"]
        self.options = engines.Options(
            languages=tuple(re.findall(r"\w+", options["languages"])),
            prompt=options["prompt"],
            max_side=options["max_side"],
        )
        self.inputs = {source.path.resolve() for source in sources}
        self.turns: dict[tuple[Path, int], int] = {}
        self.failed: set[Path] = set()
        self.skipped = 0

    def read_all(self) -> int:
        """Read everything; say how many files had errors."""
        for place, source in enumerate(self.sources, 1):
            try:
                self.read(source, f"{place}/{len(self.sources)} {source.path}")
            except BrokenPipeError:  # of our own output: no source is to blame
                raise
            except (engines.OcrError, OSError) as error:
                self.complain(source, said(error))
        self.show("")
        if self.skipped:
            kind = "JSON files" if self.from_vision else "pictures or PDFs"
            self.say(f"Skipped, because they are no {kind}: {self.skipped}.")
        return len(self.failed)

    def read(self, source: Source, progress: str) -> None:
        if source.target and source.target.resolve() in self.inputs:
            raise engines.FileError("Its output would overwrite an input: move --out.")
        self.show(progress)
        if self.from_vision:
            self.read_saved(source)
            return
        try:
            count = len(engines.inspect_file(source.path, limits()).pages)
        except engines.UnsupportedFile:
            if not source.found:
                raise
            self.skipped += 1
            return
        pages = {}
        for number in range(1, count + 1):
            self.show(f"{progress}, page {number} of {count}")
            if page := self.read_page(source, number):
                pages[number] = page
        if pages:
            self.deliver(source, pages)

    def read_saved(self, source: Source) -> None:
        """What Google Vision read, of a file that holds its answers."""
        if source.found and source.path.suffix.lower() != ".json":
            self.skipped += 1
            return
        saved = engines.read_vision(source.path.read_bytes())
        for number, sentence in saved.errors.items():
            self.complain(source, f"page {number}: {sentence}")
        if saved.pages:
            self.deliver(source, dict(saved.pages))

    def read_page(self, source: Source, number: int) -> engines.Page | None:
        """The page, or None after a complaint: the other pages are still wanted."""
        try:
            page = engines.load_page(source.path, number, dpi=settings.PDF_DPI)
            turn = self.turns[source.path, number] = engines.find_turn(page)
            return engines.read_page(
                page, engine=self.engine, options=self.options, turn=turn
            )
        # Whatever an engine's libraries raise: it may be an engine of one's own.
        except Exception as error:
            self.complain(source, f"page {number}: {said(error)}")
            return None

    def deliver(self, source: Source, pages: dict[int, engines.Page]) -> None:
        result = engines.Result(
            pages, source.path.stem, lambda number: self.picture(source, number)
        )
        content = engines.export_result(self.form, result, self.wishes)
        self.show("")
        if source.target is None:
            self.print(source, content.decode())
            return
        target = self.target(source.target, len(pages))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

    def picture(self, source: Source, number: int) -> engines.PageImage:
        """The page as it was read: loaded once more, so that one alone is held."""
        page = engines.load_page(source.path, number, dpi=settings.PDF_DPI)
        return page.turned(self.turns[source.path, number])

    def target(self, target: Path, pages: int) -> Path:
        """*target*, with the ending that a file of so many *pages* has."""
        usual = engines.EXPORTS[self.form].ending
        ending = engines.export_of(self.form, pages).ending
        return target.with_suffix(ending) if target.suffix == usual else target

    def print(self, source: Source, text: str) -> None:
        out, several = self.command.stdout, len(self.sources) > 1
        if self.form == "json":
            named = {"file": str(source.path)} if several else {}
            text = json.dumps({**named, **json.loads(text)}, ensure_ascii=False) + "\n"
        elif several:
            text = f"==> {source.path} <==\n{text}"
        if out.isatty():
            text = text.replace("\f", "---\n")
        out.write(text, ending="")
        out.flush()

    def show(self, progress: str) -> None:
        """Put *progress* in place of the last one, where somebody watches."""
        if self.command.stderr.isatty():
            self.command.stderr.write(f"\r\x1b[K{progress}", str, ending="")
            self.command.stderr.flush()

    def complain(self, source: Source, sentence: str) -> None:
        self.failed.add(source.path)
        self.say(f"{source.path}: {sentence}")

    def say(self, sentence: str) -> None:
        self.show("")
        self.command.stderr.write(sentence)


def usable_engine(name: str) -> str:
    try:
        availability = engines.get_engine(name).availability()
    except engines.EngineUnavailable as error:
        raise CommandError(str(error)) from None
    if not availability.ok:
        raise CommandError(f"{availability.reason} {availability.remedy}".strip())
    return name


def limits() -> engines.Limits:
    return engines.Limits(
        max_bytes=settings.MAX_UPLOAD_MB * 2**20,
        max_pixels=settings.MAX_PAGE_MEGAPIXELS * 10**6,
        max_pages=settings.MAX_PAGES,
        dpi=settings.PDF_DPI,
    )


def said(error: Exception) -> str:
    """*error* in words: ours are sentences, the system's lose their numbers."""
    if isinstance(error, engines.OcrError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}."
    return f"The engine broke: {type(error).__name__}: {error}"
