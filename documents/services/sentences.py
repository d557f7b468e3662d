"""What the library and the workers said, in the language of whoever reads it now.

The library knows no languages, and a worker writes its reasons down before anybody
asks: both say them in English. Each sentence is listed here with places for what
varies; one that is not listed is shown as it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, zip_longest

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from documents.services.sentences_of_layouts import SENTENCES as OF_LAYOUTS
from documents.services.sentences_of_models import SENTENCES as OF_MODELS
from documents.services.sentences_of_openocr import SENTENCES as OF_OPENOCR
from documents.services.sentences_of_paddle import SENTENCES as OF_PADDLE
from documents.services.sentences_of_receipts import SENTENCES as OF_RECEIPTS
from documents.services.sentences_of_servers import SENTENCES as OF_SERVERS
from documents.services.sentences_of_vlm import SENTENCES as OF_VLM

SENTENCES = (
    # engines: files
    _("The file is empty. Choose another one."),
    _("The file is larger than %(limit)d MB, the limit here."),
    _(
        "This file cannot be read: it is no picture or PDF. "
        "Upload a JPEG, PNG, WebP, BMP, GIF, TIFF, HEIC or PDF."
    ),
    _("The PDF is damaged and cannot be opened. Make or save it again."),
    _("The PDF has no page. Make it again."),
    _("The PDF is protected by a password. Remove the password and upload it again."),
    _(
        "The PDF has %(count)d pages; at most %(most)d can be read at once. "
        "Split it and upload the parts."
    ),
    _("Page %(number)d of the PDF is damaged."),
    _(
        "Page %(number)d of the PDF is %(width)d × %(height)d pixels large; "
        "at most %(most)d million can be read."
    ),
    _("The file has no page %(number)d."),
    _("The file has more than %(most)d pages. Split it and upload the parts."),
    _(
        "The picture has %(width)d × %(height)d pixels; at most %(most)d million "
        "can be read. Save it smaller and upload it again."
    ),
    _("The picture has too many pixels. Save it smaller and upload it again."),
    _("The picture is damaged or cut short. Save or scan it again."),
    # engines: results of Google Vision
    _("The file is no JSON, or damaged. Export it again."),
    _("The file of Google Vision holds no answer."),
    _("This is no answer of Google Vision, or a damaged one."),
    _("This is no answer of Google Vision, or a damaged one: look at “%(place)s”."),
    _("Google Vision failed: %(reason)s"),
    _("The words of the file do not make up its text; the text was kept."),
    _(
        "The picture has another shape than the one that Google Vision read. "
        "Choose that one."
    ),
    # engines: formats
    _("There is no picture of page %(number)d."),
    # engines: reading
    _("A picture carries no text of its own. Choose another engine."),
    _("This page carries no text. Choose another engine."),
    _("No engine can run on this machine. See the README."),
    _("Mixed pages need an engine that knows its limits."),
    _("Lines are found by PP-OCR, which is not here."),
    _("None of the engines reads single lines."),
    _("Arabic letters are read by Tesseract alone."),
    _("Languages cannot be read together: %(folder)s is not writable."),
    _("The package rapidocr is not installed."),
    _("The PP-OCR models could not be loaded: %(error)s"),
    _("The weights of the reader of digits cannot be loaded: %(error)s"),
    _("There is no engine “%(name)s”. Choose one of: %(names)s."),
    _("There is no preprocessing “%(name)s”. Choose from: %(names)s."),
    _("Tesseract could not read this page."),
    _("Tesseract has no language data on this machine."),
    # engines: names and whether they can run
    _("Automatic"),
    _("Arabic"),
    _("Digits"),
    _("Text inside the PDF"),
    _("Several engines"),
    _("Not installed: %(names)s."),
    _("Tesseract is not installed."),
    _("Tesseract has no language data."),
    _("There are no weights in %(folder)s."),
    # engines: notes
    _("Tesseract has no data for the language “%(code)s” here."),
    _("PP-OCR does not know %(names)s; it read what it could."),
    _("The page looks Arabic, and was read so. Choose Arabic as its language."),
    _("%(engine)s failed on this page and was left out: %(error)s"),
    _("%(engine)s did not take part: %(reason)s"),
    _("It knows none of the languages."),
    _("Only %(engine)s could read this page: nobody else agrees or differs."),
    _("The text inside the PDF was not used: %(doubt)s."),
    _("there is too little of it"),
    _("it is garbled"),
    _("it lies beside the page"),
    _("its words lie on each other"),
    _("much of the print on the page is not in it"),
    _("it does not say what the page shows"),
    # engines: descriptions
    _("It describes pictures, and reads no text."),
    _("Kosmos-2 could not be loaded from %(folder)s (%(error)s)."),
    _("The description was cut short after %(count)d tokens."),
    _("The model began to repeat itself: the repetition was left out."),
    _("The prompt is too long for Kosmos-2. Write a shorter one."),
    _("VLM_DEVICE is cuda, but there is no such device here."),
    # workers
    _("Page %(number)d: %(error)s"),
    _("The disk is full. Make room, then read the page again."),
    _("The file is gone from the store. Upload it again."),
    _("The page could not be fetched or kept (%(error)s). Try again later."),
    _(
        "The page needs more memory than a worker may use. "
        "Try a smaller picture or another engine."
    ),
    _("The engine “%(engine)s” failed on this page (%(error)s). Try another engine."),
    _(
        "The engine took longer than %(seconds)d seconds. "
        "Try a smaller picture or another engine."
    ),
    _("The engine crashed on this page. Try another engine."),
    # workers: layouts, fields, records
    _("The page looks like none of the layouts."),
    _("The page that this layout was drawn on is gone. Draw it anew."),
    _("This layout has no page. Draw it anew."),
    _("The layout was deleted."),
    _("The layout was deleted. Choose another one."),
    _("The document was deleted, or has no such page."),
    _("The fields could not be read (%(error)s). Look at the layout."),
    _("The fields were read, but no record could be made. Read it again."),
    _("This page was not read."),
    _("No page of the record looks like page %(number)d of its layout."),
    _("It looks like the same invoice as %(record)s."),
    _("Nothing is wrong: a few of all values are looked at."),
    _("This value stands on no page. Type another one."),
    _("The record of this value is gone: look for a newer one."),
    _("A box has four corners, each of two numbers."),
    _("The box is too small, or lies beside the page."),
    _("This could not be done. The site's log says why; try something else."),
    *OF_LAYOUTS,
    *OF_RECEIPTS,
    *OF_OPENOCR,
    *OF_PADDLE,
    *OF_SERVERS,
    *OF_MODELS,
    *OF_VLM,
)
PLACE = re.compile(r"%\((\w+)\)([sd])")


def told(said: str) -> str:
    """Each line of *said* in the language of the moment."""
    return "\n".join(map(told_line, said.splitlines()))


def told_line(said: str) -> str:
    for pattern, sentence in patterns():
        if found := pattern.fullmatch(said):
            return filled(gettext(sentence), found)
    return said


def filled(sentence: str, found: re.Match[str]) -> str:
    """*sentence* with the parts that were *found*; “Page 3: …” has one as a part."""
    return PLACE.sub(lambda place: told_line(found[place[1]]), sentence)


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(compiled())


def compiled() -> Iterator[tuple[re.Pattern[str], str]]:
    for sentence in SENTENCES:
        words = [re.escape(word) for word in PLACE.split(sentence)[::3]]
        places = [place_of(found) for found in PLACE.finditer(sentence)]
        pairs = zip_longest(words, places, fillvalue="")
        yield re.compile("".join(chain.from_iterable(pairs))), sentence


def place_of(found: re.Match[str]) -> str:
    return rf"(?P<{found[1]}>{'[0-9,]+' if found[2] == 'd' else '.+'})"
