"""Say what is wrong with a command line: a message for each of Click's errors, by its class and not by its text."""

from __future__ import annotations

from difflib import get_close_matches

import click

from policygraph.cli.kinds import BadValueError, TooManyError
from policygraph.messages import Foreign, Message, message

_NEAR = 0.7  # how alike a name must be to be offered: --colour is not --out


def told(error: click.ClickException) -> Message:
    """Return what an error of Click says, with the command whose help says more."""
    what = _what(error)
    context = error.ctx if isinstance(error, click.UsageError) else None
    return message("cli.see-help", what=what, command=context.command_path if context else "policygraph")


def _what(error: click.ClickException) -> Message:
    match error:
        case BadValueError():
            return message("cli.bad-value", name=_name(error), why=error.why)
        case click.MissingParameter():
            return message("cli.missing", names=_name(error))
        case click.NoSuchCommand():
            return _near("cli.no-command", "cli.near-command", error.command_name, error.possibilities)
        case click.NoSuchOption():
            return _near("cli.no-option", "cli.near-option", error.option_name, error.possibilities)
        case click.BadOptionUsage():
            return _usage(error)
        case TooManyError():
            return message("cli.too-many", words=error.message)
    return message("cli.other", what=Foreign(error.format_message()))


def _near(key: str, near_key: str, name: str, near: list[str] | None) -> Message:
    near = get_close_matches(name, near or (), cutoff=_NEAR)
    return message(near_key, name=name, near=near) if near else message(key, name=name)


def _name(error: click.BadParameter) -> str:
    """Return how a parameter is written: all names of an option, the placeholder of an argument."""
    if isinstance(error.param, click.Option):
        return _names(error.param)
    return error.param.human_readable_name if error.param else "?"


def _names(option: click.Option) -> str:
    return "/".join(sorted(option.opts, key=len))


def _usage(error: click.BadOptionUsage) -> Message:
    """Say how many values an option takes."""
    options = error.ctx.command.params if error.ctx else []
    found = next(each for each in options if isinstance(each, click.Option) and error.option_name in each.opts)
    several = message("cli.takes-several", count=found.nargs)
    why = message("cli.takes-none") if found.is_flag else message("cli.takes-one") if found.nargs == 1 else several
    return message("cli.bad-value", name=_names(found), why=why)
