"""The command compare: what documents say, side by side."""

from __future__ import annotations

from policygraph import export, pipeline, query
from policygraph.cli import networks, options, stores
from policygraph.cli.framework import argument, command, option
from policygraph.cli.kinds import OneOf
from policygraph.cli.options import Output, Source
from policygraph.cli.say import language, said
from policygraph.cli.show import deliver
from policygraph.errors import UsageError
from policygraph.messages import message
from policygraph.query.sidebyside import BESIDE, compared_with
from policygraph.rows import Rows
from policygraph.terms import Scope

_PICTURES = ("png", "svg")
_SCOPES = tuple(map(str, Scope))
# What is compared -> how it is called.
_TITLES = {
    "targets": "cli.compared-targets",
    "actions": "cli.compared-actions",
    "leads": "cli.compared-leads",
    "functions": "cli.compared-functions",
    "ties": "cli.compared-ties",
}


@command(
    "cli.compare",
    ("policygraph compare 大连市 乌海市 --by leads", "cli.example-compare"),
    ("policygraph compare --by targets -f xlsx -o targets.xlsx", "cli.example-compare-all"),
    ("policygraph compare --scope national -f png -o heat-map.png", "cli.example-compare-picture"),
)
@argument("documents", nargs=-1, metavar="[DOCUMENT]...", key="cli.argument-documents")
@option("--by", type=OneOf(pipeline.COMPARISONS), default="targets", metavar="WHAT", key="cli.option-compare-by")
@option("--scope", type=OneOf(_SCOPES), metavar="SCOPE", key="cli.option-scope")
@options.output(export.formats(Rows))
@options.source
def compare_command(documents: tuple[str, ...], by: str, scope: str | None, output: Output, source: Source) -> int:
    """Lay documents side by side, as a table or a picture."""
    with stores.opened(source) as store:
        if by == "ties" and output.format not in _PICTURES:
            chosen = query.named_documents(store, documents)
            return networks.deliver_ties(pipeline.compared_networks(store, chosen), tuple(chosen), output)
        lay = pipeline.heat if output.format in _PICTURES else pipeline.compare
        rows = lay(store, documents, by, scope or "", language())
    if not rows.rows:
        raise UsageError("cli.nothing-to-compare", what=by)
    beside = compared_with(by, scope or "") if output.format in _PICTURES else ""
    below = said(BESIDE[beside]) if beside else ""
    deliver(rows, output, "\n".join(filter(None, (_title(by, documents), below))))
    return 0


def _title(by: str, documents: tuple[str, ...]) -> str:
    what = message(_TITLES[by])
    return (
        said("cli.title-compare-of", what=what, documents=documents)
        if documents
        else said("cli.title-compare", what=what)
    )
