"""The engine itself: which engines take part, and what is made of what they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from engines.auto import CHOOSING
from engines.errors import EngineUnavailable
from engines.layout import arranged
from engines.mixed import ARABIC, ARABIC_READER
from engines.protocol import Engine, traits_of
from engines.registry import engine_names, get_engine
from engines.types import Availability, Line, Options, Page

if TYPE_CHECKING:
    from PIL import Image

    from engines.agree.evidence import Vocabulary
    from engines.agree.looks import Sight

NAME = "agree"
VOTING = "agree 2"  # raise it with every change to what is made of the same readings
# The first one leads: its lines are looked at by the others.
MEMBERS = ("ppocr", "tesseract")
OF_ARABIC = ("auto", "tesseract")  # "auto" reads each line in the script that it is in
CHOOSERS = ("auto", "embedded", NAME)  # they ask others, or read no print at all
ALONE = "Only %s could read this page: nobody else agrees or differs."
ABSENT = "%s did not take part: %s"
STRANGE = "It knows none of the languages."
NO_READER = "It describes pictures, and reads no text."


class Agree:
    """Several engines read each line, and vote on each word; see ``engines.protocol``.

    Confidence is the share of such words that are right: how many looks agree, how
    sure the leader is, whether the word exists. What else was read is kept.
    """

    name = NAME
    label = "Several engines"
    helpful_steps = ("denoise",)  # the leader's

    @property
    def options_schema(self) -> Mapping[str, Any]:
        members = [
            {"const": name, "title": get_engine(name).label} for name in eligible()
        ]
        choice = {
            "title": "Engines that vote",
            "description": "The first one leads. None: those that fit the languages.",
            "type": "array",
            "items": {"oneOf": members},
            "minItems": 1,
            "uniqueItems": True,
        }
        return {"type": "object", "properties": {"engines": choice}}

    @property
    def version(self) -> str:
        """Its own, and of the engines that may take part: any of them changes it.

        Those of MEMBERS are in that of ARABIC_READER, which asks them; of the others
        that can be chosen there is a digest.
        """
        others = " ".join(get_engine(name).version for name in eligible())
        digest = sha256(others.encode()).hexdigest()[:8]
        usual = get_engine(ARABIC_READER).version
        return ", ".join([f"{VOTING} {digest}", CHOOSING, usual])

    def languages(self) -> tuple[str, ...]:
        known = {code for name in MEMBERS for code in get_engine(name).languages()}
        return tuple(sorted(known))

    def availability(self) -> Availability:
        """It runs with one engine, and then says which are missing."""
        answers = {name: get_engine(name).availability() for name in MEMBERS}
        missing = [name for name, answer in answers.items() if not answer.ok]
        if not missing:
            return Availability(ok=True)
        first = answers[missing[0]]
        reasons = " ".join(answers[name].reason for name in missing)
        return Availability(len(missing) < len(MEMBERS), reasons, first.remedy)

    def warm_up(self) -> None:
        for name in MEMBERS:
            if get_engine(name).availability().ok:
                get_engine(name).warm_up()

    def read(self, image: Image.Image, options: Options) -> Page:
        from engines.agree.looks import look_at_page

        members, notes = chosen(options)
        sight = look_at_page(image, members, options)
        return outcome(sight, known_words(options), notes)

    def read_line(self, image: Image.Image, options: Options) -> Line:
        """The crop of one line, by the first that can read one; the others vote."""
        from engines.agree.looks import LineEngine, look_at_line
        from engines.agree.voting import voted

        members = [one for one in chosen(options)[0] if isinstance(one, LineEngine)]
        if not members:
            raise EngineUnavailable("None of the engines reads single lines.")
        return voted(look_at_line(image, members, options), known_words(options))


def eligible() -> list[str]:
    """The engines that can vote: those that read print, on any worker."""
    return [name for name in engine_names() if is_eligible(name)]


def is_eligible(name: str) -> bool:
    if name in CHOOSERS:
        return False
    try:
        return traits_of(get_engine(name)).runs_on == "cpu"
    # One's own engine may be misspelt: that is no trouble of those that are not.
    except (EngineUnavailable, ImportError, AttributeError):
        return False


def chosen(options: Options) -> tuple[list[Engine], tuple[str, ...]]:
    """The engines that take part, the leader first, and notes on those that do not.

    Raises:
        EngineUnavailable: none can, or one has no such name.
    """
    wished: Sequence[str] = options.extra.get("engines", ())
    named = [get_engine(name) for name in dict.fromkeys(wished) if name != NAME]
    fitting = OF_ARABIC if ARABIC in options.languages else MEMBERS
    asked = named or [get_engine(name) for name in fitting]
    reasons = [(engine, reason_against(engine, options, named)) for engine in asked]
    members = [engine for engine, reason in reasons if not reason]
    if not members:
        raise EngineUnavailable("No engine can run on this machine. See the README.")
    return members, tuple(ABSENT % (x.label, reason) for x, reason in reasons if reason)


def reason_against(engine: Engine, options: Options, named: Sequence[Engine]) -> str:
    """Why *engine* does not take part; one of those *named* need not know a language
    that was chosen: its reader knows better."""
    if traits_of(engine).describes:
        return NO_READER
    answer = engine.availability()
    if not answer.ok:
        return answer.reason
    if named or set(engine.languages()) & set(options.languages):
        return ""
    return STRANGE


def outcome(sight: Sight, known: Vocabulary, notes: Sequence[str]) -> Page:
    """The page as the vote has it, in reading order."""
    from engines.agree.voting import voted

    lines = tuple(voted(seen, known) for seen in sight.lines)
    labels = [get_engine(name).label for name in sight.looked]
    alone = (ALONE % labels[0],) if len(labels) == 1 else ()
    page = replace(
        sight.page,
        lines=lines,
        engine="+".join(dict.fromkeys([sight.page.engine, *sight.looked[1:]])),
        notes=(*notes, *alone, *sight.page.notes),
    )
    return arranged(page)


def known_words(options: Options) -> Vocabulary:
    """The words of the languages; none where no dictionary is installed."""
    if find_spec("spellchecker") is None:
        return {}
    from engines.ppocr.vocabulary import vocabulary

    return vocabulary(options.languages)
