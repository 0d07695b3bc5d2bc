"""The command paper: everything that a paper needs, in one folder."""

from __future__ import annotations

from pathlib import Path

from policygraph.cli import options, stores
from policygraph.cli.framework import command, option
from policygraph.cli.options import Source
from policygraph.cli.say import language, said
from policygraph.cli.show import note, progress
from policygraph.paper import paper


@command(
    "cli.paper",
    ("policygraph paper -o pack", "cli.example-paper"),
    ("policygraph paper -o pack --lang en --store out/mine.pg", "cli.example-paper-english"),
)
@option("-o", "--out", required=True, metavar="DIR", key="cli.option-out-pack")
@options.source
def paper_command(out: str, source: Source) -> int:
    """Write a paper pack."""
    with stores.opened(source) as store:
        written = paper(store, Path(out), language(), progress)
    note(said("cli.packed", count=len(written), path=written[0]))
    return 0
