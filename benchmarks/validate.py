"""Time validation: documents per second for each engine, the whole graph at once against document by document.

    python benchmarks/validate.py [--plans N ...] [--budget SECONDS] [--memory GB] [--folder FOLDER]

Default: 100, 1,000 and 10,000 generated plans. Each cell of the table runs in a process of its own, with so much
processor time for the engine (default 600 s) and so much memory (default 6 GB). Document by document, a cell that has
spent its time reports the rate over the documents done; the whole graph is done or it is not, so a cell that is
stopped reports that its rate is below documents / budget. What is timed is the engine with the filling of its graph
and the reading of its report, not the making of the plans, which are kept for the next cell, and in --folder for the
next run.
The results of two engines on the same documents must be as many; whole graphs count what two scopes both found twice.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rdflib import RDF, SH

sys.path.insert(0, str(Path(__file__).resolve().parent))

import plan_corpus

from policygraph.validate import ENGINES, check_slice, engines, load_shapes

HEAD = ("plans", "engine", "way", "documents", "seconds", "documents/s", "results")


@dataclass(frozen=True)
class Cell:
    """What is to be timed."""

    plans: int
    engine: str
    way: str
    budget: int  # seconds of processor time
    memory: int  # GB
    corpus: str  # file


@dataclass(frozen=True)
class Timed:
    """What was measured."""

    documents: int
    seconds: float
    results: int


# ---------------------------------------------------------------- in a process of its own


def per_document(cell: Cell) -> Timed:
    """Validate as the program does, one slice after the other, until the time is spent."""
    shapes, done, spent, found = load_shapes(), 0, 0.0, 0
    for slug, triples in plan_corpus.read(Path(cell.corpus), cell.plans):
        start = time.process_time()
        found += len(check_slice(slug, triples, shapes, cell.engine))
        spent += time.process_time() - start
        done += 1
        if spent > cell.budget:
            break
    return Timed(done, spent, found)


def whole(cell: Cell) -> Timed:
    """Validate everything as one graph; the system stops the process when the time is spent."""
    shapes, data, filling = load_shapes(), set[plan_corpus.Triple](), 0.0
    for _, triples in plan_corpus.read(Path(cell.corpus), cell.plans):
        start = time.process_time()
        data.update(triples)
        filling += time.process_time() - start
    print("filled", flush=True)
    start = time.process_time()
    limit = math.ceil(start) + cell.budget
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    report = engines.prepared(shapes, cell.engine)(data)
    found = sum(1 for _ in report.subjects(RDF.type, SH.ValidationResult))
    return Timed(cell.plans, filling + time.process_time() - start, found)


WAYS: dict[str, Callable[[Cell], Timed]] = {"per document": per_document, "whole graph": whole}


def child(cell: Cell) -> None:
    """Measure a cell, and print it as JSON."""
    size = cell.memory * 1024**3
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    print(json.dumps(asdict(WAYS[cell.way](cell))))


# ---------------------------------------------------------------- the table


def measured(cell: Cell) -> tuple[str, ...]:
    """Return the cells of a row after the way: documents, seconds, documents per second, results."""
    ran = subprocess.run(
        [sys.executable, __file__, "--cell", json.dumps(asdict(cell))], capture_output=True, text=True, check=False
    )
    if ran.returncode == 0:
        timed = Timed(**json.loads(ran.stdout.splitlines()[-1]))
        done = f"{timed.documents}" if timed.documents == cell.plans else f"{timed.documents} of {cell.plans}"
        return done, f"{timed.seconds:.1f}", f"{timed.documents / timed.seconds:.2f}", str(timed.results)
    if ran.returncode in (-signal.SIGXCPU, -signal.SIGKILL) and "filled" in ran.stdout:
        return "-", f"> {cell.budget}", f"< {cell.plans / cell.budget:.2f} (stopped after {cell.budget} s)", "-"
    if "MemoryError" in ran.stderr or "memory allocation" in ran.stderr or ran.returncode == -signal.SIGABRT:
        at = "validating" if "filled" in ran.stdout else "filling the graph"
        return "-", "-", f"none: {at} needs more than {cell.memory} GB", "-"
    raise SystemExit(ran.stderr or f"stopped with {ran.returncode}")


def rows(options: argparse.Namespace, folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table, the cheap ones first."""
    corpus = folder / "plans.gz"
    for count in sorted(options.plans):
        for way in WAYS:
            for engine in ENGINES:
                cell = Cell(count, engine, way, options.budget, options.memory, str(corpus))
                yield (str(count), engine, way, *measured(cell))


def main() -> None:
    """Print a row a cell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--budget", type=int, default=600, metavar="SECONDS", help="processor time of a cell")
    parser.add_argument("--memory", type=int, default=6, metavar="GB")
    parser.add_argument("--folder", type=Path, help="keep the plans there, and use those that are there")
    parser.add_argument("--cell", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.cell:
        child(Cell(**json.loads(options.cell)))
        return
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = options.folder or Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        print(*HEAD, sep="\t", flush=True)
        for row in rows(options, folder):
            print(*row, sep="\t", flush=True)


if __name__ == "__main__":
    main()
