"""Commands on networks and files: network, export."""

from __future__ import annotations

import argparse
from pathlib import Path

from policygraph import export, network, pipeline, query
from policygraph.cli import stores
from policygraph.cli.show import deliver, note
from policygraph.cli.words import say
from policygraph.rows import Rows

ROWS = export.formats(Rows)
_QUADS = tuple(export.QUAD_FORMATS)
_NETWORKS = tuple(dict.fromkeys((*export.NETWORK_FORMATS, *export.PAIRS, "xlsx", "png", "svg")))
_ONLY_NETWORKS = frozenset(_NETWORKS) - frozenset(_QUADS)
_GROUPS = ("function", "region", "community", "kind")


def add_network(net: argparse.ArgumentParser) -> None:
    """Add the options of ``network``."""
    net.add_argument("kind", nargs="?", default="agency-action", choices=tuple(network.KINDS))
    net.add_argument("--measure", choices=network.MEASURES, help="只列一项指标 / one measure, ranked")
    net.add_argument("--by", choices=_GROUPS, default="function", help="中间人的分组 / groups for brokerage")
    net.add_argument("--compare", nargs=2, metavar="DOC", help="比较两个文件的职能网络 / the ties of two documents")
    net.add_argument("--project", metavar="KIND", help="投影到一类节点 / project to agency or action")
    _narrowed(net)
    net.add_argument("--top", type=int, metavar="N", help="前 N 个 / only the first N")
    net.add_argument("-f", "--format", choices=ROWS, default="table")
    net.set_defaults(run=_network)


def add_export(out: argparse.ArgumentParser) -> None:
    """Add the options of ``export``."""
    formats = tuple(dict.fromkeys((*_QUADS, *_NETWORKS)))
    out.add_argument("-f", "--format", choices=formats, required=True)
    out.add_argument("--network", choices=tuple(network.KINDS), help="导出网络 / write this network, not the graph")
    out.add_argument("--document", metavar="SLUG", help="只导出一个文件 / only one document")
    out.add_argument("--level", metavar="LEVEL", help="网络只取一个层级 / a network of one level")
    out.set_defaults(run=_export)


def _narrowed(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", metavar="DOC", help="只取一个文件 / only one document")
    parser.add_argument("--level", metavar="LEVEL", help="只取一个层级 / only one level")


def _network(options: argparse.Namespace) -> int:
    if options.compare:
        return _compare(options)
    made = _made(options, options.kind)
    if options.project:
        made = network.project(made, options.project)
    deliver(pipeline.measured(made, options.measure, options.top, options.by), options)
    return 0


def _compare(options: argparse.Namespace) -> int:
    with stores.opened(options) as store:
        rows = query.ask(store, "responsibilities")
    kind = "function" if options.kind == "agency-action" else options.kind
    first, second = options.compare
    return deliver_ties(network.compare(rows, first, second, kind), options)


def deliver_ties(found: network.Comparison, options: argparse.Namespace) -> int:
    """Write the ties of two documents, and how many they share to standard error."""
    deliver(Rows(found.rows.columns, found.rows.rows[: getattr(options, "top", None)]), options)
    counts = {"shared": found.shared, "first": found.first_only, "second": found.second_only}
    note(say("ties", options.lang, **counts, jaccard=f"{found.jaccard:.3f}"))
    return 0


def _export(options: argparse.Namespace) -> int:
    if options.network or options.format in _ONLY_NETWORKS:
        return _written(pipeline.with_communities(_made(options, options.network or "agency-action")), options)
    with stores.opened(options) as store:
        quads = pipeline.choose_quads(store, options.document)
    return _written(quads, options)


def _made(options: argparse.Namespace, kind: str) -> network.Network:
    """Ask for what a network is made of, and make it."""
    with stores.opened(options) as store:
        return pipeline.make_network(store, kind, options.document, options.level)


def _written(what: export.Exportable, options: argparse.Namespace) -> int:
    for path in deliver(what, options):
        note(say("written", options.lang, path=Path(path)))
    return 0
