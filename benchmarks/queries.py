"""Time every question of the catalogue on one store or several, beside each other.

    python benchmarks/queries.py [STORE ...] [--copies N] [--limit SECONDS]

Without a store, the bundled plans are built in memory. ``--copies`` adds a store (in a temporary folder) with the
generated plans of the last one so many times, under other names: three thousand plans need not be validated to be asked
about. Prints rows and the best of two processor times (of one, where that took more than 3 s) for each question, the
slowest first, and exits with 1 where one takes longer than the limit on the last store (default: 1 second).
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from policygraph import pipeline, quads, query
from policygraph.errors import QueryError
from policygraph.store import Store, load_store, open_store

_LONG = 3.0  # seconds after which a question is not asked again
_PLAN = re.compile(r"\bgenerated-(\d+)\b")
Timed = tuple[float, str]  # seconds, and how many rows


def main() -> int:
    """Print the table."""
    asked = _options()
    with ExitStack() as opened:
        places = [*asked.stores]
        if asked.copies:
            home = Path(opened.enter_context(tempfile.TemporaryDirectory()))
            places.append(copied(places[-1], home / "copies.pg", asked.copies))
        stores = [opened.enter_context(open_store(each, read_only=True)) for each in places] or [pipeline.bundled()]
        return _table(stores, asked.limit)


def copied(store: Path, place: Path, copies: int) -> Path:
    """Make a store that has the generated plans of another so many times."""
    with open_store(store, read_only=True) as opened:
        lines = quads.lines(opened.quads())
    load_store(place, _copies(lines, copies))
    return place


def _copies(lines: Sequence[str], copies: int) -> Iterator[bytes]:
    yield "".join(lines).encode()
    own = [line for line in lines if _PLAN.search(line)]
    for copy in range(1, copies):
        yield "".join(_PLAN.sub(rf"generated-\1-{copy}", line) for line in own).encode()


def _table(stores: Sequence[Store], limit: float) -> int:
    rows = [(*(timed(store, item.name) for store in stores), item.name) for item in query.catalogue()]
    rows.sort(key=lambda row: row[-2][0], reverse=True)
    for *times, name in rows:
        print("".join(f"{seconds * 1000:9.0f} ms {found:>7}" for seconds, found in times), "", name)
    print(f"{len(rows)} questions,", *(f"{sum(row[at][0] for row in rows):.1f} s" for at in range(len(stores))))
    slow = [row[-1] for row in rows if row[-2][0] > limit]
    if slow:
        print(f"over {limit} s: {', '.join(slow)}", file=sys.stderr)
    return 1 if slow else 0


def timed(store: Store, name: str) -> Timed:
    """Ask a question; return the better of two times."""
    times: list[float] = []
    while len(times) < 2 and not (times and times[-1] > _LONG):
        started = time.process_time()
        try:
            rows = str(len(query.ask(store, name).rows))
        except QueryError:
            rows = "error"
        times.append(time.process_time() - started)
    return min(times), rows


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stores", nargs="*", type=Path)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--limit", type=float, default=1.0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
