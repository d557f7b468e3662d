"""What the library says of PaddleOCR, its models and its options."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("PaddleOCR has no “%(said)s”. Choose one of: %(names)s."),
    _("PaddleOCR failed: %(reason)s"),
    _("PaddleOCR does not know %(names)s; it read what it could."),
    _("PaddleOCR flattened the page: its lines have no places."),
    _("PaddleOCR may write neither to %(folder)s nor to a temporary folder."),
    _("PaddleOCR wants the package %(name)s: %(command)s"),
    _(
        "Nothing here runs the chosen models of PaddleOCR together: ONNX files want "
        "onnxruntime, Paddle's own files paddlepaddle. %(command)s"
    ),
    _("OpenCV needs the system's library libGL.so.1, which is not here."),
    # the names and words of its options
    _("Detection"),
    _("The model that finds the lines."),
    _("Recognition"),
    _("The model that reads the lines; automatic: by the languages."),
    _("Find the orientation"),
    _("Turn the page upright by a model for that."),
    _("Flatten the page"),
    _("Flatten a curved page by a model for that; its lines have no places then."),
    _("Runtime"),
    _("What runs the models; automatic: what fits them."),
)
