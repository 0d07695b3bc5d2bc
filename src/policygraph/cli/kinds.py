"""Kinds of values on a command line, and what is said where a word is none of them: by key, in two languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import CompletionItem

from policygraph.messages import Message, message


class BadValueError(click.BadParameter):
    """Raise where a value does not fit; says why by a message of the catalogue."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


class TooManyError(click.UsageError):
    """Raise where words are left over that the command has no use for."""

    def __init__(self, words: Sequence[str], context: click.Context) -> None:
        super().__init__(" ".join(words), context)


class OneOf(click.Choice[str]):
    """One word of a closed list."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word. Raises BadValueError, with the word that is near."""
        if value in self.choices:
            return str(value)
        near = get_close_matches(str(value), self.choices, 1)
        if near:
            raise BadValueError(message("cli.near-choice", value=value, near=near[0], choices=self.choices))
        raise BadValueError(message("cli.no-choice", value=value, choices=self.choices))


class Whole(click.ParamType[int]):
    """A whole number, from ``least`` on where that is given."""

    name = "n"

    def __init__(self, least: int | None = None) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number. Raises BadValueError where it is none, or too small."""
        try:
            found = int(value)
        except ValueError as error:
            raise BadValueError(message("cli.no-whole-number", value=value)) from error
        if self.least is not None and found < self.least:
            raise BadValueError(message("cli.too-small", value=value, least=self.least))
        return found


class Seconds(click.ParamType[float]):
    """A number of seconds, above 0 and below a day."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number. Raises BadValueError where it is none."""
        try:
            found = float(value)
        except ValueError:
            found = 0.0
        if not 0 < found < 86_400:
            raise BadValueError(message("cli.no-seconds", value=value))
        return found


class Known(click.ParamType[str]):
    """Any text, completed from names that are looked up when the shell asks."""

    name = "text"

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self.names = names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin with what was typed."""
        return [CompletionItem(name) for name in self.names() if name.startswith(incomplete)]
