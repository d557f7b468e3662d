"""What the library says of vision-language models: how they are asked and answer."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # engines: ways to ask
    _("Read all text"),
    _("Receipt"),
    _("Describe in detail"),
    _("Markdown"),
    # engines: options
    _("What to ask for"),
    _("A prompt of your own takes its place."),
    _("Ask where it stands"),
    _("The model is asked for the place of each line or thing, too."),
    _("Most tokens of an answer"),
    _("What is longer is cut off; the site may allow fewer."),
    _("Compare with a second engine"),
    _(
        "Text that a plain reader of print does not find on the page is marked as "
        "doubtful."
    ),
    # engines: pictures and answers
    _("The picture is too narrow to be read. Cut it into parts."),
    _("There is nothing on this page: the model was not asked."),
    _(
        "The answer was cut off at %(count)d tokens: there may be more on the page.",
    ),
    _("The model began to repeat itself and was stopped: text may be missing."),
    _("The model answered nothing."),
    _("The model did not say where everything stands."),
    _("No second engine could compare the answer with the page."),
    _(
        "The second engine (%(engine)s) does not find %(count)d of %(lines)d lines on "
        "the page: they may be made up. Compare them with the picture."
    ),
    # engines: qwen3-vl
    _("Qwen3-VL could not be loaded from %(folder)s (%(error)s)."),
    _("Qwen3-VL ran without a graphics card, which is slow."),
    _(
        "There is too little memory for a picture of this size. "
        "Choose a smaller longest side, such as %(side)d."
    ),
)
