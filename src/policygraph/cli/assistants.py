"""The command mcp: a store for an assistant that speaks the Model Context Protocol."""

from __future__ import annotations

from importlib.util import find_spec

from policygraph.cli import options, stores, studies
from policygraph.cli.framework import command, option
from policygraph.cli.kinds import Whole
from policygraph.cli.say import language, said
from policygraph.cli.show import note
from policygraph.errors import UsageError


@command(
    "cli.mcp", ("policygraph mcp", "cli.example-mcp"), ("policygraph mcp --store out/mine.pg", "cli.example-mcp-own")
)
@option("--workers", type=Whole(1), default=1, metavar="N", key="cli.option-workers")
@options.timeout(30.0, "cli.option-timeout-query")
@option("--max-rows", type=Whole(1), default=100_000, metavar="N", key="cli.option-max-rows")
@options.store
def mcp_command(workers: int, timeout: float, max_rows: int, store: str) -> int:
    """Answer an assistant on standard input and output, to read only, until it hangs up."""
    if find_spec("mcp") is None:
        raise UsageError("mcp.not-installed")
    from policygraph import mcp, web  # take long to load: only here

    bounds = web.Bounds(seconds=timeout, rows=max_rows)
    with stores.folder(store) as folder, web.pool(folder, workers, bounds) as run:
        note(said("cli.mcp-ready"))
        mcp.server(mcp.Tools(run, studies.current(), language())).run("stdio")
    return 0
