"""Push a store to a SPARQL server that runs, and ask every question there and in the store, beside each other.

    python benchmarks/servers.py STORE ENDPOINT [--update URL] [--seconds S] [--only NAME ...]

Prints how long the push took, how long a second one that finds everything there, then a row for each question: the time
by the clock in the store on disk and at the server (which works in a process of its own), and whether both give the
same rows; the slowest at the server first. A question that takes longer than --seconds (default: 60) is told so.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from policygraph import query
from policygraph.errors import QueryError, StoreError
from policygraph.store import Store, open_store
from policygraph.store.client import Patience
from policygraph.store.endpoint import EndpointStore
from policygraph.store.push import push

Asked = tuple[float, Sequence[object] | None]  # seconds by the clock, and the rows, None where there was no answer


def timed(work: Callable[[], object]) -> float:
    """Return how long something takes by the clock."""
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


def asked(store: Store, name: str) -> Asked:
    """Ask a question with no parameters."""
    begun = time.monotonic()
    try:
        rows: Sequence[object] | None = query.ask(store, name).rows
    except (QueryError, StoreError):
        rows = None
    return time.monotonic() - begun, rows


def main() -> None:
    """Print the times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("endpoint")
    parser.add_argument("--update")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these questions alone")
    given = parser.parse_args()
    target = EndpointStore(given.endpoint, patience=Patience(seconds=given.seconds), update=given.update)
    with open_store(given.store, read_only=True) as source, target:
        for name in ("push", "push again"):
            print(f"{timed(lambda: push(source, target)):8.1f} s  {name}", flush=True)
        print(f"{source.count()} triples in the store, {target.count()} at the server", flush=True)
        names = given.only or [item.name for item in query.catalogue()]
        rows = [(name, asked(source, name), asked(target, name)) for name in names]
    print("store ms\tserver ms\trows\tthe same\tquestion")
    for name, (here, mine), (there, theirs) in sorted(rows, key=lambda row: -row[2][0]):
        told = ("no answer", "") if theirs is None else (len(theirs), theirs == mine)
        print(f"{1000 * here:.0f}\t{1000 * there:.0f}", *told, name, sep="\t")


if __name__ == "__main__":
    main()
