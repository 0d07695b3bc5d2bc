"""Feed damaged documents and tables to the program: it reads each, or refuses it with one of its own errors.

    python benchmarks/soak.py [--count N] [--seconds S] [--first K] [--seed SEED] [--keep FOLDER]

Mutants of texts, web pages, Word files, PDF files and fact tables take turns (`mutants.py`); a number always gives the
same one. A mutant is read in a process of its own kind that is replaced when it dies or takes too long; each kind of
failure is shown once with the number of its first mutant, and --first K --count 1 tries that alone. What is read is
saved and checked at times too. The exit code is 1 where anything failed.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Generator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mutants import KINDS, SEED, Mutant, mutant

from policygraph import facts, pipeline
from policygraph.errors import PolicyGraphError
from policygraph.model import Facts

_LONGEST = 20.0  # seconds of processor time for one mutant
_HANGS = 900.0  # seconds by the clock until a process is given up: the machine may be shared
_CHECKED = 7  # one of so many is built and checked too
READ, REFUSED = "read", "refused"
Told = tuple[int, str]  # the number of a mutant, and what became of it


def tried(made: Mutant, place: Path, checks: bool) -> str:
    """Read a mutant; return what became of it: read, refused, or the error that is none of ours."""
    try:
        found = _read(made, place)
        if checks:
            pipeline.assemble([found])
        return READ
    except PolicyGraphError as error:
        assert error.said("zh") and error.said("en")
        return REFUSED
    except Exception as error:  # the point of it all
        return _where(error)


def _read(made: Mutant, place: Path) -> Facts:
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    for name, content in made.files.items():
        (place / name).write_bytes(content)
    if made.kind == "tables":
        found = facts.load(place)
        if not found.value("document_id"):
            raise PolicyGraphError("facts.no-document-id", path=place)
        return found
    found = pipeline.extract_document(place / next(iter(made.files)))
    facts.save(found, place.with_name("saved"))
    return facts.load(place.with_name("saved"))


def _where(error: BaseException) -> str:
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "policygraph" in frame.filename]
    frame = ours[-1] if ours else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno} {frame.name}: {str(error)[:120]}"


def _work(line: Connection, numbers: range, seed: int, place: Path) -> None:
    logging.getLogger("policygraph").addHandler(logging.NullHandler())
    logging.getLogger("policygraph").propagate = False
    for number in numbers:
        begun = time.process_time()
        outcome = tried(mutant(number, seed), place, number % _CHECKED == 0)
        line.send((number, "too slow" if time.process_time() - begun > _LONGEST else outcome))
    line.send(None)


def results(numbers: range, seed: int, place: Path) -> Generator[Told]:
    """Yield what became of each mutant; a process that dies or hangs is one failure, and another goes on."""
    while numbers:
        near, far = get_context("spawn").Pipe()
        process = get_context("spawn").Process(target=_work, args=(far, numbers, seed, place), daemon=True)
        process.start()
        far.close()
        last = numbers.start - 1
        try:
            while (told := _next(near, last + 1)) is not None:
                yield told
                last = told[0]
                if told[1] in ("died", "hangs"):
                    break
        finally:  # also where the reader has had enough: nobody writes into a folder that is cleared away
            process.kill()
            process.join()
            near.close()
        numbers = range(last + 1, numbers.stop)


def _next(line: Connection, number: int) -> Told | None:
    try:
        if line.poll(_HANGS):
            told: Told | None = line.recv()
            return told
        return number, "hangs"
    except EOFError:
        return number, "died"


def soak(asked: argparse.Namespace, place: Path) -> Counter[str]:
    """Try the mutants, tell how far it is, and return how often each outcome was met, by kind of input."""
    counts: Counter[str] = Counter()
    begun = last = time.monotonic()
    numbers = range(asked.first, asked.first + asked.count)
    told = results(numbers, asked.seed, place)
    for number, outcome in told:
        kind = KINDS[number % len(KINDS)]
        counts[f"{kind}\t{outcome}"] += 1
        if outcome not in (READ, REFUSED) and counts[f"{kind}\t{outcome}"] == 1:
            print(f"{number}\t{kind}\t{outcome}", flush=True)
            _keep(number, asked)
        now = time.monotonic()
        if now - last > 30:
            last = now
            print(f"… {number - asked.first + 1} mutants, {now - begun:.0f} s", file=sys.stderr, flush=True)
        if asked.seconds and now - begun > asked.seconds:
            told.close()
    return counts


def _keep(number: int, asked: argparse.Namespace) -> None:
    if asked.keep:
        for name, content in mutant(number, asked.seed).files.items():
            path = Path(asked.keep) / f"{number}-{name}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def main() -> int:
    """Print how many mutants of each kind were read and refused, and every failure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=0, help="stop after so many (0: only after the count)")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--keep", default="", help="where the mutants that failed are put")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        counts = soak(asked, Path(home) / "mutant")
    for each, count in sorted(counts.items()):
        print(f"{each}\t{count}")
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"{counts.total()} mutants, seed {asked.seed} {load}")
    return int(any(each.split("\t")[1] not in (READ, REFUSED) for each in counts))


if __name__ == "__main__":
    sys.exit(main())
