"""Measure how fast texts become facts, beside segmenting the same texts with jieba.

Run ``python benchmarks/extract.py [FOLDER]``. Without a folder it reads ../shared/corpus, the development texts, and
where they are not at hand the examples of the project, so that it always says something. jieba comes with the ``dev``
extra. Times are processor times of this process, the best of three rounds; both sides start with their tables loaded.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from policygraph import lexicon
from policygraph.extract import extract
from policygraph.model import Source
from policygraph.normalise import normalise
from policygraph.segment import segment

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpus"
EXAMPLES = ROOT / "data" / "examples"
ROUNDS = 3


def texts(folder: Path) -> list[Source]:
    """Return the plain texts of a folder and those below it."""
    return [Source(path.name, path.read_text(encoding="utf-8-sig")) for path in sorted(folder.rglob("*.txt"))]


def extract_all(sources: Sequence[Source]) -> int:
    """Return how many rows of facts the texts give."""
    words = lexicon.bundled()
    found = (extract("x", segment(normalise(source, words), words), words) for source in sources)
    return sum(len(facts.structure) + len(facts.responsibilities) + len(facts.targets) for facts in found)


def seconds(works: Sequence[Callable[[], object]]) -> list[float]:
    """Return for each work the least processor time of some rounds, taken in turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def segmenting(sources: Sequence[Source]) -> Callable[[], object] | None:
    """Return the work of segmenting the texts with jieba, None where it is not installed."""
    try:
        import jieba
    except ImportError:
        return None
    jieba.setLogLevel(60)
    jieba.initialize()
    return lambda: [sum(1 for _ in jieba.cut(source.text)) for source in sources]


def main(arguments: Sequence[str]) -> int:
    """Print the table; the exit code is 0 also where jieba or the corpus is not at hand."""
    folder = Path(arguments[0]) if arguments else SHARED if SHARED.is_dir() else EXAMPLES
    sources = texts(folder)
    if not sources:
        print(f"{folder}: no .txt files; name a folder of plain texts", file=sys.stderr)
        return 1
    extract_all(sources[:1])  # compiles the patterns
    characters = sum(len(source.text) for source in sources)
    other = segmenting(sources)
    times = seconds([lambda: extract_all(sources), *([other] if other else [])])
    print(f"{len(sources)} documents, {characters} characters")
    for name, spent in zip(("extract", "jieba"), times, strict=False):
        rates = f"{len(sources) / spent:8.1f} documents/s  {characters / spent:12.0f} characters/s"
        print(f"{name:8} {spent:8.2f} s  {rates}")
    if len(times) > 1:
        print(f"ratio    {times[0] / times[1]:8.2f}  (extracting one plan costs no more than segmenting it: at most 1)")
    else:
        print("jieba    not installed: pip install policygraph[dev]")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
