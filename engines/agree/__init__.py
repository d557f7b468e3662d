"""The engine "agree": several engines read the same page, and vote word by word."""

from engines.agree.engine import Agree

__all__ = ["Agree"]
