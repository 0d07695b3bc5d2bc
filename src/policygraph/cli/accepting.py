"""The command accept: take in what was corrected in a workbook or in tables."""

from __future__ import annotations

from pathlib import Path

from policygraph import pipeline
from policygraph.cli import studies
from policygraph.cli.framework import argument, command, gathered, option
from policygraph.cli.say import said
from policygraph.cli.show import note
from policygraph.pipeline import Said


@command(
    "cli.accept",
    ("policygraph accept out/found/plan", "cli.example-accept"),
    ("policygraph accept out/found/plan --who 李明 --when 2026-05-10", "cli.example-accept-signed"),
)
@argument("place", metavar="FOLDER|FILE", key="cli.argument-corrected")
@gathered(
    Said,
    "signed",
    option("--who", metavar="NAME", key="cli.option-who"),
    option("--when", metavar="DATE", key="cli.option-when"),
    option("--why", metavar="TEXT", key="cli.option-why"),
)
def accept_command(place: str, signed: Said) -> int:
    """Take in the corrections of a workbook or of tables and say how many there are."""
    found = pipeline.accept(Path(place), signed, studies.current())
    note(said("cli.accepted", count=len(found.rulings), path=place))
    if found.aside:
        note(said("cli.put-aside", names=[path.name for path in found.aside], folder=found.aside[0].parent))
    return 0
