"""The commands network and export: measures of networks, and graphs and networks as files."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph import export, network, pipeline, query
from policygraph.cli import options, stores
from policygraph.cli.framework import argument, command, gathered, option
from policygraph.cli.kinds import OneOf, Whole
from policygraph.cli.options import Output, Source
from policygraph.cli.say import said
from policygraph.cli.show import deliver, note
from policygraph.messages import message
from policygraph.rows import Rows

_ROWS = export.formats(Rows)
_QUADS = tuple(export.QUAD_FORMATS)
_NETWORKS = tuple(dict.fromkeys((*export.NETWORK_FORMATS, *export.PAIRS, "xlsx", "png", "svg")))
_ONLY_NETWORKS = frozenset(_NETWORKS) - frozenset(_QUADS)
_GROUPS = ("function", "region", "community", "kind")
_KIND = "agency-action"
document = option("--document", metavar="DOC", key="cli.option-document")
level = option("--level", metavar="LEVEL", key="cli.option-level")


@dataclass(frozen=True, slots=True)
class Part:
    """Which network: its kind, of one document or level where these are named."""

    kind: str
    document: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of a network."""

    measure: str | None
    by: str
    project: str | None
    top: int | None


@command(
    "cli.network",
    ("policygraph network co-responsibility --measure betweenness --top 10", "cli.example-network"),
    ("policygraph network agency-action --document dalian-2021 --project agency", "cli.example-network-project"),
    ("policygraph network --compare dalian-2021 wuhai-2021", "cli.example-network-compare"),
)
@gathered(
    Part,
    "part",
    argument(
        "kind", required=False, default=_KIND, type=OneOf(network.KINDS), metavar="[KIND]", key="cli.argument-network"
    ),
    document,
    level,
)
@gathered(
    Measured,
    "measured",
    option("--measure", type=OneOf(network.MEASURES), metavar="MEASURE", key="cli.option-measure"),
    option("--by", type=OneOf(_GROUPS), default="function", metavar="GROUP", key="cli.option-brokers"),
    option("--project", metavar="KIND", key="cli.option-project"),
    option("--top", type=Whole(), metavar="N", key="cli.option-top"),
)
@option("--compare", nargs=2, metavar="DOC DOC", key="cli.option-compare-networks")
@options.output(_ROWS)
@options.source
def network_command(
    part: Part, measured: Measured, compare: tuple[str, str] | None, output: Output, source: Source
) -> int:
    """Measure a network, or compare those of two documents."""
    if compare:
        with stores.opened(source) as store:
            named = query.named_documents(store, compare)
            found = pipeline.compared_networks(store, named, "function" if part.kind == _KIND else part.kind)
        return deliver_ties(found, compare, output, measured.top)
    made = _made(part, source)
    if measured.project:
        made = network.project(made, measured.project)
    rows = pipeline.measured(made, measured.measure, measured.top, measured.by)
    deliver(rows, output, _title(part, measured))
    return 0


def _title(part: Part, measured: Measured) -> str:
    parts = [each for each in (part.document, part.level, measured.project, measured.measure) if each]
    kind = message(f"export.network-{part.kind}")
    return said("cli.title-network-of", kind=kind, parts=parts) if parts else said("cli.title-network", kind=kind)


def deliver_ties(found: network.Comparison, documents: tuple[str, ...], output: Output, top: int | None = None) -> int:
    """Write the ties of two documents, and how many they share to standard error."""
    rows = Rows(found.rows.columns, found.rows.rows[:top])
    deliver(rows, output, said("cli.title-ties", documents=documents))
    counts = {"shared": found.shared, "first": found.first_only, "second": found.second_only}
    note(said("cli.ties", **counts, jaccard=f"{found.jaccard:.3f}"))
    return 0


@command(
    "cli.export",
    ("policygraph export -f graphml -o out/bureaus.graphml", "cli.example-export-network"),
    ("policygraph export -f ttl --document dalian-2021 -o dalian.ttl", "cli.example-export-document"),
    ("policygraph export -f png --network function -o functions.png", "cli.example-export-picture"),
)
@option("--network", "kind", type=OneOf(network.KINDS), metavar="KIND", key="cli.option-network")
@document
@option("--level", metavar="LEVEL", key="cli.option-level-of-network")
@options.output(tuple(dict.fromkeys((*_QUADS, *_NETWORKS))), default=None)
@options.source
def export_command(kind: str | None, document: str | None, level: str | None, output: Output, source: Source) -> int:
    """Write the graph, the graph of one document, or a network."""
    if kind or output.format in _ONLY_NETWORKS:
        part = Part(kind or _KIND, document, level)
        title = said("cli.title-picture-of", kind=message(f"export.network-{part.kind}"), part=document or level or "")
        made = pipeline.with_communities(_made(part, source))
        deliver(made, output, title if document or level else "")
        return 0
    with stores.opened(source) as store:
        quads = pipeline.choose_quads(store, document)
    deliver(quads, output)
    return 0


def _made(part: Part, source: Source) -> network.Network:
    """Ask for what a network is made of, and make it."""
    with stores.opened(source) as store:
        return pipeline.make_network(store, part.kind, part.document, part.level)
