"""Time a build from nothing, with nothing changed, with one plan changed, and in several processes.

    python benchmarks/rebuild.py [--plans N] [--workers N]

Without `--plans` the bundled documents are built, else so many generated plans and the documents above them. One run
makes all rows, each in a process of its own, start-up included, so that their ratios hold on any machine. The last row
is the whole again, after the change, by several processes: the stores must have the same lines.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from generate import parents, plans

from policygraph import assets, facts, quads
from policygraph.store import open_store

BUILD = [sys.executable, "-m", "policygraph.cli", "build"]


def tables(folder: Path, count: int) -> Path:
    """Write the tables of what is built: generated plans with the documents above them, else the bundled ones."""
    if not count:
        return shutil.copytree(assets.path("data", "plans"), folder)
    for plan in (*parents(), *plans(count)):
        facts.save(plan, folder / plan.doc)
    return folder


def timed(arguments: list[str]) -> tuple[float, float]:
    """Build in a process of its own; return its processor time, its children's too, and the time by the clock."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run([*BUILD, *arguments], check=True, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, time.perf_counter() - begun


def digest(store: Path) -> str:
    """Return a digest of all lines of a store."""
    with open_store(store, read_only=True) as opened:
        return hashlib.sha256("".join(sorted(quads.lines(opened.quads()))).encode()).hexdigest()[:12]


def change(folder: Path) -> None:
    """Take the last target out of a plan that no other carries out."""
    lasts = sorted(folder.glob("generated-*/targets.tsv")) or [folder / "dalian-2021" / "targets.tsv"]
    lines = lasts[-1].read_text(encoding="utf-8").splitlines(keepends=True)
    lasts[-1].write_text("".join(lines[:-1]), encoding="utf-8", newline="")


def rows(home: Path, count: int, workers: int) -> Iterator[tuple[str, float, float]]:
    """Yield what was built, with its processor time and its time by the clock."""
    folder, store, other = tables(home / "plans", count), home / "x.pg", home / "y.pg"
    build = [str(folder), "--alone", "--store", str(store)]
    yield "all", *timed(build)
    yield "nothing changed", *timed(build)
    change(folder)
    yield "one plan changed", *timed(build)
    again = [str(folder), "--alone", "--store", str(other), "--workers", str(workers)]
    yield f"all, {workers} workers", *timed(again)
    if digest(store) != digest(other):
        raise SystemExit("the stores differ")


def main() -> None:
    """Print a row for each build."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--plans", type=int, default=0, help="how many generated plans (0: the bundled documents)")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    print("build\tprocessor s\tclock s\tshare of the first", flush=True)
    first = 0.0
    with tempfile.TemporaryDirectory() as home:
        for name, used, waited in rows(Path(home), asked.plans, asked.workers):
            first = first or used
            print(f"{name}\t{used:.2f}\t{waited:.1f}\t{used / first:.3f}", flush=True)


if __name__ == "__main__":
    main()
