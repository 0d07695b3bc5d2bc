"""The commands doctor and completion: is the installation sound, and what a shell needs to complete words."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

import click
from click.shell_completion import get_completion_class

from policygraph import assets
from policygraph.cli import studies
from policygraph.cli.framework import argument, command
from policygraph.cli.kinds import OneOf
from policygraph.cli.say import said
from policygraph.cli.show import emit

COMPLETE = "_POLICYGRAPH_COMPLETE"
_PARTS = ("rdflib", "pyshacl", "networkx", "owlrl", "SPARQLWrapper", "pyoxigraph", "OpenCC")
_SHELLS = ("bash", "zsh", "fish", "powershell")


@command("cli.doctor", ("policygraph doctor", "cli.example-doctor"))
def doctor_command() -> int:
    """Name the versions of the parts, and count what is installed with the program."""
    lines = [f"Python {platform.python_version()}, {platform.system()}, {sys.getfilesystemencoding()}"]
    lines += [f"{name} {version(name)}" for name in _PARTS]
    study = studies.current()
    known, words = study.concepts, study.lexicon
    counts = f"{len(known.functions)} functions, {len(known.regions)} regions, {len(known.indicators)} indicators"
    lines += [f"concepts: {counts}"]
    lines += [
        f"lexicon: {len(words.roles.labels) + len(words.roles.verbs)} role words; queries: {len(study.questions)}"
    ]
    lines += [f"plans: {len(assets.bundled_plans())}", said("cli.fine")]
    emit("\n".join(lines) + "\n")
    return 0


@command(
    "cli.completion",
    ('eval "$(policygraph completion bash)"', "cli.example-completion-bash"),
    ("policygraph completion zsh > ~/.zfunc/_policygraph", "cli.example-completion-zsh"),
    ("policygraph completion fish > ~/.config/fish/completions/policygraph.fish", "cli.example-completion-fish"),
    ("policygraph completion powershell >> $PROFILE", "cli.example-completion-powershell"),
)
@argument("shell", type=OneOf(_SHELLS), metavar="SHELL", key="cli.argument-shell")
@click.pass_context
def completion_command(context: click.Context, shell: str) -> int:
    """Print the script that makes a shell complete commands, options and names."""
    root = context.find_root().command
    kind = get_completion_class(shell)
    assert kind is not None, "Click knows the shells of the choice"
    emit(kind(root, {}, "policygraph", COMPLETE).source())
    return 0
