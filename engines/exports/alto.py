"""Pages as ALTO 4.3, of the Library of Congress: blocks, lines, words, their places."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace
from xml.etree.ElementTree import tostring as as_xml

from engines.exports import Result, Wishes
from engines.exports.blocks import Block, blocks_of_lines
from engines.exports.cells import Part, parts
from engines.exports.markup import legal
from engines.layout import runs_right_to_left
from engines.types import Box, Line, Page, Polygon

VERSION = "4.3"
NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-3.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def render(result: Result, wishes: Wishes) -> bytes:
    """One file for all pages; ``CS`` is true on a line that people corrected.

    A line whose words have no places of their own is one String.
    """
    register_namespace("xsi", INSTANCE)
    root = Element("alto", {"xmlns": NAMESPACE, "SCHEMAVERSION": VERSION})
    root.set(f"{{{INSTANCE}}}schemaLocation", f"{NAMESPACE} {SCHEMA}")
    readers = _described(root, result)
    layout = SubElement(root, "Layout")
    for number, page in result.pages.items():
        corrected = result.corrected.get(number, frozenset())
        _Written(number, page, corrected).into(layout, readers.get(page.engine, ""))
    indent(root)
    written: bytes = as_xml(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _described(root: Element, result: Result) -> dict[str, str]:
    """Write what the file is of; the ids of the engines that did the reading."""
    about = SubElement(root, "Description")
    SubElement(about, "MeasurementUnit").text = "pixel"
    if result.title:
        source = SubElement(about, "sourceImageInformation")
        SubElement(source, "fileName").text = legal(result.title)
    engines = dict.fromkeys(page.engine for page in result.pages.values())
    readers = {name: f"reading_{n}" for n, name in enumerate(engines, 1) if name}
    for name, identity in readers.items():
        step = SubElement(about, "Processing", ID=identity)
        SubElement(step, "processingCategory").text = "contentGeneration"
        software = SubElement(step, "processingSoftware")
        SubElement(software, "softwareName").text = legal(name)
    return readers


@dataclass(frozen=True, slots=True)
class _Written:
    """A page as ALTO; ``corrected`` are the lines that people corrected."""

    number: int
    page: Page
    corrected: Collection[int]

    def into(self, layout: Element, reader: str) -> None:
        size = {"WIDTH": str(self.page.width), "HEIGHT": str(self.page.height)}
        name = f"page_{self.number}"
        number = {"PHYSICAL_IMG_NR": str(self.number)}
        written = SubElement(layout, "Page", {"ID": name, **number, **size})
        if reader:
            written.set("PROCESSINGREFS", reader)
        if self.page.confidence is not None:
            written.set("PC", f"{self.page.confidence:.3f}")
        space = SubElement(written, "PrintSpace", {"HPOS": "0", "VPOS": "0", **size})
        for place, (block, lines) in enumerate(blocks_of_lines(self.page), start=1):
            self.block(space, block, lines, f"block_{self.number}_{place}")

    def block(
        self, space: Element, block: Block, lines: list[tuple[int, Line]], name: str
    ) -> None:
        corners = [corner for _, line in lines for corner in line.polygon or ()]
        box = Box.around(corners) if corners else None
        written = SubElement(space, "TextBlock", ID=name)
        written.attrib |= _place(box) | _direction(block.is_from_right)
        for index, line in lines:
            self.line(written, index, line)

    def line(self, block: Element, index: int, line: Line) -> None:
        name = f"{self.number}_{index + 1}"
        written = SubElement(block, "TextLine", ID=f"line_{name}")
        written.attrib |= _place(line.box)
        written.attrib |= _direction(runs_right_to_left(line.text))
        if index in self.corrected:
            written.set("CS", "true")
        if line.polygon:
            shape = SubElement(written, "Shape")
            SubElement(shape, "Polygon", POINTS=_points(line.polygon))
        end = 0
        for place, part in enumerate(parts(line), start=1):
            if part.start > end:
                SubElement(written, "SP")
            end = part.end
            self.word(written, part, f"word_{name}_{place}")

    def word(self, line: Element, part: Part, name: str) -> None:
        written = SubElement(line, "String", ID=name, CONTENT=legal(part.text))
        written.attrib |= _place(part.box)
        if part.confidence is not None:
            written.set("WC", f"{part.confidence:.3f}")


def _direction(is_from_right: bool) -> dict[str, str]:
    return {"BASEDIRECTION": "rtl" if is_from_right else "ltr"}


def _place(box: Box | None) -> dict[str, str]:
    if box is None:
        return {}
    left, top, width, height = box.left, box.top, box.width, box.height
    names = ("HPOS", "VPOS", "WIDTH", "HEIGHT")
    return dict(zip(names, map(_number, (left, top, width, height)), strict=True))


def _points(polygon: Polygon) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in polygon)


def _number(pixels: float) -> str:
    return f"{pixels:.1f}".removesuffix(".0")
