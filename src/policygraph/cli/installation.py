"""The commands doctor and completion: is the installation sound, and what a shell needs to complete words."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from policygraph import assets
from policygraph.cli import studies
from policygraph.cli.framework import argument, command
from policygraph.cli.kinds import OneOf
from policygraph.cli.say import language, said
from policygraph.cli.show import emit
from policygraph.cli.soundness import Finding, State, looked_at
from policygraph.messages import message, render

COMPLETE = "_POLICYGRAPH_COMPLETE"
_STATES = {State.FINE: "cli.state-fine", State.OPTIONAL: "cli.state-optional", State.WRONG: "cli.state-wrong"}
_SHELLS = ("bash", "zsh", "fish", "powershell")


@command("cli.doctor", ("policygraph doctor", "cli.example-doctor"))
def doctor_command() -> int:
    """Look at the installation and say what to do; 1 where something has to be mended."""
    study = studies.current()
    known = study.concepts
    counts = {
        "functions": len(known.functions),
        "regions": len(known.regions),
        "indicators": len(known.indicators),
        "questions": len(study.questions),
        "plans": len(assets.bundled_plans()),
    }
    found = [*looked_at(study.folder or Path.cwd()), Finding(State.FINE, message("cli.brings", **counts))]
    lines = [f"{said(_STATES[each.state])} {render(each.told, language())}" for each in found]
    wrong = sum(each.state is State.WRONG for each in found)
    lines += ["", said("cli.to-mend", count=wrong) if wrong else said("cli.fine")]
    emit("\n".join(lines) + "\n")
    return 1 if wrong else 0


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
