"""Pages drawn on the spot, in English, in Arabic and in both, with their text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageDraw, ImageFont

FACES = (
    "DejaVuSans.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSansArabic-Regular.ttf",
    "Amiri-Regular.ttf",
    "KacstOne.ttf",
    "ScheherazadeNew-Regular.ttf",
)
LATIN_FACE = "DejaVuSans.ttf"
WIDTH, MARGIN, STEP = 1240, 90, 2.0  # pixels; lines apart by so many heights of print
ENGLISH = (
    "The goods were delivered to the main store in good order.",
    "Invoice number 2024/118 of 15 January",
    "Please pay within 30 days of receipt.",
    "Value added tax at 5% is included in the total.",
    "Two boxes of office paper, white, 80 g",
    "Total amount due 1,250.75",
    "Telephone 04 332 1188, office 12",
    "Received by the storekeeper in the afternoon",
    "Thank you for your business.",
    "The contract ends on 31/12/2025.",
)
ARABIC = (
    "تم تسليم البضاعة إلى المخزن الرئيسي في حالة جيدة",
    "فاتورة رقم ٢٠٢٤/١١٨ بتاريخ ١٥ يناير",
    "يرجى الدفع خلال ٣٠ يوما من تاريخ الاستلام",
    "المبلغ يشمل ضريبة القيمة المضافة",
    "صندوقان من ورق المكتب الأبيض",
    "المبلغ الإجمالي المستحق ١٢٥٠ درهما",
    "هاتف المكتب ٣٣٢١١٨٨ والطابق الثاني",
    "استلم أمين المخزن البضاعة بعد الظهر",
    "شكرا لتعاملكم معنا",
    "ينتهي العقد في ٣١/١٢/٢٠٢٥",
)
NUMBERS = ("٧٥٠", "١٢٥٠", "٣٤٨", "٩٢٦٤", "١٥٠", "٨٢")


@dataclass(frozen=True)
class Drawn:
    """A page: its kind, the typeface of its Arabic, and its text line by line."""

    kind: str
    face: str
    image: Image.Image
    text: str

    @property
    def name(self) -> str:
        return f"{self.kind} {self.face}"


def drawn_pages(most: int | None = None, only: str = "") -> Iterator[Drawn]:
    """A page of each kind in each of the first *most* faces that are here; of the kinds
    named in *only*, where any is."""
    random = Random(1)
    for name in [name for name in FACES if is_here(name)][:most]:
        faces = ImageFont.truetype(LATIN_FACE, 30), ImageFont.truetype(name, 30)
        for kind, rows in kinds(random).items():
            if not only or kind in only.split(","):
                image = drawn(rows, *faces)
                yield Drawn(kind, name.partition(".")[0], image, text_of(rows))


def is_here(name: str) -> bool:
    try:
        ImageFont.truetype(name, 30)
    except OSError:
        return False
    return True


def text_of(rows: list[list[str]]) -> str:
    return "\n".join(" ".join(reversed(row)) for row in rows)


def kinds(random: Random) -> dict[str, list[list[str]]]:
    """Rows of cells: one cell is a line, two stand at either edge."""
    english, arabic = random.sample(ENGLISH, 8), random.sample(ARABIC, 8)
    pairs = list(zip(english, arabic, strict=True))
    return {
        "english": [[line] for line in english],
        "arabic": [[line] for line in arabic],
        "halves": [[line] for line in (*english[:4], *arabic[:4])],
        "by turns": [[line] for pair in pairs[:5] for line in pair],
        "mostly english": [[line] for line in (*english, arabic[0])],
        "mostly arabic": [[line] for line in (*arabic, english[0])],
        "table": [
            [number, arabic[i][:24].rsplit(" ", 1)[0]]
            for i, number in enumerate(NUMBERS)
        ],
    }


def drawn(
    rows: list[list[str]],
    latin: ImageFont.FreeTypeFont,
    arabic: ImageFont.FreeTypeFont,
) -> Image.Image:
    step = round(STEP * latin.size)
    image = Image.new("RGB", (WIDTH, step * len(rows) + 2 * MARGIN), "white")
    draw = ImageDraw.Draw(image)
    for number, row in enumerate(rows):
        for index, text in enumerate(row):
            is_english = text.isascii()
            at_right = not is_english and (len(row) == 1 or index == 1)
            draw.text(
                (WIDTH - MARGIN if at_right else MARGIN, MARGIN + step * number),
                text,
                "black",
                latin if is_english else arabic,
                anchor="ra" if at_right else "la",
                direction="ltr" if is_english else "rtl",
            )
    return image
