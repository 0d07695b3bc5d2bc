"""Build beside the plain stack a user would put together: rdflib, owlrl and pyshacl on the whole graph.

    python benchmarks/plain.py [--sizes N ...] [--budget SECONDS] [--memory GB]

5 and 34 are bundled documents (the five plans that were annotated, then more by name), larger sizes generated plans and
the documents above them. Ours begins with the tables of facts and ends with a store, start-up included; the plain stack
is handed what that store states, as quads in memory, closes it with owlrl and checks it with pyshacl. Each runs in a
process of its own; the plain one is stopped when it has spent its processor time (default 1,800 s) or memory (10 GB).
The triples that follow must be the same; so must what is at fault (document node, shape), but that the whole graph also
shows shapes what another document states of a node. What differs is counted in the last column.
"""

from __future__ import annotations

import argparse
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pyshacl
import rebuild
from infer import plain_owlrl
from rdflib import SH, Graph

from policygraph import assets, quads
from policygraph.infer import written
from policygraph.pipeline.reasoning import closure
from policygraph.store import open_store
from policygraph.validate import load_shapes
from policygraph.vocab import CASCADE_GRAPH, CONCEPTS_GRAPH, INFERRED_GRAPH, Quad, document_graph

ANNOTATED = ("changchun-2021", "dalian-2021", "wuhai-2021", "xiamen-2019", "xiangfu-2020")
SIZES = (5, 34, 100)
_STATED = (str(CONCEPTS_GRAPH), str(CASCADE_GRAPH), str(document_graph("")))
Fault = tuple[str, str]  # the node, the shape
Told = tuple[float, set[quads.Triple], set[Fault]]  # processor seconds, what follows, what is at fault


def tables(folder: Path, count: int) -> Path:
    """Write the tables of so many documents."""
    bundled = sorted(path.name for path in assets.path("data", "plans").iterdir() if path.is_dir())
    if count > len(bundled):
        return rebuild.tables(folder, count)
    for name in [*ANNOTATED, *(name for name in bundled if name not in ANNOTATED)][:count]:
        shutil.copytree(assets.path("data", "plans", name), folder / name)
    return folder


def ours(home: Path, count: int) -> tuple[Told, list[Quad]]:
    """Build; return what was found, and what the store states."""
    store = home / "x.pg"
    used, _ = rebuild.timed([str(tables(home / "plans", count)), "--alone", "--store", str(store)])
    with open_store(store, read_only=True) as opened:
        found = list(opened.quads())
    derived = quads.triples(quad for quad in found if quad[3] == INFERRED_GRAPH)
    return (used, derived, _faults(quad[:3] for quad in found)), [q for q in found if str(q[3]).startswith(_STATED)]


def _faults(triples: Iterable[tuple[object, object, object]]) -> set[Fault]:
    nodes: dict[object, dict[object, str]] = {}
    for s, p, o in triples:
        if p in (SH.focusNode, SH.sourceShape):
            nodes.setdefault(s, {})[p] = str(o)
    return {(said[SH.focusNode], said[SH.sourceShape]) for said in nodes.values() if len(said) > 1}


def plain(stated: Path, told: Path) -> None:
    """Close and check everything at once, in this process, and write what was found."""
    everything: list[Quad] = pickle.loads(stated.read_bytes())
    begun = time.process_time()
    derived = plain_owlrl(everything)
    graph = Graph()
    follows = ((quads.read(s), quads.read(p), quads.read(o)) for s, p, o in derived)
    for triple in (*(quad[:3] for quad in everything), *follows):
        graph.add(triple)
    _, report, _ = pyshacl.validate(graph, shacl_graph=load_shapes(), inference="none", inplace=True)
    spent = time.process_time() - begun
    assert isinstance(report, Graph)
    told.write_bytes(pickle.dumps((spent, derived, _faults(report))))


def beside(home: Path, stated: list[Quad], budget: int, memory: int) -> Told | None:
    """Run the plain stack; return None where it was stopped."""
    given, told = home / "stated", home / "told"
    given.write_bytes(pickle.dumps(stated, protocol=5))

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (budget, budget))
        resource.setrlimit(resource.RLIMIT_AS, (memory << 30, memory << 30))

    done = subprocess.run([sys.executable, __file__, "--plain", given, told], preexec_fn=limited, check=False)
    if done.returncode and done.returncode not in (-signal.SIGXCPU, -signal.SIGKILL, 1):
        raise SystemExit(done.returncode)
    return pickle.loads(told.read_bytes()) if told.exists() else None


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--budget", type=int, default=1800)
    parser.add_argument("--memory", type=int, default=10)
    parser.add_argument("--plain", type=Path, nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.plain:
        return plain(*asked.plain)
    print("documents\tquads stated\tours s\tplain s\ttimes\ttriples that follow\tdiffer\tfaults\tdiffer", flush=True)
    for count in asked.sizes:
        with tempfile.TemporaryDirectory() as home:
            mine, stated = ours(Path(home), count)
            other = beside(Path(home), stated, asked.budget, asked.memory)
            print(*_row(count, len(stated), mine, other, asked.budget), sep="\t", flush=True)
    return None


def _row(count: int, stated: int, mine: Told, other: Told | None, budget: int) -> list[object]:
    begins = [count, stated, f"{mine[0]:.1f}"]
    if other is None:
        return [*begins, f"> {budget} (stopped)", f"> {budget / mine[0]:.0f}", len(mine[1]), "", len(mine[2]), ""]
    follows = written(other[1], closure())
    same = [f"{other[0]:.1f}", f"{other[0] / mine[0]:.1f}"]
    return [*begins, *same, len(mine[1]), len(follows ^ mine[1]), len(mine[2]), len(other[2] ^ mine[2])]


if __name__ == "__main__":
    main()
