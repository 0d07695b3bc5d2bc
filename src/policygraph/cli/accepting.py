"""The command accept: take in what was corrected in a workbook."""

from __future__ import annotations

from pathlib import Path

from policygraph import pipeline
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
    """Take in the corrections of a workbook and say how many there are."""
    found = pipeline.accept(Path(place), signed)
    note(said("cli.accepted", count=len(found), path=place))
    return 0
