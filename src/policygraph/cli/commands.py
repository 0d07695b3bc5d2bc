"""Which commands there are: by what a person wants to do, each with the module that has it.

Only the module of the command at hand is loaded, so that small commands start fast.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

from policygraph.cli import framework, help_page
from policygraph.version import __version__

# The key of a heading -> its commands -> their modules.
GROUPS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "cli.group-read": {"new": "beginning", "extract": "documents", "clauses": "documents", "accept": "accepting"},
        "cli.group-build": {"build": "building", "template": "checks"},
        "cli.group-ask": {"ask": "asking", "sparql": "asking", "compare": "comparing", "network": "networks"},
        "cli.group-check": {"validate": "checks", "gaps": "checks", "score": "documents"},
        "cli.group-desk": {"desk": "desks"},
        "cli.group-out": {
            "export": "networks",
            "paper": "papers",
            "push": "endpoints",
            "serve": "endpoints",
            "mcp": "assistants",
        },
        "cli.group-other": {"doctor": "installation", "completion": "installation"},
    }
)
MODULES = {name: module for commands in GROUPS.values() for name, module in commands.items()}


class LazyGroup(framework.Translated, click.Group):
    """The group of all commands; the module of one is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, as they are grouped."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, None where there is none of that name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"policygraph.cli.{MODULES[cmd_name]}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a line. Raises NoSuchCommand with the names that are near."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            raise click.NoSuchCommand(error.command_name, possibilities=MODULES, ctx=ctx) from error

    def get_help(self, ctx: click.Context) -> str:
        """Return what there is, grouped, without loading it: the key of a command's help is ``cli.<name>``."""
        return help_page.overview(self, ctx, GROUPS)


def _version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"policygraph {__version__}")
        context.exit()


@click.command("policygraph", cls=LazyGroup, help="cli.policygraph", invoke_without_command=True)
@framework.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, key="cli.option-version"
)
@click.pass_context
def policygraph(context: click.Context) -> None:
    """Show what there is where no command is named."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
