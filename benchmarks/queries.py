"""Time every question of the catalogue on a store: `python benchmarks/queries.py [STORE] [--limit SECONDS]`.

Without a store, the bundled plans are built in memory. Prints rows and the best of three times for each question, the
slowest first, and exits with 1 where one takes longer than the limit (default: 1 second).
"""

from __future__ import annotations

import argparse
import sys
import time

from policygraph import pipeline, query
from policygraph.store import Store, open_store

_TURNS = 3


def main() -> int:
    options = _options()
    store = open_store(options.store, read_only=True) if options.store else pipeline.bundled()
    found = sorted((_timed(store, item.name) for item in query.catalogue()), reverse=True)
    for seconds, name, rows in found:
        print(f"{seconds * 1000:9.1f} ms {rows:6} rows  {name}")
    slow = [name for seconds, name, _ in found if seconds > options.limit]
    print(f"{len(found)} questions, {sum(seconds for seconds, *_ in found):.2f} s in all")
    if slow:
        print(f"over {options.limit} s: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?")
    parser.add_argument("--limit", type=float, default=1.0)
    return parser.parse_args()


def _timed(store: Store, name: str) -> tuple[float, str, int]:
    times, rows = [], 0
    for _ in range(_TURNS):
        started = time.perf_counter()
        rows = len(query.ask(store, name).rows)
        times.append(time.perf_counter() - started)
    return min(times), name, rows


if __name__ == "__main__":
    sys.exit(main())
