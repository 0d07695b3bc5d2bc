"""The command compare: what documents say, side by side."""

from __future__ import annotations

import argparse

from policygraph import pipeline
from policygraph.cli import networks, stores
from policygraph.cli.show import deliver, note
from policygraph.cli.words import say
from policygraph.errors import UsageError
from policygraph.terms import Scope

_PICTURES = ("png", "svg")


def add_compare(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``compare``."""
    named = "标识、文号、标题或地名,默认全部 / by id, number, title or place; default: all"
    parser.add_argument("documents", nargs="*", metavar="DOCUMENT", help=named)
    parser.add_argument("--by", choices=pipeline.COMPARISONS, default="targets", help="比较什么 / what to compare")
    parser.add_argument(
        "--scope", choices=tuple(map(str, Scope)), default="", help="与何者相比 / compared with what (leads: peers)"
    )
    parser.add_argument("-f", "--format", choices=networks.ROWS, default="table")
    parser.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    with stores.opened(options) as store:
        if options.by == "ties" and options.format not in _PICTURES:
            chosen = pipeline.named_documents(store, options.documents)
            return networks.deliver_ties(pipeline.compared_networks(store, chosen), options)
        lay = pipeline.heat if options.format in _PICTURES else pipeline.compare
        rows = lay(store, options.documents, options.by, options.scope, options.lang)
    if not rows.rows:
        raise UsageError(f"the store has no {options.by} to compare; `policygraph ask documents` lists what it holds")
    for path in deliver(rows, options):
        note(say("written", options.lang, path=path))
    return 0
