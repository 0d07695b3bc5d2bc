"""Name and open what commands read: --store, --endpoint, --timeout, and the bundled plans where no store is."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from policygraph import pipeline
from policygraph.cli.show import note
from policygraph.cli.words import say
from policygraph.pipeline.opening import STORE
from policygraph.store import Store, build_store

DEFAULT = "out/policygraph.pg"
_SECONDS = 60.0


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add --store."""
    default = os.environ.get(STORE) or DEFAULT
    parser.add_argument("--store", default=default, metavar="PATH", help=f"图谱库 / the store (default: {default})")


def add_endpoint(parser: argparse.ArgumentParser) -> None:
    """Add --endpoint and --timeout to a command that asks."""
    parser.add_argument("--endpoint", metavar="URL", help="改查 SPARQL 端点 / ask this SPARQL endpoint, not the store")
    add_timeout(parser)


def add_timeout(parser: argparse.ArgumentParser) -> None:
    """Add --timeout."""
    help_ = f"时限 / how long to wait for an answer (default: {_SECONDS:g})"
    parser.add_argument("--timeout", type=seconds, default=_SECONDS, metavar="SECONDS", help=help_)


def seconds(text: str) -> float:
    """Return a number of seconds. Raises ArgumentTypeError where it is none."""
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < 86_400:
        raise argparse.ArgumentTypeError(f"«{text}» is no number of seconds above 0")
    return found


def opened(options: argparse.Namespace) -> Store:
    """Open the endpoint or store that was named; without one at the default place, use the bundled plans."""
    if getattr(options, "endpoint", None):
        return pipeline.open_graph(options.endpoint, options.timeout)
    return stored(options)


def stored(options: argparse.Namespace) -> Store:
    """Open the store that was named; without one at the default place, use the bundled plans."""
    if _missing(options):
        note(say("in_memory", options.lang, path=options.store))
        return pipeline.bundled()
    return pipeline.open_graph(options.store)


@contextmanager
def folder(options: argparse.Namespace) -> Iterator[Path]:
    """Return the folder of the store; bundled plans get one that lasts as long as the command."""
    if not _missing(options):
        yield Path(options.store)
        return
    with TemporaryDirectory(prefix="policygraph-", ignore_cleanup_errors=True) as made:
        with stored(options) as source:
            build_store(Path(made) / "kg", source.quads())
        yield Path(made) / "kg"


def _missing(options: argparse.Namespace) -> bool:
    """Tell whether no store was made yet; one that the user named must be there."""
    return options.store == DEFAULT and not Path(options.store).exists()
