"""Draw help: what a command does, examples, its arguments and options, in the language of the call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from shutil import get_terminal_size

import click

from policygraph.cli.say import said

Line = tuple[str, str]
Block = str | tuple[str, Sequence[Line]]  # a paragraph, or a heading with lines of two columns
_NARROWEST, _WIDEST = 60, 110


def page(command: click.Command, context: click.Context, examples: Sequence[Line]) -> str:
    """Return the help of one command."""
    parameters = command.get_params(context)
    arguments = [each for each in parameters if isinstance(each, click.Argument)]
    options = [each for each in parameters if isinstance(each, click.Option)]
    pieces = [piece for each in arguments for piece in each.get_usage_pieces(context)]
    return _drawn(
        [
            _usage(context, pieces),
            said(str(command.help)),
            "\n".join([said("cli.heading-examples"), *(f"  # {said(key)}\n  {line}" for line, key in examples)]),
            (said("cli.heading-arguments"), [(each.make_metavar(context), _meaning(each)) for each in arguments]),
            (said("cli.heading-options"), [(_names(each, context), _meaning(each)) for each in options]),
        ]
    )


def overview(group: click.Command, context: click.Context, groups: Mapping[str, Iterable[str]]) -> str:
    """Return what there is: the commands by heading, first steps, the options of all."""
    options = [each for each in group.get_params(context) if isinstance(each, click.Option)]
    return _drawn(
        [
            _usage(context, ["COMMAND", "..."]),
            said(str(group.help)),
            *((said(key), [(name, said(f"cli.{name}")) for name in names]) for key, names in groups.items()),
            (said("cli.heading-options"), [(_names(each, context), _meaning(each)) for each in options]),
            said("cli.more-help"),
        ]
    )


def _usage(context: click.Context, pieces: Sequence[str]) -> str:
    return said("cli.usage", line=" ".join([context.command_path, said("cli.options-metavar"), *pieces]))


def _names(option: click.Option, context: click.Context) -> str:
    """Return how an option is written: ``-f, --format FORMAT``."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"


def _meaning(parameter: click.Argument | click.Option) -> str:
    """Return what a parameter is for, what it may be, and what it is where it is not given."""
    told = said("cli.option-help" if "--help" in parameter.opts else str(parameter.help))
    if isinstance(parameter.type, click.Choice) and parameter.metavar:
        told = said("cli.with-choices", what=told, choices=parameter.type.choices)
    default = _default(parameter) if isinstance(parameter, click.Option) and not parameter.is_flag else None
    return said("cli.with-default", what=told, default=_plain(default)) if _is_shown(default) else told


def _default(parameter: click.Parameter) -> object:
    """Return the default of a parameter, worked out where it depends on the place of the call."""
    return parameter.default() if callable(parameter.default) else parameter.default


def _plain(default: object) -> str:
    return f"{default:g}" if isinstance(default, float) else str(default)


def _is_shown(default: object) -> bool:
    return isinstance(default, int | float) or (isinstance(default, str) and default not in ("", "-"))


def _drawn(blocks: Iterable[Block]) -> str:
    from policygraph.cli.drawing import drawn  # with rich, which nothing but help and tables needs

    return drawn(blocks, max(_NARROWEST, min(_WIDEST, get_terminal_size().columns)))
