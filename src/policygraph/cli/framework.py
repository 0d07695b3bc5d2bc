"""What all commands have in common: help in two languages, --lang, --study, examples, options gathered in records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any, TypeVar

import click

from policygraph.cli import help_page, studies
from policygraph.cli.kinds import OneOf, TooManyError
from policygraph.cli.say import LANGUAGES

Example = tuple[str, str]  # a command line, and the key of what it does
Decorator = Callable[[Any], Any]
_T = TypeVar("_T")


class Translated(click.Command):
    """A command whose texts are keys, with --lang and --study.

    The language is found before a line is parsed, since that may fail; the option checks it, and stands in the help.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.context_settings = {"help_option_names": ["-h", "--help"]}
        self.params.append(
            click.Option(
                ["--study"],
                metavar="FOLDER",
                is_eager=True,
                expose_value=False,
                callback=studies.named,
                help="cli.option-study",
            )
        )
        self.params.append(click.Option(["--lang"], type=OneOf(LANGUAGES), expose_value=False, help="cli.option-lang"))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the command. Raises a UsageError that knows the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Command(Translated):
    """A command with examples in its help."""

    def __init__(self, *arguments: Any, examples: tuple[Example, ...] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words after the command. Raises TooManyError where some are left over."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise TooManyError(rest, ctx)
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Return the help in the language of the call."""
        return help_page.page(self, ctx, self.examples)


def command(key: str, *examples: Example) -> Callable[[Callable[..., int]], Command]:
    """Make a function a command: ``cli.<name>`` is the key of its help, ``examples`` are command lines with keys."""

    def decorate(function: Callable[..., int]) -> Command:
        return click.command(key.removeprefix("cli."), cls=Command, help=key, examples=examples)(function)

    return decorate


def option(*names: str, key: str, **settings: Any) -> Decorator:
    """Return an option whose help is a key of the catalogue."""
    return click.option(*names, help=key, **settings)


def argument(*names: str, key: str, **settings: Any) -> Decorator:
    """Return an argument whose help is a key of the catalogue."""
    return click.argument(*names, help=key, **settings)


def gathered(record: type[Any], into: str, *options: Decorator) -> Decorator:
    """Give a command options, and hand their values to it as one record: ``into`` is the parameter.

    The record has a field for each option, by its name.
    """
    names = [field.name for field in fields(record)]

    def decorate(function: Callable[..., _T]) -> Callable[..., _T]:
        @wraps(function)
        def call(**given: Any) -> _T:
            return function(**{into: record(**{name: given.pop(name) for name in names})}, **given)

        decorated: Any = call
        for each in reversed(options):
            decorated = each(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorate
