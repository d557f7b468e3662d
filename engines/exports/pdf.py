"""Searchable PDFs: the pictures of the pages, and unseen text where it is printed.

Words stand in the order in which they are seen, as typesetters write them: readers of
PDFs turn what runs from the right back into the order in which it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import zip_longest
from math import cos, sin

from engines.exports import Result, Wishes
from engines.exports import pdf_font as font
from engines.exports.drawn import LEAST, Run, page_runs
from engines.exports.pdf_file import PdfFile, pdf_text, utf16
from engines.images import PageImage
from engines.layout import runs_right_to_left
from engines.types import Page

POINTS = 72  # in an inch
USUAL_DPI = 200
QUALITY = 75  # of JPEGs: print shows no halo at 100 %
INVISIBLE = 3  # text render mode
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def render(result: Result, wishes: Wishes) -> bytes:
    file = PdfFile()
    tree, face = file.number(), _write_font(file)
    kids = [
        _write_page(file, page, result.picture(number), tree, face)
        for number, page in result.pages.items()
    ]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.write(f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>", tree)
    catalog = file.write(f"<< /Type /Catalog /Pages {tree} 0 R >>")
    return file.finished(catalog, _write_info(file, result))


def _write_page(
    file: PdfFile, page: Page, picture: PageImage, tree: int, face: int
) -> int:
    scale = POINTS / (picture.dpi or USUAL_DPI)
    width, height = page.width * scale, page.height * scale
    image = _write_picture(file, picture)
    shown = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Scan Do Q"
    said = "\n".join(_said(page, scale))
    content = file.write_stream(f"{shown}\nBT {INVISIBLE} Tr\n{said}\nET".encode())
    return file.write(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {width:.3f} {height:.3f}] "
        f"/Resources << /XObject << /Scan {image} 0 R >> /Font << /F {face} 0 R >> >> "
        f"/Contents {content} 0 R >>"
    )


def _write_picture(file: PdfFile, picture: PageImage) -> int:
    coded, (width, height) = BytesIO(), picture.image.size
    picture.image.save(coded, "JPEG", quality=QUALITY)
    return file.write_stream(
        coded.getvalue(),
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} "
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
    )


def _said(page: Page, scale: float) -> Iterator[str]:
    for line, words in page_runs(page):
        in_sight = sorted(words, key=line.along)
        for word, after in zip_longest(in_sight, in_sight[1:]):
            yield _shown(word, page.height, scale)
            if after:
                yield _shown(_gap(line, word, after), page.height, scale)


def _gap(line: Run, word: Run, after: Run) -> Run:
    """A space between two words: where it is narrow, PDFium would see none."""
    start = line.along(after) - after.width / 2
    end = min(line.along(word) + word.width / 2, start - LEAST)
    middle = line.at((start + end) / 2, 0)
    return replace(line, text=" ", middle=middle, width=start - end)


def _shown(run: Run, page_height: float, scale: float) -> str:
    """The operators that set *run* into its box: matrix, size, width, codes."""
    codes = utf16(as_seen(run.text))
    baseline = run.height * (0.5 + font.DESCENT / font.EM)
    x, y = run.at(-run.width / 2, baseline)
    across, up = cos(run.angle), -sin(run.angle)
    natural = len(codes) // 4 * run.height * font.WIDTH / font.EM
    size, stretch = run.height * scale, 100 * run.width / natural
    return (
        f"{across:.5f} {up:.5f} {-up:.5f} {across:.5f} "
        f"{x * scale:.3f} {(page_height - y) * scale:.3f} Tm "
        f"/F {size:.3f} Tf {stretch:.3f} Tz <{codes}> Tj"
    )


def as_seen(text: str) -> str:
    """*text* from left to right as it is seen, its brackets too: what opens on the
    right is written as it looks. Readers of PDFs turn all of it back."""
    from bidi import get_display

    seen: str = get_display(text)
    return seen.translate(MIRRORED) if runs_right_to_left(text) else seen


def _write_font(file: PdfFile) -> int:
    program = font.truetype()
    data = file.write_stream(program, f"/Length1 {len(program)}")
    descriptor = file.write(
        f"<< /Type /FontDescriptor /FontName /{font.NAME} /Flags 5 /ItalicAngle 0 "
        f"/FontBBox [0 {font.DESCENT} {font.WIDTH} {font.ASCENT}] /StemV 80 "
        f"/Ascent {font.ASCENT} /Descent {font.DESCENT} /CapHeight {font.ASCENT} "
        f"/FontFile2 {data} 0 R >>"
    )
    glyphs = file.write_stream(font.glyph_of_each_code())
    descendant = file.write(
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font.NAME} "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/FontDescriptor {descriptor} 0 R /DW {font.WIDTH} "
        f"/CIDToGIDMap {glyphs} 0 R >>"
    )
    meaning = file.write_stream(font.to_unicode())
    return file.write(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.NAME} /Encoding /Identity-H "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {meaning} 0 R >>"
    )


def _write_info(file: PdfFile, result: Result) -> int:
    """The title; and “corrected” as a keyword, where people have corrected lines."""
    said = f"/Title {pdf_text(result.title)}" if result.title else ""
    if any(result.corrected.values()):
        said += f" /Keywords {pdf_text('corrected')}"
    return file.write(f"<< {said} >>")
