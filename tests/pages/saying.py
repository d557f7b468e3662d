"""What a page says: the words within elements of a class or an id."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {"area", "base", "br", "hr", "img", "input", "link", "meta", "use", "path"}


class Saying(HTMLParser):
    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted
        self.found: list[list[str]] = []
        self.depth = 0  # within the element that was found, 0 outside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
        elif self.is_wanted(dict(attrs)):
            self.depth = 1
            self.found.append([])

    def is_wanted(self, attributes: dict[str, str | None]) -> bool:
        kinds = (attributes.get("class") or "").split()
        return self.wanted in kinds or self.wanted == f"#{attributes.get('id')}"

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.found[-1].append(data)


def says(response: HttpResponse, wanted: str) -> list[str]:
    """The words of each element of the class *wanted* ("#name": with that id)."""
    parser = Saying(wanted)
    parser.feed(response.content.decode())
    return [" ".join("".join(words).split()) for words in parser.found]
