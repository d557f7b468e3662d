"""What the library says of servers of vision models that do not answer as they should.

What such a server says itself stands on a line of its own, in its own words.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    # engines: vlm-http, its settings
    _("Vision model by HTTP"),
    _("No server of a vision model is named in VLM_URL."),
    _("Set VLM_URL to an endpoint such as http://127.0.0.1:8000/v1."),
    _("VLM_URL is no address of a server."),
    _("VLM_URL carries a user name or a password."),
    _("Leave them out, and set VLM_KEY where the server wants a key."),
    _("VLM_KEY holds signs that no key has."),
    _("Copy the key once more."),
    _("“%(host)s” is not among VLM_ALLOWED_HOSTS."),
    _("Add it there, or name another server in VLM_URL."),
    # engines: vlm-http, connections
    _(
        "“%(host)s” cannot be reached. Start the server there, or change VLM_URL.",
    ),
    _("“%(host)s” cannot be trusted: its certificate is not in order."),
    _(
        "“%(host)s” does not speak https. Say http:// in VLM_URL if it is on a "
        "network that you trust."
    ),
    _("“%(host)s” broke off its answer. See its log."),
    _("“%(host)s” fell silent in the middle of its answer. See its log."),
    _(
        "“%(host)s” took longer than %(seconds)d seconds. Raise %(setting)s, or send "
        "a smaller picture."
    ),
    _(
        "All %(count)d places at “%(host)s” were taken for %(seconds)d seconds. Raise "
        "VLM_CONCURRENCY where the server can bear it, or read fewer pages at once."
    ),
    _("%(folder)s belongs to somebody else. Remove it."),
    # engines: vlm-http, answers
    _("“%(host)s” does not take the key (%(status)d). Check VLM_KEY."),
    _(
        "“%(host)s” has nothing at the address (%(status)d). Check VLM_URL, which "
        "mostly ends in /v1, and VLM_MODEL."
    ),
    _(
        "“%(host)s” has no model “%(model)s”. Name one of these in VLM_MODEL: "
        "%(names)s."
    ),
    _("“%(host)s” has no model. Load one there, or name it in VLM_MODEL."),
    _(
        "The picture is too large for “%(host)s” (%(status)d). Choose a smaller "
        "longest side, or lower VLM_MAX_PIXELS."
    ),
    _(
        "“%(host)s” has too much to do (%(status)d). Try again later, or lower "
        "VLM_CONCURRENCY."
    ),
    _("“%(host)s” fails (%(status)d). See its log, or try again later."),
    _("“%(host)s” leads elsewhere (%(status)d). Set VLM_URL to that address."),
    _(
        "“%(host)s” cannot do what it is asked (%(status)d). Try a smaller picture "
        "or another model."
    ),
    _("It says: %(message)s"),
    _(
        "“%(host)s” does not answer as OpenAI’s protocol has it. See whether VLM_URL "
        "names the right server, and ends in /v1."
    ),
    _(
        "“%(host)s” answers with more than %(limit)d MB. It is not a server that "
        "VLM_URL should name."
    ),
    _("The model at “%(host)s” refuses. Ask it in another way."),
    _(
        "The model at “%(host)s” thought until no tokens were left to answer. Choose "
        "one that does not think, or raise VLM_MAX_TOKENS."
    ),
    _(
        "The model at “%(host)s” answered without a word. The picture may be more "
        "than it can take: choose a smaller longest side."
    ),
)
