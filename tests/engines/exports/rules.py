"""What makes hOCR and ALTO valid: ``python -m tests.engines.exports.rules PICTURE…``.

Reads the pictures, and holds their hOCR to the rules of hOCR 1.2 and their ALTO to the
schema of the Library of Congress.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from lxml import etree

from engines import Result, export_result
from tests.engines.exports.columns import reading

SCHEMAS = Path(__file__).parent / "schemas"
XHTML = "{http://www.w3.org/1999/xhtml}"
WITHIN = {
    "ocr_page": "body",
    "ocr_carea": "ocr_page",
    "ocr_par": "ocr_carea",
    "ocr_line": "ocr_par",
    "ocrx_word": "ocr_line",
}
PROPERTY = {
    "bbox": r"\d+ \d+ \d+ \d+",
    "ppageno": r"\d+",
    "baseline": r"-?\d+\.\d{3} -?\d+",
    "textangle": r"-?\d+",
    "x_wconf": r"\d{1,2}|100",
    "x_corrected": "1",
}


def parsed_hocr(result: Result) -> etree._Element:
    """The file as an XML parser sees it that loads nothing."""
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    return etree.fromstring(export_result("hocr", result), parser)


def properties(node: etree._Element) -> dict[str, str]:
    said = filter(None, node.get("title", "").split("; "))
    return dict(one.split(" ", 1) for one in said)


def elements(root: etree._Element, kind: str = "") -> list[etree._Element]:
    return [node for node in root.iter() if kind in node.get("class", "") != ""]


def box(node: etree._Element) -> tuple[int, ...] | None:
    place = properties(node).get("bbox")
    return tuple(map(int, place.split())) if place else None


def meta(root: etree._Element) -> dict[str, str]:
    found = root.iter(f"{XHTML}meta")
    return {node.get("name", ""): node.get("content", "") for node in found}


def check_hocr(root: etree._Element) -> None:
    """The rules of hOCR 1.2 for what is written here.

    Metadata, nesting, properties, whole pixels, parts within the whole, unique ids,
    no marks of direction in the text.
    """
    about = meta(root)
    assert about["ocr-system"].startswith("ocrsite")
    assert about["ocr-number-of-pages"] == str(len(elements(root, "ocr_page")))
    ids = [node.get("id") for node in elements(root)]
    assert len(set(ids)) == len(ids)
    for node in elements(root):
        kind, above = node.get("class", ""), node.getparent()
        assert kind in about["ocr-capabilities"].split()
        assert above is not None
        assert WITHIN[kind] == above.get("class", "body")
        for name, value in properties(node).items():
            assert re.fullmatch(PROPERTY[name], value)
        inner, outer = box(node), box(above)
        if inner and outer:
            assert outer[0] <= inner[0] <= inner[2] <= outer[2]
            assert outer[1] <= inner[1] <= inner[3] <= outer[3]
    assert all((box(node) or ())[:2] == (0, 0) for node in elements(root, "ocr_page"))
    assert not re.search("[\u200e\u200f]", "".join(root.itertext()))


class Shipped(etree.Resolver):
    """The schema that ALTO's imports, from beside it: nothing is fetched."""

    def resolve(self, url: str, _public_id: str, context: Any) -> Any:
        name = url.rpartition("/")[2]
        return self.resolve_filename(str(SCHEMAS / name), context)


def alto_schema() -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Shipped())
    return etree.XMLSchema(etree.parse(SCHEMAS / "alto-4-3.xsd", parser))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pictures", nargs="+", type=Path)
    pictures = parser.parse_args().pictures
    schema = alto_schema()
    for path in pictures:
        result = Result({1: reading(path)}, title=path.name)
        check_hocr(parsed_hocr(result))
        schema.assertValid(etree.fromstring(export_result("alto", result)))
    print(f"hOCR and ALTO of {len(pictures)} pages are valid.")


if __name__ == "__main__":
    main()
