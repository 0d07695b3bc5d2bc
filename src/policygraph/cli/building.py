"""The command build: fact tables to a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from policygraph import pipeline
from policygraph.cli import options, studies
from policygraph.cli.framework import argument, command, option
from policygraph.cli.say import fault, language, said
from policygraph.cli.show import emit, note, progress
from policygraph.study import NONE

# What is counted -> how it is called.
_COUNTED = {
    "documents": "cli.documents",
    "actions": "cli.actions",
    "clauses": "cli.clauses-counted",
    "responsibilities": "cli.responsibilities",
    "targets": "cli.targets",
    "triples": "cli.triples",
    "violation": "cli.errors",
    "warning": "cli.warnings",
    "info": "cli.infos",
}


@command(
    "cli.build",
    ("policygraph build", "cli.example-build"),
    ("policygraph build out/found --store out/mine.pg", "cli.example-build-own"),
)
@argument("folders", nargs=-1, metavar="[FOLDER]...", key="cli.argument-folders")
@option("--alone", is_flag=True, key="cli.option-alone")
@option("--referee", is_flag=True, key="cli.option-referee")
@options.hands
@options.store
def build_command(folders: tuple[str, ...], alone: bool, referee: bool, store: str, hands: pipeline.Hands) -> int:
    """Build a store and say what is in it."""
    study = studies.current()
    chosen = replace(study, bundled=(NONE,)) if alone else study
    built = pipeline.build([Path(name) for name in folders], Path(store), progress, chosen, referee, hands)
    for error in built.errors:
        note(fault(error, language()))
    taken = [said("cli.taken-in", count=len(built.taken), titles=list(built.taken))] if built.taken else []
    lines = [
        *taken,
        said("cli.loaded"),
        *_counted(built.counts),
        said("cli.validated"),
        *_counted(built.found),
    ]
    if len(built.made) < built.counts["documents"]:
        note(said("cli.made-anew", count=len(built.made)))
    emit("\n".join([*lines, said("cli.written", path=store)]) + "\n")
    return 1 if built.errors else 0


def _counted(counts: Mapping[str, int]) -> list[str]:
    return [f"  {count:>7}  {said(_COUNTED[name])}" for name, count in counts.items()]
