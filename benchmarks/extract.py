"""Measure how fast texts become facts, beside segmenting the same texts with jieba, and the memory of 1,000 of them.

Run ``python benchmarks/extract.py [FOLDER]``. Without a folder it reads ../shared/corpus, the development texts, and
where they are not at hand the examples of the project, so that it always says something. jieba comes with the ``dev``
extra. Times are processor times of this process, for each document the best of five rounds; both sides start with
their tables loaded. Each text at the folder's top level has a row of its own, those below it count in the totals and
in the worst ratio. Memory is the peak of a process of its own that runs the whole pipeline, from file to resolved
facts, over the folder's texts again and again.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from policygraph import lexicon
from policygraph.errors import DocumentError
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.pipeline import extract_document
from policygraph.segment import segment

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus"
EXAMPLES = ROOT / "data" / "examples"
UNSEEN = "fresh"  # texts that accuracy is measured with
ROUNDS = 5
MARKS = (100, 250, 500, 1000)  # documents after which the peak of memory is printed
MEMORY = "--memory"  # how this script calls itself to measure it


@dataclass(frozen=True, slots=True)
class Timing:
    """The least seconds of one document; ``jieba`` is 0 where it is not installed."""

    name: str
    characters: int
    extract: float
    jieba: float

    @property
    def ratio(self) -> float:
        """Return the time of extracting over that of segmenting."""
        return self.extract / self.jieba if self.jieba else 0.0


def paths(folder: Path) -> list[Path]:
    """Return the plain texts at the top of a folder, then those below it; what nobody has looked at stays closed."""
    found = (path for path in folder.rglob("*.txt") if UNSEEN not in path.relative_to(folder).parts)
    return sorted(found, key=lambda path: (len(path.relative_to(folder).parts), path))


def extract_one(source: Source) -> int:
    """Return how many rows of facts a text gives."""
    words = lexicon.bundled()
    facts = extract("x", segment(normalise(source, words), words), words)
    return len(facts.structure) + len(facts.responsibilities) + len(facts.targets)


def segmenting() -> Callable[[str], int] | None:
    """Return what segments a text with jieba, its dictionary loaded; None where it is not installed."""
    try:
        import jieba
    except ImportError:
        return None
    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda text: sum(1 for _ in jieba.cut(text))


def timing(source: Source, cut: Callable[[str], int] | None) -> Timing:
    """Time one document, both sides in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        times[0].append(seconds(lambda: extract_one(source)))
        times[1].append(seconds(lambda: cut(source.text)) if cut else 0.0)
    return Timing(source.name, len(source.text), min(times[0]), min(times[1]))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def show(timings: Sequence[Timing], plans: int) -> None:
    """Print the totals, a row for each plan, and the worst ratio."""
    characters = sum(row.characters for row in timings)
    spent = {side: sum(getattr(row, side) for row in timings) for side in ("extract", "jieba")}
    print(f"{len(timings)} documents, {characters} characters")
    for side, total in spent.items():
        if total:
            rates = f"{len(timings) / total:8.1f} documents/s  {characters / total:12.0f} characters/s"
            print(f"{side:8} {total:8.2f} s  {rates}")
    if not spent["jieba"]:
        print("jieba    not installed: pip install policygraph[dev]")
        return
    ratio = spent["extract"] / spent["jieba"]
    print(f"ratio    {ratio:8.2f}  (extracting one plan costs no more than segmenting it: at most 1)\n")
    print(f"{'plan':24} {'characters':>10} {'extract ms':>11} {'jieba ms':>9} {'ratio':>6}")
    for row in timings[:plans]:
        print(f"{row.name:24} {row.characters:10} {row.extract * 1e3:11.1f} {row.jieba * 1e3:9.1f} {row.ratio:6.2f}")
    worst = max(timings, key=lambda row: row.ratio)
    above = sum(row.ratio > 1 for row in timings)
    print(f"worst ratio {worst.ratio:.2f} ({worst.name}); above 1: {above} of {len(timings)}")


def remember(folder: Path) -> int:
    """Run the pipeline over 1,000 documents and print the peak of this process on the way."""
    try:
        import resource
    except ImportError:
        print("memory   not measured: this system does not tell the peak of a process")
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    for number, path in enumerate(islice(cycle(paths(folder)), MARKS[-1]), start=1):
        with suppress(DocumentError):  # a text that is no plan; it went through the rooms all the same
            extract_document(path, f"document-{number}")
        if number in MARKS:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
            print(f"memory   {number:5} documents  {peak / 1048576:8.1f} MB", flush=True)
    return 0


def main(arguments: Sequence[str]) -> int:
    """Print the tables; the exit code is 0 also where jieba or the corpus is not at hand."""
    if arguments[:1] == [MEMORY]:
        return remember(Path(arguments[1]))
    folder = Path(arguments[0]) if arguments else SHARED if SHARED.is_dir() else EXAMPLES
    found = paths(folder)
    if not found:
        print(f"{folder}: no .txt files; name a folder of plain texts", file=sys.stderr)
        return 1
    # first, while this process is small: on Linux the peak of a new process begins at that of the one that starts it
    memory = subprocess.run([sys.executable, __file__, MEMORY, str(folder)], capture_output=True, text=True, check=True)
    sources = [Source(path.name, path.read_text(encoding="utf-8-sig")) for path in found]
    for source in sources:
        extract_one(source)  # compiles the patterns
    cut = segmenting()
    show([timing(source, cut) for source in sources], sum(path.parent == folder for path in found))
    print(f"\n{memory.stdout}", end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
