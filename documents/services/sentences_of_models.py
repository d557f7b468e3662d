"""What the library says of models: where they are not, and what is wrong with them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # engines: how models stand
    _("The model %(model)s is not here."),
    _("%(model)s: %(files)s is missing in %(folder)s."),
    _("%(model)s: there is no folder %(folder)s, which %(variable)s names."),
    _("%(model)s: the hub's cache holds %(commits)s, not the revision %(revision)s."),
    _("%(model)s: %(file)s is empty."),
    _("%(model)s: %(file)s is a pointer of Git LFS, not the file that it points to."),
    _("%(model)s: %(file)s is a web page, not a part of a model."),
    _("%(model)s: %(file)s is cut short: %(here)d of %(whole)d bytes are there."),
    _("%(model)s: %(file)s is damaged or of another kind."),
    _("%(model)s: %(file)s names %(found)s, where %(wanted)s belongs."),
    _("%(model)s: %(shard)s, which %(index)s names, is missing."),
    _("%(model)s: %(shard)s lacks weights that %(index)s says are in it."),
    _("%(model)s: %(path)s cannot be read (%(reason)s)."),
    _(
        "%(model)s: the weights in %(folder)s are pickled (%(file)s), and a "
        "pickle can run any program when it is loaded: convert it."
    ),
    # engines: installing models
    _("%(model)s is in no hub: say with --from in which folder it is."),
    _("%(file)s is none of the files of %(model)s: %(names)s."),
    _("%(file)s is no archive of a model."),
    _("%(model)s comes along in the package %(package)s."),
    _(
        "The hub has the weights of %(hub)s as pickles alone, which can run any "
        "program when they are loaded. To convert them, run: hf download "
        "%(repository)s --revision %(revision)s --local-dir %(folder)s – and then: "
        "%(install)s"
    ),
    _(
        "There is too little room in %(folder)s: %(needed)d MB are needed, "
        "%(free)d MB are free."
    ),
    _("There is no folder or file %(path)s."),
    _("There is no file %(path)s."),
    _("%(path)s cannot be read or written: %(reason)s."),
    _("The hub has no revision %(revision)s of %(hub)s."),
    _("The hub has no model %(hub)s, or not for everyone: run hf auth login."),
    _(
        "The hub cannot be reached from here (%(error)s). Where there is a network, "
        "run: %(download)s – then carry the folder %(folder)s here and run: "
        "%(install)s"
    ),
    _(
        "The library huggingface_hub is not installed: "
        "pip install -r requirements/vlm.txt"
    ),
    _("“%(code)s” is no language of Tesseract, as eng or chi_sim are."),
    _("Tesseract cannot open %(file)s: it is damaged."),
    _(
        "This is no Debian: install Tesseract's language %(code)s as your system "
        "does, or bring a file with --from %(file)s.traineddata."
    ),
    _("Only root installs packages: sudo %(command)s"),
    _(
        "Debian's package %(package)s could not be installed. Where there is no "
        "network, bring a file with --from %(file)s.traineddata."
    ),
)
