"""Say what is wrong with a command line, in the language that it asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from typing import NoReturn

from policygraph.cli.words import fault


class WrongCallError(Exception):
    """Raise when a command line cannot be understood; holds the usage of the command."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage

    def shown(self, language: str) -> str:
        """Return the usage and, on a line of its own, what is wrong."""
        usage = self.usage.replace("usage:", "用法：", 1) if language == "zh" else self.usage
        return usage + fault(self, language)


class Parser(argparse.ArgumentParser):
    """A parser that leaves it to the caller to print what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Raise WrongCallError."""
        raise WrongCallError(self.format_usage(), message)


def language_of(arguments: Sequence[str]) -> str:
    """Return the language of a command line, even where it cannot be understood.

    >>> language_of(["ask", "--lang", "en", "--colour"]), language_of(["ask", "--lang=en"]), language_of(["ask"])
    ('en', 'en', 'zh')
    """
    is_english = "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)
    return "en" if is_english else "zh"
