"""The language of rules: sums of fields and numbers, compared. Parsed by hand, run by
nothing but ``engines.rules.reckoning``: a rule can never be code.

    total = net + tax          tax = 19% * net          due <= date + 90
    "total amount" = net + tax - discount (tolerance 0.05)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from engines.errors import TemplateError
from engines.values.cleaning import in_ascii
from engines.values.types import quoted

LONGEST_RULE = 500  # characters
_DEEPEST = 20  # brackets within brackets: the parser calls itself for each
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>\d+(?:[.,]\d+)?%?)
    |(?P<name>[^\W\d][\w.]*)
    |"(?P<quoted>[^"]+)"|'(?P<single>[^']+)'|“(?P<curly>[^”]+)”|\[(?P<square>[^\]]+)\]
    |(?P<mark>==|!=|<>|<=|>=|[=<>≤≥≠+\-*×/÷()])
    |(?P<other>\S))""",
    re.VERBOSE,
)
_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/"}
COMPARISONS = ("=", "!=", "<=", ">=", "<", ">")


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms with + - * or / between them."""

    left: Term
    mark: str
    right: Term


Term = Number | Name | Sum


@dataclass(frozen=True, slots=True)
class Rule:
    """Two terms compared; ``tolerance`` is None where the rule names none."""

    left: Term
    comparison: str
    right: Term
    tolerance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # number, name, mark, end
    text: str


def parse_rule(rule: str) -> Rule:
    """
    Raises:
        TemplateError: *rule* is none; the sentence says where it breaks off.
    """
    if len(rule) > LONGEST_RULE:
        raise TemplateError(f"A rule has {LONGEST_RULE} characters at most.")
    return _Parser(rule).rule()


def names_in(term: Term) -> Iterator[str]:
    """The fields that *term* speaks of, each as often as it does."""
    if isinstance(term, Name):
        yield term.name
    elif isinstance(term, Sum):
        yield from names_in(term.left)
        yield from names_in(term.right)


def _tokens(rule: str) -> Iterator[Token]:
    # Digits may be Arabic; what is quoted is a name and stays as it is spelled.
    for found in _TOKEN.finditer(rule):
        kind, text = found.lastgroup or "other", found[found.lastgroup or 0]
        if kind in ("quoted", "single", "curly", "square"):
            yield Token("name", text.strip())
        elif kind == "mark":
            yield Token("mark", _SAME.get(text, text))
        else:
            yield Token(kind, text)
    yield Token("end", "")


class _Parser:
    """One pass over a rule, from left to right; a method for each level of it."""

    def __init__(self, rule: str) -> None:
        self.text = rule
        self.tokens = list(_tokens(rule))
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self, *marks: str) -> str:
        """The next token's text where it is one of *marks*, else ""."""
        if self.next.kind == "mark" and self.next.text in marks:
            self.place += 1
            return self.tokens[self.place - 1].text
        return ""

    def refuse(self, wanted: str) -> TemplateError:
        here = quoted(self.next.text) if self.next.text else "the end"
        return TemplateError(
            f"The rule {quoted(self.text)} cannot be understood: {wanted} belongs "
            f"where {here} is."
        )

    def rule(self) -> Rule:
        left = self.sum()
        comparison = self.take(*COMPARISONS)
        if not comparison:
            if self.next.kind == "name":
                raise self.refuse(
                    "a mark such as + or = (names of two words in quotes)"
                )
            raise self.refuse("a comparison such as = or <=")
        right = self.sum()
        tolerance = self.tolerance()
        if self.next.kind != "end":
            raise self.refuse("the end of the rule, or (tolerance 0.05),")
        return Rule(left, comparison, right, tolerance)

    def tolerance(self) -> Decimal | None:
        if not self.take("("):
            return None
        if self.next != Token("name", "tolerance"):
            raise self.refuse("“tolerance”")
        self.place += 1
        found = self.number("a number")
        if not self.take(")"):
            raise self.refuse("a closing bracket")
        return found

    def sum(self) -> Term:
        left = self.product()
        while mark := self.take("+", "-"):
            left = Sum(left, mark, self.product())
        return left

    def product(self) -> Term:
        left = self.factor()
        while mark := self.take("*", "/"):
            left = Sum(left, mark, self.factor())
        return left

    def factor(self) -> Term:
        if self.take("-"):
            return Sum(Number(Decimal(0)), "-", self.nested(self.factor))
        if self.take("("):
            inner = self.nested(self.sum)
            if not self.take(")"):
                raise self.refuse("a closing bracket")
            return inner
        if self.next.kind == "name":
            self.place += 1
            return Name(self.tokens[self.place - 1].text)
        found = Number(self.number("a field or a number"))
        if self.next in (Token("name", "days"), Token("name", "day")):
            self.place += 1  # due <= date + 90 days
        return found

    def nested(self, part: Callable[[], Term]) -> Term:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TemplateError(f"The rule {quoted(self.text)} has too many brackets.")
        found = part()
        self.depth -= 1
        return found

    def number(self, wanted: str) -> Decimal:
        if self.next.kind != "number":
            raise self.refuse(wanted)
        text = in_ascii(self.next.text).replace(",", ".")
        self.place += 1
        if text.endswith("%"):
            return Decimal(text[:-1]) / 100
        return Decimal(text)
